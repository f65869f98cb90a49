"""EnrichedArticle to index document: flat, named as in `schemas/fields.py`, ready for JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from pipeline.document_values import flattened, iso_time, kept, unique
from pipeline.query.canon import to_ms
from schemas.article import Article
from schemas.collections import ARTICLES
from schemas.enrichment import (
    EnrichedArticle,
    Enrichment,
    EntityType,
    FigureKind,
    ListMatch,
    Location,
    Rejected,
    Sanctions,
    Toll,
)
from schemas.fields import FIGURE_KINDS

PIPELINES: Final = 10_000
"""Pipeline versions that a document's version tells apart: with it, times up to the year 9999 still fit 63 bits."""
_MINORS: Final = 100
MAX_REFUSED: Final = 500
"""Refused numbers indexed per article; a table has more."""
_PIPELINE: Final = re.compile(r"(\d{1,2})(?:\.(\d{1,2}))?")


def to_document(enriched: EnrichedArticle) -> dict[str, Any]:
    """The index document of an article. Pure: the same article gives the same document.

    Raises:
        ValueError: `id` or `observed_at` is missing; the enricher fills both.
    """
    found = enriched.enrichment
    values = (
        _article(enriched)
        | _names(found)
        | _places(found)
        | _toll(found.toll)
        | _refused(found.rejected)
        | _sanctions(found.sanctions)
        | _lists(found.sanctions.list_matches)
        | _events(found)
        | {
            "mode": enriched.mode,
            "failures": unique(failure.extractor for failure in found.failures),
            "pipeline": found.provenance.pipeline,
            "extra": flattened(enriched.extra),
        }
    )
    return kept(ARTICLES, values)


def document_version(enriched: EnrichedArticle) -> int:
    """External version of the document: a later observation wins, and of one observation the later pipeline.

    So a revision replaces what was found before, an article that is enriched anew by a later pipeline replaces itself,
    and a replay by the same pipeline changes nothing.

    Raises:
        ValueError: `observed_at` is missing.
    """
    return to_ms(_observed(enriched)) * PIPELINES + pipeline_rank(enriched.enrichment.provenance.pipeline)


def pipeline_rank(version: str) -> int:
    """Place of a pipeline version (`major.minor`) among all, 0 to `PIPELINES` - 1; 0 for what is no such version."""
    found = _PIPELINE.fullmatch(version)
    return int(found[1]) * _MINORS + int(found[2] or 0) if found else 0


def _observed(article: Article) -> datetime:
    if article.observed_at is None:
        raise ValueError("an enriched article has an observed_at; this one has none")
    return article.observed_at


def _article(article: EnrichedArticle) -> dict[str, Any]:
    if article.id is None:
        raise ValueError("an enriched article has an id; this one has none")
    observed = _observed(article)
    return {
        "id": article.id,
        "@timestamp": iso_time(article.published_at or observed),
        "published_at": iso_time(article.published_at),
        "observed_at": iso_time(observed),
        "url": article.url,
        "title": article.title,
        "body": article.body,
        "summary": article.summary,
        "authors": unique(article.authors),
        "language": article.enrichment.language or article.language,
        "source.id": article.source.id,
        "source.name": article.source.name,
        "source.domain": article.source.domain,
        "source.country": article.source.country,
        "tags": unique(article.tags),
        "revision": article.revision,
    }


def _names(found: Enrichment) -> dict[str, Any]:
    def names(kind: EntityType) -> list[str]:
        return unique(entity.name for entity in found.entities if entity.type == kind)

    return {
        "entities.name": unique((*names("person"), *names("organisation"))),
        "people": names("person"),
        "organisations": names("organisation"),
        "nationalities": unique(entity.country for entity in found.entities if entity.type == "nationality"),
    }


def _places(found: Enrichment) -> dict[str, Any]:
    events = [place for place in found.locations if place.role == "event"]
    return {
        "places": unique(place.name for place in found.locations),
        "places.event": unique(place.name for place in events),
        "geonames_ids": list(dict.fromkeys(place.geonames_id for place in found.locations if place.geonames_id)),
        "points": _points(found.locations),
        "points.event": _points(events),
        "countries": unique(found.countries),
        "countries.mentioned": unique(found.mentioned_countries),
        "primary_country": found.primary_country,
    }


def _points(places: Iterable[Location]) -> list[dict[str, float]]:
    points = {(place.point.lat, place.point.lon): None for place in places if place.point}
    return [{"lat": lat, "lon": lon} for lat, lon in points]


def _toll(toll: dict[FigureKind, Toll]) -> dict[str, Any]:
    reported = {kind: toll[kind] for kind in FIGURE_KINDS if kind in toll and toll[kind].status != "not_reported"}
    values: dict[str, Any] = {"figures.kind": list(reported)}
    for kind, one in reported.items():
        values |= {
            f"toll.{kind}.best": one.best,
            f"toll.{kind}.low": one.low,
            f"toll.{kind}.high": one.high,
            f"toll.{kind}.status": one.status,
            f"toll.{kind}.disputed": one.disputed,
        }
    return values


def _refused(rejected: Iterable[Rejected]) -> dict[str, Any]:
    numbers = [item for item in rejected if item.considered_as == "figure"][:MAX_REFUSED]
    return {
        "figures.refused": unique(item.text for item in numbers),
        "figures.refused_why": unique(item.reason for item in numbers),
    }


def _sanctions(found: Sanctions) -> dict[str, Any]:
    return {
        "sanctions.flagged": found.flagged,
        "sanctions.mode": found.mode,
        "sanctions.stage": found.stage,
        "sanctions.stages": unique(mention.stage for mention in found.mentions),
        "sanctions.measures": unique(mention.measure for mention in found.mentions),
        "sanctions.issuers": unique(found.issuers),
        "sanctions.targets": unique(found.targets),
        "sanctions.listed_names": unique(match.name for match in found.list_matches if match.allowed is None),
    }


def _lists(matches: tuple[ListMatch, ...]) -> dict[str, Any]:
    """Matches that were decided not to be meant are kept apart: nothing alerts on them."""
    meant = [match for match in matches if match.allowed is None]
    return {
        "lists.matches.name": unique(match.name for match in meant),
        "lists.matches.list": unique(match.list for match in meant),
        "lists.matches.entry": unique(f"{match.list}/{match.entry_id}" for match in meant),
        "lists.matches.score": max((match.score for match in meant), default=None),
        "lists.matches.why": "\n".join(
            unique(f"{match.name} ({match.list} {match.entry_id}, {match.snapshot}): {match.why}" for match in meant)
        ),
        "lists.allowed": unique(f"{match.list}/{match.entry_id}" for match in matches if match.allowed is not None),
    }


def _events(found: Enrichment) -> dict[str, Any]:
    asserted = [event for event in found.events if event.factuality == "asserted" and event.claimed_by is None]
    return {
        "events.type": unique(event.type for event in found.events),
        "events.asserted": unique(event.type for event in asserted),
        "events.cameo": unique(event.cameo for event in found.events),
        "events.plover": unique(event.plover for event in found.events),
    }
