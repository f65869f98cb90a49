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
        """Labels of the best path. Of equal paths the lower label is taken."""
        o, bp, _, bo, _, bl, _ = scores[0]
        reached: Scores = (o, bp, _IMPOSSIBLE, bo, _IMPOSSIBLE, bl, _IMPOSSIBLE)
        trail: list[tuple[Scores, int]] = []
        for row in scores[1:]:
            *_, second, first = sorted(reached)
            leader = reached.index(first) if first - second > self._clear else -1
            trail.append((reached, leader))
            reached = self._step(reached, leader, row)
        labels = [reached.index(max(reached))]
        for reached, leader in reversed(trail):
            labels.append(self._before(labels[-1], reached, leader))
        return labels[::-1]

    def _step(self, reached: Scores, leader: int, row: Scores) -> Scores:
        """The worth of the best path to each label of a token with the scores *row*.

        *reached*: that worth for each label of the token before. *leader*: the label there that leads clearly, or -1.
        """
        _, was_bp, was_ip, was_bo, was_io, was_bl, was_il = reached
        o, bp, ip, bo, io, bl, il = row
        if leader >= 0:
            top, (to_o, to_bp, _, to_bo, _, to_bl, _) = reached[leader], self._from[leader]
            o, bp, bo, bl = o + top + to_o, bp + top + to_bp, bo + top + to_bo, bl + top + to_bl
        else:
            to = self._to
            o, bp = o + max(map(add, reached, to[0])), bp + max(map(add, reached, to[1]))
            bo, bl = bo + max(map(add, reached, to[3])), bl + max(map(add, reached, to[5]))
        (begun_p, inside_p), (begun_o, inside_o), (begun_l, inside_l) = self._inside
        begun, inside = was_bp + begun_p, was_ip + inside_p
        ip += begun if begun >= inside else inside
        begun, inside = was_bo + begun_o, was_io + inside_o
        io += begun if begun >= inside else inside
        begun, inside = was_bl + begun_l, was_il + inside_l
        il += begun if begun >= inside else inside
        return o, bp, ip, bo, io, bl, il

    def _before(self, label: int, reached: Scores, leader: int) -> int:
        """The label before *label* on the best path; *reached*, *leader*: as `_step` had them."""
        if label and label % 2 == 0:
            begun, inside = self._inside[label // 2 - 1]
            return label - (reached[label - 1] + begun >= reached[label] + inside)
        if leader >= 0:
            return leader
        sums = list(map(add, reached, self._to[label]))
        return sums.index(max(sums))


def _margin(row: Scores, kind: int) -> int:
    """How far the better label of *kind* is from the best of the others."""
    o, bp, ip, bo, io, bl, il = row
    person = bp if bp > ip else ip
    organisation = bo if bo > io else io
    location = bl if bl > il else il
    if kind == 0:
        own, a, b = person, organisation, location
    elif kind == 1:
        own, a, b = organisation, person, location
    else:
        own, a, b = location, person, organisation
    other = a if a > b else b
    return own - (o if o > other else other)


def name_in_word(first: int, row: Scores) -> list[Tagged]:
    """The name in a segment of one token, or none: most segments are the first word of a sentence."""
    o, bp, _, bo, _, bl, _ = row
    if o >= bp and o >= bo and o >= bl:
        return []
    kind = 0 if bp >= bo and bp >= bl else 1 if bo >= bl else 2
    return [Tagged(first, first + 1, kind, _margin(row, kind))]


def names_in(first: int, labels: Sequence[int], scores: Sequence[Scores]) -> list[Tagged]:
    """The names that *labels* mark in a segment that begins at token *first*."""
    found: list[Tagged] = []
    begin, kind, least = -1, 0, 0
    for i, (label, row) in enumerate(zip(labels, scores, strict=True), first):
        if label and label % 2 == 0:
            least = min(least, _margin(row, kind))
            continue
        if begin >= 0:
            found.append(Tagged(begin, i, kind, least))
            begin = -1
        if label:
            begin, kind = i, label // 2
            least = _margin(row, kind)
    if begin >= 0:
        found.append(Tagged(begin, first + len(labels), kind, least))
    return found
