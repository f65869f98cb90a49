"""One segment: a file of record batches whose name is the offset of its first, with a sparse index in memory.

A closed segment gets a side file (`.index`) *after* its data was forced to the disk. So a segment with a side file
needs no check when it is loaded, and one without (the last of every log, or any that a power cut caught) is read and
checked whole. Files are opened for each use: that costs microseconds, and thousands of partitions need no
descriptors.
"""

from __future__ import annotations

import mmap
import os
import struct
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from agents.broker.batch import HEADER_BYTES, BatchHeader, crc_is_right, read_header
from agents.broker.files import write_atomically

_INDEX_EVERY_BYTES = 32 * 1024
_SIDE_FILE_HEADER = struct.Struct(">8sqqq")
_SIDE_FILE_MAGIC = b"TOCSIDX1"


@dataclass
class SparseIndex:
    """About every 32 KB: the first offset, its place in the file, and the newest timestamp up to the next entry."""

    offsets: array[int] = field(default_factory=lambda: array("q"))
    positions: array[int] = field(default_factory=lambda: array("q"))
    newest: array[int] = field(default_factory=lambda: array("q"))

    def add(self, header: BatchHeader, position: int) -> None:
        """Take note of a batch that was appended."""
        if not self.positions or position - self.positions[-1] >= _INDEX_EVERY_BYTES:
            self.offsets.append(header.base_offset)
            self.positions.append(position)
            self.newest.append(header.max_timestamp)
        else:
            self.newest[-1] = max(self.newest[-1], header.max_timestamp)

    def position_before(self, offset: int) -> int:
        """A place in the file at or before the batch that holds `offset`."""
        return self.positions[max(0, bisect_right(self.offsets, offset) - 1)] if self.positions else 0

    def positions_since(self, timestamp: int) -> Iterator[int]:
        """Starts of the stretches in which a batch with this timestamp or a newer one stands."""
        return (at for at, newest in zip(self.positions, self.newest, strict=True) if newest >= timestamp)

    def to_bytes(self) -> bytes:
        """Three arrays, one after the other, in the byte order of this machine."""
        return self.offsets.tobytes() + self.positions.tobytes() + self.newest.tobytes()

    @classmethod
    def from_bytes(cls, packed: bytes) -> SparseIndex:
        """The reverse of `to_bytes`; ValueError when the length cannot be right."""
        third, rest = divmod(len(packed), 24)
        if rest:
            raise ValueError("index length")
        parts = [array("q") for _ in range(3)]
        for number, part in enumerate(parts):
            part.frombytes(packed[number * third * 8 : (number + 1) * third * 8])
        return cls(*parts)


