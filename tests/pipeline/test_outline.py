"""The outline of an article gives the document of the whole."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from agents.bench.corpus import articles
from pipeline.document import to_document
from pipeline.enrich import enrich
from pipeline.outline import outline_of, read_outline
from schemas.article import Article


@pytest.mark.parametrize("article", list(articles(3, words=400)), ids=lambda article: article.id)
def test_document_of_the_outline_is_that_of_the_article(article: Article) -> None:
    enriched = enrich(article)
    found = enriched.enrichment
    assert found.entities and found.locations and found.figures and found.events and found.sanctions.mentions
    assert to_document(read_outline(enriched.model_dump_json().encode())) == to_document(enriched)


@pytest.mark.parametrize("fields", [{"title"}, {"people", "toll.killed.best"}, {"places.event"}, {"events.type", "id"}])
def test_fields_asked_for_are_those_of_the_whole_article(fields: set[str]) -> None:
    enriched = enrich(next(articles(1, words=400)))
    whole, asked = (
        to_document(enriched),
        to_document(read_outline(enriched.model_dump_json().encode(), outline_of(fields))),
    )
    assert {name: asked.get(name) for name in fields} == {name: whole.get(name) for name in fields}
    assert whole.items() >= asked.items()
    assert len(asked) < len(whole)


def test_every_field_of_the_registry_is_right_when_it_alone_is_asked_for() -> None:
    enriched = enrich(next(articles(1, words=600)))
    raw, whole = enriched.model_dump_json().encode(), to_document(enriched)
    for name in whole:
        assert to_document(read_outline(raw, outline_of({name}))).get(name) == whole[name], name


def test_what_the_document_needs_is_checked() -> None:
    with pytest.raises(ValidationError):
        read_outline(b'{"id": "a", "enrichment": {"provenance": {"pipeline": "1"}, "countries": 7}}')
    with pytest.raises(ValidationError):
        read_outline(b'{"id": "a", "body": "No enrichment."}')
