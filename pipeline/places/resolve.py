"""Resolve all names of an article together: one sense each, and each name is evidence for the others.

    score = prior (population, kind, own name) + container + votes for its country and division + nearness to the others

A name does not vote for itself: "Brest" alone would else prefer the country that has two of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import cos, exp, hypot, log, radians
from typing import Final

from pipeline.gazetteer import Place, fold
from pipeline.places.containers import Region, containers, inside
from pipeline.places.model import Candidate, Resolved
from pipeline.places.votes import DATELINE_FACTOR, damped

LEVEL_BONUS: Final[Mapping[str, float]] = {
    "country": 4.0,
    "capital": 2.5,
    "admin1": 0.0,
    "admin2": 11.0,  # without population: as much as a town of 60,000
    "city": 0.0,
    "region": 19.0,  # hand-picked, without population: as much as a capital of eight million
    "water": 18.0,
    "site": 16.0,
}
ALTERNATE_MALUS: Final = 3.0
"""A sense that is found by an alternate name, not by the name the gazetteer prints."""
CONTAINER_BONUS: Final = 12.0
COUNTRY_WEIGHT: Final = 3.0
DIVISION_WEIGHT: Final = 2.0
COUNTRY_CAP: Final = 5.0
"""Votes beyond these say no more: much talk of Britain does not move Washington there."""
DIVISION_CAP: Final = 3.0
NEAR_WEIGHT: Final = 3.0
NEAR_KM: Final = 150.0
ROUNDS: Final = 2
MAX_POINTS: Final = 50
"""Places that nearness is measured to: the first of the article, so that a list of all cities costs no more."""
_NEAR_DEGREES: Final = 5.0
"""Difference of latitude beyond which nearness no longer counts."""
_KM_PER_DEGREE: Final = 111.2
_PINPOINTED: Final = frozenset({"city", "capital", "admin1"})
"""Kinds of places whose point says where they are."""
_MARGIN_SCALE: Final = 3.0
_SINGLE: Final = 0.95
"""Confidence in a name's only sense: the gazetteer may lack the right one."""


def prior(place: Place, keys: frozenset[str]) -> float:
    """How likely a name means *place* when nothing else is known."""
    own = place.kind in ("country", "region", "water", "site") or _names(fold(place.name), keys)
    return log(1 + place.population) + LEVEL_BONUS[place.kind] - (0.0 if own else ALTERNATE_MALUS)


def _names(printed: str, keys: frozenset[str]) -> bool:
    """Whether a key is the printed name or whole words of it: "Frankfurt" of "Frankfurt am Main"."""
    padded = f" {printed} "
    return any(f" {key} " in padded for key in keys)


def _weight(candidate: Candidate) -> float:
    return damped(len(candidate.mentions)) * (DATELINE_FACTOR if candidate.in_dateline else 1.0)


class _Ballot:
    """Votes for countries and divisions; every name's own vote can be taken out again."""

    def __init__(self, context: Mapping[str, float]) -> None:
        self._countries = dict(context)
        self._divisions: dict[tuple[str, str], float] = {}
        self._own: dict[int, tuple[Place, float]] = {}

    def cast(self, voter: int, place: Place, weight: float) -> None:
        if place.country:
            self._own[voter] = place, weight
            self._countries[place.country] = self._countries.get(place.country, 0.0) + weight
            if place.admin1:
                division = place.country, place.admin1
                self._divisions[division] = self._divisions.get(division, 0.0) + weight

    def scores(self, voter: int, places: Sequence[Place]) -> list[float]:
        """What the other names' votes say for each of *places*; most of them share a division."""
        own, weight = self._own.get(voter, (None, 0.0))
        home = (own.country, own.admin1) if own is not None else (None, None)
        counted: dict[tuple[str | None, str | None], float] = {}
        found = []
        for place in places:
            division = place.country, place.admin1
            score = counted.get(division)
            if score is None:
                score = counted[division] = self._score(place.country, place.admin1, home, weight)
            found.append(score)
        return found

    def _score(self, code: str | None, admin1: str | None, home: tuple[str | None, str | None], weight: float) -> float:
        if not code:
            return 0.0
        country = self._countries.get(code, 0.0) - (weight if code == home[0] else 0.0)
        total = COUNTRY_WEIGHT * log(1 + min(max(country, 0.0), COUNTRY_CAP))
        if admin1:
            division = self._divisions.get((code, admin1), 0.0) - (weight if (code, admin1) == home else 0.0)
            total += DIVISION_WEIGHT * log(1 + min(max(division, 0.0), DIVISION_CAP))
        return total


