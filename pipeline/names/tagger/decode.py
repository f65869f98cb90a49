"""The best sequence of labels of a segment, and the names it marks."""

from __future__ import annotations

from collections.abc import Sequence
from operator import add
from typing import Final, NamedTuple

from pipeline.names.tagger.model import unpack

Scores = tuple[int, ...]
"""Of O, B-PER, I-PER, B-ORG, I-ORG, B-LOC, I-LOC."""

_IMPOSSIBLE: Final = -(1 << 40)
_BEGINNINGS: Final = (0, 1, 3, 5)
"""O and the first labels of names: what may follow anything."""
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
    o, ip, io, il, bp, bo, bl, _ = unpack(total)
    return (o, bp, ip, bo, io, bl, il)


class Decoder:
    """Viterbi's algorithm under the transitions of a model."""

    def __init__(self, transitions: tuple[tuple[int, ...], ...]) -> None:
        """*transitions*: weight of each label after each other one."""
        columns = list(zip(*transitions, strict=True))
        self._to = {label: columns[label] for label in _BEGINNINGS}
        self._inside = {label: (transitions[label - 1][label], transitions[label][label]) for label in (2, 4, 6)}
        flat = [weight for row in transitions for weight in row]
        self._clear = 2 * (max(flat) - min(flat)) + 1
        """A label that leads by so much is on the best path whatever stands beside it."""

    def best(self, scores: Sequence[Scores]) -> list[int]:
        """Labels of the best path."""
        first = scores[0]
        if len(scores) == 1:
            o, bp, _, bo, _, bl, _ = first
            top = max(o, bp, bo, bl)
            return [0 if top == o else 1 if top == bp else 3 if top == bo else 5]
        return self._greedy(scores) or self._viterbi(scores)

    def _greedy(self, scores: Sequence[Scores]) -> list[int] | None:
        """Each token's own best labels when all lead so clearly that transitions cannot matter."""
        labels, before = [], 0
        for row in scores:
            ranked = sorted(row)
            if ranked[6] - ranked[5] < self._clear:
                return None
            label = row.index(ranked[6])
            if label and label % 2 == 0 and before not in (label - 1, label):
                return None
            labels.append(label)
            before = label
        return labels

    def _viterbi(self, scores: Sequence[Scores]) -> list[int]:
        row = scores[0]
        reached = [row[0], row[1], _IMPOSSIBLE, row[3], _IMPOSSIBLE, row[5], _IMPOSSIBLE]
        trail: list[list[int]] = []
        for row in scores[1:]:
            now, came = [0] * 7, [0] * 7
            for label, weights in self._to.items():
                sums = list(map(add, reached, weights))
                top = max(sums)
                now[label], came[label] = top + row[label], sums.index(top)
            for label, (begun, inside) in self._inside.items():
                a, b = reached[label - 1] + begun, reached[label] + inside
                now[label], came[label] = (a + row[label], label - 1) if a >= b else (b + row[label], label)
            trail.append(came)
            reached = now
        labels = [reached.index(max(reached))]
        for came in reversed(trail):
            labels.append(came[labels[-1]])
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
