"""The upgrade drill: an index at one mapping, the next release deployed, reindexed while articles flow."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from elasticsearch import AsyncElasticsearch

from agents.errors import UnavailableError
from agents.index import open_index, remove_index
from agents.indexer import INDEXER
from agents.kafka import open_producer
from agents.settings import Settings
from agents.spec import AgentSpec
from agents.supervision.child import Child, ChildSpec, environment_of
from agents.supervision.progress import Progress, read_progress
from agents.topics import ensure_topics
from pipeline.enrich import enrich
from schemas.article import Article
from tests.real.next_release import NEXT

pytestmark = [pytest.mark.java, pytest.mark.elasticsearch]

FIRST_SEEN = 1_772_359_200
"""Seconds since 1970."""
_RECORD = enrich(
    Article(id="ID", title="A river rose", body="Water.", observed_at=FIRST_SEEN, source={"name": "Own News"})  # type: ignore[arg-type]
).model_dump_json()


@pytest.fixture
def settings(kafka: Settings, elasticsearch: Settings, tmp_path: Path) -> Any:
    name = uuid4().hex[:12]
    changes = {
        "data_dir": tmp_path,
        "index_url": elasticsearch.index_url,
        "topic_prefix": f"upgrade-{name}",
        "index_alias": f"upgrade-{name}",
        "index_replicas": 0,
        "log_level": "warning",
    }
    made = kafka.model_copy(update=changes)
    yield made
    asyncio.run(remove_index(made, NEXT))


def record(id: str, seen: int) -> bytes:
    """A small enriched article. A later *seen* (seconds after the first) is a later revision."""
    moment = f"2026-03-01T{10 + seen // 3600:02}:{seen // 60 % 60:02}:{seen % 60:02}Z"
    return _RECORD.replace('"id":"ID"', f'"id":"{id}"').replace("2026-03-01T10:00:00Z", moment).encode()


@dataclass
class Flow:
    """What was written to the topic of enriched articles, and acknowledged."""

    settings: Settings
    latest: dict[str, int] = field(default_factory=dict)
    """Time of the latest revision of each article."""
    stopped: asyncio.Event = field(default_factory=asyncio.Event)

    async def write(self, articles: dict[str, int]) -> None:
        topic = f"{self.settings.topic_prefix}.enriched"
        async with open_producer(self.settings, linger_ms=5) as producer:
            sent = [await producer.send(topic, record(id, seen), key=id.encode()) for id, seen in articles.items()]
            await asyncio.gather(*sent)
        self.latest |= {id: max(seen, self.latest.get(id, 0)) for id, seen in articles.items()}

    async def go_on(self) -> None:
        """New articles and new revisions of old ones, until told to stop."""
        for n in count(1):
            if self.stopped.is_set():
                return
            new = {f"flow-{n}-{i}": 0 for i in range(10)}
            await self.write(new | {f"a{(n * 7 + i) % 1_000}": n for i in range(5)})
            await asyncio.sleep(0.1)


@dataclass
class Watch:
    """Searches of the alias, one after another: every one must be answered, and find at least what was there."""

    settings: Settings
    least: int
    searches: int = 0

    async def go_on(self) -> None:
        async with AsyncElasticsearch(self.settings.index_url, max_retries=0) as client:
            while True:
                found = await client.count(index=self.settings.index_alias)
                assert found["count"] >= self.least
                self.searches += 1
                await asyncio.sleep(0.02)


@asynccontextmanager
async def worker(settings: Settings, name: str, module: str, *arguments: str) -> AsyncIterator[Child]:
    environment = environment_of(settings.model_copy(update={"worker_id": name}))
    spec = ChildSpec(name=name, module=module, arguments=arguments, environment=environment, stop_timeout_s=30.0)
    child = await Child.start(spec)
    try:
        yield child
    finally:
        await child.stop()


async def cli(settings: Settings, *arguments: str) -> dict[str, Any]:
    """A command of the next release; what it printed."""
    command = (sys.executable, "-m", "tests.real.next_release", *arguments, "--json")
    environment = dict(environment_of(settings))
    process = await asyncio.create_subprocess_exec(*command, env=environment, stdout=asyncio.subprocess.PIPE)
    printed, _ = await process.communicate()
    assert process.returncode == 0, printed
    return dict(json.loads(printed))


async def until_read(settings: Settings, generation: str = "") -> None:
    """Wait until the indexer of a release has read everything."""
    agent = replace(INDEXER, generation=generation)
    async with asyncio.timeout(180):
        while True:
            progress = await progress_of(settings, agent)
            if progress and not any(part.lag for part in progress):
                return
            await asyncio.sleep(0.2)


async def progress_of(settings: Settings, agent: AgentSpec) -> list[Progress]:
    """Empty while the broker has not found out yet who looks after a new group."""
    try:
        return await read_progress(settings, [agent])
    except UnavailableError:
        return []


async def documents(settings: Settings) -> dict[str, Any]:
    await refreshed_count(settings)
    index = await open_index(settings, NEXT, read_only=True)
    try:
        return {one.id: one.body async for one in index.scan()}
    finally:
        await index.close()


def seen_at(body: dict[str, Any]) -> int:
    hours, minutes, seconds = (int(part[:2]) for part in body["observed_at"].split("T")[1].split(":"))
    return (hours - 10) * 3600 + minutes * 60 + seconds


@pytest.mark.parametrize(
    ("articles", "first"), [(10_000, "worker"), (1_000, "reindex")], ids=["workers first", "reindex first"]
)
@pytest.mark.timeout(600)  # three processes and ten thousand articles, perhaps on a busy machine
async def test_nothing_is_lost_and_searches_are_answered_while_the_next_release_takes_over(
    settings: Settings, articles: int, first: str
) -> None:
    await ensure_topics(settings)
    flow = Flow(settings)
    await flow.write({f"a{n}": 0 for n in range(articles)})
    async with worker(settings, "old", "agents.worker", "indexer") as old:
        await until_read(settings)
        watch = Watch(settings, await refreshed_count(settings))
        assert watch.least == articles
        watching, flowing = asyncio.create_task(watch.go_on()), asyncio.create_task(flow.go_on())
        arguments = ("tests.real.next_release", "worker", "indexer")
        if first == "reindex":
            done = await cli(settings, "reindex", "articles")
        async with worker(settings, "new", *arguments):
            if first == "worker":
                await asyncio.sleep(1.0)
                done = await cli(settings, "reindex", "articles")
            assert (done["before"], done["index"]) == tuple(f"{settings.index_alias}-v{n}" for n in (1, 2))
            assert done["read"] >= articles
            await asyncio.sleep(0.5)  # both releases write
            assert await old.stop() == 0
            await asyncio.sleep(0.5)  # only the new one does
            flow.stopped.set()
            await flowing
            await until_read(settings, "v2")
    assert not watching.done(), watching.exception()
    watching.cancel()
    assert watch.searches > 20
    found = await documents(settings)
    assert {id: seen_at(body) for id, body in found.items()} == flow.latest
    assert len(flow.latest) > articles
    assert {body["grade"] for body in found.values()} == {"next"}
    assert await cli(settings, "reindex", "--remove-old", f"{settings.index_alias}-v1")
    assert len(await documents(settings)) == len(flow.latest)


async def refreshed_count(settings: Settings) -> int:
    async with AsyncElasticsearch(settings.index_url) as client:
        await client.indices.refresh(index=settings.index_alias)
        return int((await client.count(index=settings.index_alias))["count"])