def _nearness(place: Place, others: Sequence[tuple[float, float]]) -> float:
    """How near *place* is to the nearest of the points (latitude, longitude) of *others*.

    The distance is that on the plane that touches the earth near both: good to a few per cent below 1,000 km.
    """
    if place.kind not in _PINPOINTED:
        return 0.0
    lat, lon = place.lat, place.lon
    nearest = min(  # no call per pair: names with forty senses make thousands of pairs
        [
            hypot(lat - north, min(abs(lon - east), 360 - abs(lon - east)) * cos(radians((lat + north) / 2)))
            for north, east in others
            if -_NEAR_DEGREES < lat - north < _NEAR_DEGREES
        ],
        default=None,
    )
    return NEAR_WEIGHT * exp(-_KM_PER_DEGREE * nearest / NEAR_KM) if nearest is not None else 0.0


def _base(candidate: Candidate, regions: frozenset[Region]) -> list[float]:
    return [
        prior(place, candidate.keys) + (CONTAINER_BONUS if any(inside(place, r) for r in regions) else 0.0)
        for place in candidate.senses
    ]


def _best(scores: Sequence[float]) -> int:
    return max(range(len(scores)), key=scores.__getitem__)


def resolve(candidates: Sequence[Candidate], context: Mapping[str, float]) -> tuple[Resolved, ...]:
    """The sense of every candidate that has one; *context* holds the votes of nationalities and source."""
    known = [candidate for candidate in candidates if candidate.senses]
    regions = containers(known)
    base = [_base(candidate, region) for candidate, region in zip(known, regions, strict=True)]
    scores, before = base, list[int]()
    for _ in range(ROUNDS):
        best = [_best(score) for score in scores]
        if best == before:
            break  # the same choices would cast the same votes
        chosen = [candidate.senses[i] for candidate, i in zip(known, best, strict=True)]
        scores, before = _rescore(known, base, chosen, context), best
    return tuple(
        _resolved(candidate, score, region) for candidate, score, region in zip(known, scores, regions, strict=True)
    )


def _rescore(
    known: Sequence[Candidate], base: Sequence[list[float]], chosen: Sequence[Place], context: Mapping[str, float]
) -> list[list[float]]:
    ballot = _Ballot(context)
    for i, (candidate, place) in enumerate(zip(known, chosen, strict=True)):
        ballot.cast(i, place, _weight(candidate))
    points = [(i, place) for i, place in enumerate(chosen) if place.kind in _PINPOINTED][:MAX_POINTS]
    scores = []
    for i, candidate in enumerate(known):
        if len(candidate.senses) == 1:
            scores.append(base[i])
            continue
        others = [(p.lat, p.lon) for j, p in points if j != i and known[j].keys.isdisjoint(candidate.keys)]
        scores.append(
            [
                start + votes + _nearness(place, others)
                for start, votes, place in zip(
                    base[i], ballot.scores(i, candidate.senses), candidate.senses, strict=True
                )
            ]
        )
    return scores


def _resolved(candidate: Candidate, scores: Sequence[float], regions: frozenset[Region]) -> Resolved:
    best = _best(scores)
    place = candidate.senses[best]
    rest = [score for i, score in enumerate(scores) if i != best]
    margin = 1 - 0.5 * exp(-(scores[best] - max(rest)) / _MARGIN_SCALE) if rest else _SINGLE
    return Resolved(candidate, place, round(min(margin, 0.99), 3), any(inside(place, r) for r in regions))
