"""The view of an article, made of the record itself: what `view(to_document(article))` gives, with less work."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Any

from pipeline.document_fields import MADE
from pipeline.document_values import is_held
from pipeline.query.view import View, view_of
from schemas.enrichment import EnrichedArticle
from schemas.fields import BY_NAME, Field


class ArticleViews:
    """Makes views with some of the document's fields."""

    def __init__(self, fields: Set[str]) -> None:
        """
        Args:
            fields: names of the fields that queries look at; the others are not in the views.
        """
        asked = [name for name in MADE if name in fields and BY_NAME[name].searchable]
        self._made = tuple((BY_NAME[name], MADE[name].make) for name in asked)

    def view(self, article: EnrichedArticle, now: int | None = None) -> View:
        """
        Args:
            now: what `now` means in the queries that are tried on it, ms since 1970 UTC.

        Raises:
            DocumentError: a value is none that an index takes.
        """
        return view_of(self._values(article), now)

    def _values(self, article: EnrichedArticle) -> Iterator[tuple[Field, Any]]:
        for field, make in self._made:
            value = make(article)
            if is_held(field.type, value):
                yield field, value
