"""What the names of an article say for the countries and divisions of one another.

A name does not vote for itself: "Brest" alone would else prefer the country that has two of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import log
from typing import Final

from pipeline.gazetteer import Place
from pipeline.places.model import Division

COUNTRY_WEIGHT: Final = 3.0
DIVISION_WEIGHT: Final = 2.0
COUNTRY_CAP: Final = 5.0
"""Votes beyond these say no more: much talk of Britain does not move Washington there."""
DIVISION_CAP: Final = 3.0


def _for_country(votes: float) -> float:
    return COUNTRY_WEIGHT * log(1 + min(max(votes, 0.0), COUNTRY_CAP))


def _for_division(votes: float) -> float:
    return DIVISION_WEIGHT * log(1 + min(max(votes, 0.0), DIVISION_CAP))


class Ballot:
    """Votes for countries and divisions; every voter's own vote can be taken out again."""

    def __init__(self, votes: Iterable[tuple[Place, float]], context: Mapping[str, float]) -> None:
        """*votes*: the place that each voter is for, and with what weight; *context*: votes of no voter."""
        self._own = [((place.country, place.admin1), weight) for place, weight in votes]
        countries, divisions = dict(context), dict[Division, float]()
        for division, weight in self._own:
            code, admin1 = division
            if code:
                countries[code] = countries.get(code, 0.0) + weight
                if admin1:
                    divisions[division] = divisions.get(division, 0.0) + weight
        self._countries, self._divisions = countries, divisions
        self._country_scores: dict[str | None, float] = {code: _for_country(n) for code, n in countries.items()}
        self._division_scores = {division: _for_division(n) for division, n in divisions.items()}

    def scores(self, voter: int, divisions: Sequence[Division]) -> list[float]:
        """What the others' votes say for each of *divisions*."""
        home, weight = self._own[voter]
        code, admin1 = home
        own = _for_country(self._countries[code] - weight) if code else 0.0
        own_division = _for_division(self._divisions[home] - weight) if code and admin1 else 0.0
        countries, scores = self._country_scores, self._division_scores
        return [
            (own if division[0] == code else countries.get(division[0], 0.0))
            + (own_division if division == home else scores.get(division, 0.0))
            for division in divisions
        ]
