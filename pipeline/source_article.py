"""Back to the article, to enrich it anew: from an enriched record, or from its index document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from schemas.article import Article
from schemas.enrichment import EnrichedArticle

_SAME: Final = (
    "id",
    "url",
    "title",
    "summary",
    "authors",
    "published_at",
    "observed_at",
    "language",
    "tags",
    "revision",
    "extra",
)


def article_of_record(enriched: EnrichedArticle) -> Article:
    """The article without what was found in it. Pure."""
    return Article.model_validate(enriched.model_dump(include=set(Article.model_fields)))


def article_of_document(body: Mapping[str, Any]) -> Article:
    """The article of an index document. Pure.

    What a document does not hold is gone: HTML, the publisher's own id (the article's id stays), and whether the
    language was stated or detected.

    Raises:
        ValidationError: the document holds no text, or was made by another version.
    """
    values = {name: body[name] for name in _SAME if name in body}
    source = {name: body[f"source.{name}"] for name in ("id", "name", "domain", "country") if f"source.{name}" in body}
    return Article.model_validate(values | {"body": body.get("body", ""), "source": source})
