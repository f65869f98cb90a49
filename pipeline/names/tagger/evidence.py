"""What the tables and the rest of the article say about the tokens of a segment, as small numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from pipeline.names import known, lexicon, places
from pipeline.names.reading import counts_without_case
from pipeline.names.tagger.features import STRENGTHS
from pipeline.names.tagger.segments import Segment
from pipeline.names.words import ROLES, SAID
from pipeline.text import Text
from pipeline.text.tokens import lower

_MAX_PLACE: Final = 4
_WORDS: Final = 16_384
"""Words whose hints are remembered."""
_BODY, _PLACE = 2, 16
"""Codes of found names begin here; odd codes are inside the name, even ones at its first word."""

SMALL: Final = 512
"""The document also prints the word in small letters."""
_GIVEN_BEFORE, _BODY_AFTER, _TITLE_BEFORE, _KNOWN = 1, 2, 4, 8
_LONGER_RIGHT, _LONGER_LEFT, _PLACE_BEFORE, _SAID_AFTER, _AMID = 16, 32, 64, 128, 256
_OPENERS: Final = frozenset({"“", '"', "‘", ":"})


def _mark(codes: list[int], first: int, last: int, code: int) -> int:
    for i in range(first, last):
        codes[i] = code + (i > first)
    return last


def _found_at(text: Text, segment: Segment, i: int, codes: list[int]) -> int:
    """Index after the known body, or place of several words, that begins at *i*; *i* when none does."""
    tokens, caseless = text.tokens, segment.caseless
    word, start, _, lower = tokens[i]
    may_begin = counts_without_case(lower) if caseless else word != lower
    if not may_begin:
        return i
    body = known.match(tokens, i, segment.limit, any_case=caseless) if lower in known.first_words() else None
    if body is not None:
        code = _BODY + 2 * body.weak + 4 * (body.length == 1)
        return _mark(codes, i, min(segment.last, i + body.length), code)
    for end in range(min(segment.last, i + _MAX_PLACE), i + 1, -1):
        word, _, stop, lower = tokens[end - 1]
        if caseless or word != lower:
            phrase = text.raw[start:stop]
            strength = places.strength(phrase.title() if caseless else phrase)
            if strength is not None:
                return _mark(codes, i, end, _PLACE + 2 * STRENGTHS[strength])
    return i


def find_known(text: Text, segments: Iterable[Segment]) -> list[int]:
    """Per token: 0, or a code for the known body or the place of several words that it belongs to."""
    codes, starts = [0] * len(text.tokens), known.first_words()
    for segment in segments:
        i = segment.first
        if segment.last - i == 1 and text.lowers[i] not in starts:
            continue  # neither a body nor several words
        while i < segment.last:
            i = max(i + 1, _found_at(text, segment, i, codes))
    return codes


@lru_cache(maxsize=_WORDS)
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
    return bits if word in _OPENERS else bits | _AMID


@lru_cache(maxsize=_WORDS)
def _after(word: str) -> int:
    """Hints from the word after."""
    low = lower(word)
    if word == low:
        return _SAID_AFTER if low in SAID else 0
    return _LONGER_RIGHT | (_BODY_AFTER if lexicon.flags(low) & lexicon.ORG_HEAD else 0)


def collect_hints(
    parts: Sequence[tuple[Text, Sequence[Segment], Sequence[int]]], small: frozenset[str]
) -> dict[str, int]:
    """What the places where a capitalised word stands show of it, by its lower case: bits, over the whole article."""
    hints: dict[str, int] = {}
    for text, segments, found in parts:
        printed, lowers = text.printed, text.lowers
        for first, last, begin, limit, caseless in segments:
            if caseless:
                continue
            for i in range(first, last):
                low = lowers[i]
                if printed[i] == low:
                    continue
                bits = _KNOWN if 0 < found[i] < _PLACE else 0
                if i > begin:
                    bits |= _before(printed[i - 1])
                if i + 1 < limit:
                    bits |= _after(printed[i + 1])
                hints[low] = hints.get(low, 0) | bits
    for word in hints.keys() & small:
        hints[word] |= SMALL
    return hints
