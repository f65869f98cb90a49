"""How far the agents have come, told by the broker: committed offsets and the ends of the topics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aiokafka.errors import KafkaError

from agents.errors import UnavailableError
from agents.kafka import open_admin, open_consumer, partitions_of
from agents.registry import AGENTS
from agents.settings import Settings
from agents.spec import AgentSpec


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


async def read_progress(settings: Settings, agents: Sequence[AgentSpec] = AGENTS) -> list[Progress]:
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
                committed = await admin.list_consumer_group_offsets(agent.group(settings), partitions=partitions)
                starts = await consumer.beginning_offsets(partitions)
                ends = await consumer.end_offsets(partitions)
                for part in partitions:
                    offset = committed[part].offset if part in committed else -1
                    reached = max(offset, starts[part])
                    found.append(Progress(agent.name, part.topic, part.partition, reached, ends[part]))
    except KafkaError as error:
        raise UnavailableError(f"the broker does not tell offsets: {type(error).__name__}: {error}") from error
    return found
