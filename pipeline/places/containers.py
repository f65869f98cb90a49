"""What the text says a place lies in: "Paris, Texas", "Pakistan's Sindh province", "the French city of Brest"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
_CONTAINERS: Final = ("country", "admin1", "region")
_HEADS: Final = MODIFIERS | frozenset(LEVELS)
_GOVERNING: Final = _HEADS | {"of"}
"""Words between a demonym and the place that it governs: "the French city of Brest"."""


def regions_of(places: Iterable[Place]) -> frozenset[Region]:
    """The regions that a name can be."""
    return frozenset(
        Region(p.country, p.admin1 if p.kind == "admin1" else None)
        for p in places
        if p.country and p.kind in _CONTAINERS
    )


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


def _lies_in(inner: Mention, outer: Mention) -> bool:
    """Whether *outer* follows as what *inner* lies in: "Brest, the port in France"."""
    return not _INSIDE.isdisjoint(_between(inner, outer))


def _is_of(inner: Mention, outer: Mention) -> bool:
    """Whether *inner* follows as a part of *outer*: "Pakistan's Sindh province"."""
    between = _between(outer, inner)
    return bool(between) and between[0] in _OWNERS


def _pairs(candidates: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
    """Indices of an inner and an outer candidate that are linked; neighbours and next neighbours are tried."""
    named = [(mention, i) for i, candidate in enumerate(candidates) for mention in candidate.mentions]
    order = sorted(named, key=lambda pair: (pair[0].text.field, pair[0].first))
    for i, (mention, one) in enumerate(order):
        chain = mention
        for other, two in order[i + 1 : i + 3]:
            linked = _lies_in(chain, other)
            if linked:
                yield one, two
            if _is_of(other, mention):
                yield two, one
            if not linked:
                break
            chain = other


def _people(mention: Mention) -> str | None:
    """Country of a demonym that governs the mention: "the French city of Brest", "Venezuelan state of Carabobo"."""
    lowers, i = mention.text.lowers, mention.first - 1
    low = max(mention.sentence.first, i - _MOST_BETWEEN)
    while i >= low and lowers[i] in _GOVERNING:
        i -= 1
    word = mention.text.printed[i] if i >= low else ""
    return demonym(word) if word[:1].isupper() else None


def _appositive(mention: Mention) -> str | None:
    """Country of "San José, the Costa Rican capital"."""
    text, first = mention.text, mention.last
    last = min(first + 5, mention.sentence.last)
    if last - first < 3 or text.lowers[first] != "," or text.lowers[first + 1] not in ("the", "a"):
        return None
    tail = text.tokens[first:last]
    for width in (2, 1):
        if len(tail) > 2 + width and tail[2 + width].lower in _HEADS:
            country = demonym(text.raw[tail[2].start : tail[1 + width].end])
            if country:
                return country
    return None


def governed(mentions: Iterable[Mention]) -> frozenset[Region]:
    """Countries whose people's name beside a mention says what it lies in."""
    found = (_people(mention) or _appositive(mention) for mention in mentions)
    return frozenset(Region(country, None) for country in found if country)


def containers(candidates: Sequence[Candidate]) -> tuple[frozenset[Region], ...]:
    """For each candidate, the regions that the text puts it into."""
    found = [candidate.governed for candidate in candidates]
    for inner, outer in _pairs(candidates):
        regions = candidates[outer].meaning.regions
        if candidates[inner].meaning.may_be_country and any(region.admin1 is None for region in regions):
            continue  # "Lebanon, Georgia and Syria" is a list of countries, "Lebanon, Pennsylvania" is a town
        found[inner] |= regions
    return tuple(found)
