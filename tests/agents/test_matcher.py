"""The matcher reads little of an article, and its matches are those of the whole."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from agents.bench.corpus import articles
from agents.bench.rules import rules
from agents.kafka import Message
from agents.matcher import matches_of
from agents.outcomes import Done, Refused
from pipeline.alerting import Rule, RuleSet
from pipeline.enrich import enrich
from schemas.enrichment import EnrichedArticle

DETENTION = Rule(
    id="held", version=1, title="H", query="toll.detained.best:>5", severity="low", channel="c", message="m", owner="o"
)


@pytest.fixture(scope="module")
def enriched() -> Sequence[EnrichedArticle]:
    return [enrich(article) for article in articles(4, words=300)]


def sent(raw: bytes, some: RuleSet) -> list[bytes]:
    outcome = matches_of(Message("t", 0, 0, 0, None, raw), some, "t")
    assert isinstance(outcome, Done)
    return [output.value for output in outcome.outputs]


def test_matches_are_those_of_the_whole_record(enriched: Sequence[EnrichedArticle]) -> None:
    some = RuleSet([*rules(500), DETENTION, DETENTION.model_copy(update={"id": "every", "query": "*:*"})])
    found = [sent(article.model_dump_json().encode(), some) for article in enriched]
    assert found == [[match.model_dump_json().encode() for match in some.match(article)] for article in enriched]
    assert sum(map(len, found)) > len(enriched)


def test_extra_in_a_message_is_what_the_producer_sent(enriched: Sequence[EnrichedArticle]) -> None:
    rule = DETENTION.model_copy(update={"query": "*:*", "message": "{extra}"})
    raw = json.dumps(json.loads(enriched[0].model_dump_json()) | {"desk": "night"}).encode()
    [match] = sent(raw, RuleSet([rule]))
    assert json.loads(match)["title"] == "{'desk': 'night'}"


def changed(article: EnrichedArticle, **values: Any) -> bytes:
    data = article.model_dump(mode="json")
    return json.dumps(data | {"enrichment": data["enrichment"] | values}).encode()


def test_what_no_rule_asks_for_is_left_to_the_indexer(enriched: Sequence[EnrichedArticle]) -> None:
    assert sent(changed(enriched[0], claims=7, toll={}), RuleSet([DETENTION])) == []


@pytest.mark.parametrize(
    ("values", "where"),
    [
        ({"toll": {"detained": {"status": "stated", "best": "many"}}}, "enrichment.toll.detained.best: Input"),
        ({"toll": {"detained": {"status": "stated", "best": 9}}, "claims": 7}, "enrichment.claims: Input"),
    ],
    ids=["what is asked for", "all of an article that a rule matches"],
)
def test_what_is_read_and_wrong_is_refused_with_its_place(
    enriched: Sequence[EnrichedArticle], values: dict[str, Any], where: str
) -> None:
    outcome = matches_of(Message("t", 0, 0, 0, None, changed(enriched[0], **values)), RuleSet([DETENTION]), "t")
    assert isinstance(outcome, Refused)
    assert (outcome.reason, outcome.detail[: len(where)]) == ("invalid_record", where)
