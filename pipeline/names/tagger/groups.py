"""Put the features of every token of an article's segments together.

One path for training and for tagging: `Groups` is told what to make of rows. The tagger makes the sum of their weights,
training keeps the rows; both add up with `+`, and both are remembered per word, pair of words, and situation.

All segments of a text are read at once, a column per kind of feature: looking a column up is one call, and most
segments have one token.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import repeat
from typing import Final, Generic, TypeVar

from pipeline.names.tagger import features
from pipeline.names.tagger.features import Rows
from pipeline.names.tagger.padded import Padded
from pipeline.names.tagger.segments import Segment
from pipeline.remembered import Remembered
from pipeline.text import Text

T = TypeVar("T", int, Rows)

_WORDS: Final = 16_384
_PAIRS: Final = 16_384
"""Words and pairs of words remembered of late, and as many of before; a few hundred bytes each."""
_SITUATIONS: Final = 8_192
_CASELESS_FOUND: Final = 64
_CASELESS_HINTS: Final = 1 << 20
"""Without case nothing is shared with the features of printed case: what they tell is another thing."""
_OPENERS: Final = frozenset({"“", '"', "‘", ":", ";"})

Pair = tuple[str, str]
Three = tuple[int, int, int]
Here = tuple[str, int, int, int]
"""A word's key, what the tables found, its place in the sentence, and its hints."""


class Groups(Generic[T]):
    """Features of tokens, each group of rows as what *pack* makes of it."""

    def __init__(self, pack: Callable[[Rows], T]) -> None:
        def read_here(here: Here) -> T:
            key, found, initial, hints = here
            word = self._word[key]
            return self._situation[key, found, initial] + self._hints[hints, word.flags, word.shape, found]

        def read_situation(at: tuple[str, int, int]) -> T:
            key, found, initial = at
            word = self._word[key]
            return pack(features.read_here(word) + features.read_situation(word, found, initial))

        def read_first(pair: Pair) -> T:
            a, b = pair
            return pack(features.read_first(self._word[a], self._word[b])) + self._following[b]

        def read_second(pair: Pair) -> T:
            a, b = pair
            return pack(features.read_second(self._word[a], self._word[b])) + self._previous[a]

        self._word = Remembered(features.read_word, _WORDS)
        self._previous: Remembered[str, T] = Remembered(
            lambda key: pack(features.read_near(self._word[key], 0)), _WORDS
        )
        self._following: Remembered[str, T] = Remembered(
            lambda key: pack(features.read_near(self._word[key], 1)), _WORDS
        )
        self._previous2: Remembered[str, T] = Remembered(lambda key: pack(features.read_far(key, 0)), _WORDS)
        self._following2: Remembered[str, T] = Remembered(lambda key: pack(features.read_far(key, 1)), _WORDS)
        self._first: Remembered[Pair, T] = Remembered(read_first, _PAIRS)
        self._second: Remembered[Pair, T] = Remembered(read_second, _PAIRS)
        self._here: Remembered[Here, T] = Remembered(read_here, _WORDS)
        self._situation: Remembered[tuple[str, int, int], T] = Remembered(read_situation, _WORDS)
        self._hints: Remembered[tuple[int, int, int, int], T] = Remembered(
            lambda key: pack(features.read_hints(*key)), _SITUATIONS
        )
        self._neighbours: Remembered[Three, T] = Remembered(
            lambda key: pack(features.read_neighbours(*key)), _SITUATIONS
        )
        self._found: Remembered[Three, T] = Remembered(lambda key: pack(features.read_found(*key)), 2048)

    def of(self, text: Text, segments: Sequence[Segment], padded: Padded, hints: Mapping[str, int]) -> list[T]:
        """The value of each token of *segments*, one segment after the other."""
        keys, found, at, word = padded.keys, padded.found, padded.positions(segments), self._word.__getitem__
        left, own, right = [keys[k - 1] for k in at], [keys[k] for k in at], [keys[k + 1] for k in at]
        codes, initial, bits = _columns(text, segments, [found[k] for k in at], left, hints)
        flags_left, flags_right = [one.flags for one in map(word, left)], [one.flags for one in map(word, right)]
        before, after = [found[k - 1] for k in at], [found[k + 1] for k in at]
        parts = zip(
            map(self._here.__getitem__, zip(own, codes, initial, bits, strict=True)),
            map(self._first.__getitem__, zip(own, right, strict=True)),
            map(self._second.__getitem__, zip(left, own, strict=True)),
            map(self._previous2.__getitem__, [keys[k - 2] for k in at]),
            map(self._following2.__getitem__, [keys[k + 2] for k in at]),
            map(
                self._neighbours.__getitem__,
                zip(flags_left, [one.evidence for one in map(word, own)], flags_right, strict=True),
            ),
            map(self._found.__getitem__, zip(before, codes, after, strict=True)),
            strict=True,
        )
        return [a + b + c + d + e + f + g for a, b, c, d, e, f, g in parts]


def _columns(
    text: Text, segments: Iterable[Segment], found: list[int], left: Iterable[str], hints: Mapping[str, int]
) -> tuple[list[int], list[int], list[int]]:
    """What the tables found at each token of *segments*, its place in the sentence, and its hints.

    *found*, *left*: per token, what the tables found, and the word before.
    """
    printed, lowers = text.printed, text.lowers
    initial = [3 if word in _OPENERS else 1 for word in left]
    bits: list[int] = []
    for first, last, begin, _, caseless in segments:
        n = len(bits)
        bits += map(hints.get, lowers[first:last], repeat(0))
        initial[n] = _begun(printed, begin, first) + 2 * (first > 0 and printed[first - 1] in _OPENERS)
        if caseless:
            own = slice(n, n + last - first)
            found[own] = [code + _CASELESS_FOUND for code in found[own]]
            bits[own] = [_CASELESS_HINTS] * (last - first)
            initial[n + 1 : own.stop] = [1 + 2 * (word in _OPENERS) for word in printed[first : last - 1]]
    return found, initial, bits


def _begun(printed: Sequence[str], begin: int, first: int) -> bool:
    """Whether a word stands between the beginning of the sentence and the segment; few marks begin a sentence."""
    if first == begin or printed[begin][0].isalnum():
        return first > begin
    return any(word[0].isalnum() for word in printed[begin:first])
