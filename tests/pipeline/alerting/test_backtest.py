"""A backtest raises what the alerter would have raised, and says how often."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pipeline.alerting import AlertState, Backtest, Rule, RuleSet, backtest, compile_rule, decide, trial
from pipeline.document import to_document
from schemas.enrichment import EnrichedArticle

MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)


def enriched(name: str, *, at: datetime, detained: int) -> EnrichedArticle:
    """An article published *at* that states so many detained in Zambia."""
    toll = {"detained": {"status": "stated", "low": detained, "best": detained, "high": detained}}
    return EnrichedArticle.model_validate(
        {
            "id": name,
            "title": "Held",
            "body": "Police arrested people.",
            "published_at": at,
            "observed_at": at + timedelta(hours=1),
            "source": {"id": "s"},
            "enrichment": {"primary_country": "ZM", "countries": ["ZM"], "toll": toll, "provenance": {"pipeline": "1"}},
        }
    )


def rule(**fields: Any) -> Rule:
    given_fields = {
        "id": "held",
        "version": 1,
        "title": "Held",
        "query": "toll.detained.best:>=10",
        "severity": "high",
        "channel": "desk",
        "group_by": "primary_country",
        "throttle": "1d",
        "update_on": ("toll.detained.best",),
        "message": "{toll.detained.best} held",
        "owner": "desk",
    }
    return Rule.model_validate(given_fields | fields)


def tried(one: Rule, articles: list[EnrichedArticle]) -> Backtest:
    return backtest(len(articles), trial(compile_rule(one), map(to_document, articles)))


@given(st.lists(st.tuples(st.integers(0, 40), st.sampled_from([0, 9, 10, 15, 40, 400])), max_size=12))
def test_alerts_are_those_of_articles_that_arrive_in_order(cases: list[tuple[int, int]]) -> None:
    articles = [
        enriched(f"a{i}", at=MONDAY + timedelta(hours=hours), detained=held) for i, (hours, held) in enumerate(cases)
    ]
    state, live = AlertState(), []
    in_order = sorted(articles, key=lambda article: (article.published_at or MONDAY, article.id or ""))
    for article in in_order:
        for match in RuleSet([rule()]).match(article):
            state, alert = decide(state, match, MONDAY)
            live += [alert] if alert else []
    found = tried(rule(), articles)
    assert [alert.id for alert in found.alerts] == [alert.id for alert in live]
    assert [alert.values for alert in found.alerts] == [alert.values for alert in live]
    assert found.documents == len(cases)
    assert found.matches == sum(held >= 10 for _, held in cases)
    assert sum(found.per_day.values()) == sum(found.per_week.values()) == len(found.alerts)


def test_alerts_are_counted_by_utc_day_and_by_the_monday_of_their_week() -> None:
    days = [MONDAY, MONDAY + timedelta(days=6), MONDAY + timedelta(days=7)]
    found = tried(rule(throttle="1h"), [enriched(f"a{i}", at=day, detained=20) for i, day in enumerate(days)])
    assert found.per_day == {date(2026, 3, 2): 1, date(2026, 3, 8): 1, date(2026, 3, 9): 1}
    assert found.per_week == {date(2026, 3, 2): 2, date(2026, 3, 9): 1}


def test_two_versions_are_compared_by_article_and_group() -> None:
    articles = [enriched(f"a{held}", at=MONDAY + timedelta(days=2 * held), detained=held) for held in (10, 20, 30)]
    now, then = tried(rule(version=2, query="toll.detained.best:>=20"), articles), tried(rule(), articles)
    assert [alert.article_ids for alert in then.missing_from(now)] == [("a10",)]
    assert now.missing_from(then) == ()


def test_a_backfilled_article_counts_as_a_live_one_and_a_rule_that_is_off_is_tried() -> None:
    article = enriched("a", at=MONDAY, detained=20).model_copy(update={"mode": "backfill"})
    (alert,) = tried(rule(enabled=False), [article]).alerts
    assert alert.mode == "live"
