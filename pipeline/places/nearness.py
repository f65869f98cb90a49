"""How near places are to one another.

Distances are those on the plane that touches the earth near both points: good to a few per cent below 1,000 km.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from math import cos, exp, hypot, radians
from operator import itemgetter
from typing import Final

from pipeline.gazetteer import Place
from pipeline.places.model import Point

NEAR_WEIGHT: Final = 3.0
"""The most that nearness can say."""
NEAR_KM: Final = 150.0
_NEAR_DEGREES: Final = 5.0
"""Difference of latitude beyond which nearness no longer counts."""
_NEIGHBOURHOOD_KM: Final = 160.0
_KM_PER_DEGREE: Final = 111.2
_PINPOINTED: Final = frozenset({"city", "capital", "admin1"})
_FAR: Final = 25.0
"""Degrees beyond which nearness is nothing: less than a ten-millionth."""
_LATITUDE: Final = itemgetter(0)


def point_of(place: Place, keys: frozenset[str]) -> Point | None:
    """Where *place*, a sense of the name with *keys*, is; None when its kind has no point that would say so."""
    if place.kind not in _PINPOINTED:
        return None
    return place.lat, place.lon, cos(radians(min(abs(place.lat) + _NEAR_DEGREES / 2, 90.0))), keys


def are_near(one: Place, other: Place) -> bool:
    """Whether two places are one neighbourhood: within about 160 km, the distance that geoparsers are judged by."""
    east = abs(one.lon - other.lon) * cos(radians((one.lat + other.lat) / 2))
    return hypot(one.lat - other.lat, min(east, 360 - east)) * _KM_PER_DEGREE < _NEIGHBOURHOOD_KM


class Points:
    """Points in order of latitude, so that a place is measured to those of its latitudes only."""

    def __init__(self, points: Iterable[Point]) -> None:
        self._points = sorted(points, key=_LATITUDE)
        self._latitudes = [point[0] for point in self._points]

    def nearness(self, point: Point | None) -> float:
        """How near *point* is to the nearest one of another name: 0 to `NEAR_WEIGHT`."""
        if point is None:
            return 0.0
        lat, lon, narrowest, keys = point
        latitudes = self._latitudes
        south, north = bisect_right(latitudes, lat - _NEAR_DEGREES), bisect_left(latitudes, lat + _NEAR_DEGREES)
        if south == north:
            return 0.0
        least = _FAR
        for y, x, _, others in self._points[south:north]:
            up, east = lat - y, lon - x if lon > x else x - lon
            if east > 180:
                east = 360 - east
            # Most points cannot be nearer, and are not measured.
            if -least < up < least and east * narrowest < least and others.isdisjoint(keys):
                degrees = hypot(up, east * cos(radians((lat + y) / 2)))
                if degrees < least:
                    least = degrees
        return NEAR_WEIGHT * exp(-_KM_PER_DEGREE * least / NEAR_KM) if least < _FAR else 0.0
