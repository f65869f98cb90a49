"""An alert about a listed name quotes the sentence that names it."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.alerting import Rule, RuleSet
from tests.pipeline.alerting.conftest import Make, enrichment, evidence

MEANT = {"list": "t", "entry_id": "1", "name": "Lusaka Police", "snapshot": "2026-03-01", "score": 0.9, "why": "x"}
ALLOWED = {"by": "desk", "at": "2026-03-01T00:00:00Z", "reason": "a baker"}


def quoted(enriched: Make, query: str, *matches: dict[str, Any]) -> list[str]:
    rule = Rule.model_validate(
        {
            "id": "r",
            "version": 1,
            "title": "Rule",
            "severity": "low",
            "channel": "desk",
            "message": "{title}",
            "owner": "desk",
            "query": query,
        }
    )
    found = enrichment()
    found["sanctions"] |= {"list_matches": list(matches)}
    [match] = RuleSet([rule]).match(enriched(enrichment=found))
    return [one.sentence for one in match.evidence]


@pytest.mark.parametrize(
    "query", ["lists.matches.entry:*", 'lists.matches.entry:"t/1"', "lists.matches.list:t", "lists.matches.score:>0.8"]
)
def test_the_sentence_of_whoever_is_meant_is_quoted(enriched: Make, query: str) -> None:
    meant = evidence("Police in Lusaka", **MEANT)
    another = evidence("diplomat", **MEANT | {"entry_id": "2", "allowed": ALLOWED})
    assert quoted(enriched, query, another, meant) == ["Police in Lusaka arrested 640 people on Sunday."]
