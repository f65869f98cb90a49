"""A rule that makes a group of each value tells of each by itself, whoever else an article names."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from pipeline.alerting import Rule, RuleSet, Watch, compile_rule, trial
from pipeline.alerting.backtest import Trials
from pipeline.alerting.grouping import MAX_GROUPS
from pipeline.document import to_document
from pipeline.handling import entries_of
from pipeline.outline import read_whole
from schemas.alert import Alert, Match
from schemas.enrichment import EnrichedArticle
from tests.pipeline.alerting.conftest import Make, enrichment, evidence

ALLOWED = {"by": "desk", "at": "2026-03-01T00:00:00Z", "reason": "a baker"}


def rule(**fields: Any) -> Rule:
    base = {
        "id": "r",
        "version": 1,
        "title": "Rule",
        "severity": "low",
        "channel": "desk",
        "owner": "desk",
        "query": "lists.matches.entry:*",
        "group_by": "lists.matches.entry",
        "group_each": True,
        "throttle": "24h",
        "message": "{lists.matches.name} ({lists.matches.score})",
    }
    return Rule.model_validate(base | fields)


def named(words: str, entry: str, score: float = 0.9, **fields: Any) -> dict[str, Any]:
    given = {"list": "t", "entry_id": entry, "name": f"NAME {entry}", "snapshot": "2026-03-01", "why": f"why {entry}"}
    return evidence(words, **given | {"score": score} | fields)


def article(enriched: Make, *matches: dict[str, Any], **fields: Any) -> EnrichedArticle:
    found = enrichment()
    found["sanctions"] |= {"list_matches": list(matches)}
    return enriched(enrichment=found, **fields)


def of(matches: tuple[Match, ...]) -> list[tuple[str, str]]:
    return [(match.group, match.title) for match in matches]


def alerts(rules: RuleSet, *articles: EnrichedArticle) -> list[Alert]:
    found = [(0, match) for one in articles for match in rules.match(one)]
    return [alert for some in Watch().take(found, lambda moment: moment)[1] for alert in some]


def test_each_listed_name_is_told_by_itself_with_its_own_words(enriched: Make) -> None:
    [police, diplomat] = RuleSet([rule()]).match(article(enriched, named("Police", "1"), named("diplomat", "2", 0.7)))
    assert of((police, diplomat)) == [("t/1", "NAME 1 (0.9)"), ("t/2", "NAME 2 (0.7)")]
    assert diplomat.summary == "“diplomat” matches NAME 2 (entry 2 of list t, 2026-03-01) with score 0.70: why 2"
    assert [one.sentence for one in diplomat.evidence] == ["Zambia may face EU sanctions, a diplomat said."]
    assert diplomat.values["lists.matches.entry"] == ["t/2"]


def test_who_stands_second_alerts_while_the_first_is_throttled(enriched: Make) -> None:
    first = article(enriched, named("Police", "1"))
    second = article(enriched, named("Police", "1"), named("diplomat", "2"), id="a2")
    found = alerts(RuleSet([rule()]), first, second, second)
    assert [(alert.article_ids, entries_of(alert)) for alert in found] == [(("a1",), ("t/1",)), (("a2",), ("t/2",))]
    assert len({alert.id for alert in found}) == 2


def test_a_name_that_the_query_does_not_want_gets_no_match_beside_one_that_it_does(enriched: Make) -> None:
    strict = RuleSet([rule(query="lists.matches.score:>=0.8")])
    both = article(enriched, named("Police", "1", 0.5), named("diplomat", "2"))
    assert of(strict.match(both)) == [("t/2", "NAME 2 (0.9)")]


def test_who_is_not_meant_stays_out(enriched: Make) -> None:
    found = RuleSet([rule()]).match(article(enriched, named("Police", "1", allowed=ALLOWED), named("diplomat", "2")))
    assert of(found) == [("t/2", "NAME 2 (0.9)")]


def test_a_field_of_the_article_itself_makes_groups_with_one_value_each(enriched: Make) -> None:
    found = enrichment() | {"countries": ["ZM", "CD"]}
    by_country = rule(query="countries:ZM", group_by="countries", message="{countries}: {title}")
    assert of(RuleSet([by_country]).match(enriched(enrichment=found))) == [
        ("ZM", "ZM: Hundreds held in Lusaka"),
        ("CD", "CD: Hundreds held in Lusaka"),
    ]
    without = rule(query="title:held", group_by="authors", message="{title}")
    [match] = RuleSet([without]).match(enriched())
    assert (match.group, match.values) == ("", {})
    [match] = RuleSet([rule(query="title:held", group_by="primary_country", message="{title}")]).match(enriched())
    assert (match.group, match.values) == ("ZM", {"primary_country": "ZM"})


def test_groups_of_one_article_are_bounded(enriched: Make) -> None:
    many = article(enriched, *(named("Police", f"{n}") for n in range(MAX_GROUPS + 9)))
    assert len(RuleSet([rule()]).match(many)) == MAX_GROUPS


def test_an_article_as_agents_read_it_and_every_way_of_trying_tell_the_same(enriched: Make) -> None:
    both = article(enriched, named("Police", "1"), named("diplomat", "2", 0.7))
    live = RuleSet([rule()]).match(both)
    assert RuleSet([rule()]).match(read_whole(both.model_dump_json().encode())) == live
    [tried] = Trials([rule()]).matches(both)
    from_index = tuple(trial(compile_rule(rule()), [to_document(both)]))
    for matches in (tried, from_index):
        assert [one.group for one in matches] == [one.group for one in live]
        assert [one.values["lists.matches.entry"] for one in matches] == [["t/1"], ["t/2"]]
    assert [one.summary for one in from_index] == ["NAME 1 (t 1, 2026-03-01): why 1", "NAME 2 (t 2, 2026-03-01): why 2"]


def test_groups_need_a_field(enriched: Make) -> None:
    with pytest.raises(ValidationError, match="no group_by says"):
        rule(group_by=None)
