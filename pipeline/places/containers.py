"""What the text says a place lies in: "Paris, Texas", "Pakistan's Sindh province", "the French city of Brest"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Final

from pipeline.gazetteer import Place, demonym
from pipeline.places.heads import LEVELS, MODIFIERS
from pipeline.places.model import Candidate, Mention, Region
from pipeline.text.lexicon import words

_LINKS: Final = (
    words(", ( in of on the 's ’s s capital second third largest biggest main coastal port seat border country's old")
    | MODIFIERS
    | frozenset(LEVELS)
)
"""Words between a place and what it lies in. With "near", "off" and "outside" it lies beside it."""
_INSIDE: Final = words(", ( in of")
_OWNERS: Final = words("'s ’s '")
_MOST_BETWEEN: Final = 6
_CONTAINERS: Final = words("country admin1 region")
_NOWHERE: Final = frozenset[Region]()
_FIRST: Final = itemgetter(0)
_HEADS: Final = MODIFIERS | frozenset(LEVELS)
_GOVERNING: Final = _HEADS | {"of"}
"""Words between a demonym and the place that it governs: "the French city of Brest"."""


def regions_of(places: Iterable[Place]) -> frozenset[Region]:
    """The regions that a name can be."""
    containers = [p for p in places if p.kind in _CONTAINERS and p.country]
    if not containers:
        return _NOWHERE
    return frozenset(Region(p.country or "", p.admin1 if p.kind == "admin1" else None) for p in containers)


def inside(place: Place, region: Region) -> bool:
    """Whether *place* is a part of *region*, and not the region itself."""
    if place.kind == "country" or place.country != region.country:
        return False
    return region.admin1 is None or (place.kind != "admin1" and place.admin1 == region.admin1)


def _between(first: Mention, second: Mention) -> tuple[str, ...]:
    """The words between two mentions of a sentence; none when they do not link the two."""
    if not 0 < second.first - first.last <= _MOST_BETWEEN:
        return ()
    if first.text is not second.text or first.sentence != second.sentence:
        return ()
    found = first.text.lowers[first.last : second.first]
    return found if _LINKS.issuperset(found) else ()


def _lies_in(words: Sequence[str]) -> bool:
    """Whether *words* stand between a place and what it lies in: "Brest, the port in France"."""
    return not _INSIDE.isdisjoint(words)


def _are_of(words: Sequence[str]) -> bool:
    """Whether *words* stand between a place and a part of it: "Pakistan's Sindh province"."""
    return bool(words) and words[0] in _OWNERS


def _pairs(candidates: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
    """Indices of an inner and an outer candidate that are linked; neighbours and next neighbours are tried."""
    named = [(mention.first, i, mention) for i, candidate in enumerate(candidates) for mention in candidate.mentions]
    named.sort(key=_FIRST)
    for field in ("body", "title"):
        order = [(i, mention) for _, i, mention in named if mention.text.field == field]
        for n, ((_, mention), (_, other)) in enumerate(pairwise(order)):
            if 0 < other.first - mention.last <= _MOST_BETWEEN and (words := _between(mention, other)):
                yield from _linked(order[n : n + 3], words)


def _linked(order: Sequence[tuple[int, Mention]], words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The pairs that the first of *order* makes with the other one or two; *words*: what links it to the second."""
    (one, mention), (two, other) = order[:2]
    if _are_of(words):
        yield two, one
    if _lies_in(words):
        yield one, two
        for three, third in order[2:]:
            if _lies_in(_between(other, third)):
                yield one, three
            if _are_of(_between(mention, third)):
                yield three, one


def _people(mention: Mention) -> str | None:
    """Country of a demonym that governs the mention: "the French city of Brest", "Venezuelan state of Carabobo"."""
    lowers, i = mention.text.lowers, mention.first - 1
    low = mention.sentence.first
    if i >= low and lowers[i] in _GOVERNING:
        low = max(low, i - _MOST_BETWEEN)
        while i >= low and lowers[i] in _GOVERNING:
            i -= 1
    return demonym(mention.text.printed[i]) if i >= low else None


def _appositive(mention: Mention) -> str | None:
    """Country of "San José, the Costa Rican capital"; a comma follows the mention."""
    text, first, last = mention.text, mention.last, mention.sentence.last
    if last - first < 3 or text.lowers[first + 1] not in ("the", "a"):
        return None
    last = min(first + 5, last)
    tail = text.tokens[first:last]
    for width in (2, 1):
        if len(tail) > 2 + width and tail[2 + width].lower in _HEADS:
            country = demonym(text.raw[tail[2].start : tail[1 + width].end])
            if country:
                return country
    return None


def governed(mentions: Iterable[Mention]) -> frozenset[Region]:
    """Countries whose people's name beside a mention says what it lies in."""
    found: list[Region] = []
    for mention in mentions:
        text, before, after = mention.text, mention.first - 1, mention.last
        lowers = text.lowers
        country = None
        if before >= 0 and (lowers[before] in _GOVERNING or lowers[before] != text.printed[before]):
            country = _people(mention)
        if country is None and after < len(lowers) and lowers[after] == ",":
            country = _appositive(mention)
        if country is not None:
            found.append(Region(country, None))
    return frozenset(found) if found else _NOWHERE


def containers(candidates: Sequence[Candidate]) -> tuple[frozenset[Region], ...]:
    """For each candidate, the regions that the text puts it into."""
    found = [candidate.governed for candidate in candidates]
    for inner, outer in _pairs(candidates):
        regions = candidates[outer].meaning.regions
        if candidates[inner].meaning.may_be_country and any(region.admin1 is None for region in regions):
            continue  # "Lebanon, Georgia and Syria" is a list of countries, "Lebanon, Pennsylvania" is a town
        found[inner] |= regions
    return tuple(found)
