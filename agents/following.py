"""Partitions that are read on to their ends whenever somebody asks: what was read before is never read again."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AsyncExitStack

from aiokafka import AIOKafkaConsumer, TopicPartition

from agents.kafka import Message, message_of, open_consumer
from agents.settings import Settings


class Follower:
    """Not for two tasks at a time. After an error `close` it; the next question opens it where it was."""

    def __init__(self, settings: Settings, take: Callable[[Message], object]) -> None:
        """
        Args:
            take: is given every message, those of a partition in order; after an error some of them twice.
        """
        self._settings, self._take = settings, take
        self._positions: dict[TopicPartition, int] = {}
        self._consumer: AIOKafkaConsumer | None = None
        self._stack = AsyncExitStack()

    async def read_on(self, parts: Collection[TopicPartition]) -> None:
        """Take all that *parts*, which exist, hold now and that was not taken before; others are followed no longer.

        Raises:
            UnavailableError: no broker answers.
            aiokafka.errors.KafkaError: it stops answering.
        """
        for part in self._positions.keys() - set(parts):
            del self._positions[part]
        consumer = await self._opened(parts)
        ends = await consumer.end_offsets(list(parts))
        await self._begin_anew([part for part in parts if ends[part] < self._positions[part]], consumer)
        left = {part for part in parts if self._positions[part] < ends[part]}
        consumer.resume(*left)
        while left:
            for records in (await consumer.getmany(*left, timeout_ms=1_000)).values():
                for record in records:
                    self._take(message_of(record))
            # A position passes over compacted and control records as well, which carry no message.
            self._positions |= {part: await consumer.position(part) for part in left}
            done = {part for part in left if self._positions[part] >= ends[part]}
            consumer.pause(*done)
            left -= done

    async def read_at(self, part: TopicPartition, offset: int) -> Message | None:
        """The message at *offset* of a partition that was read; None when it is there no more.

        Raises:
            aiokafka.errors.KafkaError: the broker stops answering.
        """
        consumer = await self._opened([part])
        first, end = (await consumer.beginning_offsets([part]))[part], (await consumer.end_offsets([part]))[part]
        if not first <= offset < end:
            return None
        consumer.seek(part, offset)
        consumer.resume(part)
        try:
            while True:
                for record in (await consumer.getmany(part, timeout_ms=1_000, max_records=1)).get(part, ()):
                    return message_of(record) if record.offset == offset else None
                if await consumer.position(part) > offset:
                    return None
        finally:
            consumer.pause(part)
            consumer.seek(part, self._positions[part])

    async def _opened(self, parts: Collection[TopicPartition]) -> AIOKafkaConsumer:
        if is_new := self._consumer is None:
            self._consumer = await self._stack.enter_async_context(open_consumer(self._settings))
        consumer: AIOKafkaConsumer = self._consumer
        unknown = [part for part in parts if part not in self._positions]
        if unknown:
            self._positions |= await consumer.beginning_offsets(unknown)
        if is_new or consumer.assignment() != self._positions.keys():
            self._assign(consumer)
        return consumer

    def _assign(self, consumer: AIOKafkaConsumer) -> None:
        consumer.assign(list(self._positions))
        # A fetch that waits for messages holds up the question for the end, on the same connection, by half a second.
        consumer.pause(*self._positions)
        for part, offset in self._positions.items():
            consumer.seek(part, offset)

    async def _begin_anew(self, parts: Collection[TopicPartition], consumer: AIOKafkaConsumer) -> None:
        """Topics that were deleted and made again."""
        if not parts:
            return
        self._positions |= await consumer.beginning_offsets(list(parts))
        for part in parts:
            consumer.seek(part, self._positions[part])

    async def close(self) -> None:
        self._consumer = None
        stack, self._stack = self._stack, AsyncExitStack()
        await stack.aclose()
