"""Which countries the article is about, the most important first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from schemas.enrichment import Location, LocationRole, Span

ROLE_WEIGHT: Final[Mapping[LocationRole, float]] = {
    "event": 3.0,
    "venue": 1.0,
    "dateline": 1.0,
    "mentioned": 1.0,
    "origin": 0.7,
    "metonym": 0.7,
}
NATIONALITY_WEIGHT: Final = 0.5
LEAD_FACTOR: Final = 1.5
"""What the headline or the first sentences say is what the article is about."""
LEAD_CHARACTERS: Final = 400


def _in_lead(span: Span) -> bool:
    return span.start < LEAD_CHARACTERS or span.field == "title"


def weights(locations: Sequence[Location], nationalities: Mapping[str, int]) -> dict[str, float]:
    """Country code to its weight in the article."""
    found: dict[str, float] = {}
    for location in locations:
        if country := location.country:
            total, weight = found.get(country, 0.0), ROLE_WEIGHT[location.role]
            for span in location.mentions:
                total += weight * LEAD_FACTOR if _in_lead(span) else weight
            found[country] = total
    for country, count in nationalities.items():
        found[country] = found.get(country, 0.0) + NATIONALITY_WEIGHT * count
    return found


class Countries(NamedTuple):
    """Country codes, the most important first; equal weights by code."""

    subject: tuple[str, ...]
    """Where it happens, when the article says so of any place; else all of them."""
    mentioned: tuple[str, ...]
    """All that the article names, by a place or by the people."""


def rank(locations: Sequence[Location], nationalities: Mapping[str, int]) -> Countries:
    """The countries of an article. One that only hosts a meeting, or acts from afar, is not where it happens."""
    found = weights(locations, nationalities)
    mentioned = tuple(sorted(found, key=lambda code: (-found[code], code)))
    events = {location.country for location in locations if location.role == "event"}
    return Countries(tuple(code for code in mentioned if code in events) or mentioned, mentioned)
