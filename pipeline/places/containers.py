"""What the text says a place lies in: "Paris, Texas", "Pakistan's Sindh province", "the French city of Brest"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from pipeline.gazetteer import Place, demonym
from pipeline.places.heads import LEVELS, MODIFIERS
from pipeline.places.model import Candidate, Mention
from pipeline.text import Text
from pipeline.text.lexicon import words

_LINKS: Final = (
    words(
        ", ( in of on the 's ’s s capital second third largest biggest main coastal port seat border country's old near"
    )
    | MODIFIERS
    | frozenset(LEVELS)
)
_NEARNESS: Final = words("near off outside")
_MOST_BETWEEN: Final = 6
_CONTAINERS: Final = ("country", "admin1", "region")


class Region(NamedTuple):
    """A country, or a first-level division of it."""

    country: str
    admin1: str | None


def regions_of(places: Sequence[Place]) -> frozenset[Region]:
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


def _linked(inner: Mention, outer: Mention) -> bool:
    """Whether only linking words stand between two mentions of a sentence, one of them a comma, "in", "of" or "'s"."""
    if inner.text is not outer.text or inner.sentence != outer.sentence:
        return False
    first, second = (inner, outer) if inner.first < outer.first else (outer, inner)
    between = inner.text.tokens[first.last : second.first]
    if not between or len(between) > _MOST_BETWEEN:
        return False
    lower = [token.lower for token in between]
    if any(word in _NEARNESS for word in lower):
        return False
    if inner.first > outer.first:  # "Pakistan's Sindh province"
        return lower[0] in ("'s", "’s", "'") and all(word in _LINKS for word in lower)
    return all(word in _LINKS for word in lower) and any(word in (",", "(", "in", "of") for word in lower)


def _pairs(candidates: Sequence[Candidate]) -> Iterator[tuple[int, int]]:
    """Indices of an inner and an outer candidate that are linked; neighbours and next neighbours are tried."""
    order = sorted(
        ((mention, i) for i, candidate in enumerate(candidates) for mention in candidate.mentions),
        key=lambda pair: (pair[0].text.field, pair[0].first),
    )
    for i, (mention, one) in enumerate(order):
        chain = mention
        for other, two in order[i + 1 : i + 3]:
            if _linked(chain, other) and chain.last <= other.first:
                yield one, two
            if _linked(other, mention):
                yield two, one
            if not _linked(chain, other):
                break
            chain = other


def _people(text: Text, mention: Mention) -> str | None:
    """Country of a demonym that governs the mention: "the French city of Brest", "Venezuelan state of Carabobo"."""
    i = mention.first - 1
    low = max(text.sentences[mention.sentence].first, i - _MOST_BETWEEN)
    while i >= low and (
        text.tokens[i].lower in LEVELS or text.tokens[i].lower in MODIFIERS or text.tokens[i].lower == "of"
    ):
        i -= 1
    if i < low or not text.tokens[i].is_capitalised:
        return None
    return demonym(text.tokens[i].text)


def _appositive(text: Text, mention: Mention) -> str | None:
    """Country of "San José, the Costa Rican capital"."""
    tail = text.tokens[mention.last : min(mention.last + 5, text.sentences[mention.sentence].last)]
    if len(tail) < 3 or tail[0].text != "," or tail[1].lower not in ("the", "a"):
        return None
    for width in (2, 1):
        if len(tail) > 2 + width and tail[2 + width].lower in LEVELS | dict.fromkeys(MODIFIERS):
            country = demonym(text.raw[tail[2].start : tail[1 + width].end])
            if country:
                return country
    return None


def containers(candidates: Sequence[Candidate]) -> tuple[frozenset[Region], ...]:
    """For each candidate, the regions that the text puts it into."""
    found: list[set[Region]] = [set() for _ in candidates]
    for inner, outer in _pairs(candidates):
        regions = regions_of(candidates[outer].senses)
        if any(p.kind == "country" for p in candidates[inner].senses):
            # "Lebanon, Georgia and Syria" is a list of countries, "Lebanon, Pennsylvania" is a town
            regions = frozenset() if any(r.admin1 is None for r in regions) else regions
        found[inner] |= regions
    for i, candidate in enumerate(candidates):
        for mention in candidate.mentions:
            country = _people(mention.text, mention) or _appositive(mention.text, mention)
            if country:
                found[i].add(Region(country, None))
    return tuple(frozenset(regions) for regions in found)
