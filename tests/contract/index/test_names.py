"""From text to search: people and bodies are found by their full names, whatever form the article prints."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from agents.index import Index, IndexDocument, SearchRequest
from pipeline.document import document_version, to_document
from pipeline.enrich import enrich
from pipeline.query import parse
from schemas.article import Article

ARTICLES = {
    "later-surname": "Marta Kowalczyk resigned on Monday. Kowalczyk had led the ministry since May.",
    "other-person": "Piotr Kowalczyk won the race on Monday. Kowalczyk is 31.",
    "by-acronym": "Aid from UNICEF reached the camp on Monday.",
    "venue": "Ministers meet in Lisbon on Monday to talk about Sudan, where soldiers killed ten people in Khartoum.",
}


def _document(id: str, body: str) -> IndexDocument:
    article = Article(id=id, body=body, observed_at=datetime(2026, 3, 1, tzinfo=UTC))
    enriched = enrich(article)
    return IndexDocument(id=id, version=document_version(enriched), body=to_document(enriched))


@pytest.mark.parametrize(
    ("query", "finds"),
    [
        ('entities.name:"Marta Kowalczyk"', ["later-surname"]),
        ('people:"piotr kowalczyk"', ["other-person"]),
        ('entities.name:"United Nations Children\'s Fund"', ["by-acronym"]),
        ("countries:PT", []),
        ("countries.mentioned:PT AND countries:SD", ["venue"]),
    ],
)
async def test_an_article_is_found_by_full_names_and_by_where_it_happens(
    index: Index, query: str, finds: list[str]
) -> None:
    await index.write([_document(id, body) for id, body in ARTICLES.items()])
    result = await index.search(SearchRequest(query=parse(query)))
    assert [hit.id for hit in result.hits] == finds
