"""Compaction of topics with `cleanup.policy=compact`: of each key the newest record stays, deletion markers go after
a while.

Closed segments are rewritten one by one into a new file that takes the old one's name. Offsets never change. Records
without a key stay, for there is nothing they could be replaced by. The growing segment is read (it may hold the
newest record of a key) but not rewritten. Rewritten batches are stored uncompressed.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass

from agents.broker.batch import BatchHeader, Record, keep_records, open_records, read_header
from agents.broker.compression import DecompressionError
from agents.broker.segment import Segment

logger = logging.getLogger(__name__)

MAX_KEYS = 250_000
"""Distinct keys that one pass can hold in memory (about 30 MB); later keys keep all their records."""


@dataclass(frozen=True)
class CompactionPlan:
    """What one pass works on, taken in the event loop: the closed segments and how much of the growing one to read."""

    closed: tuple[Segment, ...]
    growing: Segment
    growing_size: int
    drop_tombstones_before_ms: int
    """Deletion markers with an older timestamp have been seen by every reader and may go."""

    @property
    def last_offset(self) -> int:
        """The record here always stays: a reader who waits to reach the end of the log must be able to."""
        return self.closed[-1].next_offset - 1


def plan_compaction(segments: list[Segment], compacted_until: int, now_ms: int, keep_ms: int) -> CompactionPlan | None:
    """None when no segment was closed since the last pass."""
    closed = tuple(segment for segment in segments[:-1] if segment.size)
    if not closed or closed[-1].next_offset <= compacted_until:
        return None
    return CompactionPlan(closed, segments[-1], segments[-1].size, now_ms - keep_ms)


def compact(plan: CompactionPlan) -> list[tuple[Segment, Segment]]:
    """(old, rewritten) for each segment that shrank. Works in a thread: reads files, writes `.compacting` files."""
    newest = newest_offsets((*plan.closed, plan.growing), plan)
    rewritten = ((segment, _rewrite(segment, newest, plan)) for segment in plan.closed)
    return [(old, new) for old, new in rewritten if new is not None]


def newest_offsets(segments: Iterable[Segment], plan: CompactionPlan) -> dict[bytes, int]:
    """Digest of a key -> offset of its newest record, for the first MAX_KEYS keys."""
    newest: dict[bytes, int] = {}
    for segment in segments:
        limit = plan.growing_size if segment is plan.growing else segment.size
        for _, _, records in _opened(segment, limit):
            for record in records:
                digest = _digest(record)
                if digest in newest or (digest and len(newest) < MAX_KEYS):
                    newest[digest] = record.offset
    return newest


def _rewrite(segment: Segment, newest: dict[bytes, int], plan: CompactionPlan) -> Segment | None:
    path = segment.path.with_suffix(".compacting")
    path.unlink(missing_ok=True)
    result = Segment(segment.base_offset, path, next_offset=segment.base_offset)
    for header, batch, records in _opened(segment, segment.size):
        kept = [record for record in records if _stays(record, newest, plan)]
        if not records or len(kept) == len(records):
            result.append(batch, header)
        elif kept:
            smaller = keep_records(batch, kept)
            result.append(smaller, read_header(smaller))
    if result.size == segment.size:
        path.unlink(missing_ok=True)
        return None
    result.create()
    result.next_offset = segment.next_offset
    result.sync()
    return result


def _stays(record: Record, newest: dict[bytes, int], plan: CompactionPlan) -> bool:
    if record.key is None or record.offset == plan.last_offset:
        return True
    if newest.get(_digest(record), record.offset) > record.offset:
        return False
    return not (record.is_tombstone and record.timestamp < plan.drop_tombstones_before_ms)


def _opened(segment: Segment, limit: int) -> Iterable[tuple[BatchHeader, bytes, list[Record]]]:
    """Each batch with its records; a batch that cannot be opened comes with none and is kept as it is."""
    for position, header in segment.batches():
        if position + header.size > limit:
            return
        batch = segment.read(position, header.size)
        try:
            records = list(open_records(batch))
        except DecompressionError as error:
            logger.warning("%s: batch at offset %d stays as it is: %s", segment.path, header.base_offset, error)
            records = []
        yield header, batch, records


def _digest(record: Record) -> bytes:
    return b"" if record.key is None else hashlib.blake2b(record.key, digest_size=16).digest()
