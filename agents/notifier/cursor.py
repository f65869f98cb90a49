"""A target's place in the alert topics: its consumer group's offsets. Where a target begins is in `beginning.py`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import CommitFailedError, IllegalStateError

from agents.kafka import Message, client_options, connect, stop_consumer
from agents.metrics import Tally
from agents.notifier.ledger import Ledger
from agents.settings import Settings
from pipeline.notifying.target import Target, topic_pattern
from schemas.topics import REDELIVERIES, alerts_topic

NAME: Final = "notifier"
"""Of the process, as in its heartbeat and its claim."""
_PORTION: Final = 50


def agent_name(target: Target) -> str:
    """As in its group, in dead letters and in `tocsin status`."""
    return f"{NAME}.{target.id}"


def group_of(settings: Settings, target: Target) -> str:
    return f"{settings.topic_prefix}.{agent_name(target)}"


def redeliveries_topic(settings: Settings) -> str:
    return REDELIVERIES.prefixed(settings.topic_prefix)


def pattern_of(settings: Settings, target: Target) -> str:
    return topic_pattern(target, alerts_topic("").prefixed(settings.topic_prefix), redeliveries_topic(settings))


def topics_of(settings: Settings, target: Target, existing: Iterable[str]) -> list[str]:
    """Full names of the topics that the target reads, of those that there are."""
    pattern = re.compile(pattern_of(settings, target))
    return sorted(name for name in existing if pattern.match(name))


def group_consumer(settings: Settings, target: Target, **options: Any) -> AIOKafkaConsumer:
    """A client of the target's group, not started."""
    return AIOKafkaConsumer(
        **client_options(settings),
        group_id=group_of(settings, target),
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=settings.max_message_bytes,
        **options,
    )


@dataclass(frozen=True)
class TargetReading:
    """How far a target has come, for `read_progress`."""

    target: Target

    @property
    def name(self) -> str:
        return agent_name(self.target)

    def group(self, settings: Settings) -> str:
        return group_of(settings, self.target)

    def topics(self, settings: Settings, existing: Iterable[str]) -> list[str]:
        return topics_of(settings, self.target, existing)


class Cursor(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka has no types
    """Reads a target's messages, each partition in order, and remembers how far they are settled."""

    def __init__(self, settings: Settings, target: Target, tally: Tally) -> None:
        self._settings, self._target, self._tally = settings, target, tally
        self._settled: dict[TopicPartition, int] = {}
        self._ledger = Ledger(settings, target)
        self._is_noted = False
        """Whether the ledger has the partitions of now."""
        self.generation = 0
        """Grows when partitions are assigned anew; what was read before and is not committed is read again."""
        self._client: AIOKafkaConsumer | None = None

    async def open(self) -> None:
        """
        Raises:
            UnavailableError: no broker answers.
        """
        client = group_consumer(
            self._settings,
            self._target,
            group_instance_id=f"{agent_name(self._target)}-{self._settings.worker_id}",
            # A target may be away for days; a member that left for that reason would be given no partitions.
            max_poll_interval_ms=7 * 86_400_000,
            rebalance_timeout_ms=60_000,
            session_timeout_ms=10_000,
            heartbeat_interval_ms=2_000,
            metadata_max_age_ms=5_000,  # how soon a new channel is seen
        )
        await connect(self._settings, client, partial(stop_consumer, client))
        client.subscribe(pattern=pattern_of(self._settings, self._target), listener=self)
        self._client = client

    async def close(self) -> None:
        client, self._client = self._client, None
        self._ledger.write()
        if client is not None:
            await stop_consumer(client)

    def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:
        self.generation += 1

    def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        self._settled = {}
        self._is_noted = False
        self.generation += 1
        self._tally.partitions = sorted(f"{one.topic}/{one.partition}" for one in assigned)
        self._tally.joined += 1

    async def read(self, *, most: int = _PORTION, wait_ms: int = 500) -> list[Message]:
        """Messages not settled before, at most *most*; none when there are none within *wait_ms*.

        Raises:
            KafkaError: the consumer cannot go on.
        """
        assert self._client is not None
        self._tally.signs += 1
        found = await self._client.getmany(timeout_ms=wait_ms, max_records=most)
        if found and not self._is_noted:
            await self._note_all()
        return [
            Message(part.topic, part.partition, one.offset, one.timestamp, one.key, one.value or b"")
            for part, records in found.items()
            for one in records
            if one.offset >= self._settled.get(part, 0)
        ]

    async def _note_all(self) -> None:
        """Note where each partition stands before the first message of any is settled: one whose messages have to wait
        would not be noted otherwise. Where the fetched messages begin is where the group had come to."""
        assert self._client is not None
        generation, assigned = self.generation, self._client.assignment()
        committed = {part: await self._client.committed(part) for part in assigned}
        starts = await self._client.beginning_offsets(assigned)
        if generation == self.generation:
            self._ledger.keep({part: starts[part] if at is None else at for part, at in committed.items()})
            self._ledger.write()
            self._is_noted = True

    async def settle(self, messages: Iterable[Message]) -> None:
        """Commit the messages, given in the order in which they were read: they are not read again.

        Raises:
            KafkaError: the broker does not take it; the messages may be read again.
        """
        offsets = {TopicPartition(one.topic, one.partition): one.offset + 1 for one in messages}
        self._settled |= offsets
        self._tally.signs += 1
        assert self._client is not None
        owned = {part: offset for part, offset in offsets.items() if part in self._client.assignment()}
        if not owned:
            return
        try:
            await self._client.commit(owned)
        except (CommitFailedError, IllegalStateError):
            return  # partitions were assigned anew meanwhile; whoever has them now reads these messages again
        self._ledger.take(owned)
