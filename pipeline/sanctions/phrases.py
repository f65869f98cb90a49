"""Phrase tables: word sequences looked up in lower-cased tokens, the longest first.

A table is a literal in a lexicon module; a phrase is words with single spaces, a slash separates words that may
stand in
the same place ("lift/lifts", "called for").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Final, Generic, NamedTuple, TypeVar

T = TypeVar("T")

_VOWELS: Final = frozenset("aeiou")


class Hit(NamedTuple, Generic[T]):
    """A phrase found at words `first` (inclusive) to `last` (exclusive)."""

    first: int
    last: int
    value: T


class PhraseTable(Generic[T]):
    """Values by phrase. Looking up one position costs one dictionary access unless a phrase starts there."""

    def __init__(self, entries: Mapping[str, T]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for phrase, value in entries.items():
            parts = phrase.split(" ")
            for words in product(*[part.split("/") for part in parts]) if "/" in phrase else (tuple(parts),):
                self._by_first.setdefault(words[0], []).append((words, value))
        for candidates in self._by_first.values():
            if len(candidates) > 1:
                candidates.sort(key=lambda candidate: -len(candidate[0]))

    def at(self, words: Sequence[str], i: int) -> Hit[T] | None:
        """The longest phrase that starts at word *i*."""
        for phrase, value in self._by_first.get(words[i], ()):
            if tuple(words[i : i + len(phrase)]) == phrase:
                return Hit(i, i + len(phrase), value)
        return None

    def scan(self, words: Sequence[str], first: int = 0, last: int | None = None) -> Iterator[Hit[T]]:
        """All phrases from left to right, none overlapping another."""
        i, end = first, len(words) if last is None else last
        while i < end:
            hit = self.at(words, i) if words[i] in self._by_first else None
            if hit is not None and hit.last <= end:
                yield hit
                i = hit.last
            else:
                i += 1


def forms(verb: str) -> str:
    """The forms of a regular English verb as one slash-separated part.

    >>> forms("impose")
    'impose/imposes/imposed/imposing'
    >>> forms("deny"), forms("slap+")
    ('deny/denies/denied/denying', 'slap/slaps/slapped/slapping')

    A trailing "+" doubles the last consonant.
    """
    if verb.endswith("+"):
        stem = verb[:-1]
        return f"{stem}/{stem}s/{stem}{stem[-1]}ed/{stem}{stem[-1]}ing"
    if verb.endswith("e"):
        return f"{verb}/{verb}s/{verb}d/{verb[:-1]}ing"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return f"{verb}/{verb[:-1]}ies/{verb[:-1]}ied/{verb}ing"
    if verb.endswith(("s", "sh", "ch", "x", "z")):
        return f"{verb}/{verb}es/{verb}ed/{verb}ing"
    return f"{verb}/{verb}s/{verb}ed/{verb}ing"
