"""Filling the index of one collection and letting searches find it.

open -> fill from the topics, until little is left -> copy what only the old index holds -> swap -> fill the rest
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final, TypeVar

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from agents.errors import UnavailableError, UsageError
from agents.index import (
    IndexAccessError,
    IndexDocument,
    IndexLockedError,
    Standing,
    open_index,
    read_standing,
    remove_index,
    swap_index,
)
from agents.indexer import IndexStep
from agents.kafka import client_options, connect, open_admin, stop_consumer
from agents.outcomes import Refused, Step
from agents.reindex.reader import PORTION, Reader, open_reader
from agents.reindex.source import SOURCES, Source
from agents.settings import Settings
from agents.stage import pause_s
from agents.supervision.progress import read_progress
from schemas.collections import Collection, CollectionName

T = TypeVar("T")

log = structlog.get_logger(__name__)

CAUGHT_UP: Final = 1_000
"""Messages. A pass that read no more than these took a moment, and so will the next: searches may be swapped."""
_LOOK_EVERY_S: Final = 0.5
_MOST_ATTEMPTS: Final = 40
"""About five minutes of an index that is away: longer than a restart of a node takes."""

Tell = Callable[[int], None]
"""Called with the number of messages read and documents copied so far."""


@dataclass
class Reindexed:
    """What became of the messages and documents of one collection."""

    collection: CollectionName
    index: str
    """The index of this release, which searches find now."""
    before: str | None
    """What searches found before. None: nothing."""
    read: int = 0
    """Messages read from the topics."""
    copied: int = 0
    """Documents that only the old index held."""
    refused: Counter[str] = field(default_factory=Counter)
    """By reason. Messages are in the dead letters since they first came by, or will be when the agent reads them."""
    by_worker: bool = False
    """Whether a running worker did the filling."""


async def reindex(
    settings: Settings,
    name: CollectionName = "articles",
    *,
    from_index: bool = False,
    rebuild: bool = False,
    tell: Tell = lambda _count: None,
) -> Reindexed:
    """Fill this release's index of a collection and let searches find it. Nothing that is there is lost.

    Args:
        from_index: also copy what the old index holds and the topics no longer do.
        rebuild: delete all versions of the index first. What only they hold is gone then; nothing else may write it.

    Raises:
        UsageError: there is no old index to copy from.
        IndexLockedError: a worker writes the embedded index, which searches find already, or which is to be rebuilt.
        IndexUnavailableError: the index cannot be reached; nothing was swapped.
        UnavailableError: no broker answers.
    """
    source = SOURCES[name]
    async with open_reader(settings, lambda existing: source.topics(settings, existing)) as reader:
        if rebuild:  # the topics can be read, so that it can be filled again
            await remove_index(settings, source.collection)
        standing = await read_standing(settings, source.collection)
        old = _old(standing) if from_index else None
        filling = Filling(settings, source, reader, standing, tell)
        return await filling.run(old)


def _old(standing: Standing) -> str:
    """The version to copy from: the one that is searched, else the latest that is left over.

    Raises:
        UsageError: there is none.
    """
    if standing.searched is not None and not standing.is_current:
        return standing.searched
    if standing.left_over:
        return standing.left_over[-1]
    raise UsageError(f"--from-index: there is no other version of {standing.own} to copy from")


class Filling:
    """One filling under way."""

    def __init__(self, settings: Settings, source: Source, reader: Reader, standing: Standing, tell: Tell) -> None:
        self._settings, self._source, self._reader, self._tell = settings, source, reader, tell
        self._standing = standing
        self._done = Reindexed(source.collection.name, standing.own, standing.searched)

    async def run(self, old: str | None) -> Reindexed:
        opened = self._source.open(self._settings)
        try:
            if await self._is_filled_by_worker(opened.index, old):
                self._done.by_worker = True
                await swap_index(self._settings, self._source.collection)
            else:
                await self._fill(opened.step, opened.index, old)
        finally:
            await opened.close()
        return self._done

    async def _is_filled_by_worker(self, index: IndexStep, old: str | None) -> bool:
        """Wait while a worker of this release fills the embedded index, which has one writer. False when the filling is
        ours: there is no worker, or it has ended before.

        Raises:
            IndexLockedError: there is nothing to swap, or documents are to be copied, which needs the writer.
        """
        while True:
            try:
                await index.open()
            except IndexLockedError as error:
                if self._standing.is_current or self._standing.searched is None:
                    raise
                if old is not None:
                    said = "--from-index writes the index, which a worker does now; stop `tocsin up` first"
                    raise IndexLockedError(said) from error
            else:
                return False
            if await _patiently(self._lag) == 0:
                return True
            await asyncio.sleep(_LOOK_EVERY_S)

    async def _fill(self, step: Step, index: IndexStep, old: str | None) -> None:
        while await self._pass(step) > CAUGHT_UP:
            pass
        if old is not None:
            await self._copy(old, index)
        await swap_index(self._settings, self._source.collection)
        await self._pass(step)
        # A message that was refused is the workers' to put among the dead letters; and an agent that fills two indices
        # begins where the one that is behind needs it.
        if not self._done.refused and self._source.fills_all:
            await self._begin_here()

    async def _pass(self, step: Step) -> int:
        """Fill in what the topics hold beyond the last pass; how many messages that were."""
        before = self._done.read
        async for messages in self._reader.portions():
            for outcome in await _patiently(partial(step, messages)):
                if isinstance(outcome, Refused):
                    self._done.refused[outcome.reason] += 1
            self._done.read += len(messages)
            self._tell(self._done.read + self._done.copied)
        return self._done.read - before

    async def _copy(self, old: str, index: IndexStep) -> None:
        """What the topics hold was written before, from records; so what is copied here is only what they lack."""
        collection = self._source.collection
        reader = await open_index(self._settings, collection, read_only=True, name=old)
        try:
            portion: list[IndexDocument] = []
            async for stored in reader.scan():
                portion.append(
                    IndexDocument(id=stored.id, version=stored.version, body=_known(stored.body, collection))
                )
                if len(portion) >= PORTION:
                    await self._write_copies(portion, index)
                    portion = []
            await self._write_copies(portion, index)
        finally:
            await reader.close()

    async def _write_copies(self, documents: list[IndexDocument], index: IndexStep) -> None:
        written = await _patiently(partial(index.write, documents))
        for document, outcome in zip(documents, written, strict=True):
            self._done.copied += outcome.status == "written"
            if outcome.status == "rejected":
                self._done.refused["index_rejected"] += 1
                log.warning("a document of the old index does not fit the new one", id=document.id, why=outcome.reason)
        self._tell(self._done.read + self._done.copied)

    async def _lag(self) -> int:
        async with open_admin(self._settings) as admin:
            topics = set(self._source.topics(self._settings, await admin.list_topics()))
        progress = await read_progress(self._settings, [self._source.agent])
        return sum(part.lag for part in progress if part.topic in topics)

    async def _begin_here(self) -> None:
        """Let the workers of this release begin where the index is filled to, unless they have begun already. Without
        it they fill it once more from the start of the topic: no harm but the time."""
        group = self._source.agent.group(self._settings)
        positions = dict(self._reader.positions)
        try:
            async with open_admin(self._settings) as admin:
                known = await admin.list_consumer_group_offsets(group, partitions=list(positions))
            if positions and all(offset.offset < 0 for offset in known.values()):
                await _commit(self._settings, group, positions)
        except KafkaError as error:
            log.info("the workers fill the index from the start of the topic", why=repr(error))


async def _commit(settings: Settings, group: str, positions: Mapping[TopicPartition, int]) -> None:
    consumer = AIOKafkaConsumer(**client_options(settings), group_id=group, enable_auto_commit=False)
    await connect(settings, consumer, partial(stop_consumer, consumer))
    try:
        consumer.assign(list(positions))
        await consumer.commit(dict(positions))
    finally:
        await stop_consumer(consumer)


async def _patiently(call: Callable[[], Awaitable[T]]) -> T:
    """What the call gives, after waiting for a server that is away for a while.

    Raises:
        IndexAccessError: it refuses us, at once.
        UnavailableError: it stays away.
    """
    for attempt in range(_MOST_ATTEMPTS):
        try:
            return await call()
        except IndexAccessError:
            raise
        except UnavailableError as error:
            log.warning("waiting", attempt=attempt, error=str(error))
            await asyncio.sleep(pause_s(attempt, random.random()))  # noqa: S311, jitter
    return await call()


def _known(body: Mapping[str, object], collection: Collection) -> dict[str, object]:
    """The document without the fields that this release does not know any more."""
    return {name: value for name, value in body.items() if name in collection.by_name}
