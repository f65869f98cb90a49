"""Cut a text into the stretches that can hold names; everything between them is never looked at by the tagger.

A stretch is made of capitalised words, the small words that names have inside ("of", "bin", "and the"), and the numbers
and marks that begin or end names ("101st", "Channel 4", "Wendy's"). In print without a difference between small and
capital letters (a text without capitals, a headline or wire copy in capitals) the words count that news does not print
small.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from operator import itemgetter
from typing import Final, NamedTuple

from pipeline.names import known
from pipeline.names.reading import counts_without_case, shouts
from pipeline.names.words import PARTICLES, SMALL_PLACE_HEADS
from pipeline.text import Sentence, Text, Token
from pipeline.text.lexicon import words

_INNER: Final = PARTICLES | words(
    "of for and the in on to at with an a against as or from by dos les des le und y e & - – . / ' ’ ’s 's"
)
"""What stands inside names between capitalised words."""
_TRAILING: Final = SMALL_PLACE_HEADS | {"'s", "’s"}
_MAX_INNER: Final = 3
MAX_SEGMENT: Final = 40
"""Tokens; longer stretches are tables and shouting, and are cut so that work and memory per stretch are bounded."""

_PRINTED: Final = itemgetter(0)
_LOWER: Final = itemgetter(3)
_OTHER, _CAPITAL, _SMALL, _NUMBER, _AFTER = range(5)


class Segment(NamedTuple):
    """Tokens `first` (inclusive) to `last` (exclusive) of one sentence."""

    first: int
    last: int
    sentence: int
    """Index of the sentence's first token."""
    limit: int
    """Index after the sentence's last token."""
    caseless: bool
    """Letters' case says nothing here."""


@lru_cache(maxsize=65536)
def _kind(word: str, lower: str) -> int:
    if word != lower and any(c.isupper() for c in word):
        return _CAPITAL
    if lower in _TRAILING:
        return _AFTER
    if lower in _INNER:
        return _SMALL
    return _NUMBER if word[:1].isdigit() else _OTHER


@lru_cache(maxsize=65536)
def _caseless_kind(lower: str) -> int:
    """As `_kind`, for a word whose case says nothing: it may be a name when news does not print it small."""
    if counts_without_case(lower):
        return _CAPITAL
    return _kind(lower, lower)


def _mark_bodies(tokens: tuple[Token, ...], sentence: Sentence, kinds: list[int]) -> None:
    """Let the words of known bodies in, ordinary as they are: "world bank"."""
    starts = known.first_words()
    for i in range(sentence.first, sentence.last):
        if tokens[i][3] in starts and (body := known.match(tokens, i, sentence.last, any_case=True)):
            first = i - sentence.first
            kinds[first : first + body.length] = [_CAPITAL] * body.length


def _stretches(tokens: tuple[Token, ...], sentence: Sentence, kinds: list[int], caseless: bool) -> Iterator[Segment]:
    """Segments of a sentence whose tokens are of *kinds*."""
    begin, limit = sentence.first, sentence.last
    i = begin
    while i < limit:
        if kinds[i - begin] != _CAPITAL:
            i += 1
            continue
        first = i - 1 if i > begin and (kinds[i - 1 - begin] == _NUMBER or tokens[i - 1][3] in PARTICLES) else i
        end = i + 1
        j = end
        while j < limit and j - end <= _MAX_INNER and j - first < MAX_SEGMENT:
            kind = kinds[j - begin]
            if kind == _CAPITAL:
                end = j + 1
            elif kind == _OTHER:
                break
            j += 1
        if end < limit and end - first < MAX_SEGMENT and kinds[end - begin] in (_AFTER, _NUMBER):
            end += 1
        yield Segment(first, end, begin, limit, caseless)
        i = end


def find_segments(text: Text) -> Iterator[Segment]:
    """Segments of *text* in reading order, none overlapping; linear time."""
    tokens = text.tokens
    without_capitals = text.raw.islower()
    for sentence in text.sentences:
        own = tokens[sentence.first : sentence.last]
        kinds = list(map(_kind, map(_PRINTED, own), map(_LOWER, own)))
        capitals = kinds.count(_CAPITAL)
        caseless = without_capitals or (3 * capitals >= len(kinds) and shouts(tokens, sentence))
        if caseless:
            kinds = [_caseless_kind(token[3]) for token in own]
            _mark_bodies(tokens, sentence, kinds)
        if capitals or caseless:
            yield from _stretches(tokens, sentence, kinds, caseless)
