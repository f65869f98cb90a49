"""Lock files: which files belong to a release, and their SHA-512.

A line is `<128 hexadecimal digits>  <file name>`, as `sha512sum` prints it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from agents.services.errors import ServiceError

_LINE = re.compile(r"([0-9a-f]{128})  ([^/\s]+)")


def parse_lock(text: str) -> dict[str, str]:
    """File name -> SHA-512, from a lock file.

    Raises:
        ServiceError: a line is not a checksum and a plain file name, a name stands twice, or there is none.
    """
    locked: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        found = _LINE.fullmatch(line)
        if found is None or found[2] in locked:
            raise ServiceError(
                f"lock file, line {number}: not a SHA-512, two blanks and a new file name: {line[:60]!r}"
            )
        locked[found[2]] = found[1]
    if not locked:
        raise ServiceError("lock file: it names no file, so nothing could be checked")
    return locked


def differing(locked: Mapping[str, str], found: Mapping[str, str]) -> tuple[str, ...]:
    """Names that are missing, changed or not locked, in order."""
    return tuple(sorted(name for name in locked.keys() | found.keys() if locked.get(name) != found.get(name)))


def checksums(folder: Path) -> dict[str, str]:
    """File name -> SHA-512 of every file in the *folder*. Blocks."""
    return {path.name: sha512(path) for path in folder.iterdir()}


def sha512(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha512").hexdigest()
