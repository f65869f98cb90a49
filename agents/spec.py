"""What an agent is: which topics it reads, in what portions, and the step it runs on them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from agents.metrics import Tally
from agents.outcomes import Step
from agents.settings import Settings
from schemas.topics import Topic


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
    portion: int
    """Most messages in one batch."""
    within_s: float
    """How long a batch may wait for more messages, seconds."""
    open: Callable[[Settings, Tally], AbstractAsyncContextManager[Running]]

    def group(self, settings: Settings) -> str:
        """The consumer group, which is also the Faust app's id."""
        return f"{settings.topic_prefix}.{self.name}"

    def topics(self, settings: Settings) -> list[str]:
        """Full names of the topics it reads."""
        return [topic.prefixed(settings.topic_prefix) for topic in self.reads]
