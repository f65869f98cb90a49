"""Cut a text into the stretches that can hold names; everything between them is never looked at by the tagger.

A stretch is made of capitalised words, the small words that names have inside ("of", "bin", "and the"), and the numbers
and marks that begin or end names ("101st", "Channel 4", "Wendy's"). In print without a difference between small and
capital letters (a text or a line without capitals, a headline or wire copy in capitals) the words count that news does
not print small.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from pipeline.names import known, lexicon, places
from pipeline.names.reading import counts_without_case, shouts
from pipeline.names.words import ALONE_ORG, PARTICLES, PLACE_JOINERS, SMALL_PLACE_HEADS
from pipeline.remembered import Remembered
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
MAX_SEGMENT: Final = 40
"""Tokens; longer stretches are tables and shouting, and are cut so that work and memory per stretch are bounded."""

_OTHER, _CAPITAL, _SILENT, _SMALL, _PARTICLE, _NUMBER, _AFTER = b"-Cgspna"
"""Kinds of words. A sentence is a string of them; a stretch in it has no more than three inner words on end."""
_AS_CAPITALS: Final = bytes.maketrans(b"g", b"C")
"""A silent word, which is a capitalised word of grammar, is silent alone only: "The", but "The Hague"."""
_STRETCH: Final = re.compile(rb"[pn]?C(?:[spna]{0,3}C){0,%d}[na]?" % (MAX_SEGMENT - 1))


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
    silent: bool = False
    """One word of grammar, as begins most sentences: no name, whatever stands beside it."""


def _is_silent(word: str, low: str) -> bool:
    flags = lexicon.flags(low)
    if not flags & lexicon.FUNCTION or flags & _NAMING or low in known.first_words():
        return False
    return low not in ALONE_ORG and places.strength(word) not in ("sure", "likely")


def _kind(word: str) -> int:
    low = lower(word)
    if word != low and any(c.isupper() for c in word):
        return _SILENT if _is_silent(word, low) else _CAPITAL
    if low in _TRAILING:
        return _AFTER
    if low in _INNER:
        return _PARTICLE if low in PARTICLES else _SMALL
    return _NUMBER if word[:1].isdigit() else _OTHER


def _caseless_kind(low: str) -> int:
    """As `_kind`, for a word whose case says nothing: it may be a name when news does not print it small."""
    return _CAPITAL if counts_without_case(low) else _kind(low)


_KINDS: Final = Remembered(_kind, 32_768)
_CASELESS_KINDS: Final = Remembered(_caseless_kind, 8_192)


def _read_caseless(text: Text, sentence: Sentence, kinds: bytearray) -> None:
    """Fill in the kinds of the words of a sentence without case; in known bodies ordinary ones count: "world bank"."""
    first, last = sentence.first, sentence.last
    kinds[first:last] = bytes(map(_CASELESS_KINDS.__getitem__, text.lowers[first:last]))
    starts = known.first_words()
    for i in range(first, last):
        if text.lowers[i] in starts and (body := known.match(text.tokens, i, last, any_case=True)):
            kinds[i : i + body.length] = bytes([_CAPITAL]) * body.length


def _stretches(kinds: bytearray, begin: int, limit: int) -> list[tuple[int, int]]:
    """First and last index of the stretches of a sentence, whose words are of *kinds*."""
    found = [one.span() for one in _STRETCH.finditer(kinds, begin, limit)]
    if limit - begin <= MAX_SEGMENT or all(last - first <= MAX_SEGMENT for first, last in found):
        return found
    return list(_short_stretches(kinds, begin, limit))


def _short_stretches(kinds: bytearray, begin: int, limit: int) -> Iterator[tuple[int, int]]:
    """As `_stretches`, with the long ones cut."""
    while found := _STRETCH.search(kinds, begin, limit):
        first, begin = found.span()
        if begin - first > MAX_SEGMENT and (shorter := _STRETCH.match(kinds, first, first + MAX_SEGMENT)):
            begin = shorter.end()
        yield first, begin


def _is_small_line(text: Text, sentence: Sentence) -> bool:
    """Whether a line begins with *sentence*, which has no capital, as in mail and comments, and case says nothing."""
    begins = sentence.start == 0 or text.raw[sentence.start - 1] == "\n"
    return begins and text.printed[sentence.first][0].isalpha()


def find_segments(text: Text) -> list[Segment]:
    """Segments of *text* in reading order, none overlapping; linear time."""
    told = bytes(map(_KINDS.__getitem__, text.printed))
    kinds = bytearray(told.translate(_AS_CAPITALS))
    without_capitals, lowers = text.raw.islower(), text.lowers
    found: list[Segment] = []
    for sentence in text.sentences:
        begin, limit, _, _ = sentence
        if capitals := kinds.count(_CAPITAL, begin, limit):
            caseless = without_capitals or (3 * capitals >= limit - begin and shouts(text.tokens, sentence))
        else:
            caseless = without_capitals or _is_small_line(text, sentence)
        if caseless:
            _read_caseless(text, sentence, kinds)
        for first, last in _stretches(kinds, begin, limit):
            silent = told[first] == _SILENT and last - first == 1 and not caseless
            if silent and last < limit:
                silent = lowers[last] not in PLACE_JOINERS
            found.append(Segment(first, last, begin, limit, caseless, silent))
    return found
