"""EnrichedArticle to index document: flat, named as in `schemas/fields.py`, ready for JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from pipeline.document_fields import MADE
from pipeline.document_values import iso_time, kept
from pipeline.query.canon import to_ms
from schemas.article import Article
from schemas.collections import ARTICLES
from schemas.enrichment import EnrichedArticle

PIPELINES: Final = 10_000
"""Pipeline versions that a document's version tells apart: with it, times up to the year 9999 still fit 63 bits."""
_MINORS: Final = 100
_PIPELINE: Final = re.compile(r"(\d{1,2})(?:\.(\d{1,2}))?")


def to_document(enriched: EnrichedArticle) -> dict[str, Any]:
    """The index document of an article. Pure: the same article gives the same document.

    Raises:
        ValueError: `id` or `observed_at` is missing; the enricher fills both.
    """
    check_identity(enriched)
    return part_of_document(enriched, MADE)


def part_of_document(enriched: EnrichedArticle, names: Iterable[str]) -> dict[str, Any]:
    """Those fields of the article's document that *names* tells, in their order; only what they are made of is read."""
    values = ((name, MADE[name].make(enriched)) for name in names)
    return kept(ARTICLES, {name: iso_time(one) if isinstance(one, datetime) else one for name, one in values})


def check_identity(enriched: EnrichedArticle) -> None:
    """Raises: ValueError when `id` or `observed_at` is missing."""
    if enriched.id is None:
        raise ValueError("an enriched article has an id; this one has none")
    _observed(enriched)


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
