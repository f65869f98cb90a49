"""The end of a log file, and what is added to it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Final

_BLOCK: Final = 65536
_LOOK_EVERY_S: Final = 0.3


def last_lines(path: Path, count: int) -> list[str]:
    """At most *count* last lines; none when there is no such file. Reads no more of it than it needs."""
    if count <= 0 or not path.exists():
        return []
    with path.open("rb") as file:
        position, found = file.seek(0, 2), b""
        while position > 0 and found.count(b"\n") <= count:
            step = min(_BLOCK, position)
            position = file.seek(position - step)
            found = file.read(step) + found
    return [line.decode("utf-8", "replace") for line in found.splitlines()[-count:]]


class _Followed:
    """One file that grows, is rotated away, or does not exist yet."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = path.open("rb") if path.exists() else None
        if self._file:
            self._file.seek(0, 2)
        self._rest = b""

    def new_lines(self) -> Iterator[str]:
        if self._file:
            *whole, self._rest = (self._rest + self._file.read()).split(b"\n")
            yield from (line.decode("utf-8", "replace") for line in whole)
        if self._is_replaced():
            self.close()
            self._file, self._rest = self._path.open("rb"), b""
            yield from self.new_lines()

    def _is_replaced(self) -> bool:
        if not self._path.exists():
            return False
        return self._file is None or self._path.stat().st_ino != _inode(self._file)

    def close(self) -> None:
        if self._file:
            self._file.close()


def _inode(file: IO[bytes]) -> int:
    return os.fstat(file.fileno()).st_ino


def follow(paths: Mapping[str, Path]) -> Iterator[tuple[str, str]]:
    """(name, line) for every line that is added to one of the files after this call, for ever."""
    return _lines({name: _Followed(path) for name, path in paths.items()})


def _lines(followed: Mapping[str, _Followed]) -> Iterator[tuple[str, str]]:
    try:
        while True:
            for name, one in followed.items():
                yield from ((name, line) for line in one.new_lines())
            time.sleep(_LOOK_EVERY_S)
    finally:
        for one in followed.values():
            one.close()
