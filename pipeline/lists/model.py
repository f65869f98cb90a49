"""What parsers of lists are given and what they give back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from schemas.lists import ListEntry


class ListError(ValueError):
    """The file is no list that can be used; the message says what is wrong, where, and what to do."""


class Snapshot(NamedTuple):
    """The publisher's date of the list, found in the file."""

    day: date


class Skipped(NamedTuple):
    """An entry of the file that cannot be screened against."""

    entry_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Source:
    """One file (or member of an archive). `open` gives its bytes in pieces, from the start on every call."""

    name: str
    open: Callable[[], Iterable[bytes]]

    def head(self, size: int = 4096) -> bytes:
        """The first *size* bytes."""
        found = b""
        for chunk in self.open():
            found += chunk
            if len(found) >= size:
                break
        return found[:size]


Item = ListEntry | Snapshot | Skipped
Items = Iterator[Item]
