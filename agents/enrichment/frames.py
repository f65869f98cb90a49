"""The pipe between the enricher and its processes: length-prefixed frames, no pickle.

job     u32 length | i64 timestamp_ms (-1: none) | u8 mode | article bytes
answer  u32 length | u8 status | payload
  READY    payload empty
  ENRICHED payload u16 key length | key | enriched record
  REFUSED  payload JSON {reason, detail, traceback}
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

import orjson

from agents.outcomes import Refused
from schemas.enrichment import Mode

READY: Final = 0
ENRICHED: Final = 1
REFUSED: Final = 2

LENGTH: Final = struct.Struct(">I")
_JOB: Final = struct.Struct(">qB")
_KEY: Final = struct.Struct(">H")
_MODES: Final[tuple[Mode, ...]] = ("live", "backfill")


@dataclass(frozen=True, slots=True)
class Job:
    """One article to enrich, as it was read from its topic."""

    raw: bytes
    timestamp_ms: int | None
    mode: Mode


@dataclass(frozen=True, slots=True)
class Enriched:
    """The article id as message key and the enriched record as JSON."""

    key: bytes
    value: bytes


def _frame(*parts: bytes) -> bytes:
    return b"".join((LENGTH.pack(sum(map(len, parts))), *parts))


def pack_job(job: Job) -> bytes:
    stamp = -1 if job.timestamp_ms is None else job.timestamp_ms
    return _frame(_JOB.pack(stamp, _MODES.index(job.mode)), job.raw)


def unpack_job(payload: bytes) -> Job:
    stamp, mode = _JOB.unpack_from(payload)
    return Job(raw=payload[_JOB.size :], timestamp_ms=None if stamp < 0 else stamp, mode=_MODES[mode])


def pack_ready() -> bytes:
    return _frame(bytes([READY]))


def pack_answer(answer: Enriched | Refused) -> bytes:
    if isinstance(answer, Enriched):
        return _frame(bytes([ENRICHED]), _KEY.pack(len(answer.key)), answer.key, answer.value)
    said = {"reason": answer.reason, "detail": answer.detail, "traceback": answer.traceback}
    return _frame(bytes([REFUSED]), orjson.dumps(said))


def unpack_answer(payload: bytes) -> Enriched | Refused | None:
    """The answer; None for the sign that the process is ready."""
    status, rest = payload[0], payload[1:]
    if status == ENRICHED:
        (size,) = _KEY.unpack_from(rest)
        start = _KEY.size
        return Enriched(key=rest[start : start + size], value=rest[start + size :])
    return Refused(**orjson.loads(rest)) if status == REFUSED else None
