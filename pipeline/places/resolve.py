"""Resolve all names of an article together: one sense each, and each name is evidence for the others.

score = prior (population, kind, own name) + container + votes for its country and division + nearness to the others
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, log
from operator import add
from typing import Final

from pipeline.gazetteer import Place
from pipeline.places.containers import containers, inside
from pipeline.places.model import Candidate, Region, Resolved, Rival, Weight
from pipeline.places.nearness import are_near
from pipeline.places.priors import best_of, priors_in
from pipeline.places.rounds import Round
from pipeline.places.votes import DATELINE_FACTOR, damped

CLOSE: Final = 3.0
"""A runner-up within this margin is named as the loser."""
CONTAINER_BONUS: Final = 12.0
ROUNDS: Final = 2
_MARGIN_SCALE: Final = 3.0
_SINGLE: Final = 0.95
"""Confidence in a name's only sense: the gazetteer may lack the right one."""
_SURE: Final = 0.99
"""The most confidence there is in one of several."""
_SURE_MARGIN: Final = -_MARGIN_SCALE * log(2 * (1 - _SURE))
"""From here on it is that."""


def _confidence(margin: float) -> float:
    return _SURE if margin >= _SURE_MARGIN else round(min(1 - 0.5 * exp(-margin / _MARGIN_SCALE), _SURE), 3)


def _container(place: Place, regions: frozenset[Region]) -> float:
    return CONTAINER_BONUS if regions and any(inside(place, region) for region in regions) else 0.0


class Resolution:
    """The senses of all candidates that have one, resolved together."""

    def __init__(self, candidates: Sequence[Candidate], context: Mapping[str, float], year: int | None = None) -> None:
        """*context* holds the votes of nationalities and source, *year* is that of the article."""
        self.known = [candidate for candidate in candidates if candidate.meaning.senses]
        self._meanings = [candidate.meaning for candidate in self.known]
        self.regions = containers(self.known)
        self._priors: list[Sequence[float]] = [one.priors for one in self._meanings]
        self._likeliest = [one.likeliest for one in self._meanings]
        for i, one in enumerate(self._meanings):
            if one.official_until:
                self._priors[i] = priors_in(one, year)
                self._likeliest[i] = best_of(self._priors[i])
        self._base, self._first = list(self._priors), list(self._likeliest)
        for i, regions in enumerate(self.regions):
            if regions:
                held = [_container(place, regions) for place in self._meanings[i].senses]
                self._base[i] = list(map(add, self._priors[i], held))
                self._first[i] = best_of(self._base[i])
        self._round = self._settle(context)

    def _settle(self, context: Mapping[str, float]) -> Round:
        """The last round: each goes by the votes that the senses chosen before it cast."""
        weights = [damped(len(one.mentions)) * (DATELINE_FACTOR if one.in_dateline else 1.0) for one in self.known]
        chosen = self._first
        last = Round(self._meanings, self._base, chosen, weights, context)
        for _ in range(1, ROUNDS):
            before, chosen = chosen, last.best()
            if chosen == before:
                break  # the same choices would cast the same votes
            last = Round(self._meanings, self._base, chosen, weights, context)
        return last

    def weights(self, i: int) -> tuple[Weight, ...]:
        """What spoke for each sense of known candidate *i*, the chosen one first."""
        one, regions = self.known[i], self.regions[i]
        every = range(len(one.senses))
        held = [_container(place, regions) for place in one.senses]
        near = [self._round.nearness(i, k) for k in every]
        parts = zip(one.senses, self._priors[i], held, self._round.votes(i), near, strict=True)
        return tuple(sorted([Weight(*part) for part in parts], key=lambda weight: -weight.total))

    def all(self) -> tuple[Resolved, ...]:
        """The sense of every known candidate."""
        return tuple([self._resolved(i, one) for i, one in enumerate(self.known)])

    def _resolved(self, i: int, one: Candidate) -> Resolved:
        senses, regions = one.meaning.senses, self.regions[i]
        if len(senses) == 1:
            return Resolved(one, senses[0], _SINGLE, bool(regions) and _container(senses[0], regions) > 0)
        best, second, margin = self._round.two_best(i, _SURE_MARGIN)
        confidence = _confidence(margin)
        contained = bool(regions) and _container(senses[best], regions) > 0
        return Resolved(
            one, senses[best], confidence, contained, self._rival(i, best, second if margin <= CLOSE else best)
        )

    def _rival(self, i: int, best: int, close: int) -> Rival | None:
        """The sense that is the likelier one by itself, else *close*, the runner-up; *best* stands for none."""
        likeliest = self._likeliest[i]
        rival = likeliest if likeliest != best else close
        if rival == best:
            return None
        place, winner = self.known[i].senses[rival], self.known[i].senses[best]
        if place.country == winner.country and ("country" in (place.kind, winner.kind) or are_near(place, winner)):
            return None  # a capital and its country, a town and its province
        return Rival(place, self._decision(i, best, rival))

    def _decision(self, i: int, best: int, rival: int) -> str:
        """The part of the score that parts the two senses most, in words."""
        senses, votes, near = self.known[i].senses, self._round.votes(i), self._round.nearness
        held = [_container(senses[k], self.regions[i]) for k in (best, rival)]
        gains = {
            "the text says what it lies in": held[0] - held[1],
            "more of the article speaks for the other country or division": votes[best] - votes[rival],
            "other places of the article are nearer to the other": near(i, best) - near(i, rival),
            "the other is the better known": self._priors[i][best] - self._priors[i][rival],
        }
        return max(gains, key=gains.__getitem__)
