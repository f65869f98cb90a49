"""Word sequences, looked up at a token."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Final, Generic, TypeVar

from pipeline.text import Token

T = TypeVar("T")


class Phrases(Generic[T]):
    """A dictionary of word sequences, looked up at a token; the longest sequence wins."""

    def __init__(self, table: Mapping[str, T]) -> None:
        """*table*: words joined by single spaces -> value."""
        self.table = table
        self._alone: dict[str, T] = {}
        """Phrases of one word."""
        self._longer: dict[str, dict[str, tuple[tuple[tuple[str, ...], T], ...]]] = {}
        """First word -> second word -> the words from the third on, longest first, and the value."""
        for phrase in sorted(table, key=lambda phrase: -phrase.count(" ")):
            first, *rest = phrase.split()
            if rest:
                seconds = self._longer.setdefault(first, {})
                seconds[rest[0]] = (*seconds.get(rest[0], ()), (tuple(rest[1:]), table[phrase]))
            else:
                self._alone[first] = table[phrase]
        self.first_words = frozenset(self._alone) | frozenset(self._longer)
        self.rare_words = frozenset(max(phrase.split(), key=len) for phrase in table)
        """The longest word of each phrase, mostly its rarest: in a text without any of them, no phrase stands."""

    def second_words(self, first: str) -> frozenset[str]:
        """Words that follow *first* in a phrase; "" when it is a phrase itself."""
        return frozenset(self._longer.get(first, ())) | ({""} if first in self._alone else set())

    def at(self, tokens: Sequence[Token], i: int) -> tuple[T, int] | None:
        """Value and number of words of the phrase that begins at token *i*, or None."""
        first = tokens[i][3]
        seconds = self._longer.get(first)
        if seconds is not None and i + 1 < len(tokens):
            for rest, value in seconds.get(tokens[i + 1][3], ()):
                if not rest or tuple([token[3] for token in tokens[i + 2 : i + 2 + len(rest)]]) == rest:
                    return value, len(rest) + 2
        return (self._alone[first], 1) if first in self._alone else None


def listed(phrases: str) -> tuple[str, ...]:
    """ "a b | c" -> ("a b", "c")."""
    return tuple(" ".join(phrase.split()) for phrase in phrases.split("|") if phrase.strip())


def joined(*parts: str) -> tuple[str, ...]:
    """Every sequence of one alternative of each part: ("a | b", "c") -> ("a c", "b c")."""
    return tuple(" ".join(words) for words in product(*map(listed, parts)))


def by_word(table: Mapping[str, str]) -> dict[str, str]:
    """{"B": "was were"} -> {"was": "B", "were": "B"}; a word belongs to the first key that lists it."""
    found: dict[str, str] = {}
    for key, words in table.items():
        for word in words.split():
            found.setdefault(word, key)
    return found


def by_phrase(table: Mapping[T, str]) -> dict[str, T]:
    """{1: "a b | c"} -> {"a b": 1, "c": 1}."""
    return {phrase: value for value, phrases in table.items() for phrase in listed(phrases)}


def sequences(phrases: str) -> Phrases[None]:
    """ "a b | c": the word sequences "a b" and "c"."""
    return Phrases(dict.fromkeys(listed(phrases)))


NO_PHRASES: Final = sequences("")
