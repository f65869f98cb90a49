"""Figures are found by the query language, from the text to the document."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipeline.document import to_document
from pipeline.enrich import enrich
from pipeline.query import compile_predicate, parse, view
from schemas.article import Article

NOW = datetime(2026, 3, 4, tzinfo=UTC)
KHARTOUM = (
    "KHARTOUM, Sudan — At least 12 weavers were killed and 30 wounded when a shell hit the market, officials said."
)
CALM = "KHARTOUM, Sudan — No casualties were reported when a shell hit the empty market in Khartoum."
RAID = "KHARTOUM, Sudan — Gunmen raided the market in Khartoum and killed 12 weavers, officials said."
SHOW = "KHARTOUM, Sudan — The market sold 12 carpets for $40 million; Ana Ruiz, 34, was glad."


def _finds(query: str, body: str) -> bool:
    article = Article(id="a", body=body, observed_at=NOW, published_at=NOW)
    return compile_predicate(parse(query))(view(to_document(enrich(article))))


@pytest.mark.parametrize(
    ("query", "body", "found"),
    [
        ("toll.killed.best:>=10 AND toll.killed.status:stated AND countries:SD", KHARTOUM, True),
        ("toll.killed.best:>=13 AND toll.killed.status:stated AND countries:SD", KHARTOUM, False),
        ("toll.killed.best:>=10 AND toll.killed.status:stated AND countries:KE", KHARTOUM, False),
        ("figures.kind:(killed AND injured)", KHARTOUM, True),
        ("toll.casualties.status:denied", CALM, True),
        ("toll.casualties.status:stated", CALM, False),
        ("figures.kind:*", SHOW, False),
        ("figures.refused_why:money AND figures.refused_why:age", SHOW, True),
        ("figures.refused:34", SHOW, True),
        ("figures.refused_why:money", KHARTOUM, False),
        ("figures.perpetrators:gunmen AND toll.killed.best:12", RAID, True),
        ("figures.perpetrators:*", KHARTOUM, False),
    ],
)
def test_query_finds_what_the_text_states(query: str, body: str, found: bool) -> None:
    assert _finds(query, body) is found
