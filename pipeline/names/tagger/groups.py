"""Put the features of every token of a segment together.

One path for training and for tagging: `Groups` is told what to make of rows. The tagger makes the sum of their weights,
training keeps the rows; both add up with `+`, and both are remembered per word and per pair of words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final, Generic, NamedTuple, TypeVar

from pipeline.names.tagger import features
from pipeline.names.tagger.features import BEGIN, CASELESS, END, Rows, Word
from pipeline.names.tagger.segments import Segment
from pipeline.text import Token

T = TypeVar("T", int, Rows)

_WORDS: Final = 32_768
_PAIRS: Final = 65_536
"""Remembered words and pairs of words; a few hundred bytes each."""
_CASELESS_FOUND: Final = 64
_CASELESS_HINTS: Final = 1 << 20
"""Without case nothing is shared with the features of printed case: what they tell is another thing."""
_OPENERS: Final = frozenset({"“", '"', "‘", ":", ";"})


class _WordValues(NamedTuple, Generic[T]):
    word: Word
    flags: int
    evidence: int
    here: T
    previous: T
    following: T
    previous2: T
    following2: T


class _PairValues(NamedTuple, Generic[T]):
    first: T
    second: T


class Groups(Generic[T]):
    """Features of tokens, each group of rows as what *pack* makes of it."""

    def __init__(self, pack: Callable[[Rows], T]) -> None:
        def read_word(key: str) -> _WordValues[T]:
            word = features.read_word(key)
            positions = (word.here, word.previous, word.following, word.previous2, word.following2)
            return _WordValues(word, word.flags, word.evidence, *map(pack, positions))

        def read_pair(a: str, b: str) -> _PairValues[T]:
            return _PairValues(*map(pack, features.read_pair(self._word(a).word, self._word(b).word)))

        def read_place(key: str, found: int, initial: int, hints: int) -> T:
            here = self._word(key)
            situation = features.read_situation(here.word, found, initial)
            return here.here + pack(situation + features.read_hints(hints, here.flags, here.word.shape, found))

        def read_neighbours(before: int, here: int, after: int) -> T:
            return pack(features.read_neighbours(before, here, after))

        def read_found(before: int, here: int, after: int) -> T:
            return pack(features.read_found(before, here, after))

        self._word: Callable[[str], _WordValues[T]] = lru_cache(_WORDS)(read_word)
        self._pair: Callable[[str, str], _PairValues[T]] = lru_cache(_PAIRS)(read_pair)
        self._place: Callable[[str, int, int, int], T] = lru_cache(_WORDS)(read_place)
        self._neighbours: Callable[[int, int, int], T] = lru_cache(_WORDS)(read_neighbours)
        self._found: Callable[[int, int, int], T] = lru_cache(4096)(read_found)

    def of(
        self, tokens: tuple[Token, ...], segment: Segment, found: Sequence[int], hints: Mapping[str, int]
    ) -> list[T]:
        """The value of each token of *segment*."""
        first, last, begin, limit, caseless = segment
        keys = _keys(tokens, segment)
        words = list(map(self._word, keys))
        pairs = list(map(self._pair, keys[1:-2], keys[2:-1]))
        read_place, read_found, read_neighbours = self._place, self._found, self._neighbours
        start = _start(tokens, segment)
        shift = _CASELESS_FOUND if caseless else 0
        values: list[T] = []
        for i in range(first, last):
            j = i - first + 2
            here, before, after = words[j], words[j - 1], words[j + 1]
            code = found[i] + shift
            initial = (i > start) + 2 * (i > 0 and tokens[i - 1][0] in _OPENERS)
            bits = _CASELESS_HINTS if caseless else hints.get(tokens[i][3], 0)
            value = (
                read_place(keys[j], code, initial, bits)
                + before.previous
                + after.following
                + words[j - 2].previous2
                + words[j + 2].following2
                + pairs[j - 1][0]
                + pairs[j - 2][1]
                + read_neighbours(before.flags, here.evidence, after.flags)
                + read_found(found[i - 1] if i > begin else 0, code, found[i + 1] if i + 1 < limit else 0)
            )
            values.append(value)
        return values


def _keys(tokens: tuple[Token, ...], segment: Segment) -> list[str]:
    """Keys of the segment's words and of two more on each side."""
    first, last, begin, limit, caseless = segment
    left, right = begin - first + 2, last + 2 - limit  # words that the sentence lacks, where positive
    inside = tokens[first - 2 + max(left, 0) : last + 2 - max(right, 0)]
    keys = [CASELESS + token[3] for token in inside] if caseless else [token[0] for token in inside]
    return [BEGIN] * left + keys + [END] * right


def _start(tokens: tuple[Token, ...], segment: Segment) -> int:
    """Index of the first word of the segment's sentence; a sentence has few marks before it."""
    for i in range(segment.sentence, segment.first):
        if tokens[i][0][0].isalnum():
            return i
    return segment.first
