"""What each field of an article's index document holds, and which parts of the article that is made from.

The one definition: whole documents, documents with a few fields, and the views that rules are tried on are made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, Final, Literal

from pipeline.document_values import flattened, unique
from schemas.enrichment import EnrichedArticle, EntityType, Event, FigureKind, ListMatch, Location, Rejected, Toll
from schemas.fields import FIGURE_KINDS

MAX_REFUSED: Final = 500
"""Refused numbers indexed per article; a table has more."""

Make = Callable[[EnrichedArticle], Any]


@dataclass(frozen=True, slots=True)
class Made:
    """How a field is made."""

    reads: tuple[str, ...]
    """Paths of the record's parts that `make` looks at, as `pipeline.structs.parts_of` takes them."""
    make: Make
    """The value; None, an empty text or an empty list when the article has none. A time is a `datetime`."""


def _is(path: str) -> Made:
    return Made((path,), attrgetter(path))


def _each(path: str) -> Made:
    values: Callable[[EnrichedArticle], Iterable[str | None]] = attrgetter(path)
    return Made((path,), lambda article: unique(values(article)))


def _below(path: str, *names: str) -> tuple[str, ...]:
    return tuple(f"{path}.{name}" for name in names)


def _names(*kinds: EntityType) -> Made:
    def names(article: EnrichedArticle) -> list[str]:
        entities = article.enrichment.entities
        return unique(entity.name for kind in kinds for entity in entities if entity.type == kind)

    return Made(_below("enrichment.entities", "type", "name"), names)


def _nationalities(article: EnrichedArticle) -> list[str]:
    return unique(entity.country for entity in article.enrichment.entities if entity.type == "nationality")


def _places(find: Callable[[Iterable[Location]], Any], *names: str, at: Literal["event"] | None = None) -> Made:
    def made(article: EnrichedArticle) -> Any:
        places = article.enrichment.locations
        return find(places) if at is None else find(place for place in places if place.role == at)

    return Made(_below("enrichment.locations", *names, *(("role",) if at else ())), made)


def _place_names(places: Iterable[Location]) -> list[str]:
    return unique(place.name for place in places)


def _geonames_ids(places: Iterable[Location]) -> list[int]:
    return list(dict.fromkeys(place.geonames_id for place in places if place.geonames_id))


def _points(places: Iterable[Location]) -> list[dict[str, float]]:
    points = {(place.point.lat, place.point.lon): None for place in places if place.point}
    return [{"lat": lat, "lon": lon} for lat, lon in points]


def _reported(article: EnrichedArticle, kind: FigureKind) -> Toll | None:
    toll = article.enrichment.toll.get(kind)
    return None if toll is None or toll.status == "not_reported" else toll


def _reported_kinds(article: EnrichedArticle) -> list[str]:
    return [kind for kind in FIGURE_KINDS if _reported(article, kind)]


def _toll(kind: FigureKind, name: str) -> Made:
    def value(article: EnrichedArticle) -> Any:
        toll = _reported(article, kind)
        return None if toll is None else getattr(toll, name)

    return Made(_below("enrichment.toll", "status", name), value)


def _perpetrators(article: EnrichedArticle) -> list[str]:
    return unique(one.perpetrator.name for one in article.enrichment.figures if one.perpetrator is not None)


def _refused(name: str) -> Made:
    value: Callable[[Rejected], str] = attrgetter(name)

    def values(article: EnrichedArticle) -> list[str]:
        numbers = [item for item in article.enrichment.rejected if item.considered_as == "figure"]
        return unique(value(item) for item in numbers[:MAX_REFUSED])

    return Made(_below("enrichment.rejected", "considered_as", name), values)


def _mentioned(name: str) -> Made:
    value: Callable[[Any], str] = attrgetter(name)
    return Made(
        _below("enrichment.sanctions.mentions", name),
        lambda article: unique(value(mention) for mention in article.enrichment.sanctions.mentions),
    )


def _meant(article: EnrichedArticle) -> list[ListMatch]:
    """Matches that were decided not to be meant are kept apart: nothing alerts on them."""
    return [match for match in article.enrichment.sanctions.list_matches if match.allowed is None]


def _matched(value: Callable[[ListMatch], str], *names: str) -> Made:
    return Made(
        _below("enrichment.sanctions.list_matches", "allowed", *names),
        lambda article: unique(value(match) for match in _meant(article)),
    )


def entry_of(match: ListMatch) -> str:
    """The entry that *match* is with, whatever its list: the field `lists.matches.entry`."""
    return f"{match.list}/{match.entry_id}"