@dataclass(eq=False)
class Segment:
    """`next_offset` follows the last record, `newest` is the highest timestamp (-1 when empty), `size` is in bytes."""

    base_offset: int
    path: Path
    next_offset: int
    size: int = 0
    newest: int = -1
    index: SparseIndex = field(default_factory=SparseIndex)
    since_ms: int | None = None
    """Wall clock when the first message was appended, for rolling by age; None when empty."""

    @property
    def side_path(self) -> Path:
        """The side file which only a segment known to be whole has."""
        return self.path.with_suffix(".index")

    def create(self) -> None:
        """Make the empty file: its name alone keeps the next offset when all older segments are deleted."""
        self.path.touch(mode=0o600)

    def append(self, batch: bytes | bytearray, header: BatchHeader) -> None:
        """Write behind the last batch. OSError leaves the segment as it was: what was half written is never counted."""
        file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            left, at = memoryview(batch), self.size
            while left:
                written = os.pwrite(file, left, at)
                left, at = left[written:], at + written
        finally:
            os.close(file)
        self._count(header, self.size)

    def read(self, position: int, length: int) -> bytes:
        """At most `length` bytes from here, never beyond the last whole batch."""
        length = min(length, self.size - position)
        if length <= 0:
            return b""
        file = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            return os.pread(file, length, position)
        finally:
            os.close(file)

    def batches(self, position: int = 0) -> Iterator[tuple[int, BatchHeader]]:
        """(position, header) of each batch from this place, which must be the start of one."""
        with _mapped(self.path, self.size) as view:
            while position + HEADER_BYTES <= self.size:
                header = read_header(view, position)
                yield position, header
                position += header.size

    def sync(self) -> None:
        """Force what was written to the disk. Blocks; call it from a thread."""
        if not self.path.exists():
            return
        file = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(file)
        finally:
            os.close(file)

    def seal(self) -> None:
        """Force the data to the disk, then write the side file. Blocks; call it from a thread."""
        if not self.path.exists():
            return
        self.sync()
        head = _SIDE_FILE_HEADER.pack(_SIDE_FILE_MAGIC, self.size, self.next_offset, self.newest)
        write_atomically(self.side_path, head + self.index.to_bytes())

    def delete(self) -> None:
        """Remove both files; the side file first, so that it never describes another file."""
        self.side_path.unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)

    def load(self) -> int:
        """Learn what the file holds, from the side file or by reading all of it. Returns how many torn bytes follow."""
        length = self.path.stat().st_size if self.path.exists() else 0
        if self._load_side_file(length):
            return 0
        for position, header in _whole_batches(self.path, length, self.base_offset):
            self._count(header, position)
        return length - self.size

    def cut_tail(self) -> None:
        """Move the bytes behind the last whole batch into a `.cut` file: they were never acknowledged, unless a power
        cut or a failing disk is at work, and then somebody may want to look at them."""
        with self.path.open("rb+") as file:
            file.seek(self.size)
            self.path.with_suffix(".cut").write_bytes(file.read())
            file.truncate(self.size)

    def _count(self, header: BatchHeader, position: int) -> None:
        self.index.add(header, position)
        self.size = position + header.size
        self.next_offset = header.next_offset
        self.newest = max(self.newest, header.max_timestamp)

    def _load_side_file(self, length: int) -> bool:
        try:
            packed = self.side_path.read_bytes()
            magic, size, next_offset, newest = _SIDE_FILE_HEADER.unpack_from(packed)
            index = SparseIndex.from_bytes(packed[_SIDE_FILE_HEADER.size :])
        except (OSError, struct.error, ValueError):
            return False
        if magic != _SIDE_FILE_MAGIC or size != length:
            return False
        self.size, self.next_offset, self.newest, self.index = size, next_offset, newest, index
        return True


class _mapped:  # noqa: N801 - used as a function
    """The first `length` bytes of a file as a memoryview, without reading them in; empty files cannot be mapped."""

    def __init__(self, path: Path, length: int) -> None:
        self._map: mmap.mmap | None = None
        self._view = memoryview(b"")
        if length:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), length, access=mmap.ACCESS_READ)
            self._view = memoryview(self._map)

    def __enter__(self) -> memoryview:
        return self._view

    def __exit__(self, *_: object) -> None:
        self._view.release()
        if self._map is not None:
            self._map.close()


def _whole_batches(path: Path, length: int, lowest_offset: int) -> Iterator[tuple[int, BatchHeader]]:
    """The batches up to the first that is incomplete, out of order or fails its checksum."""
    position = 0
    with _mapped(path, length) as view:
        while position + HEADER_BYTES <= length:
            header = read_header(view, position)
            if not _plausible(header, lowest_offset, length - position):
                return
            with view[position : position + header.size] as batch:
                if not crc_is_right(header, batch):
                    return
            yield position, header
            position += header.size
            lowest_offset = header.next_offset


def _plausible(header: BatchHeader, lowest_offset: int, available: int) -> bool:
    return (
        header.magic == 2
        and HEADER_BYTES <= header.size <= available
        and header.base_offset >= lowest_offset
        and header.last_offset_delta >= 0
    )
