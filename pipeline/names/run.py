"""A run of capitalised words being read, and the questions that every step asks about it."""

from __future__ import annotations

from typing import Final

from pipeline.names import lexicon
from pipeline.names.known import Organisation
from pipeline.names.lexicon import DEMONYM, ETHNIC, GIVEN, NEVER, ORG_HEAD, PLACE_HEAD, SURNAME, TITLE
from pipeline.names.reading import Candidate, Label, Mention, Reading, counts_without_case, is_capital

_flags: Final = lexicon.flags


_MAX_RUN: Final = 32
"""Tokens looked at after a name: enough for any title, bounded for tables and shouting."""


class Run:
    """Tokens `start` to `end` of a sentence that ends at `limit`, read from the left.

    `initial` says that the run begins its sentence, `shout` that the sentence is in capitals. Steps add to `mentions`
    and `candidates` and return the index after what they took, or the index they were given when they took nothing.
    """

    __slots__ = ("candidates", "end", "initial", "limit", "lowers", "mentions", "reading", "shout", "start", "tokens")

    def __init__(self, reading: Reading, start: int, end: int, limit: int, initial: bool, shout: bool) -> None:
        self.reading = reading
        self.tokens = reading.text.tokens
        self.lowers = reading.text.lowers
        self.start, self.end, self.limit = start, end, limit
        self.initial = initial
        self.shout = shout
        self.mentions: list[Mention] = []
        self.candidates: list[Candidate] = []

    def lower(self, i: int) -> str:
        """Token *i* in lower case; empty outside the text."""
        lowers = self.lowers
        return lowers[i] if 0 <= i < len(lowers) else ""

    def flags(self, i: int) -> int:
        return _flags(self.lowers[i])

    def phrase(self, first: int, last: int) -> str:
        return self.reading.phrase(first, last)

    def is_capital(self, i: int) -> bool:
        """Whether the token is capitalised and, in text in capitals, is none of the words that do not count as such."""
        token = self.tokens[i]
        return counts_without_case(token[3]) if self.shout else is_capital(token)

    def begins_sentence(self, i: int) -> bool:
        """Whether a capital at *i* may be due to the position."""
        return self.initial and i == self.start

    def capitals_end(self, i: int) -> int:
        """Index after the capitals that begin at *i*; looks at no more than a run's length."""
        limit = min(self.limit, i + _MAX_RUN)
        while i < limit and self.is_capital(i):
            i += 1
        return i

    def before(self, i: int) -> str:
        """The word before token *i*, over an article and opening marks."""
        j = i - 1
        while i - j < 3 and self.lower(j) in {"the", '"', "“", "'", "‘", "("}:
            j -= 1
        return self.lower(j)

    def add(
        self,
        first: int,
        last: int,
        label: Label,
        rule: str,
        confidence: float,
        *,
        title: str | None = None,
        organisation: Organisation | None = None,
        country: str | None = None,
    ) -> int:
        self.mentions.append(Mention(first, last, label, rule, confidence, title, organisation, country))
        return last


def is_initial(word: str) -> bool:
    """Whether *word* is an initial: "J."."""
    return len(word) == 2 and word[1] == "." and word[0].isupper()


def is_name_shaped(run: Run, i: int) -> bool:
    """Whether token *i* can be part of a person's name."""
    word, flags = run.tokens[i][0], run.flags(i)
    if is_initial(word):
        return True
    if not word[0].isalpha() or flags & (NEVER | DEMONYM | ETHNIC):
        return False
    if flags & (GIVEN | SURNAME):
        return not flags & TITLE
    if flags & (ORG_HEAD | PLACE_HEAD | TITLE):
        return False
    if flags & lexicon.COMMON and (run.shout or run.begins_sentence(i)):
        return False
    return run.shout or not (1 < len(word) < 5 and word.isupper())
