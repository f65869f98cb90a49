"""What the names of an article say for the countries and divisions of one another.

A name does not vote for itself: "Brest" alone would else prefer the country that has two of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log
from typing import Final

from pipeline.places.model import Division

COUNTRY_WEIGHT: Final = 3.0
DIVISION_WEIGHT: Final = 2.0
COUNTRY_CAP: Final = 5.0
"""Votes beyond these say no more: much talk of Britain does not move Washington there."""
DIVISION_CAP: Final = 3.0
_MOST_FOR_COUNTRY: Final = COUNTRY_WEIGHT * log(1 + COUNTRY_CAP)
_MOST_FOR_DIVISION: Final = DIVISION_WEIGHT * log(1 + DIVISION_CAP)


def _for_country(votes: float) -> float:
    if votes <= 0.0:
        return 0.0
    return COUNTRY_WEIGHT * log(1 + votes) if votes < COUNTRY_CAP else _MOST_FOR_COUNTRY


def _for_division(votes: float) -> float:
    if votes <= 0.0:
        return 0.0
    return DIVISION_WEIGHT * log(1 + votes) if votes < DIVISION_CAP else _MOST_FOR_DIVISION


class Ballot:
    """Votes for countries and divisions; every voter's own vote can be taken out again."""

    def __init__(self, homes: Sequence[Division], weights: Sequence[float], context: Mapping[str, float]) -> None:
        """*homes*: the country and division that each voter is for, with *weights*; *context*: votes of no voter."""
        self._homes, self._weights = homes, weights
        countries, divisions = dict(context), dict[Division, float]()
        for division, weight in zip(homes, weights, strict=True):
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
        home, weight = self._homes[voter], self._weights[voter]
        code, admin1 = home
        own = _for_country(self._countries[code] - weight) if code else 0.0
        own_division = _for_division(self._divisions[home] - weight) if code and admin1 else 0.0
        of_country, of_division = self._country_scores.get, self._division_scores.get
        return [
            (own if division[0] == code else of_country(division[0], 0.0))
            + (own_division if division == home else of_division(division, 0.0))
            for division in divisions
        ]
