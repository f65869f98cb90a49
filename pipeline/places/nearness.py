"""How near places are to one another.

Distances are those on the plane that touches the earth near both points: good to a few per cent below 1,000 km.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, exp, hypot, radians
from typing import Final

from pipeline.gazetteer import Place

NEAR_WEIGHT: Final = 3.0
"""The most that nearness can say."""
NEAR_KM: Final = 150.0
_NEAR_DEGREES: Final = 5.0
"""Difference of latitude beyond which nearness no longer counts."""
_NEIGHBOURHOOD_KM: Final = 160.0
_KM_PER_DEGREE: Final = 111.2
_PINPOINTED: Final = frozenset({"city", "capital", "admin1"})

Point = tuple[float, float]
"""Latitude and longitude, decimal degrees."""


def is_pinpointed(place: Place) -> bool:
    """Whether it is of a kind whose point says where it is."""
    return place.kind in _PINPOINTED


def are_near(one: Place, other: Place) -> bool:
    """Whether two places are one neighbourhood: within about 160 km, the distance that geoparsers are judged by."""
    east = abs(one.lon - other.lon) * cos(radians((one.lat + other.lat) / 2))
    return hypot(one.lat - other.lat, min(east, 360 - east)) * _KM_PER_DEGREE < _NEIGHBOURHOOD_KM


def nearness(place: Place, others: Sequence[Point]) -> float:
    """How near *place* is to the nearest of *others*: 0 to `NEAR_WEIGHT`."""
    if place.kind not in _PINPOINTED:
        return 0.0
    lat, lon = place.lat, place.lon
    south, north = lat - _NEAR_DEGREES, lat + _NEAR_DEGREES
    degrees = [
        hypot(lat - y, min(abs(lon - x), 360 - abs(lon - x)) * cos(radians((lat + y) / 2)))
        for y, x in others
        if south < y < north
    ]
    return NEAR_WEIGHT * exp(-_KM_PER_DEGREE * min(degrees) / NEAR_KM) if degrees else 0.0
