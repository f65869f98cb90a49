"""An enriched article made by hand, so that rules are tested without extractors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from schemas.enrichment import EnrichedArticle, Span

BODY = (
    "Police in Lusaka arrested 640 people on Sunday. "
    "A state of emergency was declared on Monday. "
    "The ministry denied that troops had orders to shoot. "
    "Zambia may face EU sanctions, a diplomat said."
)
TITLE = "Hundreds held in Lusaka"


def span(words: str) -> dict[str, Any]:
    start = BODY.index(words)
    return Span(start=start, end=start + len(words)).model_dump()


def evidence(words: str, **fields: Any) -> dict[str, Any]:
    sentences = [sentence.rstrip(".") + "." for sentence in BODY.split(". ")]
    [sentence] = [sentence for sentence in sentences if words in sentence]
    return {"span": span(words), "sentence": span(sentence), "rule": "test", "confidence": 1} | fields


def enrichment() -> dict[str, Any]:
    return {
        "language": "en",
        "entities": [
            {"type": "organisation", "name": "European Union", "mentions": [span("EU")], "rule": "t", "confidence": 1},
            {"type": "person", "name": "Nobody", "mentions": [span("diplomat")], "rule": "t", "confidence": 1},
        ],
        "locations": [
            {
                "name": "Lusaka",
                "country": "ZM",
                "mentions": [span("Lusaka")],
                "precision": "city",
                "role": "event",
                "confidence": 1,
                "rule": "t",
            }
        ],
        "countries": ["ZM"],
        "primary_country": "ZM",
        "figures": [evidence("640 people", kind="detained", best=640, low=640, high=640, qualifier="exact")],
        "toll": {"detained": {"status": "stated", "low": 640, "best": 640, "high": 640, "supported_by": [0]}},
        "events": [
            evidence("state of emergency", type="state_of_emergency", plover="COERCE"),
            evidence("orders to shoot", type="lethal_force_order", factuality="denied", claimed_by="ministry"),
        ],
        "sanctions": {
            "flagged": True,
            "mode": "explicit",
            "stage": "discussed",
            "targets": ["ZM"],
            "mentions": [
                evidence("EU sanctions", measure="sanctions", stage="discussed", mode="explicit", targets=["ZM"])
            ],
        },
        "provenance": {"pipeline": "test"},
    }


Make = Callable[..., EnrichedArticle]


@pytest.fixture(scope="session")
def enriched() -> Make:
    """A function that makes the article; keyword arguments replace fields."""

    def make(**fields: Any) -> EnrichedArticle:
        base = {
            "id": "a1",
            "url": "https://example.org/lusaka",
            "title": TITLE,
            "body": BODY,
            "published_at": datetime(2026, 3, 2, 9, tzinfo=UTC),
            "observed_at": datetime(2026, 3, 2, 10, tzinfo=UTC),
            "enrichment": enrichment(),
        }
        return EnrichedArticle.model_validate(base | fields)

    return make
