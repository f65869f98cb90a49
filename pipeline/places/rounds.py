"""One round of the resolution: the senses that the names were given before it are evidence for those of the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import add
from typing import Final

from pipeline.places.ballot import Ballot
from pipeline.places.model import Meaning
from pipeline.places.nearness import NEAR_WEIGHT, Points

MAX_POINTS: Final = 50
"""Places that nearness is measured to: the first of the article, so that a list of all cities costs no more."""


class Round:
    """The scores of the senses by votes and nearness, each worked out when it is asked for."""

    def __init__(
        self,
        meanings: Sequence[Meaning],
        base: Sequence[Sequence[float]],
        chosen: Sequence[int],
        weights: Sequence[float],
        context: Mapping[str, float],
    ) -> None:
        """*base*: the scores of each candidate's senses so far; *chosen*: which of them speaks for the others, with
        what of *weights*; *context*: votes that are of no candidate."""
        self._meanings = meanings
        homes = [one.divisions[k] for one, k in zip(meanings, chosen, strict=True)]
        self._ballot = Ballot(homes, weights, context)
        self._scores = [
            list(map(add, scores, self.votes(i))) if len(scores) > 1 else scores for i, scores in enumerate(base)
        ]
        points = [point for one, k in zip(meanings, chosen, strict=True) if (point := one.points[k])]
        self._points = Points(points[:MAX_POINTS])

    def votes(self, i: int) -> list[float]:
        """What the votes say for each sense of candidate *i*."""
        return self._ballot.scores(i, self._meanings[i].divisions)

    def nearness(self, i: int, k: int) -> float:
        """How near sense *k* of candidate *i* is to the places of other names."""
        return self._points.nearness(self._meanings[i].points[k])

    def best(self) -> list[int]:
        """The best sense of each candidate."""
        return [self._best(i, scores) if len(scores) > 1 else 0 for i, scores in enumerate(self._scores)]

    def _best(self, i: int, scores: Sequence[float]) -> int:
        highest = max(scores)
        least = highest - NEAR_WEIGHT
        leaders = [k for k, score in enumerate(scores) if score >= least]
        if len(leaders) == 1:
            return leaders[0]
        return min([(-scores[k] - self.nearness(i, k), k) for k in leaders])[1]

    def two_best(self, i: int, enough: float) -> tuple[int, int, float]:
        """The best and the second sense of candidate *i*, which has several, and how far they are apart; of equal
        ones the first.

        Nearness is not worked out for senses that it cannot bring among the two, of which there may be dozens, nor
        where the two are apart by *enough* without it.
        """
        scores = self._scores[i]
        best, second, *others = sorted(range(len(scores)), key=scores.__getitem__, reverse=True)
        apart = scores[best] - scores[second] - NEAR_WEIGHT
        if apart >= enough:
            return best, second, apart
        points, nearness = self._meanings[i].points, self._points.nearness
        first = -scores[best] - nearness(points[best]), best
        last = -scores[second] - nearness(points[second]), second
        for k in others:
            if -scores[k] - NEAR_WEIGHT > max(first, last)[0]:
                break
            first, last, _ = sorted((first, last, (-scores[k] - nearness(points[k]), k)))
        if last < first:
            first, last = last, first
        return first[1], last[1], last[0] - first[0]
