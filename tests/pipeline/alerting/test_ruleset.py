"""A rule set finds what each rule alone would find, and says with which sentences."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.alerting import Rule, RuleSet
from pipeline.alerting.evidence import MAX_EVIDENCE, MAX_SENTENCE
from pipeline.alerting.ruleset import MAX_VALUES
from pipeline.document import to_document
from pipeline.query import compile_predicate, parse, view
from schemas.alert import Match
from schemas.enrichment import EnrichedArticle

Make = Callable[..., EnrichedArticle]


def rule(query: str, **fields: Any) -> Rule:
    base = {
        "id": "rule",
        "version": 1,
        "title": "Rule",
        "severity": "low",
        "channel": "desk",
        "message": "{title}",
        "owner": "desk",
    }
    return Rule.model_validate(base | {"query": query} | fields)


def only_match(article: EnrichedArticle, query: str, **fields: Any) -> Match:
    [match] = RuleSet([rule(query, **fields)]).match(article)
    return match


def sentences(article: EnrichedArticle, query: str) -> list[str]:
    return [evidence.sentence for evidence in only_match(article, query).evidence]


def test_a_match_carries_what_subscribers_need(enriched: Make) -> None:
    match = only_match(
        enriched(),
        "toll.detained.best:>=500 AND countries:ZM",
        version=4,
        severity="high",
        group_by="primary_country",
        throttle="6h",
        update_on=["toll.detained.best"],
        update_factor=2,
        message="{toll.detained.best} detained in {primary_country}",
    )
    assert (match.rule_id, match.rule_version, match.severity, match.channel) == ("rule", 4, "high", "desk")
    assert (match.article_id, match.url, match.group) == ("a1", "https://example.org/lusaka", "ZM")
    assert match.title == "640 detained in ZM"
    assert match.summary == "toll.detained.best:>=500 (640); countries:ZM"
    assert match.values == {"toll.detained.best": 640, "countries": ["ZM"], "primary_country": "ZM"}
    assert (match.throttle_seconds, match.update_on, match.update_factor) == (21600, ("toll.detained.best",), 2)
    assert match.mode == "live"


@pytest.mark.parametrize(
    ("published", "observed", "expected"),
    [(9, 10, 9), (None, 10, 10), (12, 10, 10)],
    ids=["publication", "observation when there is none", "never after observation"],
)
def test_event_time_is_publication_but_never_after_observation(
    enriched: Make, published: int | None, observed: int, expected: int
) -> None:
    def at(hour: int | None) -> datetime | None:
        return None if hour is None else datetime(2026, 3, 2, hour, tzinfo=UTC)

    article = enriched(published_at=at(published), observed_at=at(observed))
    assert only_match(article, "title:held").event_time == at(expected)


def test_an_article_without_any_time_is_refused(enriched: Make) -> None:
    with pytest.raises(ValueError, match="observed_at"):
        RuleSet([rule("title:held")]).match(enriched(published_at=None, observed_at=None))


def test_backfilled_articles_make_backfill_matches(enriched: Make) -> None:
    assert only_match(enriched(mode="backfill"), "title:held").mode == "backfill"


@pytest.mark.parametrize(
    ("field", "group"),
    [
        ("countries", "ZM"),
        ("people", "Nobody"),
        ("authors", ""),
        ("sanctions.flagged", "true"),
        ("toll.detained.best", "640"),
        (None, ""),
    ],
)
def test_the_group_is_the_first_value_or_empty(enriched: Make, field: str | None, group: str) -> None:
    assert only_match(enriched(), "title:held", group_by=field).group == group


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("toll.detained.best:>=500", ["Police in Lusaka arrested 640 people on Sunday."]),
        ("figures.kind:detained", ["Police in Lusaka arrested 640 people on Sunday."]),
        ("events.type:state_of_emergency", ["A state of emergency was declared on Monday."]),
        ("events.plover:COERCE", ["A state of emergency was declared on Monday."]),
        (
            "events.type:*",
            [
                "A state of emergency was declared on Monday.",
                "The ministry denied that troops had orders to shoot.",
            ],
        ),
        ("events.asserted:*", ["A state of emergency was declared on Monday."]),
        ("sanctions.flagged:true", ["Zambia may face EU sanctions, a diplomat said."]),
        ("sanctions.stage:discussed", ["Zambia may face EU sanctions, a diplomat said."]),
        ('organisations:"European Union"', ["Zambia may face EU sanctions, a diplomat said."]),
        ("places:Lusaka", ["Police in Lusaka arrested 640 people on Sunday."]),
        ("body:diplomat", ["Zambia may face EU sanctions, a diplomat said."]),
        ('"Hundreds held"', ["Hundreds held in Lusaka"]),
        ("diplo*", ["Zambia may face EU sanctions, a diplomat said."]),
        ("body:*", []),
        ("language:en", []),
        ("body:monday AND NOT body:diplomats", ["A state of emergency was declared on Monday."]),
        ("body:monday OR body:tuesday", ["A state of emergency was declared on Monday."]),
    ],
)
def test_evidence_is_what_the_clauses_that_held_are_about(enriched: Make, query: str, expected: list[str]) -> None:
    assert sentences(enriched(), query) == expected


def test_evidence_spans_cut_the_words_that_count_out_of_the_text(enriched: Make) -> None:
    article = enriched()
    [evidence] = only_match(article, "events.type:state_of_emergency").evidence
    assert article.body[evidence.span.start : evidence.span.end] == "state of emergency"
    assert evidence.article_id == "a1"


def test_one_sentence_is_quoted_once_and_findings_come_before_words(enriched: Make) -> None:
    quoted = sentences(enriched(), "body:sunday AND countries:ZM AND body:monday AND toll.detained.best:>1")
    assert quoted == ["Police in Lusaka arrested 640 people on Sunday.", "A state of emergency was declared on Monday."]


def test_evidence_is_bounded_and_printable(enriched: Make) -> None:
    body = "\x1b[31mwarn \u202e" + "long " * 2000 + "needle " + "end " * 500 + ". " + "One word. Two words. " * 50
    query = " ".join(["needle", "one", "two", "word", "words", "long", "end", "warn"])
    match = only_match(enriched(body=body), f"body:({query})")
    assert 0 < len(match.evidence) <= MAX_EVIDENCE
    assert all(len(each.sentence) <= MAX_SENTENCE and each.sentence.isprintable() for each in match.evidence)
    assert "needle" in match.evidence[0].sentence


def test_a_match_carries_a_bounded_number_of_values(enriched: Make) -> None:
    match = only_match(enriched(authors=[f"author {number}" for number in range(5000)]), "authors:*")
    assert len(match.values["authors"]) == MAX_VALUES


def test_disabled_rules_do_not_match(enriched: Make) -> None:
    assert RuleSet([rule("title:held", enabled=False)]).match(enriched()) == ()


def test_two_rules_with_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="two rules are called 'rule'"):
        RuleSet([rule("title:a"), rule("title:b")])


def test_matches_come_in_order_of_rule_id_whatever_the_order_of_files(enriched: Make) -> None:
    rules = [rule("title:held", id=name) for name in ("b", "c", "a")]
    assert [match.rule_id for match in RuleSet(rules).match(enriched())] == ["a", "b", "c"]
    assert [each.id for each in RuleSet(rules).rules] == ["a", "b", "c"]


def test_the_same_article_gives_the_same_bytes(enriched: Make) -> None:
    rules = [rule("title:held OR events.type:*", id=name) for name in ("a", "b")]
    first, second = ([each.model_dump_json() for each in RuleSet(rules).match(enriched())] for _ in range(2))
    assert first == second
    assert [Match.model_validate_json(each).model_dump_json() for each in first] == first


def test_an_explanation_names_the_clauses_that_hold_and_that_are_missing(enriched: Make) -> None:
    [told] = RuleSet([rule("toll.detained.best:>=500 AND countries:KE AND NOT title:free")]).explain(enriched())
    assert (told.rule_id, told.matched) == ("rule", False)
    assert (told.held, told.missing) == (("toll.detained.best:>=500",), ("countries:KE",))
    assert told.values == {"countries": ["ZM"], "toll.detained.best": 640}


def test_channels_are_those_of_the_rules() -> None:
    rules = [rule("title:a", id="a", channel="one"), rule("title:a", id="b", channel="two")]
    assert RuleSet(rules).channels == {"one", "two"}


CLAUSES = st.sampled_from(
    [
        "title:held",
        "body:diplomat",
        "monday",
        "absent",
        "toll.detained.best:>=500",
        "toll.detained.best:>=700",
        "toll.killed.best:*",
        "countries:ZM",
        "countries:KE",
        "sanctions.flagged:true",
        "sanctions.flagged:false",
        "events.type:state*",
        "NOT absent",
        "NOT countries:ZM",
        "(countries:KE OR monday)",
    ]
)


@settings(deadline=None)
@given(queries=st.lists(st.lists(CLAUSES, min_size=1, max_size=3).map(" AND ".join), max_size=20))
def test_the_index_of_a_rule_set_loses_no_match(enriched: Make, queries: list[str]) -> None:
    seen = view(to_document(enriched()))
    rules = [rule(query, id=f"r{number:02}") for number, query in enumerate(queries)]
    alone = [each.id for each in rules if compile_predicate(parse(each.query))(seen)]
    assert [match.rule_id for match in RuleSet(rules).match(enriched())] == alone


def test_now_is_the_event_time_of_the_article(enriched: Make) -> None:
    """Whenever the article is read or read again, the answer is the same."""
    published = datetime(2020, 5, 1, 12, tzinfo=UTC)
    late = enriched(published_at=published, observed_at=published + timedelta(days=3))
    assert only_match(late, "observed_at:>now+2d").event_time == published
    assert RuleSet([rule("observed_at:>now+4d")]).match(late) == ()
    assert [one.matched for one in RuleSet([rule("observed_at:>now+2d")]).explain(late)] == [True]
