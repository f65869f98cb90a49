"""Put the features of every token of an article's segments together.

One path for training and for tagging: `Groups` is told what to make of rows. The tagger makes the sum of their weights,
training keeps the rows; both add up with `+`, and both are remembered per word, pair of words, and situation.

"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import repeat
from typing import Final, Generic, TypeVar

from pipeline.names.tagger import features
from pipeline.names.tagger.columns import Columns
from pipeline.names.tagger.features import Rows
from pipeline.remembered import Remembered

T = TypeVar("T", int, Rows)

_WORDS: Final = 16_384
_PAIRS: Final = 16_384
"""Words and pairs of words remembered of late, and as many of before; a few hundred bytes each."""
_SITUATIONS: Final = 8_192
_CASELESS_FOUND: Final = 64
_CASELESS_HINTS: Final = 1 << 20
"""Without case nothing is shared with the features of printed case: what they tell is another thing."""

Pair = tuple[str, str]
Three = tuple[int, int, int]
Here = tuple[str, bytes, int, int]
"""A word's key, what the tables found before it, at it and after it, its place in the sentence, and its hints."""


class Groups(Generic[T]):
    """Features of tokens, each group of rows as what *pack* makes of it."""

    def __init__(self, pack: Callable[[Rows], T]) -> None:
        def read_here(here: Here) -> T:
            key, codes, initial, hints = here
            word, found = self._word[key], codes[1]
            situation = pack(features.read_situation(word, found, initial))
            evidence = self._hints[hints, word.flags, word.shape, found]
            return self._alone[key] + situation + evidence + self._found[codes]

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
        self._previous2: Remembered[str, T] = Remembered(
            lambda key: pack(features.read_far(self._word[key], 0)), _WORDS
        )
        self._following2: Remembered[str, T] = Remembered(
            lambda key: pack(features.read_far(self._word[key], 1)), _WORDS
        )
        self._first: Remembered[Pair, T] = Remembered(read_first, _PAIRS)
        self._second: Remembered[Pair, T] = Remembered(read_second, _PAIRS)
        self._here: Remembered[Here, T] = Remembered(read_here, _WORDS)
        self._alone: Remembered[str, T] = Remembered(lambda key: pack(features.read_here(self._word[key])), _WORDS)
        self._hints: Remembered[tuple[int, int, int, int], T] = Remembered(
            lambda key: pack(features.read_hints(*key)), _SITUATIONS
        )
        self._neighbours: Remembered[Three, T] = Remembered(
            lambda key: pack(features.read_neighbours(*key)), _SITUATIONS
        )
        self._found: Remembered[bytes, T] = Remembered(lambda key: pack(features.read_found(*key)), 2048)

    def of(self, columns: Columns, keys: Sequence[str], codes: bytes, hints: Mapping[str, int]) -> list[T]:
        """The value of each token of *columns*; *keys*, *codes*: the padded text, and what the tables found there."""
        at, lowers, own, left, right, initial, _ = columns
        found = [codes[k - 1 : k + 2] for k in at]
        bits = list(map(hints.get, lowers, repeat(0)))
        for those in columns.caseless:
            found[those] = [bytes((a, b + _CASELESS_FOUND, c)) for a, b, c in found[those]]
            bits[those] = [_CASELESS_HINTS] * (those.stop - those.start)
        word = self._word.__getitem__
        flags_left, flags_right = [one.flags for one in map(word, left)], [one.flags for one in map(word, right)]
        parts = zip(
            map(self._here.__getitem__, zip(own, found, initial, bits, strict=True)),
            map(self._first.__getitem__, zip(own, right, strict=True)),
            map(self._second.__getitem__, zip(left, own, strict=True)),
            map(self._previous2.__getitem__, [keys[k - 2] for k in at]),
            map(self._following2.__getitem__, [keys[k + 2] for k in at]),
            map(
                self._neighbours.__getitem__,
                zip(flags_left, [one.evidence for one in map(word, own)], flags_right, strict=True),
            ),
            strict=True,
        )
        return [a + b + c + d + e + f for a, b, c, d, e, f in parts]
