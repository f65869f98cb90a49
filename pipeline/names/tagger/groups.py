"""Put the features of every token of an article's segments together.

One path for training and for tagging: `Groups` is told what to make of rows. The tagger makes the sum of their weights,
training keeps the rows; both add up with `+`, and both are remembered per word, pair of words, and situation.

All segments of a text are read at once, a column per kind of feature: looking a column up is one call, and most
segments have one token.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final, Generic, NamedTuple, TypeVar

from pipeline.names.tagger import features
from pipeline.names.tagger.features import BEGIN, CASELESS, END, Rows, Word
from pipeline.names.tagger.segments import Segment
from pipeline.text import Text

T = TypeVar("T", int, Rows)

_WORDS: Final = 32_768
_PAIRS: Final = 32_768
"""Remembered words and pairs of words; a few hundred bytes each."""
_SITUATIONS: Final = 16_384
_CASELESS_FOUND: Final = 64
_CASELESS_HINTS: Final = 1 << 20
"""Without case nothing is shared with the features of printed case: what they tell is another thing."""
_OPENERS: Final = frozenset({"“", '"', "‘", ":", ";"})
_BEGINS: Final = ((BEGIN, BEGIN), (BEGIN,), ())
_ENDS: Final = ((END, END), (END,), ())


class _Columns(NamedTuple):
    """The tokens of a text's segments, one after the other."""

    keys: list[str]
    """Keys of the words of all segments, and of two more on each side of each."""
    at: list[int]
    """Where in `keys` each token is."""
    found: list[int]
    before: list[int]
    """What the tables found at the token before."""
    after: list[int]
    initial: list[int]
    hints: list[int]


class Groups(Generic[T]):
    """Features of tokens, each group of rows as what *pack* makes of it."""

    def __init__(self, pack: Callable[[Rows], T]) -> None:
        def read_first(a: str, b: str) -> T:
            return pack(features.read_first(self._word(a), self._word(b))) + self._following(b)

        def read_second(a: str, b: str) -> T:
            return pack(features.read_second(self._word(a), self._word(b))) + self._previous(a)

        def read_situation(key: str, found: int, initial: int) -> T:
            word = self._word(key)
            return pack(features.read_here(word) + features.read_situation(word, found, initial))

        def read_hints(hints: int, flags: int, outline: int, found: int) -> T:
            return pack(features.read_hints(hints, flags, outline, found))

        def read_neighbours(before: int, here: int, after: int) -> T:
            return pack(features.read_neighbours(before, here, after))

        def read_found(before: int, here: int, after: int) -> T:
            return pack(features.read_found(before, here, after))

        self._word: Callable[[str], Word] = lru_cache(_WORDS)(features.read_word)
        self._previous: Callable[[str], T] = lru_cache(_WORDS)(lambda key: pack(features.read_near(self._word(key), 0)))
        self._following: Callable[[str], T] = lru_cache(_WORDS)(
            lambda key: pack(features.read_near(self._word(key), 1))
        )
        self._previous2: Callable[[str], T] = lru_cache(_WORDS)(lambda key: pack(features.read_far(key, 0)))
        self._following2: Callable[[str], T] = lru_cache(_WORDS)(lambda key: pack(features.read_far(key, 1)))
        self._first: Callable[[str, str], T] = lru_cache(_PAIRS)(read_first)
        self._second: Callable[[str, str], T] = lru_cache(_PAIRS)(read_second)
        self._situation: Callable[[str, int, int], T] = lru_cache(_WORDS)(read_situation)
        self._hints: Callable[[int, int, int, int], T] = lru_cache(_SITUATIONS)(read_hints)
        self._neighbours: Callable[[int, int, int], T] = lru_cache(_SITUATIONS)(read_neighbours)
        self._found: Callable[[int, int, int], T] = lru_cache(4096)(read_found)

    def of(self, text: Text, segments: Iterable[Segment], found: Sequence[int], hints: Mapping[str, int]) -> list[T]:
        """The value of each token of *segments*, one segment after the other."""
        keys, at, codes, before, after, initial, bits = _columns(text, segments, found, hints)
        left, own, right = [keys[k - 1] for k in at], [keys[k] for k in at], [keys[k + 1] for k in at]
        here = list(map(self._word, own))
        flags = [word.flags for word in here]
        flags_left, flags_right = [self._word(key).flags for key in left], [self._word(key).flags for key in right]
        parts = zip(
            map(self._situation, own, codes, initial),
            map(self._hints, bits, flags, [word.shape for word in here], codes),
            map(self._first, own, right),
            map(self._second, left, own),
            map(self._previous2, [keys[k - 2] for k in at]),
            map(self._following2, [keys[k + 2] for k in at]),
            map(self._neighbours, flags_left, [word.evidence for word in here], flags_right),
            map(self._found, before, codes, after),
            strict=True,
        )
        return [a + b + c + d + e + f + g + h for a, b, c, d, e, f, g, h in parts]


def _columns(text: Text, segments: Iterable[Segment], found: Sequence[int], hints: Mapping[str, int]) -> _Columns:
    printed, lowers, hint = text.printed, text.lowers, hints.get
    columns = _Columns([], [], [], [], [], [], [])
    keys, at, codes, before, after, initial, bits = columns
    for segment in segments:
        first, last, begin, limit, caseless = segment
        low, high = max(first - 2, begin), min(last + 2, limit)
        keys += _BEGINS[first - low]
        at += range(len(keys) + first - low, len(keys) + last - low)
        own = found[first:last]
        if caseless:
            keys += [CASELESS + lower for lower in lowers[low:high]]
            codes += [code + _CASELESS_FOUND for code in own]
            bits += [_CASELESS_HINTS] * (last - first)
        else:
            keys += printed[low:high]
            codes += own
            bits += [hint(lower, 0) for lower in lowers[first:last]]
        keys += _ENDS[high - last]
        before.append(found[first - 1] if first > begin else 0)
        before += own[:-1]
        after += own[1:]
        after.append(found[last] if last < limit else 0)
        initial.append(_begun(printed, begin, first) + 2 * (first > 0 and printed[first - 1] in _OPENERS))
        initial += [1 + 2 * (word in _OPENERS) for word in printed[first : last - 1]]
    return columns


def _begun(printed: Sequence[str], begin: int, first: int) -> bool:
    """Whether a word stands between the beginning of the sentence and the segment; few marks begin a sentence."""
    if first == begin or printed[begin][0].isalnum():
        return first > begin
    return any(word[0].isalnum() for word in printed[begin:first])
