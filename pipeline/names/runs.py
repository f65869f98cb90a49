"""Find the runs of capitalised words in a sentence; everything else is skipped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from pipeline.names import known, lexicon
from pipeline.names.reading import Reading, is_capital, shouts
from pipeline.names.words import PARTICLES
from pipeline.text import Sentence, Token

_LEADING: Final = frozenset({"al", "el", "abu", "bin", "ibn", "van", "von", "de", "bint"})
"""Particles that may begin a name although they are written small."""
_COUNTS: Final = lexicon.ORG_HEAD | lexicon.PLACE_HEAD | lexicon.TITLE | lexicon.DEMONYM | lexicon.ETHNIC


MAX_RUN: Final = 32
"""Tokens; longer runs are tables or shouting, and are cut so that the work per run is bounded."""


class Span(NamedTuple):
    """Tokens `start` to `end` of a run."""

    start: int
    end: int
    shout: bool


def counts_in_capitals(token: Token) -> bool:
    """Whether a word of a text in capitals may be part of a name: not when news prints it small."""
    if not token.text[0].isalpha():
        return False
    flags = lexicon.flags(token.lower)
    if flags & lexicon.NEVER:
        return False
    return not flags & lexicon.COMMON or bool(flags & _COUNTS)


def _members(reading: Reading, sentence: Sentence, capitals: list[int], shout: bool) -> list[int]:
    tokens = reading.text.tokens
    inside = range(sentence.first, sentence.last)
    if not shout:
        return capitals
    found = {i for i in inside if counts_in_capitals(tokens[i]) and tokens[i].lower not in reading.small}
    for i in inside:
        if tokens[i].text[0].isupper() and (match := known.match(tokens, i, sentence.last, any_case=True)):
            found.update(range(i, i + match.length))
    return sorted(found)


def _bridge(reading: Reading, left: int, right: int) -> bool:
    """Whether only particles of a name stand between two capitals: "Charles de Gaulle"."""
    tokens = reading.text.tokens
    return 0 < right - left - 1 <= 2 and all(tokens[i][3] in PARTICLES for i in range(left + 1, right))


def find_runs(reading: Reading, sentence: Sentence) -> Iterator[Span]:
    """Runs of the sentence, left to right."""
    tokens = reading.text.tokens
    capitals = [
        i for i in range(sentence.first, sentence.last) if tokens[i][0] != tokens[i][3] and is_capital(tokens[i])
    ]
    if not capitals:
        return
    shout = 3 * len(capitals) >= sentence.last - sentence.first and shouts(tokens, sentence)
    start = end = -1
    for i in _members(reading, sentence, capitals, shout):
        if start >= 0 and i - start < MAX_RUN and (i == end or _bridge(reading, end - 1, i)):
            end = i + 1
            continue
        if start >= 0:
            yield Span(start, end, shout)
        start, end = i, i + 1
        if i > sentence.first and tokens[i - 1][3] in _LEADING:
            start = i - 1
    if start >= 0:
        yield Span(start, end, shout)
