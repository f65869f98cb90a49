"""The best sequence of labels of a segment, and the names it marks."""

from __future__ import annotations

from collections.abc import Sequence
from operator import add, itemgetter
from typing import Final, NamedTuple

from pipeline.names.tagger.model import unpack

Scores = tuple[int, ...]
"""Of O, B-PER, I-PER, B-ORG, I-ORG, B-LOC, I-LOC."""

_IMPOSSIBLE: Final = -(1 << 29)
"""Less than the worth of any path; small enough for the quick comparison of integers."""
_IN_ORDER: Final = itemgetter(0, 4, 1, 5, 2, 6, 3)
TYPES: Final = ("person", "organisation", "location")


class Tagged(NamedTuple):
    """A name: tokens `first` to `last` of the text, `kind` 0, 1, 2 for person, organisation, location."""

    first: int
    last: int
    kind: int
    margin: int
    """How far the weakest of its tokens is from another type or none, in the model's units."""


def scores_of(total: int) -> Scores:
    """Scores in the order of the labels."""
    return all_scores((total,))[0]


def all_scores(totals: Sequence[int]) -> list[Scores]:
    """Scores of many packed sums."""
    return list(map(_IN_ORDER, unpack(totals)))


class Decoder:
    """Viterbi's algorithm under the transitions of a model."""

    def __init__(self, transitions: tuple[tuple[int, ...], ...]) -> None:
        """*transitions*: weight of each label after each other one."""
        self._from = transitions
        self._to = list(zip(*transitions, strict=True))
        self._inside = [(transitions[label - 1][label], transitions[label][label]) for label in (2, 4, 6)]
        self._clear = max(max(self._to[label]) - min(self._to[label]) for label in (0, 1, 3, 5))
        """A path that leads by more than this leads to every label but the inside of another name."""

    def best(self, scores: Sequence[Scores]) -> list[int]:
        """Labels of the best path."""
        o, bp, _, bo, _, bl, _ = scores[0]
        if len(scores) == 1:
            top = max(o, bp, bo, bl)
            return [0 if top == o else 1 if top == bp else 3 if top == bo else 5]
        reached: Scores = (o, bp, _IMPOSSIBLE, bo, _IMPOSSIBLE, bl, _IMPOSSIBLE)
        steps: list[tuple[int, ...]] = []
        for row in scores[1:]:
            reached, before = self._step(reached, row)
            steps.append(before)
        label = reached.index(max(reached))
        labels = [label]
        for before in reversed(steps):
            label = before[label]
            labels.append(label)
        return labels[::-1]

    def _step(self, reached: Scores, row: Scores) -> tuple[Scores, tuple[int, ...]]:
        """The worth of the best path to each label of a token with the scores *row*, and the label before it there.

        *reached*: that worth for each label of the token before. Of equal paths the lower label is taken.
        """
        o, bp, ip, bo, io, bl, il = row
        *_, second, first = sorted(reached)
        if first - second > self._clear:
            o_from = bp_from = bo_from = bl_from = reached.index(first)
            after = self._from[o_from]
            o, bp, bo, bl = o + first + after[0], bp + first + after[1], bo + first + after[3], bl + first + after[5]
        else:
            o_from, to_o = _choose(reached, self._to[0])
            bp_from, to_bp = _choose(reached, self._to[1])
            bo_from, to_bo = _choose(reached, self._to[3])
            bl_from, to_bl = _choose(reached, self._to[5])
            o, bp, bo, bl = o + to_o, bp + to_bp, bo + to_bo, bl + to_bl
        _, was_bp, was_ip, was_bo, was_io, was_bl, was_il = reached
        (begun_p, inside_p), (begun_o, inside_o), (begun_l, inside_l) = self._inside
        second_p, later_p = was_bp + begun_p, was_ip + inside_p
        second_o, later_o = was_bo + begun_o, was_io + inside_o
        second_l, later_l = was_bl + begun_l, was_il + inside_l
        ip += second_p if second_p >= later_p else later_p
        io += second_o if second_o >= later_o else later_o
        il += second_l if second_l >= later_l else later_l
        ip_from, io_from, il_from = 2 - (second_p >= later_p), 4 - (second_o >= later_o), 6 - (second_l >= later_l)
        return (o, bp, ip, bo, io, bl, il), (o_from, bp_from, ip_from, bo_from, io_from, bl_from, il_from)


def _choose(reached: Scores, weights: Scores) -> tuple[int, int]:
    """The label that the best path comes from, and what the path is worth with its transition's weight."""
    sums = list(map(add, reached, weights))
    top = max(sums)
    return sums.index(top), top


def _margin(row: Scores, kind: int) -> int:
    o, bp, ip, bo, io, bl, il = row
    if kind == 0:
        return max(bp, ip) - max(o, bo, io, bl, il)
    if kind == 1:
        return max(bo, io) - max(o, bp, ip, bl, il)
    return max(bl, il) - max(o, bp, ip, bo, io)


def names_in(first: int, labels: Sequence[int], scores: Sequence[Scores]) -> list[Tagged]:
    """The names that *labels* mark in a segment that begins at token *first*."""
    found: list[Tagged] = []
    i = 0
    while i < len(labels):
        label = labels[i]
        if not label:
            i += 1
            continue
        end = i + 1
        while end < len(labels) and labels[end] == label + 1:
            end += 1
        kind = (label - 1) // 2
        margins = [_margin(row, kind) for row in scores[i:end]]
        found.append(Tagged(first + i, first + end, kind, min(margins)))
        i = end
    return found
