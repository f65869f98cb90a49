"""What the tables and the rest of the article say about the tokens of a segment, as small numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from pipeline.names import known, lexicon, places
from pipeline.names.reading import counts_without_case
from pipeline.names.tagger.features import STRENGTHS
from pipeline.names.tagger.segments import Segment
from pipeline.names.words import ROLES, SAID
from pipeline.text import Text, Token

_MAX_PLACE: Final = 4
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
    may_begin = counts_without_case(tokens[i][3]) if caseless else tokens[i][0] != tokens[i][3]
    if not may_begin:
        return i
    body = known.match(tokens, i, segment.limit, any_case=caseless)
    if body is not None:
        code = _BODY + 2 * body.weak + 4 * (body.length == 1)
        return _mark(codes, i, min(segment.last, i + body.length), code)
    start = tokens[i][1]
    for end in range(min(segment.last, i + _MAX_PLACE), i + 1, -1):
        last = tokens[end - 1]
        if caseless or last[0] != last[3]:
            phrase = text.raw[start : last[2]]
            strength = places.strength(phrase.title() if caseless else phrase)
            if strength is not None:
                return _mark(codes, i, end, _PLACE + 2 * STRENGTHS[strength])
    return i


def find_known(text: Text, segments: Iterable[Segment]) -> list[int]:
    """Per token: 0, or a code for the known body or the place of several words that it belongs to."""
    codes = [0] * len(text.tokens)
    for segment in segments:
        i = segment.first
        while i < segment.last:
            i = max(i + 1, _found_at(text, segment, i, codes))
    return codes


def _before(token: Token) -> int:
    """Hints from the word before."""
    word, lower = token[0], token[3]
    if word == lower:
        bits = _TITLE_BEFORE if lower in ROLES else 0
        if lower in ("in", "near", "outside"):
            bits |= _PLACE_BEFORE
    else:
        flags = lexicon.flags(lower)
        bits = _LONGER_LEFT
        if flags & lexicon.GIVEN or (len(word) == 2 and word[1] == "."):
            bits |= _GIVEN_BEFORE
        if flags & lexicon.TITLE:
            bits |= _TITLE_BEFORE
    return bits if word in _OPENERS else bits | _AMID


def _after(token: Token) -> int:
    """Hints from the word after."""
    word, lower = token[0], token[3]
    if word == lower:
        return _SAID_AFTER if lower in SAID else 0
    return _LONGER_RIGHT | (_BODY_AFTER if lexicon.flags(lower) & lexicon.ORG_HEAD else 0)


def collect_hints(
    parts: Sequence[tuple[Text, Sequence[Segment], Sequence[int]]], small: frozenset[str]
) -> dict[str, int]:
    """What the places where a capitalised word stands show of it, by its lower case: bits, over the whole article."""
    hints: dict[str, int] = {}
    for text, segments, found in parts:
        tokens = text.tokens
        for segment in segments:
            if segment.caseless:
                continue
            for i in range(segment.first, segment.last):
                word, _, _, lower = tokens[i]
                if word == lower:
                    continue
                bits = _KNOWN if 0 < found[i] < _PLACE else 0
                if i > segment.sentence:
                    bits |= _before(tokens[i - 1])
                if i + 1 < segment.limit:
                    bits |= _after(tokens[i + 1])
                hints[lower] = hints.get(lower, 0) | bits
    for word in hints.keys() & small:
        hints[word] |= SMALL
    return hints
