"""Which printed words are a clue that a listed name stands in a text.

Most words of an article are none, and this says so of a word once. A name stands on two words that lists know, or on
one that is a body's whole name.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Protocol

from pipeline.lists.tokens import body_words, may_be_joined, usual, words_of
from pipeline.names.lexicon import flags


class KnownWords(Protocol):
    """What lists say of one folded word."""

    def knows(self, text: str) -> bool:
        """Whether it is in any listed name."""

    def is_name(self, text: str) -> bool:
        """Whether it is all of one."""


ENOUGH: Final = 2
"""The clues of a name, together."""
MAX_TOKEN: Final = 80
"""Code points; no name has a longer word."""
_MIN_SINGLE: Final = 4


@lru_cache(maxsize=16_384)
def words_in(token: str) -> tuple[str, ...]:
    """The folded words of a printed token; none of one that is longer than any name."""
    return tuple(words_of(token)) if len(token) <= MAX_TOKEN else ()


@lru_cache(maxsize=8_192)
def body_word(word: str) -> str | None:
    """A folded word as it stands in the names of bodies; None for one that they are found without."""
    kept = body_words([word])
    return kept[0] if kept else None


@lru_cache(maxsize=8_192)
def stands_alone(word: str) -> bool:
    """Whether a body may be called by this word alone: no short one, no word or name of everyday texts."""
    return len(word) >= _MIN_SINGLE and flags(word) == 0


def clues_in(token: str, known: KnownWords) -> int:
    """How much of a listed name a printed token may be: no word, one word, or `ENOUGH` to look closer."""
    return min(ENOUGH, sum(_clue(word, known) for word in words_in(token)))


def _clue(word: str, known: KnownWords) -> int:
    kept = body_word(word)
    if may_be_joined(word) or (kept is not None and stands_alone(kept) and known.is_name(kept)):
        return ENOUGH
    return int(known.knows(word) or known.knows(usual(word)) or (kept is not None and known.knows(kept)))
