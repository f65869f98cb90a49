"""The extractor: location entities in, locations and countries out.

entities -> mentions -> candidates (all senses) -> one sense each -> a role per mention -> locations -> countries
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pipeline.findings import Document, Findings
from pipeline.gazetteer import Place, PlaceKind, demonym
from pipeline.places.candidates import candidates
from pipeline.places.doubt import doubtful
from pipeline.places.heads import split
from pipeline.places.model import Candidate, Mention, Resolved
from pipeline.places.resolve import resolve
from pipeline.places.roles import listed_after, role_of
from pipeline.places.summary import rank
from pipeline.places.votes import context, nationalities
from pipeline.records import Values, makers
from schemas.enrichment import Location, LocationRole, Precision, Rejected

_new_locations: Final = makers(Location)
_new_rejected: Final = makers(Rejected)
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


def _roles(resolved: Sequence[Resolved]) -> Iterator[tuple[Mention, Resolved, LocationRole]]:
    """Every mention with its sense and role, in reading order."""
    order = sorted(
        ((mention, one) for one in resolved for mention in one.candidate.mentions),
        key=lambda pair: (pair[0].text.field != "title", pair[0].start),
    )
    previous: tuple[Mention, LocationRole] | None = None
    for mention, one in order:
        inherited = previous[1] if previous and listed_after(previous[0], mention) else None
        role = role_of(
            mention, one.place, one.candidate.in_dateline and _is_dateline(mention, one.candidate), inherited
        )
        yield mention, one, role
        previous = mention, role


def _is_dateline(mention: Mention, candidate: Candidate) -> bool:
    """Only the first mention in the body is the dateline; later ones are about the place."""
    return mention == next((m for m in candidate.mentions if m.text.field == "body"), None)


def _locations(resolved: Sequence[Resolved]) -> Iterator[Values]:
    grouped: dict[tuple[Place, LocationRole], list[tuple[Mention, Resolved]]] = {}
    for mention, one, role in _roles(resolved):
        grouped.setdefault((one.place, role), []).append((mention, one))
    for (place, role), members in grouped.items():
        yield {
            "name": place.name,
            "mentions": [_span(mention) for mention, _ in members],
            "geonames_id": place.geonames_id,
            "country": place.country,
            "admin1": place.admin1_name,
            "point": {"lat": place.lat, "lon": place.lon},
            "precision": _PRECISION[place.kind],
            "role": role,
            "confidence": max([one.confidence for _, one in members]),
            "rule": "places.contained" if any(one.contained for _, one in members) else "places.resolved",
        }


def _span(mention: Mention) -> Values:
    return {"start": mention.start, "end": mention.end, "field": mention.text.field}


def _rejected(candidate: Candidate, reason: str) -> Iterator[Values]:
    for mention in candidate.mentions:
        yield {"text": mention.surface, "span": _span(mention), "considered_as": "location", "reason": reason}


def _refused(candidates: Sequence[Candidate], doubted: Sequence[Resolved]) -> Iterator[Values]:
    for candidate in candidates:
        if not candidate.senses:
            yield from _rejected(candidate, _reason(candidate.mentions[0]))
    for one in doubted:
        yield from _rejected(one.candidate, "a place of this name exists, but nothing in the text speaks for it")


def _reason(mention: Mention) -> str:
    if demonym(split(mention.surface).bare):
        return "a nationality, not a place"
    return "no place of this name and kind in the gazetteer"


def find_locations(document: Document, found: Findings) -> Findings:
    """Resolve the location entities of *found* to places, and rank the countries of the article.

    Returns locations (one per place and role), countries, primary_country, and as rejected the names without a place.
    """
    every = candidates(document, found)
    people = nationalities(document)
    resolved = resolve(every, context(people, document.source_country))
    doubted = doubtful(resolved, people)
    locations = _new_locations(list(_locations([one for i, one in enumerate(resolved) if i not in doubted])))
    countries = rank(locations, people)
    return Findings(
        locations=locations,
        countries=countries,
        primary_country=countries[0] if countries else None,
        rejected=_new_rejected(list(_refused(every, [resolved[i] for i in sorted(doubted)]))),
    )
