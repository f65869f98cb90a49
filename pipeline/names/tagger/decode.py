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
_FIRST: Final = (0, 1, 3, 5)
"""Labels that may stand anywhere: none, and the first token of a name."""
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
        self._to = list(zip(*transitions, strict=True))
        self._after = [(row[0], row[1], row[3], row[5]) for row in transitions]
        self._inside = tuple(transitions[label - begun][label] for label in (2, 4, 6) for begun in (1, 0))
        self._clear = max(max(self._to[label]) - min(self._to[label]) for label in _FIRST)
        """A path that leads by more than this leads to every label but the inside of another name."""

    def best(self, scores: Sequence[Scores]) -> list[int]:
        """Labels of the best path. Of equal paths the lower label is taken.

        `reached` is the worth of the best path to each label of a token. Where one label leads clearly, most labels of
        the next token come from it; else all are compared.
        """
        o, bp, _, bo, _, bl, _ = scores[0]
        reached: Scores = (o, bp, _IMPOSSIBLE, bo, _IMPOSSIBLE, bl, _IMPOSSIBLE)
        trail: list[tuple[Scores, int]] = []
        to, (begun_p, inside_p, begun_o, inside_o, begun_l, inside_l) = self._to, self._inside
        for o, bp, ip, bo, io, bl, il in scores[1:]:
            ranked = sorted(reached)
            if ranked[6] - ranked[5] > self._clear:
                leader = reached.index(ranked[6])
                to_o, to_bp, to_bo, to_bl = self._after[leader]
                lead = ranked[6]
                after = o + lead + to_o, bp + lead + to_bp, bo + lead + to_bo, bl + lead + to_bl
            else:
                leader = -1
                to_o, to_bp, to_bo, to_bl = [max(map(add, reached, to[label])) for label in _FIRST]
                after = o + to_o, bp + to_bp, bo + to_bo, bl + to_bl
            trail.append((reached, leader))
            _, was_bp, was_ip, was_bo, was_io, was_bl, was_il = reached
            was_bp, was_ip = was_bp + begun_p, was_ip + inside_p
            was_bo, was_io = was_bo + begun_o, was_io + inside_o
            was_bl, was_il = was_bl + begun_l, was_il + inside_l
            o, bp, bo, bl = after
            ip += was_bp if was_bp >= was_ip else was_ip
            io += was_bo if was_bo >= was_io else was_io
            il += was_bl if was_bl >= was_il else was_il
            reached = (o, bp, ip, bo, io, bl, il)
        label = reached.index(max(reached))
        labels = [label]
        for reached, leader in reversed(trail):
            label = leader if leader >= 0 and label in _FIRST else self._before(label, reached)
            labels.append(label)
        labels.reverse()
        return labels

    def _before(self, label: int, reached: Scores) -> int:
        """The label before *label* on the best path; *reached*: the worth of the best path to each label there."""
        if label not in _FIRST:
            begun, inside = self._inside[label - 2 : label]
            return label - (reached[label - 1] + begun >= reached[label] + inside)
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
    i, n = 0, len(labels)
    while i < n:
        label, begin = labels[i], i
        i += 1
        if label:
            kind = label // 2
            least = _margin(scores[begin], kind)
            while i < n and labels[i] == label + 1:
                least = min(least, _margin(scores[i], kind))
                i += 1
            found.append(Tagged(first + begin, first + i, kind, least))
    return found
