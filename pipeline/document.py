"""EnrichedArticle to index document: flat, named as in `schemas/fields.py`, ready for JSON.

Values stay readable (times are ISO 8601 in UTC with milliseconds, names keep their capitals). What is empty or holds
no word is left out, so that "has the field" means the same in every engine.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from pipeline.query.canon import to_ms
from pipeline.query.tokenize import word_spans
from pipeline.query.values import MAX_INTEGER
from schemas.article import Article
from schemas.enrichment import EnrichedArticle, Enrichment, EntityType, FigureKind, Sanctions, Toll
from schemas.fields import BY_NAME, FIGURE_KINDS
from schemas.mapping import EXTRA_DEPTH


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
        | _sanctions(found.sanctions)
        | _events(found)
        | {
            "mode": enriched.mode,
            "failures": _unique(failure.extractor for failure in found.failures),
            "pipeline": found.provenance.pipeline,
            "extra": _flattened(enriched.extra, EXTRA_DEPTH),
        }
    )
    return {name: value for name, value in values.items() if _is_kept(name, value)}


def document_version(enriched: EnrichedArticle) -> int:
    """External version of the document: `observed_at` in ms since 1970 UTC, so that a later revision wins.

    Raises:
        ValueError: `observed_at` is missing.
    """
    return to_ms(_observed(enriched))


def _is_kept(name: str, value: Any) -> bool:
    if value is None or value in ("", [], {}):
        return False
    if BY_NAME[name].type == "text":
        return any(True for _ in word_spans(value))
    if BY_NAME[name].type == "integer" and isinstance(value, int):
        return abs(value) <= MAX_INTEGER
    return True


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
        "@timestamp": _time(article.published_at or observed),
        "published_at": _time(article.published_at),
        "observed_at": _time(observed),
        "url": article.url,
        "title": article.title,
        "body": article.body,
        "summary": article.summary,
        "authors": _unique(article.authors),
        "language": article.enrichment.language or article.language,
        "source.id": article.source.id,
        "source.name": article.source.name,
        "source.domain": article.source.domain,
        "source.country": article.source.country,
        "tags": _unique(article.tags),
        "revision": article.revision,
    }


def _names(found: Enrichment) -> dict[str, Any]:
    def names(kind: EntityType) -> list[str]:
        return _unique(entity.name for entity in found.entities if entity.type == kind)

    return {
        "people": names("person"),
        "organisations": names("organisation"),
        "nationalities": _unique(entity.country for entity in found.entities if entity.type == "nationality"),
    }


def _places(found: Enrichment) -> dict[str, Any]:
    points = {(place.point.lat, place.point.lon): None for place in found.locations if place.point}
    return {
        "places": _unique(place.name for place in found.locations),
        "places.event": _unique(place.name for place in found.locations if place.role == "event"),
        "geonames_ids": list(dict.fromkeys(place.geonames_id for place in found.locations if place.geonames_id)),
        "points": [{"lat": lat, "lon": lon} for lat, lon in points],
        "countries": _unique(found.countries),
        "primary_country": found.primary_country,
    }


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


def _sanctions(found: Sanctions) -> dict[str, Any]:
    return {
        "sanctions.flagged": found.flagged,
        "sanctions.mode": found.mode,
        "sanctions.stage": found.stage,
        "sanctions.stages": _unique(mention.stage for mention in found.mentions),
        "sanctions.measures": _unique(mention.measure for mention in found.mentions),
        "sanctions.issuers": _unique(found.issuers),
        "sanctions.targets": _unique(found.targets),
        "sanctions.listed_names": _unique(match.name for match in found.list_matches),
    }


def _events(found: Enrichment) -> dict[str, Any]:
    asserted = [event for event in found.events if event.factuality == "asserted" and event.claimed_by is None]
    return {
        "events.type": _unique(event.type for event in found.events),
        "events.asserted": _unique(event.type for event in asserted),
        "events.cameo": _unique(event.cameo for event in found.events),
        "events.plover": _unique(event.plover for event in found.events),
    }


def _unique(values: Iterable[str | None]) -> list[str]:
    """In order, each once, without empty ones."""
    return list(dict.fromkeys(value for value in values if value))


def _time(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _flattened(value: Any, depth: int) -> Any:
    """The producer's own fields as a `flattened` field takes them: no deeper than *depth* (the rest becomes JSON text),
    no NUL in names, no NaN."""
    if isinstance(value, dict):
        if depth == 0:
            return json.dumps(value, ensure_ascii=False, default=str)
        return {key.replace("\0", "\ufffd"): _flattened(inner, depth - 1) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_flattened(inner, depth - 1) for inner in value] if depth else json.dumps(value, default=str)
    return None if isinstance(value, float) and not math.isfinite(value) else value
