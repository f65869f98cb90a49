"""What is left out to save work changes nothing: the same numbers as when everything is measured."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, exp, hypot, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.gazetteer import Place
from pipeline.places.model import Meaning, Point
from pipeline.places.nearness import Points, point_of
from pipeline.places.rounds import Round

Spot = tuple[float, float]

SPOTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180)) | st.tuples(st.floats(48, 52), st.floats(0, 6))
SCORES = st.floats(0, 30).map(lambda score: round(score, 1))
COUNTRIES = st.sampled_from(["FR", "BY", "US", None])


def _place(spot: Spot, country: str | None = None) -> Place:
    return Place(None, "", country, None, None, "city", 0, *spot)


def _point(spot: Spot, name: str) -> Point | None:
    return point_of(_place(spot), frozenset({name}))


def _nearness(spot: Spot, others: Sequence[Spot]) -> float:
    """By the book: the nearest of all that are within five degrees of latitude."""
    lat, lon = spot
    degrees = [
        hypot(lat - y, min(abs(lon - x), 360 - abs(lon - x)) * cos(radians((lat + y) / 2)))
        for y, x in others
        if abs(lat - y) < 5
    ]
    return 3.0 * exp(-111.2 * min(degrees) / 150) if degrees else 0.0


@given(SPOTS, st.lists(SPOTS, max_size=8), st.lists(SPOTS, max_size=3))
def test_nearness_is_that_to_the_nearest_place_of_another_name(
    spot: Spot, others: list[Spot], namesakes: list[Spot]
) -> None:
    named = [_point(other, "other") for other in others] + [_point(other, "own") for other in namesakes]
    found = Points([point for point in named if point]).nearness(_point(spot, "own"))
    assert found == pytest.approx(_nearness(spot, others), abs=1e-6)


def test_a_country_is_near_to_nothing() -> None:
    country = _place((46.0, 2.0))._replace(kind="country")
    assert point_of(country, frozenset({"france"})) is None
    assert Points([(46.0, 2.0, 0.6, frozenset({"x"}))]).nearness(None) == 0.0


SENSES = st.lists(st.tuples(SPOTS, COUNTRIES, SCORES), min_size=2, max_size=6)


def _meaning(name: str, senses: list[tuple[Spot, str | None, float]]) -> Meaning:
    keys = frozenset({name})
    places = tuple(_place(spot, country) for spot, country, _ in senses)
    return Meaning(
        keys=keys,
        senses=places,
        divisions=tuple((place.country, place.admin1) for place in places),
        points=tuple(point_of(place, keys) for place in places),
    )


@given(st.lists(SENSES, min_size=1, max_size=4))
def test_the_two_best_senses_are_those_of_all_scores(names: list[list[tuple[Spot, str | None, float]]]) -> None:
    meanings = [_meaning(str(i), senses) for i, senses in enumerate(names)]
    base = [[score for _, _, score in senses] for senses in names]
    found = Round(meanings, base, [0] * len(names), [1.0] * len(names), {"FR": 1.0})
    for i, scores in enumerate(base):
        votes = found.votes(i)
        ranked = sorted((-(score + votes[k]) - found.nearness(i, k), k) for k, score in enumerate(scores))
        (first, best), (second, runner_up), *_ = ranked
        assert found.two_best(i, 100.0) == (best, runner_up, second - first)
        assert found.best()[i] == best
        _, _, apart = found.two_best(i, 5.0)
        assert apart == second - first or min(apart, second - first) >= 5.0
