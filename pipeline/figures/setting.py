"""The sentence round a candidate, cut to the clause that speaks of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.figures.hints import CLAUSES, COMPARISON, STOPS
from pipeline.figures.lexicon import Lexicon
from pipeline.figures.model import Candidate
from pipeline.figures.phrases import Phrases
from pipeline.text import Token


class Setting(NamedTuple):
    """A sentence, read once for all questions about a candidate in it."""

    tokens: Sequence[Token]
    words: list[str]
    """The tokens in lower case."""
    first: int
    """The candidate's clause, between semicolons or colons: token indices, half open."""
    last: int
    hints: int
    """The questions that the words of the sentence give reason to ask (`pipeline.figures.hints`)."""
    compared: bool = False
    """Whether the clause is what the news is compared with ("down from 119 last year")."""

    @property
    def clause(self) -> Sequence[Token]:
        return self.tokens[self.first : self.last]

    @property
    def clause_words(self) -> list[str]:
        return self.words[self.first : self.last]


def setting_of(
    tokens: Sequence[Token], words: list[str], hints: int, candidate: Candidate, lexicon: Lexicon
) -> Setting:
    """What surrounds a candidate."""
    first, last = 0, len(words)
    if hints & CLAUSES:
        first, last = candidate.first, candidate.last
        while first > 0 and words[first - 1] not in STOPS:
            first -= 1
        while last < len(words) and words[last] not in STOPS:
            last += 1
    if not hints & COMPARISON:
        return Setting(tokens, words, first, last, hints)
    comparisons = lexicon.context.comparisons
    begins = (i for i in range(first, last) if words[i] in comparisons.first_words)
    at = next((i for i in begins if comparisons.at(tokens, i) is not None), None)
    if at is None or candidate.first <= at < candidate.last:
        return Setting(tokens, words, first, last, hints)
    if at > candidate.first:
        return Setting(tokens, words, first, at, hints)
    return Setting(tokens, words, at, last, hints, compared=True)


def index_of(setting: Setting, phrases: Phrases[None]) -> int | None:
    """Token of the sentence where the first phrase in the clause begins; None when there is none."""
    first_words = phrases.first_words
    begins = (i for i in range(setting.first, setting.last) if setting.words[i] in first_words)
    return next((i for i in begins if phrases.at(setting.tokens, i) is not None), None)
