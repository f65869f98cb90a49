"""Classes of words that stand in like contexts: "Nairobi" and "Lagos", "spokesman" and "spokeswoman".

What the tagger learns of one word of a class helps it with words that no training text has. A memory-mapped file:

    magic (8 bytes) | number of words (uint32) | hashes of the words, rising (uint32 each) | their classes (uint16 each)

Little endian. The classes are Brown clusters (Brown and others 1992, "Class-based n-gram models of natural language");
`NOTICE.md` says whose.
"""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final
from zlib import crc32

from pipeline.mapped import map_file, packaged_file

MAGIC: Final = b"TOCCLU1\0"
FILE: Final = "clusters.bin"
_NEAR: Final = 256
"""Hashes looked among first, on either side of where a hash should be: in the packaged file, it is there."""
UNKNOWN: Final = 0
"""The class of a word that is in none."""
_HEADER: Final = struct.Struct("<8sI")


class ClusterError(RuntimeError):
    """The file of classes is missing or of another release."""


class Clusters:
    """The classes of one file. Every method is a pure function of the file's bytes."""

    def __init__(self, path: Path) -> None:
        """Map *path*.

        Raises:
            ClusterError: there is no such file, or it has another layout.
        """
        try:
            data = map_file(path)
            magic, count = _HEADER.unpack_from(data)
        except (OSError, ValueError, struct.error) as error:
            raise ClusterError(_complaint(path)) from error
        middle = _HEADER.size + 4 * count
        if magic != MAGIC or len(data) != middle + 2 * count:
            raise ClusterError(_complaint(path))
        self._hashes = memoryview(data)[_HEADER.size : middle].cast("I")
        self._classes = memoryview(data)[middle:].cast("H")

    def _of(self, word: str) -> int:
        wanted = crc32(word.encode("utf-8", "surrogatepass"))
        hashes = self._hashes
        guess = wanted * len(hashes) >> 32  # hashes are spread evenly, so that it is seldom far off
        low, high = max(0, guess - _NEAR), min(len(hashes), guess + _NEAR)
        if low and hashes[low] > wanted:
            low = 0
        if high < len(hashes) and hashes[high] < wanted:
            high = len(hashes)
        at = bisect_left(hashes, wanted, low, high)
        return self._classes[at] if at < len(self._hashes) and self._hashes[at] == wanted else UNKNOWN

    def of(self, printed: str, lower: str) -> int:
        """Class of a word as it is printed, else of its small form, else, of one in capitals, with one capital."""
        found = self._of(printed) or (self._of(lower) if lower != printed else UNKNOWN)
        return found or (self._of(lower.capitalize()) if printed.isupper() else UNKNOWN)


def encode(classes: Mapping[str, int]) -> bytes:
    """The file of *classes*: numbers from 1 to 65535 by word. Of words with one hash the first by letters stays."""
    hashes: dict[int, int] = {}
    for word in sorted(classes):
        hashes.setdefault(crc32(word.encode("utf-8", "surrogatepass")), classes[word])
    rising = sorted(hashes)
    values = [hashes[one] for one in rising]
    return _HEADER.pack(MAGIC, len(rising)) + struct.pack(f"<{len(rising)}I{len(rising)}H", *rising, *values)


def _complaint(path: Path) -> str:
    return f"the word classes at {path} are missing or of another release; reinstall tocsin"


@cache
def open_clusters() -> Clusters:
    """The packaged classes, mapped on first use.

    Raises:
        ClusterError: the package was built without them.
    """
    return Clusters(packaged_file("pipeline.names", FILE))
