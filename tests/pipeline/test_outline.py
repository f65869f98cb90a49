"""The outline of an article gives the document of the whole."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from agents.bench.corpus import articles
from pipeline.document import to_document
from pipeline.enrich import enrich
from pipeline.outline import read_outline
from schemas.article import Article


@pytest.mark.parametrize("article", list(articles(3, words=400)), ids=lambda article: article.id)
def test_document_of_the_outline_is_that_of_the_article(article: Article) -> None:
    enriched = enrich(article)
    found = enriched.enrichment
    assert found.entities and found.locations and found.figures and found.events and found.sanctions.mentions
    assert to_document(read_outline(enriched.model_dump_json().encode())) == to_document(enriched)


def test_what_the_document_needs_is_checked() -> None:
    with pytest.raises(ValidationError):
        read_outline(b'{"id": "a", "enrichment": {"provenance": {"pipeline": "1"}, "countries": 7}}')
    with pytest.raises(ValidationError):
        read_outline(b'{"id": "a", "body": "No enrichment."}')
