"""What can become of one message in one stage: done, with what is to be sent, or refused, with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from schemas.alert import DeadLetterReason

if TYPE_CHECKING:  # enrichment processes import this module, and need no Kafka client
    from agents.kafka import Message


@dataclass(frozen=True, slots=True)
class Output:
    """One message to send."""

    topic: str
    """Full name, with prefix."""
    key: bytes | None
    value: bytes
    timestamp_ms: int | None = None
    """None means the time of sending."""


@dataclass(frozen=True, slots=True)
class Done:
    """The message needs nothing more once its outputs are delivered."""

    outputs: tuple[Output, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """The message can never be processed as it is; it becomes a dead letter."""

    reason: DeadLetterReason
    detail: str
    traceback: str | None = None
    """For failures in our own code. None means the data was at fault."""
    attempts: int = 1


Outcome = Done | Refused


class Step(Protocol):
    """What a stage does with a batch.

    Returns one outcome per message, in order. Whatever has an effect outside Kafka (an index write) is durable when it
    returns.

    Raises:
        UnavailableError: a server cannot be reached; the stage tries the whole batch again, for ever.
        Exception: a bug; the stage tries each message alone, then refuses those that still fail.
    """

    async def __call__(self, messages: Sequence[Message], /) -> Sequence[Outcome]: ...
