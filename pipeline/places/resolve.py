"""Resolve all names of an article together: one sense each, and each name is evidence for the others.

    score = prior (population, kind, own name) + container + votes for its country and division + nearness to the others

A name does not vote for itself: "Brest" alone would else prefer the country that has two of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import cos, exp, hypot, log, radians
from typing import Final

from pipeline.gazetteer import FormerName, Place, fold, former_name
from pipeline.places.containers import Region, containers, inside
from pipeline.places.model import Candidate, Resolved, Rival, Weight
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
BYGONE_MALUS: Final = 4.0
"""On top for a name that was official once: today's Salisbury is in England, not in Zimbabwe."""
GRACE_YEARS: Final = 5
"""Years that newsrooms go on with a former name."""
CLOSE: Final = 3.0
"""A runner-up within this margin is named as the loser."""
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
_NEIGHBOURHOOD_KM: Final = 160.0
_KM_PER_DEGREE: Final = 111.2
_PINPOINTED: Final = frozenset({"city", "capital", "admin1"})
"""Kinds of places whose point says where they are."""
_MARGIN_SCALE: Final = 3.0
_SINGLE: Final = 0.95
"""Confidence in a name's only sense: the gazetteer may lack the right one."""


def prior(place: Place, keys: frozenset[str], year: int | None = None) -> float:
    """How likely a name means *place* in an article of *year* when nothing else is known."""
    own = place.kind in ("country", "region", "water", "site") or _names(fold(place.name), keys)
    malus = 0.0 if own else ALTERNATE_MALUS
    if not own and any(_is_bygone(former_name(key, place), year) for key in keys):
        malus += BYGONE_MALUS
    return log(1 + place.population) + LEVEL_BONUS[place.kind] - malus


def _is_bygone(former: FormerName | None, year: int | None) -> bool:
    """Whether a name was no longer official in *year*; of an undated article, whether it is not today."""
    return former is not None and (year is None or year > former.until + GRACE_YEARS)


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


def _are_near(one: Place, other: Place) -> bool:
    """Whether two places are one neighbourhood: within about 160 km, the distance that geoparsers are judged by."""
    east = abs(one.lon - other.lon) * cos(radians((one.lat + other.lat) / 2))
    return hypot(one.lat - other.lat, min(east, 360 - east)) * _KM_PER_DEGREE < _NEIGHBOURHOOD_KM


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


def _container(place: Place, regions: frozenset[Region]) -> float:
    return CONTAINER_BONUS if regions and any(inside(place, region) for region in regions) else 0.0


def _best(scores: Sequence[float]) -> int:
    return max(range(len(scores)), key=scores.__getitem__)


class _Round:
    """One round of the resolution: the senses chosen before it cast their votes."""

    def __init__(self, known: Sequence[Candidate], chosen: Sequence[Place], context: Mapping[str, float]) -> None:
        self._known = known
        self._ballot = _Ballot(context)
        for i, (candidate, place) in enumerate(zip(known, chosen, strict=True)):
            self._ballot.cast(i, place, _weight(candidate))
        self._known_votes: dict[int, list[float]] = {}
        self._known_nearness: dict[int, list[float]] = {}
        self._points = [(i, place) for i, place in enumerate(chosen) if place.kind in _PINPOINTED][:MAX_POINTS]

    def votes(self, i: int) -> list[float]:
        if i not in self._known_votes:
            self._known_votes[i] = self._ballot.scores(i, self._known[i].senses)
        return self._known_votes[i]

    def nearness(self, i: int) -> list[float]:
        if i not in self._known_nearness:
            self._known_nearness[i] = self._nearness(i)
        return self._known_nearness[i]

    def _nearness(self, i: int) -> list[float]:
        keys = self._known[i].keys
        others = [(p.lat, p.lon) for j, p in self._points if j != i and self._known[j].keys.isdisjoint(keys)]
        return [_nearness(place, others) for place in self._known[i].senses]

    def scores(self, i: int, base: Sequence[float]) -> list[float]:
        """The scores of the senses of candidate *i*; of a single one the base, since it needs no comparison."""
        if len(base) == 1:
            return list(base)
        return [sum(parts) for parts in zip(base, self.votes(i), self.nearness(i), strict=True)]


