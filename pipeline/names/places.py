"""What the gazetteer says about a run of capitals: is it a place, and how surely."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal

from pipeline import gazetteer
from pipeline.names import lexicon
from pipeline.names.words import FORMER_PLACES

Strength = Literal["sure", "likely", "weak"]

_LIKELY_CITY: Final = 100_000
"""Inhabitants from which a city needs no preposition before it; below, too many persons and things share its name."""
_WELL_KNOWN: Final = frozenset({"country", "capital", "region"})
_MAX_LENGTH: Final = 60


@lru_cache(maxsize=32768)
def strength(name: str) -> Strength | None:
    """How surely *name*, as printed, is a place by the gazetteer alone; None when it knows no such place."""
    if len(name) > _MAX_LENGTH:
        return None
    if name.lower() in FORMER_PLACES:
        return "sure"
    senses = gazetteer.lookup(name)
    if not senses:
        return None
    lower = name.lower()
    flags = lexicon.flags(lower)
    if any(place.kind in _WELL_KNOWN for place in senses):
        return "likely" if flags & (lexicon.COMMON | lexicon.NEVER) else "sure"
    biggest = max(place.population for place in senses)
    if flags & (lexicon.NEVER | lexicon.ETHNIC | lexicon.ORG_HEAD | lexicon.PLACE_HEAD | lexicon.TITLE):
        return None
    if flags & lexicon.COMMON:
        return "weak" if biggest >= _LIKELY_CITY else None
    person_like = flags & (lexicon.GIVEN | lexicon.SURNAME)
    if " " in name:
        return "likely"
    if person_like:
        return (
            "likely"
            if biggest >= 5 * _LIKELY_CITY or (senses[0].kind == "admin1" and not flags & lexicon.GIVEN)
            else "weak"
        )
    if any(place.kind in {"admin1", "water"} for place in senses) or biggest >= _LIKELY_CITY:
        return "likely"
    return "weak"


@lru_cache(maxsize=4096)
def country_of(name: str) -> str | None:
    """ISO code when *name* is a country's; None otherwise."""
    return next((place.country for place in gazetteer.lookup(name) if place.kind == "country"), None)


@lru_cache(maxsize=4096)
def is_water(name: str) -> bool:
    """Whether *name* is that of a river or sea: "the Nile"."""
    return any(place.kind == "water" for place in gazetteer.lookup(name))


@lru_cache(maxsize=4096)
def is_articled(name: str) -> bool:
    """Whether the article belongs to *name* for the gazetteer too: "The Hague", "The Bronx"."""
    return any(place.name.startswith("The ") for place in gazetteer.lookup(name))


@lru_cache(maxsize=4096)
def is_region(name: str) -> bool:
    """Whether *name* can be a country or a first-level division: "Texas", "N.C."."""
    return any(place.kind in ("country", "admin1") for place in gazetteer.lookup(name) or gazetteer.lookup(f"{name}."))


_MAJOR: Final = 50_000
"""Inhabitants from which a town's name of several words is hardly ever anything else."""


@lru_cache(maxsize=4096)
def is_major(name: str) -> bool:
    """Whether *name* is a country, a division, a region, water, or a town of some size."""
    return any(place.kind not in ("city", "admin2") or place.population >= _MAJOR for place in gazetteer.lookup(name))


@lru_cache(maxsize=4096)
def countries_of(name: str) -> frozenset[str]:
    """Countries of the likeliest places that *name* can be."""
    return frozenset(place.country for place in gazetteer.lookup(name)[:3] if place.country)
