"""A sentence of evidence is cut from its paragraph as it would be from the whole text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from agents.bench.corpus import articles
from pipeline.alerting.evidence import Reading
from pipeline.text import analyse
from schemas.enrichment import EnrichedArticle, Enrichment, Provenance, Span

TEXTS = [article.body for article in articles(6, words=900)] + [
    "One line.\n\nMr.\n\nSmith came. He left.\n\n",
    "A wrapped line that goes on\nin the next one. Then more.\n\nAnother paragraph.",
    "all small. no capitals here.\n\nOne with capitals. no more.",
    '"He said so.\n\n" He left.\u2028It ended.\n\n\nThree breaks.',
    "",
]


@pytest.mark.parametrize("body", TEXTS)
def test_sentence_is_that_of_the_whole_text(body: str) -> None:
    enrichment = Enrichment(provenance=Provenance(pipeline="1.0"))
    observed = datetime(2026, 3, 1, tzinfo=UTC)
    reading = Reading(EnrichedArticle(id="a", body=body, title="T", observed_at=observed, enrichment=enrichment))
    sentences = analyse(body, "body").sentences
    for start in range(0, len(body), 7):
        span = Span(start=start, end=start + 1)
        holding = [one for one in sentences if one.start <= start < one.end]
        expected = Span(start=holding[0].start, end=max(holding[0].end, start + 1)) if holding else span
        assert reading.sentence_of(span) == expected
