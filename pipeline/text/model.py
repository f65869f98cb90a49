"""The values that every extractor reads."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import Final, NamedTuple

from msgspec import Struct

from pipeline.records import maker
from schemas.enrichment import Span, TextField

_new_span: Final = maker(Span)


class Token(NamedTuple):
    """A word, number or mark; `start` and `end` are code points of the text, half open."""

    text: str
    start: int
    end: int
    lower: str
    """Lower case with straight apostrophes and hyphens: what lexicons are looked up with."""

    @property
    def is_capitalised(self) -> bool:
        return self.text[:1].isupper()


class Sentence(NamedTuple):
    """A sentence: tokens `first` (inclusive) to `last` (exclusive) of its text, code points `start` to `end`."""

    first: int
    last: int
    start: int
    end: int


class Text(Struct, frozen=True, dict=True):
    """One field of an article, cut into tokens and sentences. Every token belongs to exactly one sentence."""

    raw: str
    field: TextField
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    printed: tuple[str, ...]
    """`text` of every token."""
    lowers: tuple[str, ...]
    """`lower` of every token: a rule's first look at a text is at these."""
    starts: tuple[int, ...]
    """`start` of every token, rising: for bisection."""

    def slice(self, part: Token | Sentence) -> str:
        return self.raw[part.start : part.end]

    def words(self, sentence: Sentence) -> tuple[Token, ...]:
        return self.tokens[sentence.first : sentence.last]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """What stands in `printed`."""
        return frozenset(self.printed)

    @cached_property
    def small(self) -> frozenset[str]:
        """The words that are printed in small letters: in print as they are in lower case."""
        return self.vocabulary.intersection(self.lowers)

    @cached_property
    def firsts(self) -> tuple[int, ...]:
        """`first` of every sentence, rising: for bisection."""
        return tuple([sentence[0] for sentence in self.sentences])

    def sentence_of(self, token: int) -> Sentence:
        """The sentence that holds token number *token*."""
        return self.sentences[bisect_right(self.firsts, token) - 1]

    def span(self, start: int, end: int) -> Span:
        return _new_span({"start": start, "end": end, "field": self.field})
