"""The tokens of a text's segments, a list per thing to know of them.

Looking a list up is one call, and most segments have one token: all segments of a text are read at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from pipeline.names.tagger.padded import Padded
from pipeline.names.tagger.segments import Segment
from pipeline.text import Text

_OPENERS: Final = frozenset({"“", '"', "‘", ":", ";"})
"""What begins speech, or a sentence within one."""


class Columns(NamedTuple):
    """The tokens of some segments of a text, one segment after the other."""

    at: list[int]
    """Where the token is in the padded text."""
    lowers: list[str]
    own: list[str]
    """Key of the token."""
    left: list[str]
    """Key of the one before."""
    right: list[str]
    initial: list[int]
    """Place in the sentence: 1 when a word stands before the token, and 2 more when one of `_OPENERS` does."""
    caseless: list[slice]
    """Where the tokens are whose case says nothing."""


def _first_word(printed: Sequence[str], begin: int, limit: int) -> int:
    """Index of the first token of a sentence that is a word or number; few marks begin a sentence."""
    return next((i for i in range(begin, limit) if printed[i][0].isalnum()), limit)


def _is_opened(printed: Sequence[str], i: int) -> bool:
    return i > 0 and printed[i - 1] in _OPENERS


def read_columns(text: Text, segments: Iterable[Segment], padded: Padded) -> Columns:
    """The tokens of *segments*, which are in reading order."""
    (keys, shifts), printed, lowers = padded, text.printed, text.lowers
    at, own_lowers = list[int](), list[str]()
    begins, caseless_at = list[tuple[int, int]](), list[slice]()
    sentence = first_word = -1
    for first, last, begin, limit, caseless, _ in segments:
        n = len(at)
        if begin != sentence:
            sentence, first_word = begin, _first_word(printed, begin, limit)
        if first <= first_word:
            begins.append((n, 2 * _is_opened(printed, first)))
        if caseless:
            caseless_at.append(slice(n, n + last - first))
            begins += [
                (n + i - first, 1 + 2 * _is_opened(printed, i)) for i in range(first + (first <= first_word), last)
            ]
        shift = shifts[begin]
        at += range(first + shift, last + shift)
        own_lowers += lowers[first:last]
    left = [keys[k - 1] for k in at]
    initial = [3 if word in _OPENERS else 1 for word in left]
    for n, place in begins:
        initial[n] = place
    return Columns(at, own_lowers, [keys[k] for k in at], left, [keys[k + 1] for k in at], initial, caseless_at)
