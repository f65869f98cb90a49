"""What the tables and the rest of the article say about the tokens of a segment, as small numbers."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import compress
from operator import ne
from typing import Final

from pipeline.names import known, lexicon, places
from pipeline.names.reading import counts_without_case
from pipeline.names.tagger.columns import Columns
from pipeline.names.tagger.features import BEGIN, STRENGTHS
from pipeline.names.tagger.padded import Padded
from pipeline.names.tagger.segments import Segment
from pipeline.names.words import ROLES, SAID
from pipeline.remembered import Remembered
from pipeline.text import Text
from pipeline.text.tokens import lower

_MAX_PLACE: Final = 4
_WORDS: Final = 16_384
_BODY, _PLACE = 2, 16
"""Codes of found names begin here; odd codes are inside the name, even ones at its first word."""

SMALL: Final = 512
"""The document also prints the word in small letters."""
_GIVEN_BEFORE, _BODY_AFTER, _TITLE_BEFORE, _KNOWN = 1, 2, 4, 8
_LONGER_RIGHT, _LONGER_LEFT, _PLACE_BEFORE, _SAID_AFTER, _AMID = 16, 32, 64, 128, 256
_OF_CODE: Final = bytes([0] + [_KNOWN] * (_PLACE - 1) + [0] * (256 - _PLACE))
"""Hints from what the tables found at a word."""
_OPENERS: Final = frozenset({"“", '"', "‘", ":"})


def _known_at(text: Text, segment: Segment, i: int) -> tuple[int, int]:
    """Index after the known body, or place of several words, that begins at *i*, and its code; *i* when none does."""
    tokens, lowers, (_, last, _, limit, caseless, _) = text.tokens, text.lowers, segment
    body = known.match(tokens, i, limit, any_case=caseless) if lowers[i] in known.first_words() else None
    if body is not None:
        return min(last, i + body.length), _BODY + 2 * body.weak + 4 * (body.length == 1)
    start = tokens[i][1]
    for end in range(min(last, i + _MAX_PLACE), i + 1, -1):
        word, _, stop, low = tokens[end - 1]
        if caseless or word != low:
            phrase = text.raw[start:stop]
            strength = places.strength(phrase.title() if caseless else phrase)
            if strength is not None:
                return end, _PLACE + 2 * STRENGTHS[strength]
    return i, 0


def find_known(text: Text, segments: Iterable[Segment], padded: Padded) -> bytes:
    """Per word of *padded*: 0, or a code for the known body or the place of several words that it belongs to."""
    lowers, printed, starts = text.lowers, text.printed, known.first_words()
    codes = bytearray(len(padded.keys))
    for segment in segments:
        i, last, begin, _, caseless, _ = segment
        while i < last:
            low, end = lowers[i], i
            several = last - i > 1  # else no place of several words begins here
            if (several or low in starts) and (counts_without_case(low) if caseless else printed[i] != low):
                end, code = _known_at(text, segment, i)
                if end > i:
                    at, stop = i + padded.shifts[begin], end + padded.shifts[begin]
                    codes[at:stop] = bytes([code]) + bytes([code + 1]) * (stop - at - 1)
            i = end if end > i else i + 1
    return bytes(codes)


def _before(word: str) -> int:
    """Hints from the word before."""
    low = lower(word)
    if word == low:
        bits = _TITLE_BEFORE if low in ROLES else 0
        if low in ("in", "near", "outside"):
            bits |= _PLACE_BEFORE
    else:
        flags = lexicon.flags(low)
        bits = _LONGER_LEFT
        if flags & lexicon.GIVEN or (len(word) == 2 and word[1] == "."):
            bits |= _GIVEN_BEFORE
        if flags & lexicon.TITLE:
            bits |= _TITLE_BEFORE
    return bits if word in _OPENERS or word == BEGIN else bits | _AMID


def _after(word: str) -> int:
    """Hints from the word after."""
    low = lower(word)
    if word == low:
        return _SAID_AFTER if low in SAID else 0
    return _LONGER_RIGHT | (_BODY_AFTER if lexicon.flags(low) & lexicon.ORG_HEAD else 0)


_OF_BEFORE: Final = Remembered(_before, _WORDS)
_OF_AFTER: Final = Remembered(_after, _WORDS)


def collect_hints(parts: Iterable[tuple[Columns, bytes]], small: frozenset[str]) -> dict[str, int]:
    """What the places where a capitalised word stands show of it, by its lower case: bits, over the whole article.

    *parts*: tokens, with what the tables found in their text.
    """
    hints: dict[str, int] = {}
    for columns, codes in parts:
        at, lowers, own, left, right, _, caseless = columns
        capitals = list(map(ne, own, lowers))
        for those in caseless:
            capitals[those] = [False] * (those.stop - those.start)
        found, before, after = codes.translate(_OF_CODE), _OF_BEFORE.__getitem__, _OF_AFTER.__getitem__
        each = zip(lowers, [found[k] for k in at], map(before, left), map(after, right), strict=True)
        for low, a, b, c in compress(each, capitals):
            hints[low] = hints.get(low, 0) | a | b | c
    for word in small.intersection(hints):
        hints[word] |= SMALL
    return hints
