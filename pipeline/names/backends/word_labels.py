"""Names from the labels of words, whichever scheme a model was trained with.

    scheme          a name of three words       the next name right after it
    IO              PER   PER   PER             not told apart from it
    IOB1            I-PER I-PER I-PER           B-PER
    IOB2, BIO       B-PER I-PER I-PER           B-PER
    BIOES, BILOU    B-PER I-PER E-PER, L-PER    B-PER, S-PER, U-PER

Which one it was is nowhere written, and one rule reads all: a name begins at a word whose type differs from the one
before it, at B, S and U, and after E, L, S and U.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import exp
from typing import Final, NamedTuple

from pipeline.names.backends.protocol import Found

_PREFIXES: Final = "BIOESLU"
_BEGINS: Final = frozenset("BSU")
_ENDS: Final = frozenset("ELSU")


class Mark(NamedTuple):
    """What a label says of a word."""

    prefix: str
    """Where the word stands in a name, one letter; empty in the scheme IO."""
    type: str
    """Type of the name that it is in; empty outside of names."""


OUTSIDE: Final = Mark("", "")


def mark_of(label: str) -> Mark:
    """What *label* says: "B-PER", "PER", "O"."""
    if label[:1] in _PREFIXES and label[1:2] in ("-", "_") and len(label) > 2:
        return Mark(label[0], label[2:])
    return OUTSIDE if label in ("O", "") else Mark("", label)


class Word(NamedTuple):
    """Code points `start` to `end`, with the model's score for each label."""

    start: int
    end: int
    scores: Sequence[float]


def _share(scores: Sequence[float], marks: Sequence[Mark], wanted: str) -> float:
    """The probability that *scores*, as logits, give to the type *wanted*, whatever the prefix."""
    top = max(scores)
    parts = [exp(score - top) for score in scores]
    return sum(part for part, mark in zip(parts, marks, strict=True) if mark.type == wanted) / sum(parts)


def names_of(words: Iterable[Word | None], marks: Sequence[Mark]) -> list[Found]:
    """The names in consecutive *words*, of which None was not read; *marks*: what the labels mean.

    A name is as sure as its least sure word.
    """
    found, before = list[Found](), OUTSIDE
    for word in words:
        mark = OUTSIDE if word is None else marks[max(range(len(marks)), key=word.scores.__getitem__)]
        if word is not None and mark.type:
            sure = _share(word.scores, marks, mark.type)
            if mark.type != before.type or mark.prefix in _BEGINS or before.prefix in _ENDS:
                found.append(Found(word.start, word.end, mark.type, sure))
            else:
                last = found[-1]
                found[-1] = last._replace(end=word.end, confidence=min(last.confidence or 0, sure))
        before = mark
    return found
