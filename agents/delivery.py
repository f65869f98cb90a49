"""Deciding what to send again: pure, without Kafka and without a clock.

A broker refuses a whole batch for one oversize record in it, so after such a refusal each output is sent alone until
the culprit is known; only that one becomes a dead letter. Everything else that failed is simply sent again.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from agents.kafka import Message
from agents.outcomes import Output, Refused
from pipeline.identity import dead_letter_id
from schemas.alert import DeadLetter

MAX_RAW_BYTES: Final = 700_000
"""So much of a message is kept in its dead letter: as base64 it stays under Kafka's default limit of 1 MB."""
MIN_RAW_BYTES: Final = 1_000
_MAX_DETAIL: Final = 4_000


@dataclass(frozen=True, slots=True)
class Parcel:
    """One output and the message it comes from."""

    source: int
    """Index of the message in its batch."""
    output: Output
    is_dead_letter: bool = False
    is_last_try: bool = False
    """A dead letter that cannot be made shorter; a broker that refuses it is waited for."""


@dataclass(frozen=True, slots=True)
class Round:
    """What is still to be sent, and how."""

    parcels: tuple[Parcel, ...]
    alone: bool = False
    """Each by itself, to find the oversize one."""
    wait: bool = False
    """Whether to wait before: the broker is in trouble."""
    oversize: tuple[Parcel, ...] = ()
    """Parcels that are too large, taken out; their messages become dead letters."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a parcel was not delivered."""

    too_large: bool
    error: str
    spoils_numbers: bool = False
    """Whether the producer's sequence numbers are no longer what the broker expects, so that it takes nothing more from
    this producer on that partition: aiokafka counts a batch that was refused for its size as sent."""


def next_round(sent: Round, failures: Sequence[Failure | None]) -> Round:
    """What to do after *sent*, given each parcel's failure or None."""
    failed = [(parcel, failure) for parcel, failure in zip(sent.parcels, failures, strict=True) if failure]
    some_too_large = any(failure.too_large for _, failure in failed)
    culprits = sent.alone or len(sent.parcels) == 1
    oversize = tuple(parcel for parcel, failure in failed if failure.too_large and culprits)
    return Round(
        parcels=tuple(parcel for parcel, _ in failed if parcel not in oversize),
        alone=some_too_large and not culprits,
        wait=any(not failure.too_large for _, failure in failed),
        oversize=oversize,
    )


def dead_letter(message: Message, refused: Refused, *, stage: str, failed_at: datetime, room: int) -> DeadLetter:
    """The record that keeps *message* for later.

    Args:
        room: how many bytes of the message to keep.
    """
    return DeadLetter(
        id=dead_letter_id(message.topic, message.partition, message.offset),
        stage=stage,
        reason=refused.reason,
        detail=refused.detail[:_MAX_DETAIL],
        traceback=refused.traceback,
        topic=message.topic,
        partition=message.partition,
        offset=message.offset,
        timestamp_ms=message.timestamp_ms if message.timestamp_ms >= 0 else None,
        key=None if message.key is None else b64encode(message.key),
        raw=b64encode(message.value[:room]),
        raw_size=len(message.value),
        failed_at=failed_at,
        attempts=refused.attempts,
    )


def dead_letter_key(message: Message) -> bytes:
    return f"{message.topic}/{message.partition}/{message.offset}".encode()


def less_room(size: int) -> int:
    """How much of its message a dead letter of *size* bytes may keep when the broker refused it: half of what it had,
    base64 aside."""
    return max(size * 3 // 8, MIN_RAW_BYTES)


def to_topic(letter: DeadLetter, message: Message, topic: str) -> Output:
    return Output(topic=topic, key=dead_letter_key(message), value=letter.model_dump_json().encode())


def refused_as_too_large(parcel: Parcel) -> Refused:
    output = parcel.output
    return Refused("too_large", f"the result for {output.topic} has {len(output.value)} bytes; the broker refuses it")
