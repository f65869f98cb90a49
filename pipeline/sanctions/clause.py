"""A sentence as the sanctions rules see it: lower-cased words, the parties among them, and walks to the left."""

from __future__ import annotations

from functools import cached_property
from typing import Final

from msgspec import Struct

from pipeline.sanctions.parties import Party, PartyReader
from pipeline.text import Sentence, Text, Token
from schemas.enrichment import Span

MAX_WORDS: Final = 120
"""Longer "sentences" are tables and lists: only the words round a measure are read (bounded work on hostile input)."""


class Clause(Struct, frozen=True, dict=True):
    """One sentence, or a stretch of at most `MAX_WORDS` words of it. Word indices count from its first word."""

    text: Text
    sentence: Sentence
    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    reader: PartyReader

    @cached_property
    def parties(self) -> tuple[Party, ...]:
        """States and bodies named in it, in reading order. Read only when a rule asks: most sentences never do."""
        return self.reader.read(self.tokens)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(self.words)

    def span(self, first: int, last: int) -> Span:
        """Span of words *first* (inclusive) to *last* (exclusive)."""
        return self.text.span(self.tokens[first].start, self.tokens[last - 1].end)

    @property
    def evidence(self) -> Span:
        return self.text.span(self.sentence.start, self.sentence.end)

    def excerpt(self, first: int, last: int) -> str:
        return self.text.raw[self.tokens[first].start : self.tokens[last - 1].end]

    def parties_in(self, first: int, last: int) -> tuple[Party, ...]:
        return tuple(party for party in self.parties if first <= party.first and party.last <= last)


def clauses(text: Text, sentence: Sentence, reader: PartyReader) -> tuple[Clause, ...]:
    """The sentence, cut into stretches when it is too long to be one."""
    starts = range(sentence.first, sentence.last, MAX_WORDS)
    return tuple(_clause(text, sentence, reader, i, min(i + MAX_WORDS, sentence.last)) for i in starts)


def last_clause(text: Text, sentence: Sentence, reader: PartyReader) -> Clause:
    """The end of the sentence, at most `MAX_WORDS` words of it."""
    return _clause(text, sentence, reader, max(sentence.first, sentence.last - MAX_WORDS), sentence.last)


def _clause(text: Text, sentence: Sentence, reader: PartyReader, first: int, last: int) -> Clause:
    tokens = text.tokens[first:last]
    return Clause(text, sentence, tokens, tuple(token.lower for token in tokens), reader)