def _best_score(article: EnrichedArticle) -> float | None:
    return max((match.score for match in _meant(article)), default=None)


def _whys(article: EnrichedArticle) -> str:
    meant = _meant(article)
    return "\n".join(unique(f"{one.name} ({one.list} {one.entry_id}, {one.snapshot}): {one.why}" for one in meant))


def _allowed(article: EnrichedArticle) -> list[str]:
    return unique(entry_of(one) for one in article.enrichment.sanctions.list_matches if one.allowed is not None)


def _events(name: str) -> Made:
    value: Callable[[Event], str | None] = attrgetter(name)
    return Made(
        _below("enrichment.events", name), lambda article: unique(value(event) for event in article.enrichment.events)
    )


def _asserted(article: EnrichedArticle) -> list[str]:
    events = article.enrichment.events
    return unique(event.type for event in events if event.factuality == "asserted" and event.claimed_by is None)


def _language(article: EnrichedArticle) -> str | None:
    return article.enrichment.language or article.language


def _timestamp(article: EnrichedArticle) -> datetime | None:
    return article.published_at or article.observed_at


_MATCHES: Final = "enrichment.sanctions.list_matches"
_TOLL_VALUES: Final = ("best", "low", "high", "status", "disputed")

MADE: Final[dict[str, Made]] = {
    "id": _is("id"),
    "@timestamp": Made(("published_at", "observed_at"), _timestamp),
    "published_at": _is("published_at"),
    "observed_at": _is("observed_at"),
    "url": _is("url"),
    "title": _is("title"),
    "body": _is("body"),
    "summary": _is("summary"),
    "authors": _each("authors"),
    "language": Made(("enrichment.language", "language"), _language),
    "source.id": _is("source.id"),
    "source.name": _is("source.name"),
    "source.domain": _is("source.domain"),
    "source.country": _is("source.country"),
    "tags": _each("tags"),
    "revision": _is("revision"),
    "entities.name": _names("person", "organisation"),
    "people": _names("person"),
    "organisations": _names("organisation"),
    "nationalities": Made(_below("enrichment.entities", "type", "country"), _nationalities),
    "places": _places(_place_names, "name"),
    "places.event": _places(_place_names, "name", at="event"),
    "geonames_ids": _places(_geonames_ids, "geonames_id"),
    "points": _places(_points, "point"),
    "points.event": _places(_points, "point", at="event"),
    "countries": _each("enrichment.countries"),
    "countries.mentioned": _each("enrichment.mentioned_countries"),
    "primary_country": _is("enrichment.primary_country"),
    "figures.kind": Made(("enrichment.toll.status",), _reported_kinds),
    "figures.perpetrators": Made(("enrichment.figures.perpetrator.name",), _perpetrators),
    **{f"toll.{kind}.{name}": _toll(kind, name) for kind in FIGURE_KINDS for name in _TOLL_VALUES},
    "figures.refused": _refused("text"),
    "figures.refused_why": _refused("reason"),
    "sanctions.flagged": _is("enrichment.sanctions.flagged"),
    "sanctions.mode": _is("enrichment.sanctions.mode"),
    "sanctions.stage": _is("enrichment.sanctions.stage"),
    "sanctions.stages": _mentioned("stage"),
    "sanctions.measures": _mentioned("measure"),
    "sanctions.issuers": _each("enrichment.sanctions.issuers"),
    "sanctions.targets": _each("enrichment.sanctions.targets"),
    "sanctions.listed_names": _matched(attrgetter("name"), "name"),
    "lists.matches.name": _matched(attrgetter("name"), "name"),
    "lists.matches.list": _matched(attrgetter("list"), "list"),
    "lists.matches.entry": _matched(entry_of, "list", "entry_id"),
    "lists.matches.score": Made(_below(_MATCHES, "allowed", "score"), _best_score),
    "lists.matches.why": Made(_below(_MATCHES, "allowed", "name", "list", "entry_id", "snapshot", "why"), _whys),
    "lists.allowed": Made(_below(_MATCHES, "allowed", "list", "entry_id"), _allowed),
    "events.type": _events("type"),
    "events.asserted": Made(_below("enrichment.events", "type", "factuality", "claimed_by"), _asserted),
    "events.cameo": _events("cameo"),
    "events.plover": _events("plover"),
    "mode": _is("mode"),
    "failures": Made(
        ("enrichment.failures.extractor",),
        lambda article: unique(failure.extractor for failure in article.enrichment.failures),
    ),
    "pipeline": _is("enrichment.provenance.pipeline"),
    "extra": Made(("extra",), lambda article: flattened(article.extra)),
}
"""Every field of the registry, in the order of the document."""
