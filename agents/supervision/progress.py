"""How far the agents have come, told by the broker: committed offsets and the ends of the topics."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import GroupAuthorizationFailedError, GroupCoordinatorNotAvailableError, KafkaError

from agents.errors import UnavailableError
from agents.kafka import open_admin, open_consumer, partitions_of
from agents.registry import AGENTS
from agents.settings import Settings

_ASK_AGAIN: Final = 20
_ASK_AGAIN_PAUSE_S: Final = 0.5


class Reading(Protocol):
    """Whoever reads topics in a consumer group: an agent, or a target of the notifier."""

    @property
    def name(self) -> str: ...

    def group(self, settings: Settings) -> str:
        """Name of the consumer group."""
        ...

    def topics(self, settings: Settings, existing: Iterable[str]) -> list[str]:
        """Full names of the topics that it reads, given those that there are."""
        ...


@dataclass(frozen=True)
class Progress:
    """One agent on one partition."""

    agent: str
    topic: str
    partition: int
    committed: int
    """Offset of the next message to read; the first that is there when the agent never committed."""
    end: int
    """Offset that the next message written will get."""

    @property
    def lag(self) -> int:
        """Messages not yet processed to the end."""
        return max(self.end - self.committed, 0)


async def _committed(
    admin: AIOKafkaAdminClient, group: str, partitions: Sequence[TopicPartition]
) -> dict[TopicPartition, Any]:
    """Offsets that the *group* has committed. The first who asks a new cluster for a group's coordinator makes it
    create its own topic for it, and is told to ask again."""
    for _ in range(_ASK_AGAIN):
        try:
            return dict(await admin.list_consumer_group_offsets(group, partitions=list(partitions)))
        except GroupAuthorizationFailedError:
            raise GroupAuthorizationFailedError(group) from None  # the client's words hide the name
        except GroupCoordinatorNotAvailableError:
            pass
        await asyncio.sleep(_ASK_AGAIN_PAUSE_S)
    raise UnavailableError(f"the brokers have no coordinator yet for the group {group}; try again in a minute")


async def read_progress(settings: Settings, agents: Sequence[Reading] = AGENTS) -> list[Progress]:
    """Every agent on every partition that it reads.

    Raises:
        UnavailableError: no broker answers.
    """
    found: list[Progress] = []
    try:
        async with open_admin(settings) as admin, open_consumer(settings) as consumer:
            existing = await admin.list_topics()
            for agent in agents:
                partitions = await partitions_of(admin, agent.topics(settings, existing))
                if not partitions:
                    continue
                committed = await _committed(admin, agent.group(settings), partitions)
                starts = await consumer.beginning_offsets(partitions)
                ends = await consumer.end_offsets(partitions)
                for part in partitions:
                    offset = committed[part].offset if part in committed else -1
                    reached = max(offset, starts[part])
                    found.append(Progress(agent.name, part.topic, part.partition, reached, ends[part]))
    except KafkaError as error:
        raise UnavailableError(f"the broker does not tell offsets: {type(error).__name__}: {error}") from error
    return found
