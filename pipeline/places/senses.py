"""What a name can mean, whatever the article: its senses in the gazetteer, and how likely each is by itself."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from pipeline.gazetteer import Place, demonym, fold, lookup
from pipeline.names.places import is_region, strength
from pipeline.places.containers import regions_of
from pipeline.places.heads import LONGEST_REMEMBERED, Name, split
from pipeline.places.model import Level, Meaning
from pipeline.places.nearness import point_of
from pipeline.places.priors import best_of, official_until, priors_of
from pipeline.text.lexicon import words

MAX_SENSES: Final = 40
"""Senses weighed per name: the most populous of them, so that work per article is bounded."""
_TOWNS: Final = words("city admin2")
_DIVISIONS: Final = words("admin1 admin2")
_PRINTED_HEADS: Final = ("Region", "Province", "State", "Governorate", "Oblast", "Department", "County", "District")
"""Head words that the gazetteer has in the names of some divisions: "Amhara Region"."""
_MOST_PARTS: Final = 6
LONGEST_ABBREVIATION: Final = 5
SMALL: Final = 100_000
"""Inhabitants up to which a namesake elsewhere is no rival of "El Plateado, Cauca"."""
_OWN_SHARE: Final = 0.25
"""A city with at least this share of its namesake division's people is meant by the bare name: New York, not the state;
but Quebec and Oklahoma are the division."""


def _of_level(places: tuple[Place, ...], level: Level | None) -> tuple[Place, ...]:
    """The senses that a head word allows; all of them where it allows none."""
    if level == "division":
        return (
            tuple(p for p in places if p.kind in ("admin1", "admin2"))
            or tuple(p for p in places if p.kind == "region")
            or places
        )
    if level == "city":
        return tuple(p for p in places if p.kind in ("city", "capital")) or places
    if level == "water":
        return tuple(p for p in places if p.kind == "water")
    return places


def _without_namesakes(places: tuple[Place, ...], level: Level | None) -> tuple[Place, ...]:
    """Without divisions whose own city of the same name is the likelier meaning."""
    if level == "division" or _DIVISIONS.isdisjoint(place.kind for place in places):
        return places
    cities = {(p.country, p.admin1): p.population for p in reversed(places) if p.kind in ("city", "capital")}
    return tuple(
        p
        for p in places
        if p.kind not in ("admin1", "admin2") or cities.get((p.country, p.admin1), -1) < _OWN_SHARE * p.population
    )


def senses(surface: str, name: Name, level: Level | None) -> tuple[Place, ...]:
    """What *surface* can mean: the whole, else without its head word and modifiers."""
    whole = lookup(surface) or lookup(f"{surface}.")
    if level is None and demonym(name.bare) and not any(place.kind == "country" for place in whole):
        return ()
    if level == "water":
        return _of_level((*whole, *lookup(f"{name.bare} River"), *lookup(f"Lake {name.bare}")), level)[:1]
    if name.level == "site":
        return tuple(p for p in whole if p.kind in ("site", "region", "city"))
    places = _of_level(whole, level)
    if level == "division" and not _agrees(places, level):
        named = (lookup(f"{surface} {head}") for head in _PRINTED_HEADS)
        places = next((found for found in named if found and _agrees(found, level)), places)
    for shorter in (name.core,) if name.core == name.bare else (name.core, name.bare):
        if places and (level is None or _agrees(places, level)):
            break
        less = _of_level(lookup(shorter), level)
        if less and (not places or (level is not None and _agrees(less, level))):
            places = less
    if not places and level not in ("water", "division"):
        places = _of_part(name.core)
    if surface.endswith(" State") and not any(place.kind in ("admin1", "country") for place in places):
        return ()  # "Penn State" is a university
    if len(places) < 2:
        return places
    return _without_namesakes(_without_shadows(places, name), level)[:MAX_SENSES]


def _of_part(core: str) -> tuple[Place, ...]:
    """A site or quarter, by the point of the division or town that its name ends or begins with: "Far North
    Queensland", "Vancouver Art Gallery". It has no GeoNames id: that would be the town's."""
    parts = core.split()[:_MOST_PARTS]
    ends = [" ".join(parts[start:]) for start in range(1, len(parts))] if not _is_acronym(parts[-1]) else []
    begins = [" ".join(parts[:stop]) for stop in range(len(parts) - 1, 0, -1)]
    shorter = (*filter(is_region, ends), *begins, *ends)
    whole = next((lookup(part) for part in shorter if strength(part) in ("sure", "likely") and _is_own(part)), ())
    return tuple(place._replace(geonames_id=None, name=core, kind="site") for place in whole)


def _is_own(part: str) -> bool:
    """Whether the likeliest place of that name is called so itself: "Bab" is no Al Bab."""
    return is_region(part) or fold(lookup(part)[0].name).startswith(fold(part))


def _is_acronym(word: str) -> bool:
    """Whether an office rather than a town ends the name: "California DMV"."""
    return word.isupper() and len(word) <= LONGEST_ABBREVIATION


def _without_shadows(places: tuple[Place, ...], name: Name) -> tuple[Place, ...]:
    """Without towns that only share an alternate name with a capital: Islamabad is not Anantnag."""
    if not any(place.kind == "capital" for place in places):
        return places
    keys = {fold(name.core), fold(name.bare)}
    if not any(place.kind == "capital" and fold(place.name) in keys for place in places):
        return places
    return tuple(p for p in places if p.kind != "city" or any(f" {key} " in f" {fold(p.name)} " for key in keys))


def _agrees(places: Iterable[Place], level: Level) -> bool:
    """Whether the whole name is one of the kind its head word says, as "Republic of the Congo" is."""
    kinds = ("admin1", "admin2", "region", "country") if level == "division" else ("city", "capital")
    return any(place.kind in kinds for place in places)


def _keys(surface: str, name: Name) -> frozenset[str]:
    return frozenset(map(fold, {surface, name.core, name.bare}))


def _meaning(surface: str, level: Level | None) -> Meaning:
    name = split(surface)
    keys, places = _keys(surface, name), senses(surface, name, level)
    priors, kinds = priors_of(places, keys), {place.kind for place in places}
    return Meaning(
        keys,
        places,
        priors,
        best_of(priors) if priors else 0,
        official_until(places, keys),
        tuple([(place.country, place.admin1) for place in places]),
        tuple([point_of(place, keys) for place in places]),
        regions_of(places),
        "country" in kinds,
        kinds <= _TOWNS and all(place.population < SMALL for place in places),
    )


_known_meaning: Final = lru_cache(maxsize=4096)(_meaning)
"""News goes on naming the same places: what they can mean does not depend on the article."""


def meaning_of(surface: str, level: Level | None) -> Meaning:
    """What *surface* can mean where the text says that it is of *level*."""
    return _known_meaning(surface, level) if len(surface) <= LONGEST_REMEMBERED else _meaning(surface, level)
