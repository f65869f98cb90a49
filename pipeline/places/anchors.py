"""Where a name lies that the gazetteer does not have there: in what the text says, or at the town of its street.

The point is then that of the division, country or town, and the precision says so; there is no GeoNames id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.gazetteer import Place
from pipeline.places.containers import containers, inside
from pipeline.places.model import Candidate, Mention, Region, Resolved
from pipeline.text.lexicon import words

_CONFIDENCE: Final = 0.5
_TOWNS: Final = frozenset({"city", "capital"})
_SITES: Final = words(
    "street avenue road square boulevard lane drive plaza bridge park stadium cathedral mosque palace tower hall court "
    "crescent close terrace arena cemetery ward market"
)
"""Heads of places inside towns."""
_NEAR: Final = 60
"""Tokens on either side in which a street's town is looked for first."""


def _outside(candidate: Candidate, regions: frozenset[Region]) -> bool:
    """Whether none of the senses lies where the text says."""
    return not any(inside(place, region) for place in candidate.meaning.senses for region in regions)


def _container(regions: frozenset[Region], resolved: Sequence[Resolved]) -> Place | None:
    """The division or country among *resolved* that *regions* say; a division before a country."""
    found = [
        one.place
        for one in resolved
        if one.place.kind in ("admin1", "country")
        and Region(one.place.country or "", one.place.admin1 if one.place.kind == "admin1" else None) in regions
    ]
    return min(found, key=lambda place: place.kind != "admin1", default=None)


def _is_site(candidate: Candidate) -> bool:
    mention = candidate.mentions[0]
    head = mention.text.lowers[mention.last - 1]
    return mention.last - mention.first > 1 and head in _SITES


def _town(candidate: Candidate, resolved: Sequence[Resolved]) -> Place | None:
    """The town that is named nearest to a street; else the one that the article names most."""
    mention = candidate.mentions[0]
    towns = [(other, one.place) for one in resolved if one.place.kind in _TOWNS for other in one.candidate.mentions]
    near = [
        (abs(other.first - mention.first), other.first, place)
        for other, place in towns
        if other.text is mention.text and abs(other.first - mention.first) <= _NEAR
    ]
    if near:
        return min(near, key=lambda one: one[:2])[2]
    counted = Counter(place for _, place in towns)
    return max(counted, key=counted.__getitem__) if counted else None


def _is_open(candidate: Candidate) -> bool:
    """Whether the text leaves it open what the name is."""
    return candidate.refusal is None and candidate.level not in ("country", "water")


def anchored(
    candidates: Sequence[Candidate], resolved: Sequence[Resolved], regions_of_known: Sequence[frozenset[Region]]
) -> Iterator[Resolved]:
    """Candidates that the gazetteer does not have where the text puts them, at what they lie in.

    *resolved*: what has been resolved of them; those that come back here again replace their former sense.
    *regions_of_known*: the containers of the candidates that have senses, among themselves.
    """
    open_ones = [i for i, one in enumerate(candidates) if one.meaning.may_lie_elsewhere and _is_open(one)]
    if not open_ones:
        return
    lying_in = regions_of_known if len(regions_of_known) == len(candidates) else containers(candidates)
    for i in open_ones:
        candidate, regions = candidates[i], lying_in[i]
        place = _container(regions, resolved) if regions and _outside(candidate, regions) else None
        if place is None and not candidate.meaning.senses and _is_site(candidate):
            town = _town(candidate, resolved)
            place = town._replace(kind="site") if town else None
        if place is not None:
            named = place._replace(name=_name(candidate.mentions[0]), geonames_id=None)
            yield Resolved(candidate, named, _CONFIDENCE, contained=bool(regions))


def with_anchors(
    candidates: Sequence[Candidate], resolved: Sequence[Resolved], regions_of_known: Sequence[frozenset[Region]]
) -> Sequence[Resolved]:
    """*resolved* with those that lie elsewhere than the gazetteer says, or that it does not have."""
    new = {id(one.candidate): one for one in anchored(candidates, resolved, regions_of_known)}
    if not new:
        return resolved
    kept = [new.pop(id(one.candidate), one) for one in resolved]
    return (*kept, *new.values())


def _name(mention: Mention) -> str:
    return " ".join(mention.surface.split())
