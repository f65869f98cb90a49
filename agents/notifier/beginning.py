"""Where a target begins whose group has no offsets: it is new, or Kafka has dropped them, or a person says where."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Final

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import CommitFailedError

from agents.errors import UsageError
from agents.kafka import open_admin, partitions_of, started_consumer
from agents.notifier.cursor import group_consumer, topics_of
from agents.notifier.ledger import Note, read_note
from agents.settings import Settings
from pipeline.notifying.target import Target

log = structlog.get_logger(__name__)

OLDEST_S: Final = 30 * 86_400
"""What a target missed for longer than this is not delivered unasked: the longest `give_up_after`. A target that was
switched off for a year would else tell a chat of a year."""

_LEAVES_S: Final = 20.0
"""A notifier that was stopped keeps its place in the group for ten seconds (`session_timeout_ms`), so that a restart
costs no rebalance; only then may anybody else commit."""
_AGAIN_S: Final = 1.0

_Parts = Sequence[TopicPartition]


async def begin(settings: Settings, target: Target) -> None:
    """Give the target's group its first offsets. A group that has any keeps them; a channel that it does not know is
    then a new channel, read from its start.

    Without any, the target goes on where our own note says it stood, for Kafka forgets a group that nobody uses for
    seven days. Without a note it is new, and begins with what is raised from now on: nobody wants the alerts of a year
    in their chat.

    Raises:
        UnavailableError: no broker answers.
        KafkaError: the broker does not tell or take offsets.
    """
    async with _member(settings, target) as (consumer, parts):
        if any([await consumer.committed(part) is not None for part in parts]):
            return
        note = read_note(settings, target)
        ends = dict(await consumer.end_offsets(parts))
        offsets = ends if note is None else await _after(consumer, parts, note)
        await consumer.commit(offsets)
        starts = await consumer.beginning_offsets(parts)
        _tell(target, note, told=_count(starts, offsets), waiting=_count(offsets, ends))


def _count(start: Mapping[TopicPartition, int], end: Mapping[TopicPartition, int]) -> int:
    return sum(end[part] - start[part] for part in end)


def _tell(target: Target, note: Note | None, *, told: int, waiting: int) -> None:
    """Both counts are of messages, some of which may not be for the target."""
    if note is not None:
        log.warning(
            "Kafka has dropped the offsets of a target; it goes on from our own note",
            target=target.id,
            noted_at=datetime.fromtimestamp(note.noted_at_ms / 1000, UTC).isoformat(timespec="seconds"),
            alerts_at_most=waiting,
        )
    elif told:
        log.warning(
            "a target that Kafka does not know begins with what is raised from now on",
            target=target.id,
            older_alerts=told,
            advice=f"to have them, stop the notifier and run `tocsin notify resume {target.id} --since ...`",
        )
    else:
        log.info("a new target", target=target.id)


async def _after(consumer: AIOKafkaConsumer, parts: _Parts, note: Note) -> dict[TopicPartition, int]:
    """What was not settled when the note was written, and not before `OLDEST_S`."""
    starts, ends = await consumer.beginning_offsets(parts), await consumer.end_offsets(parts)
    since_note = await _since(consumer, parts, note.noted_at_ms)
    oldest = await _since(consumer, parts, int((time.time() - OLDEST_S) * 1000))
    found = {}
    for part in parts:
        # A partition that is not in the note came later, or another notifier had it.
        noted = note.offsets.get(part, since_note[part])
        if noted > ends[part]:  # the topic was deleted and made anew
            noted = starts[part]
        found[part] = max(noted, starts[part], oldest[part])
    return found


async def _since(consumer: AIOKafkaConsumer, parts: _Parts, moment_ms: int) -> dict[TopicPartition, int]:
    """Offsets of the first message of each partition that was written at or after the moment."""
    ends = await consumer.end_offsets(parts)
    found = await consumer.offsets_for_times(dict.fromkeys(parts, moment_ms))
    return {part: ends[part] if found.get(part) is None else found[part].offset for part in parts}


async def resume(settings: Settings, target: Target, since: datetime) -> int:
    """Let the target, whose notifier is stopped, go on with the alerts that were raised from *since* on.

    Returns:
        How many messages wait for it now; some may not be for it.

    Raises:
        UsageError: a notifier serves the target.
        UnavailableError: no broker answers.
    """
    async with _member(settings, target) as (consumer, parts):
        offsets = await _since(consumer, parts, int(since.timestamp() * 1000))
        ends = await consumer.end_offsets(parts)
        deadline = time.monotonic() + _LEAVES_S
        while True:
            try:
                await consumer.commit(offsets)
                return _count(offsets, ends)
            except CommitFailedError:
                if time.monotonic() >= deadline:
                    raise UsageError(f"a notifier serves the target {target.id}: stop it, and try again") from None
            await asyncio.sleep(_AGAIN_S)


@asynccontextmanager
async def _member(settings: Settings, target: Target) -> AsyncIterator[tuple[AIOKafkaConsumer, list[TopicPartition]]]:
    """A client that may commit for the target's group while nobody is in it, and the partitions."""
    async with open_admin(settings) as admin:
        parts = await partitions_of(admin, topics_of(settings, target, await admin.list_topics()))
    async with started_consumer(settings, group_consumer(settings, target)) as consumer:
        consumer.assign(parts)
        yield consumer, parts