class Resolution:
    """The senses of all candidates that have one, resolved together."""

    def __init__(self, candidates: Sequence[Candidate], context: Mapping[str, float], year: int | None = None) -> None:
        """*context* holds the votes of nationalities and source, *year* is that of the article."""
        self.known = [candidate for candidate in candidates if candidate.senses]
        self.regions = containers(self.known)
        self._priors = [[prior(place, one.keys, year) for place in one.senses] for one in self.known]
        self._base = [
            [start + _container(place, regions) for start, place in zip(priors, one.senses, strict=True)]
            for priors, one, regions in zip(self._priors, self.known, self.regions, strict=True)
        ]
        self._scores, self._round = self._settle(context)

    def _settle(self, context: Mapping[str, float]) -> tuple[list[list[float]], _Round]:
        scores, before = self._base, list[int]()
        last = _Round((), (), {})
        for _ in range(ROUNDS):
            best = [_best(score) for score in scores]
            if best == before:
                break  # the same choices would cast the same votes
            chosen = [candidate.senses[i] for candidate, i in zip(self.known, best, strict=True)]
            last, before = _Round(self.known, chosen, context), best
            scores = [last.scores(i, base) for i, base in enumerate(self._base)]
        return scores, last

    def weights(self, i: int) -> tuple[Weight, ...]:
        """What spoke for each sense of known candidate *i*, the chosen one first."""
        one, regions = self.known[i], self.regions[i]
        held = [_container(place, regions) for place in one.senses]
        parts = zip(one.senses, self._priors[i], held, self._round.votes(i), self._round.nearness(i), strict=True)
        order = sorted(range(len(one.senses)), key=lambda k: -self._scores[i][k])
        listed = [Weight(*part) for part in parts]
        return tuple(listed[k] for k in order)

    def all(self) -> tuple[Resolved, ...]:
        """The sense of every known candidate."""
        return tuple(self._resolved(i) for i in range(len(self.known)))

    def _resolved(self, i: int) -> Resolved:
        one, scores = self.known[i], self._scores[i]
        best = _best(scores)
        rest = [score for k, score in enumerate(scores) if k != best]
        margin = 1 - 0.5 * exp(-(scores[best] - max(rest)) / _MARGIN_SCALE) if rest else _SINGLE
        contained = _container(one.senses[best], self.regions[i]) > 0
        return Resolved(one, one.senses[best], round(min(margin, 0.99), 3), contained, self._rival(i, best))

    def _rival(self, i: int, best: int) -> Rival | None:
        """The sense that is the likelier one by itself, else the runner-up when it is close."""
        one, scores = self.known[i], self._scores[i]
        if len(scores) == 1:
            return None
        rival = _best(self._priors[i])
        if rival == best:
            rival = max((k for k in range(len(scores)) if k != best), key=scores.__getitem__)
            if scores[best] - scores[rival] > CLOSE:
                return None
        place, winner = one.senses[rival], one.senses[best]
        if place.country == winner.country and ("country" in (place.kind, winner.kind) or _are_near(place, winner)):
            return None  # a capital and its country, a town and its province
        return Rival(place, self._decision(i, best, rival))

    def _decision(self, i: int, best: int, rival: int) -> str:
        """The part of the score that parts the two senses most, in words."""
        one = self.known[i]
        votes, nearness = self._round.votes(i), self._round.nearness(i)
        held = [_container(one.senses[k], self.regions[i]) for k in (best, rival)]
        gains = {
            "the text says what it lies in": held[0] - held[1],
            "more of the article speaks for the other country or division": votes[best] - votes[rival],
            "other places of the article are nearer to the other": nearness[best] - nearness[rival],
            "the other is the better known": self._priors[i][best] - self._priors[i][rival],
        }
        return max(gains, key=gains.__getitem__)
