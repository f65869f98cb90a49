"""Read compiled lists: look-ups by bisection in a mapped file, so that many processes share one copy."""

from __future__ import annotations

import struct
import sys
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from functools import lru_cache, partial
from typing import Final, NamedTuple

import orjson

from pipeline.lists.clues import clues_in
from pipeline.lists.compiling import compile_lists
from pipeline.lists.layout import ENTRY_COLUMNS, KINDS, MAGIC, NAME_COLUMNS, SECTIONS, TYPES, word_hash
from pipeline.lists.skeleton import skeleton
from schemas.lists import EntryType, NameKind

_CACHED: Final = 8_192


class BrokenIndexError(ValueError):
    """The bytes are no compiled lists of this release; compile them again."""


class Listed(NamedTuple):
    """One entry, as much as screening needs."""

    list: str
    snapshot: date
    id: str
    type: EntryType
    countries: tuple[str, ...]
    birth_dates: tuple[str, ...]
    positions: tuple[str, ...]
    identifiers: tuple[str, ...]
    programmes: tuple[str, ...]
    listed_on: str
    """ISO 8601; empty when not stated."""
    name: str
    """The first of its names, which publishers hold for the proper one."""


class Name(NamedTuple):
    """One name of an entry."""

    text: str
    kind: NameKind
    entry: int


class ListIndex:
    """All lists, read-only."""

    def __init__(self, data: bytes | memoryview) -> None:
        """Use *data*, which must not change.

        Raises:
            BrokenIndexError: it was not compiled by this release, or is cut short.
        """
        view = memoryview(data)
        if bytes(view[: len(MAGIC)]) != MAGIC:
            raise BrokenIndexError("these are no compiled lists of this release; compile them again")
        (size,) = struct.unpack_from("<I", view, len(MAGIC))
        start = len(MAGIC) + 4
        header = orjson.loads(bytes(view[start : start + size]))
        if header["byteorder"] != sys.byteorder:
            raise BrokenIndexError("the lists were compiled on a machine of another byte order; compile them again")
        self.lists = tuple((name, version, date.fromisoformat(day)) for name, version, day in header["lists"])
        sections = _sections(view, start + size, header["lengths"])
        self._words, self._counts = sections["words"], sections["word_counts"]
        self._keys, self._key_names = sections["keys"], sections["key_names"]
        self._pairs, self._pair_names = sections["pairs"], sections["pair_names"]
        self._names, self._entries, self._texts = sections["names"], sections["entries"], sections["texts"]
        # Bound to this index and bounded, so that a swap frees both.
        self.word = lru_cache(maxsize=_CACHED)(self._word)
        self.clues = lru_cache(maxsize=2 * _CACHED)(partial(clues_in, known=self))
        self.name = lru_cache(maxsize=_CACHED)(self._name)
        self.entry = lru_cache(maxsize=_CACHED)(self._entry)

    def __len__(self) -> int:
        """Number of entries."""
        return len(self._entries) // ENTRY_COLUMNS

    @property
    def names(self) -> int:
        """Number of names."""
        return len(self._names) // NAME_COLUMNS

    @property
    def version(self) -> str:
        """Versions of the lists, for provenance."""
        return " ".join(f"{name}@{version}" for name, version, _ in self.lists)

    def _word(self, text: str) -> tuple[int, int]:
        """Hash of a folded word's skeleton and the number of names that it occurs in; (0, 0) when in none."""
        wanted = word_hash(skeleton(text).key)
        at = bisect_left(self._words, wanted)
        if at < len(self._words) and self._words[at] == wanted:
            return wanted, self._counts[at]
        return 0, 0

    def knows(self, text: str) -> bool:
        """Whether a folded word is in any name."""
        return self.word(text)[0] != 0

    def is_name(self, text: str) -> bool:
        """Whether a folded word is all of a name."""
        key = self.word(text)[0]
        return key != 0 and len(self.by_key(key, 1)) > 0

    def by_key(self, key: int, most: int) -> Sequence[int]:
        """Numbers of the names whose words sum up to *key*, at most *most*."""
        return _postings(self._keys, self._key_names, key, most)

    def by_pair(self, key: int, most: int) -> Sequence[int]:
        """Numbers of the names with two words that sum up to *key*; none when there are more than *most*."""
        found = _postings(self._pairs, self._pair_names, key, most + 1)
        return found if len(found) <= most else ()

    def _name(self, number: int) -> Name:
        entry, start, length, kind = self._names[NAME_COLUMNS * number : NAME_COLUMNS * (number + 1)]
        return Name(bytes(self._texts[start : start + length]).decode(), KINDS[kind], entry)

    def _entry(self, number: int) -> Listed:
        start, length = self._entries[ENTRY_COLUMNS * number : ENTRY_COLUMNS * (number + 1)]
        list_number, ident, kind, *rest, listed_on, first_name = orjson.loads(
            bytes(self._texts[start : start + length])
        )
        name, _, snapshot = self.lists[list_number]
        countries, born, positions, identifiers, programmes = map(tuple, rest)
        return Listed(
            name,
            snapshot,
            ident,
            TYPES[kind],
            countries,
            born,
            positions,
            identifiers,
            programmes,
            listed_on,
            first_name,
        )


def _sections(view: memoryview, start: int, lengths: Sequence[int]) -> dict[str, memoryview]:
    found: dict[str, memoryview] = {}
    for (name, code), length in zip(SECTIONS, lengths, strict=True):
        start += -start % 8
        if start + length > len(view):
            raise BrokenIndexError("the compiled lists are cut short; compile them again")
        part = view[start : start + length]
        found[name] = part.cast("Q") if code == "Q" else part.cast("I") if code == "I" else part
        start += length
    return found


def _postings(keys: memoryview, names: memoryview, key: int, most: int) -> Sequence[int]:
    first = last = bisect_left(keys, key)
    end = min(len(keys), first + most)
    while last < end and keys[last] == key:
        last += 1
    return names[first:last].tolist() if last > first else ()


EMPTY: Final = ListIndex(compile_lists(()))
"""No list at all."""
