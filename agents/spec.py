"""What an agent is: which topics it reads, in what portions, and the step it runs on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from agents.metrics import Tally
from agents.outcomes import Step
from agents.settings import Settings
from schemas.collections import Collection
from schemas.topics import Topic, alerts_topic


def _nothing() -> None:
    return


@dataclass(frozen=True)
class Running:
    """An agent's step, open and ready."""

    step: Step
    reassigned: Callable[[], None] = _nothing
    """Called whenever the worker is given other partitions, before it reads from them."""


@dataclass(frozen=True, kw_only=True)
class AgentSpec:
    """One agent. `open` starts what the step needs and stops it afterwards."""

    name: str
    reads: tuple[Topic, ...]
    reads_alerts: bool = False
    """Whether it also reads the topic of every alert channel; rules may add channels at any time."""
    generation: str = ""
    """Part of the consumer group's name: another one reads the topics from their start."""
    portion: int
    """Most messages in one batch."""
    within_s: float
    """How long a batch may wait for more messages, seconds."""
    open: Callable[[Settings, Tally], AbstractAsyncContextManager[Running]]

    def group(self, settings: Settings) -> str:
        """The consumer group, which is also the Faust app's id."""
        return ".".join(part for part in (settings.topic_prefix, self.name, self.generation) if part)

    def topics(self, settings: Settings, existing: Iterable[str] = ()) -> list[str]:
        """Full names of the topics it reads.

        Args:
            existing: full names of the topics that there are, for those of the alert channels.
        """
        fixed = [topic.prefixed(settings.topic_prefix) for topic in self.reads]
        prefix = alerts_topic("").prefixed(settings.topic_prefix)
        return fixed + sorted(name for name in existing if self.reads_alerts and name.startswith(prefix))


def generation_of(*collections: Collection) -> str:
    """Of the agent that fills the indices of *collections*: empty for the first version of all of them."""
    versions = [collection.version for collection in collections]
    return "" if set(versions) == {1} else f"v{'.'.join(map(str, versions))}"
