"""The words of a text as the tagger looks them up, two more on each side of a sentence: each has its neighbours."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from pipeline.names.tagger.features import BEGIN, CASELESS, END
from pipeline.names.tagger.segments import Segment
from pipeline.text import Text

_BEFORE: Final = (BEGIN, BEGIN)
_BETWEEN: Final = (END, END, BEGIN, BEGIN)


class Padded(NamedTuple):
    """The sentences of a text, one after the other."""

    keys: list[str]
    """Keys of the words, as the features have them."""
    shifts: dict[int, int]
    """How much further a sentence's tokens are in `keys` than in the text, by the index of its first one."""


def pad(text: Text, segments: Iterable[Segment]) -> Padded:
    """The words of *text*; *segments*: all of it."""
    without_case = {segment.sentence for segment in segments if segment.caseless}
    keys, shifts, printed = list(_BEFORE), dict[int, int](), text.printed
    for begin, limit, _, _ in text.sentences:
        shifts[begin] = len(keys) - begin
        keys += [CASELESS + low for low in text.lowers[begin:limit]] if begin in without_case else printed[begin:limit]
        keys += _BETWEEN
    return Padded(keys, shifts)
