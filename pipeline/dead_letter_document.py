"""Dead letter to index document: everything but the message itself, which stays in its topic.

A letter is found by what went wrong and where; its raw value may be megabytes of anything, and is not for an index.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Final

from pipeline.document_values import iso_time, kept
from pipeline.query.canon import from_ms
from schemas.alert import DeadLetter
from schemas.collections import DEAD_LETTERS

MAX_KEY_CHARS: Final = 512
_ERROR: Final = re.compile(r"^([A-Za-z_][\w.]{0,200})(?::|$)")
_CALENDAR_MS: Final = range(-62_135_596_800_000, 253_402_300_800_000)
"""Years 1 to 9999; a producer may write any number as the time of its message."""


def dead_letter_document(letter: DeadLetter) -> dict[str, Any]:
    """The index document of a dead letter that waits for a replay."""
    return kept(
        DEAD_LETTERS,
        {
            "id": letter.id,
            "@timestamp": iso_time(letter.failed_at),
            "stage": letter.stage,
            "reason": letter.reason,
            "error": error_class(letter.traceback),
            "detail": _clean(letter.detail),
            "traceback": _clean(letter.traceback or ""),
            "topic": letter.topic,
            "partition": letter.partition,
            "offset": letter.offset,
            "key": _key(letter.key),
            "written_at": _written_at(letter.timestamp_ms),
            "raw_size": letter.raw_size,
            "attempts": letter.attempts,
            "open": True,
        },
    )


def unreadable_document(
    *, id: str, topic: str, partition: int, offset: int, size: int, detail: str, found_at: datetime
) -> dict[str, Any]:
    """The index document of a message that lies in the topic of dead letters and is none.

    Args:
        id: made from the message's own place, which *topic*, *partition* and *offset* are.
        found_at: Kafka time of the message.
    """
    return kept(
        DEAD_LETTERS,
        {
            "id": id,
            "@timestamp": iso_time(found_at),
            "stage": "recorder",
            "reason": "unreadable",
            "detail": _clean(detail),
            "topic": topic,
            "partition": partition,
            "offset": offset,
            "raw_size": size,
            "open": True,
        },
    )


def replayed_document(document: dict[str, Any], replayed_at: datetime) -> dict[str, Any]:
    """The document of a letter whose message was sent again."""
    return document | {"open": False, "replayed_at": iso_time(replayed_at)}


def error_class(traceback: str | None) -> str | None:
    """Class of the exception, from the last line of its traceback that begins with one; None when there is none."""
    for line in reversed((traceback or "").splitlines()):
        if found := _ERROR.match(line):
            return found.group(1)
    return None


def _clean(text: str) -> str:
    """A detail may quote half a surrogate pair of the message at fault, which no index takes."""
    return text.encode("utf-8", "replace").decode()


def _key(key: bytes | None) -> str | None:
    return None if key is None else key.decode("utf-8", "replace")[:MAX_KEY_CHARS]


def _written_at(ms: int | None) -> str | None:
    return iso_time(from_ms(ms)) if ms is not None and ms in _CALENDAR_MS else None
