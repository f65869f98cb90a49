"""One round of the resolution: the senses that the names were given before it are evidence for those of the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from pipeline.places.ballot import Ballot
from pipeline.places.model import Candidate
from pipeline.places.nearness import NEAR_WEIGHT, Point, is_pinpointed, nearness

MAX_POINTS: Final = 50
"""Places that nearness is measured to: the first of the article, so that a list of all cities costs no more."""


def best_of(scores: Sequence[float]) -> int:
    """Index of the highest score, the first of equal ones."""
    return scores.index(max(scores))


class Round:
    """The scores of the senses by votes and nearness, each worked out when it is asked for."""

    def __init__(
        self,
        known: Sequence[Candidate],
        base: Sequence[Sequence[float]],
        chosen: Sequence[int],
        weights: Sequence[float],
        context: Mapping[str, float],
    ) -> None:
        """*base*: the scores of each candidate's senses so far; *chosen*: which of them speaks for the others, with
        what of *weights*; *context*: votes that are of no candidate."""
        places = [one.meaning.senses[k] for one, k in zip(known, chosen, strict=True)]
        self._known, self._base = known, base
        self._ballot = Ballot(zip(places, weights, strict=True), context)
        points = [(i, place.lat, place.lon) for i, place in enumerate(places) if is_pinpointed(place)]
        self._points = points[:MAX_POINTS]
        self._votes: dict[int, list[float]] = {}
        self._others: dict[int, list[Point]] = {}

    def votes(self, i: int) -> list[float]:
        """What the votes say for each sense of candidate *i*."""
        found = self._votes.get(i)
        if found is None:
            found = self._votes[i] = self._ballot.scores(i, self._known[i].meaning.divisions)
        return found

    def nearness(self, i: int, k: int) -> float:
        """How near sense *k* of candidate *i* is to the places of other names."""
        if i not in self._others:
            self._others[i] = self._other_points(i)
        return nearness(self._known[i].meaning.senses[k], self._others[i])

    def _other_points(self, i: int) -> list[Point]:
        known, keys = self._known, self._known[i].meaning.keys
        return [(lat, lon) for j, lat, lon in self._points if j != i and known[j].meaning.keys.isdisjoint(keys)]

    def best(self) -> list[int]:
        """The best sense of each candidate."""
        return [self._best(i) if len(base) > 1 else 0 for i, base in enumerate(self._base)]

    def _best(self, i: int) -> int:
        leaders = self._leaders(i, 1)
        return next(iter(leaders)) if len(leaders) == 1 else self._ranked(i, leaders)[0][1]

    def two_best(self, i: int) -> tuple[int, int, float]:
        """The best and the second sense of candidate *i*, which has several, and how far they are apart."""
        (first, best), (other, second), *_ = self._ranked(i, self._leaders(i, 2))
        return best, second, other - first

    def _leaders(self, i: int, count: int) -> dict[int, float]:
        """The senses that nearness can bring among the *count* best, with their scores before it: work is not done for
        the others, of which there may be dozens."""
        scores = list(map(float.__add__, self._base[i], self.votes(i)))
        least = sorted(scores)[-count] - NEAR_WEIGHT
        return {k: score for k, score in enumerate(scores) if score >= least}

    def _ranked(self, i: int, leaders: Mapping[int, float]) -> list[tuple[float, int]]:
        """Negative score and index of *leaders*, the best first; of equal ones the first."""
        return sorted((-score - self.nearness(i, k), k) for k, score in leaders.items())
