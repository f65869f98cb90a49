"""The log of one partition: segments in offset order, of which the last one grows.

Everything here is synchronous and takes the time as a value; what may block for long (forcing data to the disk,
compaction) is handed to `background`, which the server points at a thread.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from agents.broker.batch import BatchHeader, check_produced, open_records, place
from agents.broker.compression import DecompressionError
from agents.broker.config import TopicConfig
from agents.broker.producers import ProducerTable
from agents.broker.protocol import ErrorCode, RequestError
from agents.broker.segment import Segment

logger = logging.getLogger(__name__)

Background = Callable[[Callable[[], None]], None]

_PRODUCER_TAIL_BYTES = 8 * 1024 * 1024
"""How far back a restarted broker looks for producers: a batch is sent again within minutes, behind it stands others'
batches."""


@dataclass(frozen=True)
class Appended:
    """Where a batch stands; `duplicate` when it stood there before."""

    base_offset: int
    duplicate: bool


class PartitionLog:
    """Append, read, search by time, forget. Offsets begin at 0 and are never given twice."""

    def __init__(self, folder: Path, config: TopicConfig, background: Background) -> None:
        self.folder = folder
        self.config = config
        self.producers = ProducerTable()
        self.segments: list[Segment] = []
        self.compacted_until = 0
        """Everything before this offset was compacted since the start of the broker."""
        self.unsynced: list[Segment] = []
        """Segments to which something was appended since they were last forced to the disk."""
        self._background = background
        folder.mkdir(parents=True, exist_ok=True)
        self._load()

    @property
    def start_offset(self) -> int:
        """The oldest offset that is still kept."""
        return self.segments[0].base_offset

    @property
    def end_offset(self) -> int:
        """The offset which the next record gets."""
        return self.active.next_offset

    @property
    def active(self) -> Segment:
        """The segment that grows."""
        return self.segments[-1]

    @property
    def size(self) -> int:
        """Bytes of all segments."""
        return sum(segment.size for segment in self.segments)

    def append(self, records: bytes, now_ms: int) -> Appended:
        """Store one batch as a producer sent it. Raises RequestError with the code to answer."""
        header = check_produced(records, self.config.max_message_bytes)
        duplicate = self.producers.find_duplicate(header)
        if duplicate is not None:
            return Appended(duplicate, duplicate=True)
        self._roll_when_due(header.size, now_ms)
        header = header._replace(base_offset=self.end_offset)
        try:
            self.active.append(place(records, header.base_offset), header)
        except OSError as error:
            logger.error("cannot write %s: %s", self.active.path, error)
            raise RequestError(ErrorCode.KAFKA_STORAGE_ERROR, f"the broker cannot write: {error.strerror}") from error
        if self.active.since_ms is None:
            self.active.since_ms = now_ms
        self.producers.note(header)
        if self.active not in self.unsynced:
            self.unsynced.append(self.active)
        return Appended(header.base_offset, duplicate=False)

    def read(self, offset: int, max_bytes: int, *, at_least_one: bool) -> bytes:
        """Batches from the one that holds `offset`, cut at `max_bytes` (readers expect and drop a torn last batch),
        but never inside the first when `at_least_one`. Empty at the end. Raises RequestError(OFFSET_OUT_OF_RANGE)."""
        if not self.start_offset <= offset <= self.end_offset:
            raise RequestError(ErrorCode.OFFSET_OUT_OF_RANGE)
        if offset == self.end_offset:
            return b""
        found = self._find(offset)
        if found is None:
            return b""
        segment, position, header = found
        if header.size > max_bytes and not at_least_one:
            return b""
        return segment.read(position, max(header.size, max_bytes))

    def offset_since(self, timestamp: int) -> tuple[int, int] | None:
        """(offset, timestamp) of the first record that is not older, None when there is none."""
        for segment in list(self.segments):
            if segment.newest < timestamp:
                continue
            for start in segment.index.positions_since(timestamp):
                for position, header in segment.batches(start):
                    if header.max_timestamp >= timestamp:
                        return _first_since(segment.read(position, header.size), header, timestamp)
        return None

    def sync(self) -> None:
        """Force everything appended so far to the disk. Blocks; call it from a thread, one at a time."""
        unsynced, self.unsynced = self.unsynced, []
        try:
            for segment in unsynced:
                segment.sync()
        except OSError:
            self.unsynced = unsynced + self.unsynced
            raise

    def roll(self) -> None:
        """Close the growing segment and begin the next; an empty one stays."""
        closing = self.active
        if not closing.size:
            return
        growing = self._segment(closing.next_offset)
        growing.create()
        self.segments.append(growing)
        self._background(lambda: _seal(closing))

    def roll_by_age(self, now_ms: int) -> None:
        """Close the growing segment when its first message is older than `segment.ms`."""
        since = self.active.since_ms
        if since is not None and now_ms - since >= self.config.segment_ms:
            self.roll()

    def forget_old(self, now_ms: int) -> int:
        """Delete the oldest closed segments that are beyond the limits of age or size. Returns how many."""
        dropped = 0
        while len(self.segments) > 1 and self._is_beyond_limits(self.segments[0], now_ms):
            oldest = self.segments.pop(0)
            oldest.delete()
            dropped += 1
        return dropped

    def replace(self, old: Segment, new: Segment) -> bool:
        """Put a compacted segment in the place of the one it was made from; False when that one is gone."""
        if old not in self.segments[:-1]:
            return False
        old.side_path.unlink(missing_ok=True)
        new.path.replace(old.path)
        new.path = old.path
        self.segments[self.segments.index(old)] = new
        self._background(lambda: _seal(new))
        return True

    def _is_beyond_limits(self, oldest: Segment, now_ms: int) -> bool:
        if not self.config.deleted_by_retention:
            return False
        config = self.config
        too_old = config.retention_ms >= 0 and oldest.newest < now_ms - config.retention_ms
        too_much = config.retention_bytes >= 0 and self.size - oldest.size >= config.retention_bytes
        return too_old or too_much

    def _roll_when_due(self, incoming: int, now_ms: int) -> None:
        self.roll_by_age(now_ms)
        if self.active.size and self.active.size + incoming > self.config.segment_bytes:
            self.roll()

    def _find(self, offset: int) -> tuple[Segment, int, BatchHeader] | None:
        for segment in self._segments_from(offset):
            for position, header in segment.batches(segment.index.position_before(offset)):
                if header.next_offset > offset:
                    return segment, position, header
        return None

    def _segments_from(self, offset: int) -> list[Segment]:
        """The segment that may hold the offset and those after it: compaction leaves holes, also at the end of a
        segment."""
        first = next((i for i in range(len(self.segments) - 1, -1, -1) if self.segments[i].base_offset <= offset), 0)
        return self.segments[first:]

    def _segment(self, base_offset: int) -> Segment:
        return Segment(base_offset, self.folder / f"{base_offset:020d}.log", next_offset=base_offset)

    def _load(self) -> None:
        for leftover in (*self.folder.glob("*.compacting"), *self.folder.glob("*.tmp")):
            leftover.unlink()
        for side_file in self.folder.glob("*.index"):
            if not side_file.with_suffix(".log").exists():
                side_file.unlink()
        bases = sorted(int(path.stem) for path in self.folder.glob("*.log") if path.stem.isdecimal())
        self.segments = [self._load_segment(base) for base in bases] or [self._segment(0)]
        if self.active.size:
            # When its first message came is not known any more; the last write is the latest it can have been.
            self.active.since_ms = int(self.active.path.stat().st_mtime * 1000)
        self._load_producers()

    def _load_segment(self, base_offset: int) -> Segment:
        segment = self._segment(base_offset)
        torn = segment.load()
        if torn:
            segment.cut_tail()
            logger.warning("%s: cut %d bytes that are no whole batch; kept beside it as .cut", segment.path, torn)
        return segment

    def _load_producers(self) -> None:
        wanted, first = _PRODUCER_TAIL_BYTES, len(self.segments)
        while first > 0 and wanted > 0:
            first -= 1
            wanted -= self.segments[first].size
        for segment in self.segments[first:]:
            for _, header in segment.batches():
                self.producers.note(header)


def _seal(segment: Segment) -> None:
    try:
        segment.seal()
    except OSError as error:
        # Without its side file the segment is only read and checked again at the next start.
        logger.error("cannot close %s: %s", segment.path, error)


def _first_since(batch: bytes, header: BatchHeader, timestamp: int) -> tuple[int, int]:
    try:
        for record in open_records(batch):
            if record.timestamp >= timestamp:
                return record.offset, record.timestamp
    except DecompressionError as error:
        logger.warning("batch at offset %d cannot be opened, answering with its start: %s", header.base_offset, error)
    return header.base_offset, header.max_timestamp
