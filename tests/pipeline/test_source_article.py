"""From the enriched record, or from its document, back to the article."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from pipeline.document import to_document
from pipeline.source_article import article_of_document, article_of_record
from schemas.article import Article
from schemas.enrichment import EnrichedArticle

FULL = json.loads((Path(__file__).parents[1] / "data/index/full_article.json").read_text("utf-8"))
ENRICHED = EnrichedArticle.model_validate(FULL)
ARTICLE = Article.model_validate({name: value for name, value in FULL.items() if name not in ("enrichment", "mode")})


def test_the_record_gives_back_the_whole_article() -> None:
    assert article_of_record(ENRICHED) == ARTICLE


def test_the_document_gives_back_what_it_holds() -> None:
    found = article_of_document(to_document(ENRICHED))
    gone = {"html": None, "guid": None, "language": found.language}
    assert found == ARTICLE.model_copy(update=gone)
    assert found.observed_at == ENRICHED.observed_at


def test_a_document_without_text_gives_no_article() -> None:
    with pytest.raises(ValidationError, match="title or a body"):
        article_of_document({"id": "a1", "@timestamp": "2026-03-01T00:00:00Z"})
