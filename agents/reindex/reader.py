"""Topics read from their start to their end, and then to where the end has moved to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Final

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient

from agents.kafka import Message, open_admin, open_consumer, partitions_of
from agents.settings import Settings

PORTION: Final = 500
_FETCH_MS: Final = 500

Topics = Callable[[Sequence[str]], Sequence[str]]
"""From the names of the topics that exist, those to read."""


class Reader:
    """Where each partition has been read to. Partitions that appear later are read from their start."""

    def __init__(self, admin: AIOKafkaAdminClient, consumer: AIOKafkaConsumer, topics: Topics) -> None:
        self._admin, self._consumer, self._topics = admin, consumer, topics
        self._positions: dict[TopicPartition, int] = {}

    @property
    def positions(self) -> Mapping[TopicPartition, int]:
        """Offset of the next message to read in each partition."""
        return dict(self._positions)

    async def portions(self) -> AsyncIterator[list[Message]]:
        """What the topics hold beyond the positions when this is called, in order within each partition. The positions
        move on when the next portion is asked for."""
        ends = await self._ends()
        behind = {part for part, end in ends.items() if self._positions[part] < end}
        for part, offset in self._positions.items():
            self._consumer.seek(part, offset)
        while behind:
            fetched = await self._consumer.getmany(*behind, timeout_ms=_FETCH_MS, max_records=PORTION)
            messages = [
                Message(one.topic, one.partition, one.offset, one.timestamp, one.key, one.value or b"")
                for part, records in fetched.items()
                for one in records
                if one.offset < ends[part]
            ]
            if messages:
                yield messages
            for part in behind:
                # A position can pass the end over a compacted or control record, which carries no message of its own.
                self._positions[part] = min(await self._consumer.position(part), ends[part])
            behind = {part for part in behind if self._positions[part] < ends[part]}

    async def _ends(self) -> dict[TopicPartition, int]:
        partitions = await partitions_of(self._admin, self._topics(await self._admin.list_topics()))
        if not partitions:
            return {}
        self._consumer.assign(partitions)
        new = [part for part in partitions if part not in self._positions]
        if new:
            self._positions |= await self._consumer.beginning_offsets(new)
        found: dict[TopicPartition, int] = await self._consumer.end_offsets(partitions)
        return found


@asynccontextmanager
async def open_reader(settings: Settings, topics: Topics) -> AsyncIterator[Reader]:
    """A reader that has not read anything yet.

    Raises:
        UnavailableError: no broker answers.
    """
    async with open_admin(settings) as admin, open_consumer(settings) as consumer:
        yield Reader(admin, consumer, topics)
