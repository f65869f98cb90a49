"""The demo: the whole system on the sample articles.

start everything (or use what runs) -> import the sample list -> feed the sample articles -> change the list
    -> report, when every agent has acknowledged
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import chain
from typing import Any, BinaryIO, Final

from aiokafka.errors import KafkaError
from pydantic import ValidationError

from agents.alert_topics import alert_topics, read_alerts
from agents.dead_letters import read_dead_letters
from agents.errors import UnavailableError
from agents.importer import find_files, payloads, send_all
from agents.index import IndexUnavailableError, open_index
from agents.kafka import open_admin, open_consumer, partitions_of, read_to_end
from agents.lists.sample import change_sample, import_sample
from agents.seeds import seeds_dir
from agents.settings import Settings
from agents.status import read_status
from agents.supervision.child import Child, ChildSpec, environment_of
from agents.supervision.progress import read_progress
from pipeline.rescreening import DELISTED, NEWLY_LISTED
from schemas.alert import Alert
from schemas.enrichment import EnrichedArticle
from schemas.topics import ARTICLES, ENRICHED

READY_TIMEOUT_S: Final = 90.0
WORK_TIMEOUT_S: Final = 300.0
_LOOK_S: Final = 0.3


@dataclass(frozen=True)
class DemoReport:
    """What became of the samples."""

    articles: int
    """Messages fed, the broken one included."""
    enriched: tuple[EnrichedArticle, ...]
    """One per message that could be read, in order."""
    indexed: int
    """Documents of these articles in the index; a later revision replaces an earlier one."""
    dead_letters: int
    alerts: tuple[Alert, ...]
    """Alerts about these articles, in event time, whether raised now or in an earlier run."""
    new_documents: int
    new_alerts: int
    seconds: float
    """From the first message fed to the last acknowledgement, before the list is changed."""

    @property
    def listings(self) -> tuple[Alert, ...]:
        """The alerts that the change of the sample list raised."""
        return tuple(alert for alert in self.alerts if alert.rule_id in (NEWLY_LISTED, DELISTED))

    def as_json(self) -> dict[str, Any]:
        return {
            "articles": self.articles,
            "indexed": self.indexed,
            "dead_letters": self.dead_letters,
            "alerts": dict(sorted(Counter(alert.rule_id for alert in self.alerts).items())),
            "new_documents": self.new_documents,
            "new_alerts": self.new_alerts,
            "seconds": round(self.seconds, 2),
        }


@asynccontextmanager
async def running_system(settings: Settings) -> AsyncIterator[Child | None]:
    """Everything of `tocsin up`, in a child process; None when it runs on this data folder already.

    Raises:
        UnavailableError: it does not start.
    """
    if await _is_ready(settings):
        yield None
        return
    command = ChildSpec(
        name="tocsin", module="agents.cli.main", arguments=("up",), environment=environment_of(settings)
    )
    child = await Child.start(command)
    try:
        await _until_ready(settings, child)
        yield child
    finally:
        await child.stop()


async def _is_ready(settings: Settings) -> bool:
    """Whether the broker answers and a live worker of this machine reads for every agent."""
    try:
        found = await read_status(settings)
    except UnavailableError:
        return False
    return all(agent.is_ready for agent in found.agents)


async def _until_ready(settings: Settings, child: Child) -> None:
    deadline = time.monotonic() + READY_TIMEOUT_S
    while not await _is_ready(settings):
        if child.code is not None:
            raise UnavailableError("the system did not start; its own message is above")
        if time.monotonic() > deadline:
            raise UnavailableError(f"the system is not ready after {READY_TIMEOUT_S:g} s; `tocsin doctor` may say why")
        await asyncio.sleep(_LOOK_S)


async def run_demo(settings: Settings, stdin: BinaryIO, tell: Callable[[str], None]) -> DemoReport:
    """Feed the samples to the running system and report when all agents are done.

    Raises:
        UnavailableError: the agents do not get through.
    """
    tell("importing the sample list")
    await import_sample(settings)
    before = await _ends(settings)
    documents, alerts = await _documents(settings), await _alerts(settings)
    files = list(find_files([str(seeds_dir() / "articles")]))
    files = [file for file in files if file.endswith(".jsonl")]
    tell(f"feeding the samples of {len(files)} files")
    started = time.monotonic()
    topic = ARTICLES.prefixed(settings.topic_prefix)
    sent = await send_all(settings, topic, chain.from_iterable(payloads(file, stdin) for file in files))
    await until_idle(settings)
    seconds = time.monotonic() - started
    tell("changing the sample list, and screening the articles again")
    await change_sample(settings)
    await until_idle(settings)
    tell("reading the results")
    enriched = await _enriched_since(settings, before)
    ids = {article.id for article in enriched if article.id}
    alerts_now = await _alerts(settings)
    own = [alert for alert in alerts_now.values() if ids.intersection(alert.article_ids)]
    return DemoReport(
        articles=sent.delivered,
        enriched=tuple(enriched),
        indexed=await _indexed(settings, ids),
        dead_letters=await _dead_letters_since(settings, before),
        alerts=tuple(sorted(own, key=lambda alert: (alert.event_time, alert.id))),
        new_documents=await _documents(settings) - documents,
        new_alerts=len(alerts_now) - len(alerts),
        seconds=seconds,
    )


async def until_idle(settings: Settings, timeout_s: float = WORK_TIMEOUT_S) -> None:
    """Wait until every agent has acknowledged everything that was written.

    Raises:
        UnavailableError: that took too long; the message says which agent is behind.
    """
    deadline = time.monotonic() + timeout_s
    last: list[Any] | None = None
    while True:
        progress = await read_progress(settings)
        behind = {one.agent: one.lag for one in progress if one.lag}
        # Twice the same: an agent may write between our look at its output's end and at its own commit.
        if not behind and progress == last:
            return
        last = progress
        if time.monotonic() > deadline:
            raise UnavailableError(f"after {timeout_s:g} s messages still wait: {behind}; see `tocsin status`")
        await asyncio.sleep(_LOOK_S)


async def _ends(settings: Settings) -> Mapping[tuple[str, int], int]:
    """End offsets of the articles and enriched topics, by topic and partition."""
    names = [topic.prefixed(settings.topic_prefix) for topic in (ARTICLES, ENRICHED)]
    async with open_admin(settings) as admin, open_consumer(settings) as consumer:
        ends = await consumer.end_offsets(await partitions_of(admin, names))
    return {(part.topic, part.partition): offset for part, offset in ends.items()}


async def _enriched_since(settings: Settings, before: Mapping[tuple[str, int], int]) -> list[EnrichedArticle]:
    found = []
    async for message in read_to_end(settings, [ENRICHED.prefixed(settings.topic_prefix)]):
        if message.offset >= before.get((message.topic, message.partition), 0):
            try:
                found.append(EnrichedArticle.model_validate_json(message.value))
            except ValidationError:
                continue  # not ours: the topic is open to other writers
    return found


async def _dead_letters_since(settings: Settings, before: Mapping[tuple[str, int], int]) -> int:
    letters = [stored.letter for stored in await read_dead_letters(settings)]
    return sum(letter.offset >= before.get((letter.topic, letter.partition), 0) for letter in letters)


async def _alerts(settings: Settings) -> dict[str, Alert]:
    """All alerts by id."""
    try:
        return {alert.id: alert async for alert in read_alerts(settings, await alert_topics(settings))}
    except KafkaError as error:
        raise UnavailableError(f"the broker does not give the alerts: {error}") from error


async def _documents(settings: Settings) -> int:
    try:
        index = await open_index(settings, read_only=True)
    except IndexUnavailableError:
        return 0  # nothing was ever indexed in this folder
    try:
        return await index.count()
    finally:
        await index.close()


async def _indexed(settings: Settings, ids: set[str]) -> int:
    index = await open_index(settings, read_only=True)
    try:
        return sum([await index.get(one) is not None for one in sorted(ids)])
    finally:
        await index.close()
