"""How likely a name means each of its senses when nothing else is known: population, kind, and whether it is its own
name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from math import log
from typing import Final

from pipeline.gazetteer import Place, fold, former_name, was_renamed
from pipeline.places.model import Meaning
from pipeline.text.lexicon import words

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
_OWN_KINDS: Final = words("country region water site")
GRACE_YEARS: Final = 5
"""Years that newsrooms go on with a former name."""


def _is_own_name(place: Place, keys: Set[str]) -> bool:
    """Whether a key is the printed name or whole words of it: "Frankfurt" of "Frankfurt am Main"."""
    if place.kind in _OWN_KINDS:
        return True
    name = fold(place.name)
    if name in keys:
        return True
    padded = f" {name} "
    return any(f" {key} " in padded for key in keys)


def best_of(scores: Sequence[float]) -> int:
    """Index of the highest score, the first of equal ones."""
    return scores.index(max(scores))


def priors_of(senses: Iterable[Place], keys: Set[str]) -> tuple[float, ...]:
    """The prior of each sense, in nats of inhabitants."""
    return tuple(
        [
            log(1 + place.population)
            + LEVEL_BONUS[place.kind]
            - (0.0 if _is_own_name(place, keys) else ALTERNATE_MALUS)
            for place in senses
        ]
    )


def official_until(senses: Sequence[Place], keys: Set[str]) -> tuple[tuple[int, int], ...]:
    """Index of each sense whose former name a key is, and the last year in which it was official."""
    found = []
    for i, place in enumerate(senses):
        if not was_renamed(place):
            continue
        former = [name.until for key in keys if (name := former_name(key, place))]
        if former and not _is_own_name(place, keys):
            found.append((i, min(former)))
    return tuple(found)


def priors_in(meaning: Meaning, year: int | None) -> Sequence[float]:
    """The prior of each sense in an article of *year*; of an undated article, by the names that are official today."""
    gone = [i for i, until in meaning.official_until if year is None or year > until + GRACE_YEARS]
    if not gone:
        return meaning.priors
    return [prior - BYGONE_MALUS if i in gone else prior for i, prior in enumerate(meaning.priors)]
