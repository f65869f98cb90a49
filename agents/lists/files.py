"""Files of lists as sources of bytes: plain, gzip or the members of a zip archive, bounded in size."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import IO, Final

from pipeline.lists.model import ListError, Source

MAX_BYTES: Final = 1 << 30
"""Uncompressed. The largest list there is (all of OpenSanctions' targets) has a fifth of it; a zip bomb has more."""
_CHUNK: Final = 1 << 18
_MAX_MEMBERS: Final = 50
_GZIP: Final = b"\x1f\x8b"
_ZIP: Final = b"PK\x03\x04"


def open_sources(paths: Sequence[Path]) -> list[Source]:
    """The sources in *paths*; an archive has one per file in it.

    Raises:
        ListError: a file cannot be read, or an archive is broken.
    """
    return [source for path in paths for source in _sources(path)]


def _sources(path: Path) -> list[Source]:
    try:
        with path.open("rb") as file:
            magic = file.read(4)
        if magic == _ZIP:
            return _members(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise ListError(f"{path.name} cannot be read: {error}") from error
    if magic[:2] == _GZIP:
        return [Source(path.name, partial(_chunks, path.name, partial(gzip.open, path, "rb")))]
    return [Source(path.name, partial(_chunks, path.name, lambda: path.open("rb")))]


def _members(path: Path) -> list[Source]:
    """Sizes are as the archive says: of a member that is longer no more is read, and its checksum fails."""
    with zipfile.ZipFile(path) as archive:
        members = [one for one in archive.infolist() if not one.is_dir()]
    if not members or len(members) > _MAX_MEMBERS:
        raise ListError(f"{path.name} holds {len(members)} files; expected 1 to {_MAX_MEMBERS}")
    if sum(one.file_size for one in members) > MAX_BYTES:
        raise _too_large(path.name)
    names = [one.filename for one in members]
    return [Source(f"{path.name}:{name}", partial(_read_member, path, name)) for name in names]


def _too_large(name: str) -> ListError:
    return ListError(f"{name} is larger than {MAX_BYTES >> 20} MiB uncompressed; refused")


def _read_member(path: Path, name: str) -> Iterator[bytes]:
    with zipfile.ZipFile(path) as archive:
        yield from _chunks(f"{path.name}:{name}", partial(archive.open, name))


def _chunks(name: str, opened: Callable[[], IO[bytes] | gzip.GzipFile]) -> Iterator[bytes]:
    total = 0
    try:
        with opened() as file:
            while chunk := file.read(_CHUNK):
                total += len(chunk)
                if total > MAX_BYTES:
                    raise _too_large(name)
                yield chunk
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise ListError(f"{name} cannot be read to its end: {error}; is it truncated or encrypted?") from error
