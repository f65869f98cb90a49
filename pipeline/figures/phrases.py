"""Word sequences, looked up at a token."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

from pipeline.text import Token

T = TypeVar("T")


class Phrases(Generic[T]):
    """A dictionary of word sequences, looked up at a token; the longest sequence wins."""

    def __init__(self, table: Mapping[str, T]) -> None:
        """*table*: words joined by single spaces -> value."""
        self.table = table
        self._by_first: dict[str, tuple[tuple[tuple[str, ...], T], ...]] = {}
        for phrase in sorted(table, key=lambda phrase: -phrase.count(" ")):
            first, *rest = phrase.split()
            self._by_first[first] = (*self._by_first.get(first, ()), (tuple(rest), table[phrase]))
        self.first_words = frozenset(self._by_first)

    def second_words(self, first: str) -> frozenset[str]:
        """Words that follow *first* in a phrase; "" when it is a phrase itself."""
        return frozenset(rest[0] if rest else "" for rest, _ in self._by_first.get(first, ()))

    def at(self, tokens: Sequence[Token], i: int) -> tuple[T, int] | None:
        """Value and number of words of the phrase that begins at token *i*, or None."""
        entries = self._by_first.get(tokens[i][3])
        if entries is None:
            return None
        following = tokens[i + 1][3] if i + 1 < len(tokens) else None
        for rest, value in entries:
            if not rest:
                return value, 1
            if rest[0] == following and _continues(tokens, i + 2, rest):
                return value, len(rest) + 1
        return None


def listed(phrases: str) -> tuple[str, ...]:
    """ "a b | c" -> ("a b", "c")."""
    return tuple(" ".join(phrase.split()) for phrase in phrases.split("|") if phrase.strip())


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


def _continues(tokens: Sequence[Token], at: int, rest: tuple[str, ...]) -> bool:
    """Whether the words after the first of *rest* stand at token *at*."""
    return len(rest) == 1 or tuple(token.lower for token in tokens[at : at + len(rest) - 1]) == rest[1:]
