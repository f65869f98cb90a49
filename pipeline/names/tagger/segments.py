"""Cut a text into the stretches that can hold names; everything between them is never looked at by the tagger.

A stretch is made of capitalised words, the small words that names have inside ("of", "bin", "and the"), and the numbers
and marks that begin or end names ("101st", "Channel 4", "Wendy's"). In print without a difference between small and
capital letters (a text without capitals, a headline or wire copy in capitals) the words count that news does not print
small.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import compress, count
from operator import ne
from typing import Final, NamedTuple

from pipeline.names import known, lexicon, places
from pipeline.names.reading import counts_without_case, shouts
from pipeline.names.words import ALONE_ORG, PARTICLES, PLACE_JOINERS, SMALL_PLACE_HEADS
from pipeline.text import Sentence, Text
from pipeline.text.lexicon import words
from pipeline.text.tokens import lower

_INNER: Final = PARTICLES | words(
    "of for and the in on to at with an a against as or from by dos les des le und y e & - – . / ' ’ ’s 's"
)
"""What stands inside names between capitalised words."""
_NAMING: Final = lexicon.DEMONYM | lexicon.ETHNIC | lexicon.GIVEN | lexicon.SURNAME
"""What makes a name of a word of grammar after all: "May"."""
_TRAILING: Final = SMALL_PLACE_HEADS | {"'s", "’s"}
_MAX_INNER: Final = 3
MAX_SEGMENT: Final = 40
"""Tokens; longer stretches are tables and shouting, and are cut so that work and memory per stretch are bounded."""

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
def _kind(word: str) -> int:
    low = lower(word)
    if word != low and any(c.isupper() for c in word):
        return _CAPITAL
    if low in _TRAILING:
        return _AFTER
    if low in _INNER:
        return _SMALL
    return _NUMBER if word[:1].isdigit() else _OTHER


@lru_cache(maxsize=65536)
def _caseless_kind(low: str) -> int:
    """As `_kind`, for a word whose case says nothing: it may be a name when news does not print it small."""
    return _CAPITAL if counts_without_case(low) else _kind(low)


def _read_caseless(text: Text, sentence: Sentence, kinds: bytearray) -> None:
    """Fill in the kinds of the words of a sentence without case; in known bodies ordinary ones count: "world bank"."""
    first, last = sentence.first, sentence.last
    kinds[first:last] = bytes(map(_caseless_kind, text.lowers[first:last]))
    starts = known.first_words()
    for i in range(first, last):
        if text.lowers[i] in starts and (body := known.match(text.tokens, i, last, any_case=True)):
            kinds[i : i + body.length] = bytes([_CAPITAL]) * body.length


def _capitals(text: Text) -> bytearray:
    """Per token of *text*, whether it has a capital; the other kinds are asked for beside capitals only."""
    capitals = bytearray(map(ne, text.printed, text.lowers))
    for i in compress(count(), capitals):
        capitals[i] = _kind(text.printed[i]) == _CAPITAL
    return capitals


def _stretches(text: Text, sentence: Sentence, kinds: bytearray, caseless: bool) -> Iterator[Segment]:
    """Segments of a sentence; *kinds*: of all its tokens when it is caseless, else `_capitals`."""
    begin, limit = sentence.first, sentence.last
    printed = text.printed

    def kind_of(i: int) -> int:
        return kinds[i] if caseless else _kind(printed[i])

    i = kinds.find(_CAPITAL, begin, limit)
    while i >= 0:
        first = i - 1 if i > begin and (kind_of(i - 1) == _NUMBER or text.lowers[i - 1] in PARTICLES) else i
        end = j = i + 1
        while j < limit and j - end <= _MAX_INNER and j - first < MAX_SEGMENT:
            kind = kind_of(j)
            if kind == _CAPITAL:
                end = j + 1
            elif kind == _OTHER:
                break
            j += 1
        if end < limit and end - first < MAX_SEGMENT and kind_of(end) in (_AFTER, _NUMBER):
            end += 1
        yield Segment(first, end, begin, limit, caseless)
        i = kinds.find(_CAPITAL, end, limit)


def is_silent(text: Text, segment: Segment) -> bool:
    """Whether *segment* is one word of grammar, as begins most sentences: no name, whatever stands beside it."""
    i = segment.first
    if segment.last - i > 1 or segment.caseless or not _is_silent(text.printed[i]):
        return False
    return i + 1 == segment.limit or text.lowers[i + 1] not in PLACE_JOINERS


@lru_cache(maxsize=4096)
def _is_silent(word: str) -> bool:
    low = lower(word)
    flags = lexicon.flags(low)
    if not flags & lexicon.FUNCTION or flags & _NAMING or low in known.first_words():
        return False
    return low not in ALONE_ORG and places.strength(word) not in ("sure", "likely")


def find_segments(text: Text) -> Iterator[Segment]:
    """Segments of *text* in reading order, none overlapping; linear time."""
    kinds = _capitals(text)
    without_capitals = text.raw.islower()
    for sentence in text.sentences:
        first, last, _, _ = sentence
        capitals = kinds.count(_CAPITAL, first, last)
        caseless = without_capitals or (3 * capitals >= last - first and shouts(text.tokens, sentence))
        if caseless:
            _read_caseless(text, sentence, kinds)
        if capitals or caseless:
            yield from _stretches(text, sentence, kinds, caseless)
