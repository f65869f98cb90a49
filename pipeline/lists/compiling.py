"""Compile lists into the form that is searched (`layout.py`)."""

from __future__ import annotations

import struct
import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Final, NamedTuple

import orjson

from pipeline.lists.layout import KINDS, MAGIC, MASK, SECTIONS, TYPES, word_hash
from pipeline.lists.skeleton import skeleton
from pipeline.lists.tokens import cut_name
from schemas.lists import EntryType, ListEntry, ListVersion

_MAX_PAIRED: Final = 7
"""Of a longer name the first words are paired; its whole is found by its key."""

_NAME_BITS: Final = 32
_NAME: Final = (1 << _NAME_BITS) - 1


class VersionedList(NamedTuple):
    """A version of a list and its entries."""

    version: ListVersion
    entries: Iterable[ListEntry]


class _Tables:
    """What is collected; every entry goes through `add` once."""

    def __init__(self) -> None:
        self.counts: Counter[int] = Counter()
        # Key and name in one number each: half the memory of pairs, and sorted in half the time.
        self.keys: list[int] = []
        self.pairs: list[int] = []
        self.names, self.entries = array("I"), array("I")
        self.texts = bytearray()

    def add(self, entry: ListEntry, list_number: int) -> None:
        number = len(self.entries) // 2
        stored = [
            list_number,
            entry.id,
            TYPES.index(entry.type),
            entry.countries,
            entry.birth_dates,
            entry.positions,
            entry.identifiers,
            entry.programmes,
            str(entry.listed_on or ""),
            entry.names[0].name,
        ]
        self.entries.extend(self._text(orjson.dumps(stored)))
        for name in entry.names:
            self._add_name(number, name.name, KINDS.index(name.kind), entry.type)

    def _text(self, text: bytes) -> tuple[int, int]:
        start = len(self.texts)
        self.texts += text
        return start, len(text)

    def _add_name(self, entry: int, name: str, kind: int, entry_type: EntryType) -> None:
        words = index_words(name, entry_type)
        if not words or (entry_type == "person" and len(words) == 1):
            return  # one word is nobody's name alone
        number = len(self.names) // 4
        self.names.extend((entry, *self._text(name.encode("utf-8", "replace")), kind))
        self.counts.update(set(words))
        self.keys.append((sum(words) & MASK) << _NAME_BITS | number)
        if entry_type == "person" and len(words) > 2:
            both = {(a + b) & MASK for a, b in combinations(words[:_MAX_PAIRED], 2)}
            self.pairs.extend([key << _NAME_BITS | number for key in both])

    def sections(self) -> dict[str, bytes]:
        self.keys.sort()
        self.pairs.sort()
        words = sorted(self.counts)
        return {
            "words": array("Q", words).tobytes(),
            "word_counts": array("I", [self.counts[word] for word in words]).tobytes(),
            "keys": array("Q", (one >> _NAME_BITS for one in self.keys)).tobytes(),
            "key_names": array("I", (one & _NAME for one in self.keys)).tobytes(),
            "pairs": array("Q", (one >> _NAME_BITS for one in self.pairs)).tobytes(),
            "pair_names": array("I", (one & _NAME for one in self.pairs)).tobytes(),
            "names": self.names.tobytes(),
            "entries": self.entries.tobytes(),
            "texts": bytes(self.texts),
        }


def index_words(name: str, entry_type: EntryType) -> list[int]:
    """Hashes of the skeletons of the words that a name is found by."""
    return [_hash_of(word) for word in cut_name(name, entry_type).core]


@lru_cache(maxsize=32_768)
def _hash_of(word: str) -> int:
    return word_hash(skeleton(word).key)


def compile_lists(lists: Sequence[VersionedList]) -> bytes:
    """The searchable form of *lists*. Equal lists give equal bytes on machines of one byte order."""
    tables = _Tables()
    for number, one in enumerate(lists):
        for entry in one.entries:
            tables.add(entry, number)
    sections = tables.sections()
    header = {
        "byteorder": sys.byteorder,
        "lists": [[one.version.list, one.version.id, one.version.snapshot.isoformat()] for one in lists],
        "lengths": [len(sections[name]) for name, _ in SECTIONS],
    }
    return _pack(orjson.dumps(header), [sections[name] for name, _ in SECTIONS])


def _pack(header: bytes, sections: Sequence[bytes]) -> bytes:
    parts = [_padded(MAGIC + struct.pack("<I", len(header)) + header), *map(_padded, sections)]
    return b"".join(parts)


def _padded(part: bytes) -> bytes:
    return part + b"\0" * (-len(part) % 8)
