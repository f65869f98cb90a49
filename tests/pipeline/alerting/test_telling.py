"""A match says what held and what the article has for it: values, sides of a dispute, who matched which list entry."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.alerting import Rule, RuleSet, compile_rule, trial
from pipeline.alerting.telling import MAX_LISTED, MAX_SUMMARY, WHY_LISTED
from pipeline.document import to_document
from schemas.alert import Match
from tests.pipeline.alerting.conftest import Make, enrichment, evidence

LISTED = {
    "list": "ofac",
    "entry_id": "77",
    "name": "LUSAKA POLICE FORCE",
    "snapshot": "2026-02-28",
    "score": 0.8,
    "why": "alias of a body; 2 of 3 words match",
}


def rule(query: str, **fields: Any) -> Rule:
    base = {"id": "r", "version": 1, "title": "Rule", "severity": "low", "channel": "desk", "owner": "desk"}
    return Rule.model_validate(base | {"message": "{title}", "query": query} | fields)


def only_match(enriched: Make, query: str, **found: Any) -> Match:
    [match] = RuleSet([rule(query)]).match(enriched(enrichment=enrichment() | found))
    return match


def summary(enriched: Make, query: str, **found: Any) -> str:
    return only_match(enriched, query, **found).summary


def listed(*matches: dict[str, Any]) -> dict[str, Any]:
    return {"sanctions": enrichment()["sanctions"] | {"list_matches": list(matches)}}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("toll.detained.best:>=500", "toll.detained.best:>=500 (640)"),
        ("_exists_:toll.detained.best", "_exists_:toll.detained.best (640)"),
        ("_exists_:toll.detained.best AND toll.detained.best:>=500", "toll.detained.best:>=500 (640)"),
        ("countries:*", "countries:* (ZM)"),
        ("places:Lus*", "places:Lus* (Lusaka)"),
        ("events.type:state_of_emergency", "events.type:state_of_emergency"),
        ("title:Hundr*", "title:Hundr*"),
        ("_exists_:title", "_exists_:title"),
        ("sanctions.flagged:true", "sanctions.flagged:true"),
        ("countries:ZM AND NOT countries:KZ", "countries:ZM; NOT countries:KZ"),
        ("countries:ZM AND countries:ZM", "countries:ZM"),
        ("countries:KZ OR toll.detained.best:[1 TO 900]", "toll.detained.best:[1 TO 900] (640)"),
    ],
)
def test_a_clause_says_what_the_article_has_where_the_clause_does_not(enriched: Make, query: str, said: str) -> None:
    assert summary(enriched, query) == said


def test_a_match_on_a_list_says_who_is_meant_by_which_words(enriched: Make) -> None:
    match = only_match(enriched, "lists.matches.entry:*", **listed(evidence("Police in Lusaka", **LISTED)))
    assert match.summary == (
        "“Police in Lusaka” matches LUSAKA POLICE FORCE (entry 77 of list ofac, 2026-02-28) with score 0.80: "
        "alias of a body; 2 of 3 words match"
    )
    [quoted] = match.evidence
    assert quoted.sentence == "Police in Lusaka arrested 640 people on Sunday."
    assert (quoted.span.start, quoted.span.end) == (0, len("Police in Lusaka"))


def test_an_entry_is_told_once_by_its_surest_match_whatever_clauses_ask_for_it(enriched: Make) -> None:
    found = listed(
        evidence("Police", **LISTED), evidence("Police in Lusaka", **LISTED | {"score": 0.9, "why": "surest"})
    )
    said = summary(enriched, "lists.matches.entry:* AND lists.matches.score:>=0.5 AND countries:ZM", **found)
    assert said == (
        "“Police in Lusaka” matches LUSAKA POLICE FORCE (entry 77 of list ofac, 2026-02-28) with score 0.90: surest; "
        "countries:ZM"
    )


def test_a_rule_for_one_entry_tells_of_no_other(enriched: Make) -> None:
    another = LISTED | {"entry_id": "78", "name": "A DIPLOMAT"}
    found = listed(evidence("diplomat", **another), evidence("Police", **LISTED))
    for query in ('lists.matches.entry:"ofac/77"', 'sanctions.listed_names:"LUSAKA POLICE FORCE"'):
        said = summary(enriched, query, **found)
        assert "entry 77" in said
        assert "entry 78" not in said


def test_of_many_listed_names_a_few_are_told_and_all_are_counted(enriched: Make) -> None:
    found = listed(*(evidence("Police", **LISTED | {"entry_id": f"{n}", "why": "same"}) for n in range(MAX_LISTED + 3)))
    said = summary(enriched, "lists.matches.entry:*", **found)
    assert said.count(" matches ") == MAX_LISTED
    assert said.endswith("; 3 more listed names")


def test_what_a_list_or_an_article_says_stays_one_line_within_bounds(enriched: Make) -> None:
    hostile = LISTED | {"name": "x\u202e\n" * 900, "why": "y\r\n" * 900}
    said = summary(enriched, "lists.matches.entry:*", **listed(evidence("Police", **hostile)))
    assert len(said) <= MAX_SUMMARY
    assert said.isprintable()


def test_a_document_without_its_article_tells_the_reasons_that_it_holds(enriched: Make) -> None:
    document = to_document(enriched(enrichment=enrichment() | listed(evidence("Police", **LISTED))))
    [match] = trial(compile_rule(rule("lists.matches.entry:*")), [document])
    assert match.summary == document[WHY_LISTED]
    [bare] = trial(compile_rule(rule("lists.matches.entry:*")), [document | {WHY_LISTED: ""}])
    assert bare.summary == "lists.matches.entry:* (ofac/77)"


def figure(words: str, number: int | None, by: str | None, **fields: Any) -> dict[str, Any]:
    values = {"kind": "killed", "low": number, "best": number, "high": number, "qualifier": "exact"}
    return evidence(words, **values | {"attributed_to": by} | fields)


def test_a_disputed_toll_says_who_states_what_and_quotes_both_sides(enriched: Make) -> None:
    figures = [
        figure("640 people", 640, "the police"),
        figure("Sunday", 640, "a judge"),
        figure("state of emergency", 30, None, qualifier="about"),
        figure("troops", 9, "the ministry", negated=True),
        figure("EU", 1, "a diplomat", scope="background"),
    ]
    toll = {"killed": {"status": "stated", "best": 640, "supported_by": [0, 1], "disputed": True}}
    match = only_match(enriched, "toll.killed.disputed:true", figures=figures, toll=toll)
    assert match.summary == (
        "toll.killed.disputed:true (640 by the police, about 30 by the article, not 9 by the ministry, 640 by a judge)"
    )
    assert [one.sentence for one in match.evidence] == [
        "Police in Lusaka arrested 640 people on Sunday.",
        "A state of emergency was declared on Monday.",
    ]


def test_a_branch_that_does_not_hold_is_neither_told_nor_quoted(enriched: Make) -> None:
    match = only_match(enriched, "toll.detained.best:>=500 OR (countries:KZ AND body:emergency)")
    assert match.summary == "toll.detained.best:>=500 (640)"
    assert [one.sentence for one in match.evidence] == ["Police in Lusaka arrested 640 people on Sunday."]


def test_each_clause_is_quoted_once_before_any_is_quoted_twice(enriched: Make) -> None:
    match = only_match(enriched, "events.type:* AND body:diplomat")
    assert [one.sentence for one in match.evidence] == [
        "A state of emergency was declared on Monday.",
        "Zambia may face EU sanctions, a diplomat said.",
        "The ministry denied that troops had orders to shoot.",
    ]
