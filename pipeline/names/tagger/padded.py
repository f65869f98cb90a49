"""The words of a text as the tagger looks them up, two more on each side of a sentence: each has its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from pipeline.names.tagger.features import BEGIN, CASELESS, END
from pipeline.names.tagger.segments import Segment
from pipeline.text import Text

_BEFORE: Final = (BEGIN, BEGIN)
_BEHIND: Final = (END, END)
_NONE: Final = bytes(2)


class Padded(NamedTuple):
    """The sentences of a text that have segments, one after the other."""

    keys: list[str]
    """Keys of the words, as the features have them."""
    found: bytes
    """What the tables found at each: a code, 0 for nothing."""
    shifts: dict[int, int]
    """How much further a sentence's tokens are in `keys` than in the text, by the index of its first one."""

    def positions(self, segments: Iterable[Segment]) -> list[int]:
        """Where in `keys` the tokens of *segments* are, one after the other."""
        at: list[int] = []
        for first, last, begin, _, _ in segments:
            shift = self.shifts[begin]
            at += range(first + shift, last + shift)
        return at


def pad(text: Text, segments: Iterable[Segment], found: Sequence[int]) -> Padded:
    """The words of *text*; *found*: per token, what the tables found."""
    keys, codes, shifts = list[str](), bytearray(), dict[int, int]()
    for _, _, begin, limit, caseless in segments:
        if begin not in shifts:
            keys += _BEFORE
            shifts[begin] = len(keys) - begin
            keys += [CASELESS + lower for lower in text.lowers[begin:limit]] if caseless else text.printed[begin:limit]
            keys += _BEHIND
            codes += _NONE + bytes(found[begin:limit]) + _NONE
    return Padded(keys, bytes(codes), shifts)
