"""The dead letter of an alert that one target missed; its replay goes to that target alone."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime

from agents.dead_letters import key_of
from agents.delivery import MAX_RAW_BYTES
from agents.kafka import Message
from agents.outcomes import Output
from pipeline.identity import missed_delivery_id
from schemas.alert import DeadLetter


def missed_letter(
    message: Message,
    detail: str,
    *,
    target: str,
    stage: str,
    attempts: int,
    replay_topic: str,
    dead_letters: str,
    failed_at: datetime,
) -> Output:
    """The letter as it is sent.

    Args:
        stage: name of the target's agent.
        replay_topic, dead_letters: full names of topics.
    """
    letter = DeadLetter(
        id=missed_delivery_id(stage, message.topic, message.partition, message.offset),
        stage=stage,
        reason="delivery_failed",
        detail=detail[:4_000],
        topic=message.topic,
        partition=message.partition,
        offset=message.offset,
        replay_topic=replay_topic,
        timestamp_ms=message.timestamp_ms if message.timestamp_ms >= 0 else None,
        key=b64encode(target.encode()),
        raw=b64encode(message.value[:MAX_RAW_BYTES]),
        raw_size=len(message.value),
        failed_at=failed_at,
        attempts=attempts,
    )
    return Output(topic=dead_letters, key=key_of(letter), value=letter.model_dump_json().encode())
