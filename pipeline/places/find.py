"""The extractor: location entities in, locations and countries out.

entities -> mentions -> candidates (all senses) -> one sense each -> a role per mention -> locations -> countries
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import compress, islice
from operator import itemgetter, not_
from typing import Any, Final, NamedTuple

from pipeline.findings import Document, Findings
from pipeline.gazetteer import Place, PlaceKind, demonym, former_name, was_renamed
from pipeline.places.anchors import with_anchors
from pipeline.places.candidates import candidates
from pipeline.places.doubt import doubtful
from pipeline.places.heads import split
from pipeline.places.model import Candidate, Mention, Resolved
from pipeline.places.resolve import Resolution
from pipeline.places.roles import listed_after, role_of
from pipeline.places.summary import rank
from pipeline.places.votes import context, nationalities
from pipeline.records import Values, maker, makers
from schemas.enrichment import Location, LocationRole, Point, Precision, Rejected

_new_locations: Final = makers(Location)
_new_rejected: Final = makers(Rejected)
_new_point: Final = maker(Point)
_PRECISION: Final[Mapping[PlaceKind, Precision]] = {
    "country": "country",
    "admin1": "admin1",
    "admin2": "region",
    "capital": "city",
    "city": "city",
    "region": "region",
    "water": "region",
    "site": "site",
}

_START: Final = itemgetter(0)
_MOST_LOST: Final = 30
"""Lost senses kept with the record: bounded for lists of towns."""


@lru_cache(maxsize=4096)
def _point(lat: float, lon: float) -> Point:
    return _new_point({"lat": lat, "lon": lon})


def _roles(resolved: Sequence[Resolved]) -> Iterator[tuple[Mention, Resolved, LocationRole]]:
    """Every mention with its sense and role, in reading order."""
    order = [(mention.start, mention, one) for one in resolved for mention in one.candidate.mentions]
    order.sort(key=_START)
    titles = [mention.text.field == "title" for _, mention, _ in order]
    previous: Mention | None = None
    role: LocationRole | None = None
    for _, mention, one in (*compress(order, titles), *compress(order, map(not_, titles))):
        inherited = role if previous and listed_after(previous, mention) else None
        role = role_of(
            mention, one.place, one.candidate.in_dateline and _is_dateline(mention, one.candidate), inherited
        )
        yield mention, one, role
        previous = mention


def _is_dateline(mention: Mention, candidate: Candidate) -> bool:
    """Only the first mention in the body is the dateline; later ones are about the place."""
    return mention is next((m for m in candidate.mentions if m.text.field == "body"), None)


def _locations(resolved: Sequence[Resolved]) -> list[Values]:
    """The values of a location per place and role, in reading order."""
    found: dict[tuple[Place, LocationRole], dict[str, Any]] = {}
    for mention, one, role in _roles(resolved):
        place = one.place
        values = found.get((place, role))
        if values is None:
            values = found[place, role] = _location(place, role)
        values["mentions"].append(mention.span)
        if one.confidence > values["confidence"]:
            values["confidence"] = one.confidence
        if one.contained:
            values["rule"] = "places.contained"
        if values["former_name"] is None and was_renamed(place):
            values["former_name"] = _former(mention, place)
    return list(found.values())


def _location(place: Place, role: LocationRole) -> dict[str, Any]:
    geonames_id, name, country, _, admin1, kind, _, lat, lon = place
    return {
        "name": name,
        "mentions": [],
        "geonames_id": geonames_id,
        "country": country,
        "admin1": admin1,
        "point": _point(lat, lon),
        "precision": _PRECISION[kind],
        "role": role,
        "confidence": 0.0,
        "rule": "places.resolved",
        "former_name": None,
    }


def _former(mention: Mention, place: Place) -> str | None:
    """The former name of *place* that *mention* prints, with its years."""
    former = former_name(split(mention.surface).core, place)
    return f"{former.name} ({former.years})" if former else None


def _rejected(mentions: Sequence[Mention], reason: str, winner: str | None = None) -> Iterator[Values]:
    for mention in mentions:
        yield {
            "text": mention.surface,
            "span": mention.span,
            "considered_as": "location",
            "reason": reason,
            "winner": winner,
        }


def shown(place: Place) -> str:
    """ "Brest, Brittany, FR"."""
    parts = (place.name, place.admin1_name if place.kind != "admin1" else None, place.country)
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _refused(candidates: Sequence[Candidate], doubted: Sequence[Resolved]) -> Iterator[Values]:
    for candidate in candidates:
        if not candidate.meaning.senses:
            yield from _rejected(candidate.mentions, candidate.refusal or _reason(candidate.mentions[0]))
    for one in doubted:
        yield from _rejected(
            one.candidate.mentions, "a place of this name exists, but nothing in the text speaks for it"
        )


def _lost(resolved: Sequence[Resolved]) -> Iterator[Values]:
    """The likely senses that lost, each at the first mention of its name."""
    for one in resolved:
        if one.rival:
            reason = f"not {shown(one.rival.place)}: {one.rival.because}"
            yield from _rejected(one.candidate.mentions[:1], reason, shown(one.place))


def _reason(mention: Mention) -> str:
    if demonym(split(mention.surface).bare):
        return "a nationality, not a place"
    return "no place of this name and kind in the gazetteer"


class Read(NamedTuple):
    """An article with its names weighed: what `find_locations` decides by."""

    candidates: tuple[Candidate, ...]
    people: Mapping[str, int]
    """Country code to how often its people are named."""
    resolution: Resolution


def read_places(document: Document, found: Findings) -> Read:
    """The candidates of an article and their joint resolution."""
    every, people = candidates(document, found), nationalities(document)
    year = document.published_at.year if document.published_at else None
    return Read(every, people, Resolution(every, context(people, document.source_country), year))


def find_locations(document: Document, found: Findings) -> Findings:
    """Resolve the location entities of *found* to places, and rank the countries of the article.

    Returns locations (one per place and role), the countries, and as rejected the names without a place, those that
    nothing supports, and the likely senses that lost.
    """
    every, people, resolution = read_places(document, found)
    resolved = with_anchors(every, resolution.all(), resolution.regions)
    doubted = doubtful(resolved, people)
    kept = [one for i, one in enumerate(resolved) if i not in doubted]
    locations = _new_locations(_locations(kept))
    countries = rank(locations, people)
    anchored = {id(one.candidate) for one in kept}
    open_ones = [one for one in every if id(one) not in anchored]
    refused = [*_refused(open_ones, [resolved[i] for i in sorted(doubted)]), *islice(_lost(kept), _MOST_LOST)]
    return Findings(
        locations=locations,
        countries=countries.subject,
        primary_country=countries.subject[0] if countries.subject else None,
        mentioned_countries=countries.mentioned,
        rejected=_new_rejected(refused),
    )
