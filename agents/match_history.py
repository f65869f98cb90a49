"""The windows of rules, rebuilt from the topic of matches.

The matches that were decided are still in their topic, in the order in which they were decided. Taking them in again,
up to where the alerter goes on, gives the windows that it had there; what they fire on the way was alerted then. So
windows need no store of their own, which could disagree with the topic after a crash.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from aiokafka import AIOKafkaConsumer, TopicPartition
from pydantic import ValidationError

from agents.kafka import Message, open_consumer
from agents.settings import Settings
from pipeline.alerting import Windows
from pipeline.alerting.watch import Line
from schemas.alert import Match

_AHEAD: Final = timedelta(days=1)
_PORTION: Final = 2_000


def is_ahead(match: Match, now: datetime) -> bool:
    """Its event time cannot be: taken for the time, it would make all that really happens too late."""
    return match.event_time > now + _AHEAD


async def rebuilt_windows(settings: Settings, first: Message, reach_s: int) -> dict[Line, Windows]:
    """The windows of a partition as they were before *first*.

    Args:
        first: the message that is to be decided next.
        reach_s: how far back, in seconds of the messages' timestamps, matches can matter. A live article is written
            after it was published, so that this reaches at least as far in event time.

    Raises:
        KafkaError: the topic cannot be read.
    """
    found: dict[Line, Windows] = {}
    async for portion in _portions(settings, TopicPartition(first.topic, first.partition), reach_s * 1000, first):
        await asyncio.to_thread(_take, found, first.partition, portion)
    for windows in found.values():
        windows.late = windows.too_late = windows.cut = 0  # counted when they came
    return found


def _take(found: dict[Line, Windows], partition: int, values: Iterable[bytes]) -> None:
    now = datetime.now(UTC)
    for value in values:
        try:
            match = Match.model_validate_json(value)
        except ValidationError:
            continue  # a dead letter, then and now
        if not is_ahead(match, now):
            found.setdefault((partition, match.mode), Windows()).take(match)


async def _portions(
    settings: Settings, part: TopicPartition, reach_ms: int, first: Message
) -> AsyncIterator[Sequence[bytes]]:
    """Values of the messages before *first*, in order, from so long before the last of them on: windows stand where
    that one left them, and *first* may come long after it."""
    until = first.offset
    async with open_consumer(settings) as consumer:
        consumer.assign([part])
        last_ms = await _timestamp_before(consumer, part, first)
        if last_ms is None:
            return
        start = (await consumer.offsets_for_times({part: max(last_ms - reach_ms, 0)}))[part]
        if start is None or start.offset >= until:
            return
        consumer.seek(part, start.offset)
        while await consumer.position(part) < until:
            batch = await consumer.getmany(part, timeout_ms=1000, max_records=_PORTION)
            yield [record.value or b"" for record in batch.get(part, ()) if record.offset < until]


async def _timestamp_before(consumer: AIOKafkaConsumer, part: TopicPartition, first: Message) -> int | None:
    """Of the message before *first*, or its own if that is earlier, in ms. None when there is none before it."""
    if first.offset <= (await consumer.beginning_offsets([part]))[part]:
        return None
    consumer.seek(part, first.offset - 1)
    while await consumer.position(part) < first.offset:
        batch = await consumer.getmany(part, timeout_ms=1000, max_records=1)
        for record in batch.get(part, ()):
            return min(int(record.timestamp), first.timestamp_ms)
    return first.timestamp_ms
