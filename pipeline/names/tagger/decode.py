"""The best sequence of labels of a segment, and the names it marks."""

from __future__ import annotations

from collections.abc import Sequence
from operator import add
from typing import Final, NamedTuple

from pipeline.names.tagger.model import unpack

Scores = tuple[int, ...]
"""Of O, B-PER, I-PER, B-ORG, I-ORG, B-LOC, I-LOC."""

_IMPOSSIBLE: Final = -(1 << 40)
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
    return [(o, bp, ip, bo, io, bl, il) for o, ip, io, il, bp, bo, bl, _ in unpack(totals)]


class Decoder:
    """Viterbi's algorithm under the transitions of a model."""

    def __init__(self, transitions: tuple[tuple[int, ...], ...]) -> None:
        """*transitions*: weight of each label after each other one."""
        self._to = list(zip(*transitions, strict=True))
        self._inside = [(transitions[label - 1][label], transitions[label][label]) for label in (2, 4, 6)]

    def best(self, scores: Sequence[Scores]) -> list[int]:
        """Labels of the best path."""
        if len(scores) == 1:
            o, bp, _, bo, _, bl, _ = scores[0]
            top = max(o, bp, bo, bl)
            return [0 if top == o else 1 if top == bp else 3 if top == bo else 5]
        return self._trace(self._reach(scores))

    def _reach(self, scores: Sequence[Scores]) -> list[Scores]:
        """Per token, the worth of the best path to each label of it."""
        o, bp, _, bo, _, bl, _ = scores[0]
        reached = (o, bp, _IMPOSSIBLE, bo, _IMPOSSIBLE, bl, _IMPOSSIBLE)
        to_o, to_bp, _, to_bo, _, to_bl, _ = self._to
        (begun_p, inside_p), (begun_o, inside_o), (begun_l, inside_l) = self._inside
        found: list[Scores] = [reached]
        for o, bp, ip, bo, io, bl, il in scores[1:]:
            _, was_bp, was_ip, was_bo, was_io, was_bl, was_il = reached
            reached = (
                o + max(map(add, reached, to_o)),
                bp + max(map(add, reached, to_bp)),
                ip + max(was_bp + begun_p, was_ip + inside_p),
                bo + max(map(add, reached, to_bo)),
                io + max(was_bo + begun_o, was_io + inside_o),
                bl + max(map(add, reached, to_bl)),
                il + max(was_bl + begun_l, was_il + inside_l),
            )
            found.append(reached)
        return found

    def _trace(self, reached: Sequence[Scores]) -> list[int]:
        """The best path, from its end: what came before is asked for its labels only."""
        row = reached[-1]
        label = row.index(max(row))
        labels = [label]
        for row in reached[-2::-1]:
            if label and label % 2 == 0:
                begun, inside = self._inside[label // 2 - 1]
                label -= row[label - 1] + begun >= row[label] + inside
            else:
                sums = list(map(add, row, self._to[label]))
                label = sums.index(max(sums))
            labels.append(label)
        return labels[::-1]


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
        found.append(Tagged(first + i, first + end, kind, min(_margin(scores[k], kind) for k in range(i, end))))
        i = end
    return found
