"""A version of a list: packed for travel, compared with the one before, refused when it looks broken."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, NamedTuple

from pipeline.lists.model import ListError
from schemas.lists import ListEntry, ListVersion

_PART_BYTES: Final = 1_000_000
"""Uncompressed; one entry more at most."""
MAX_SHRINKAGE: Final = 0.2
"""Share of the entries that may go away at once. Real lists lose single entries; a file that was cut loses many."""
_DIGEST: Final = 12


class Packed(NamedTuple):
    """The entries of one version."""

    parts: tuple[bytes, ...]
    """Gzipped JSON lines."""
    sha256: str
    """Of the lines."""
    digests: dict[str, bytes]
    """Hash of each entry by its id, in the order of the file."""


@dataclass
class Packer:
    """Packs entries as they come, so that only the compressed form is held."""

    parts: list[bytes] = field(default_factory=list)
    digests: dict[str, bytes] = field(default_factory=dict)
    _lines: list[bytes] = field(default_factory=list)
    _size: int = 0
    _sha256: hashlib._Hash = field(default_factory=hashlib.sha256)

    def add(self, entry: ListEntry) -> None:
        line = entry.model_dump_json(exclude_defaults=True).encode() + b"\n"
        self._sha256.update(line)
        self.digests[entry.id] = _digest(line)
        self._lines.append(line)
        self._size += len(line)
        if self._size >= _PART_BYTES:
            self._close()

    def _close(self) -> None:
        if self._lines:
            self.parts.append(gzip.compress(b"".join(self._lines), compresslevel=6, mtime=0))
            self._lines, self._size = [], 0

    def finish(self) -> Packed:
        self._close()
        return Packed(tuple(self.parts), self._sha256.hexdigest(), self.digests)


def _digest(line: bytes) -> bytes:
    return hashlib.blake2b(line, digest_size=_DIGEST).digest()


def pack(entries: Iterable[ListEntry]) -> Packed:
    packer = Packer()
    for entry in entries:
        packer.add(entry)
    return packer.finish()


def unpack(parts: Iterable[bytes]) -> Iterator[ListEntry]:
    """The entries of a version.

    Raises:
        ListError: a part is damaged.
    """
    for line in lines_of(parts):
        yield ListEntry.model_validate_json(line)


def lines_of(parts: Iterable[bytes]) -> Iterator[bytes]:
    """JSON lines of the *parts*.

    Raises:
        ListError: a part is damaged.
    """
    for part in parts:
        try:
            text = gzip.decompress(part)
        except (OSError, EOFError) as error:
            raise ListError(f"a stored part of the list is damaged ({error}); import the list again") from error
        yield from text.splitlines(keepends=True)


def version_of(
    list_id: str, packed: Packed, snapshot: date, form: str, now: datetime, *, current: bool = True
) -> ListVersion:
    return ListVersion(
        list=list_id,
        id=f"{snapshot.isoformat()}-{packed.sha256[:12]}",
        snapshot=snapshot,
        sha256=packed.sha256,
        format=form,
        entries=len(packed.digests),
        parts=len(packed.parts),
        imported_at=now,
        current=current,
    )


class Difference(NamedTuple):
    """Ids of the entries that one version has and the other has not, or has otherwise."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def compare(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Difference:
    """What is different in *new*, in the order of the lists.

    Args:
        old, new: hash of each entry by its id.
    """
    return Difference(
        added=tuple(ident for ident in new if ident not in old),
        changed=tuple(ident for ident, digest in new.items() if ident in old and old[ident] != digest),
        removed=tuple(ident for ident in old if ident not in new),
    )


def digests_of(parts: Sequence[bytes]) -> dict[str, bytes]:
    """Hash of each entry by its id."""
    return {ListEntry.model_validate_json(line).id: _digest(line) for line in lines_of(parts)}


def check_successor(
    old: ListVersion, new: ListVersion, *, may_shrink: bool = False, may_be_older: bool = False
) -> None:
    """Whether *new* may take the place of *old*.

    Raises:
        ListError: it has far fewer entries, or it is older.
    """
    least = old.entries * (1 - MAX_SHRINKAGE)
    if new.entries < least and not may_shrink:
        raise ListError(
            f"the file has {new.entries:,} entries, the list in use {old.entries:,}: it shrank by more than "
            f"{MAX_SHRINKAGE:.0%} and may be cut. The old one stays; if the file is right, give --allow-shrink"
        )
    if new.snapshot < old.snapshot and not may_be_older:
        raise ListError(
            f"the file is of {new.snapshot}, the list in use of {old.snapshot}. The newer one stays; "
            "if you want the older one, give --allow-older"
        )
