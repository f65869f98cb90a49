"""Decisions are replay-safe: nothing that was decided once alerts again, and a rebuilt state decides alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.alerting.decision import decide, identify, silence
from pipeline.alerting.state import AlertState
from schemas.alert import Alert, Match

START = datetime(2026, 3, 1, tzinfo=UTC)
RAISED = datetime(2026, 6, 1, tzinfo=UTC)


def match(article: str = "a1", hours: float = 0, **fields: Any) -> Match:
    values = {
        "rule_id": "mass_detention",
        "rule_version": 1,
        "group": "ZM",
        "severity": "high",
        "channel": "human-rights",
        "title": "Mass detention in ZM",
        "summary": "toll.detained.best:>=500",
        "throttle_seconds": 6 * 3600,
        "event_time": START + timedelta(hours=hours),
    }
    return Match.model_validate(values | {"article_id": article} | fields)


def toll(article: str, hours: float, count: int | None, **fields: Any) -> Match:
    values = {} if count is None else {"toll.detained.best": count}
    return match(article, hours, values=values, update_on=("toll.detained.best",), **fields)


def run(matches: Sequence[Match], state: AlertState | None = None) -> tuple[AlertState, list[Alert]]:
    state, raised = state or AlertState(), []
    for each in matches:
        state, alert = decide(state, each, RAISED)
        raised += [alert] if alert else []
    return state, raised


def test_a_first_match_alerts_with_all_that_it_carries() -> None:
    _, [alert] = run([match(url="https://example.org/a", values={"countries": ["ZM"]})])
    assert (alert.rule_id, alert.group, alert.article_ids) == ("mass_detention", "ZM", ("a1",))
    assert (alert.url, alert.values) == ("https://example.org/a", {"countries": ["ZM"]})
    assert (alert.update_of, alert.values_before) == (None, None)
    assert (alert.event_time, alert.raised_at, alert.mode) == (START, RAISED, "live")


def test_the_same_match_does_not_alert_twice() -> None:
    state, alerts = run([match(), match()])
    assert len(alerts) == state.size == 1
    assert silence(state, match()) == "known"


@pytest.mark.parametrize("hours", [6, 0.5, -0.5, -6])
def test_a_match_within_the_throttle_on_either_side_is_throttled(hours: float) -> None:
    state, _ = run([match("a1")])
    assert silence(state, match("a2", hours)) == "throttled"


@pytest.mark.parametrize("hours", [6.01, -6.01])
def test_a_match_outside_the_throttle_alerts(hours: float) -> None:
    _, alerts = run([match("a1"), match("a2", hours)])
    assert [alert.article_ids for alert in alerts] == [("a1",), ("a2",)]


@pytest.mark.parametrize("other", [{"group": "KE"}, {"rule_id": "other"}, {"rule_version": 2}, {"mode": "backfill"}])
def test_groups_rules_versions_and_modes_are_throttled_apart(other: dict[str, Any]) -> None:
    _, alerts = run([match("a1"), match("a1", **other)])
    assert len({alert.id for alert in alerts}) == 2


def test_without_a_throttle_every_article_alerts_once() -> None:
    matches = [match(f"a{n}", throttle_seconds=0) for n in range(5)]
    _, alerts = run(matches + matches)
    assert len(alerts) == 5


def test_a_revision_of_an_alerted_article_does_not_alert_again() -> None:
    _, alerts = run([toll("a1", 0, 600, throttle_seconds=0), toll("a1", 40, 550, throttle_seconds=0)])
    assert len(alerts) == 1


def test_a_toll_that_grew_by_half_alerts_as_an_update_of_the_first_alert() -> None:
    _, [first, second, third] = run([toll("a1", 0, 600), toll("a2", 1, 900), toll("a3", 2, 2000)])
    assert (second.update_of, second.values_before) == (first.id, {"toll.detained.best": 600})
    assert (third.update_of, third.values_before) == (first.id, {"toll.detained.best": 900})


def test_a_revision_whose_toll_grew_by_half_alerts_as_an_update() -> None:
    _, [first, second] = run([toll("a1", 0, 600), toll("a1", 0, 900)])
    assert second.update_of == first.id


@pytest.mark.parametrize("count", [899, 600, 100, 0, None])
def test_a_toll_that_did_not_grow_by_half_is_no_update(count: int | None) -> None:
    _, alerts = run([toll("a1", 0, 600), toll("a2", 1, count)])
    assert len(alerts) == 1


def test_a_toll_stated_for_the_first_time_is_an_update() -> None:
    _, alerts = run([toll("a1", 0, None), toll("a2", 1, 10)])
    assert len(alerts) == 2


def test_a_rise_counts_against_the_highest_toll_not_the_latest() -> None:
    _, alerts = run([toll("a1", 0, 600), toll("a2", 1, 1200), toll("a3", 0.5, 1000)])
    assert [alert.article_ids[0] for alert in alerts] == ["a1", "a2"]


def test_truth_values_and_words_are_no_tolls() -> None:
    fields: dict[str, Any] = {"update_on": ("toll.detained.disputed",)}
    _, alerts = run([match("a1", **fields), match("a2", 1, values={"toll.detained.disputed": True}, **fields)])
    assert len(alerts) == 1


def test_a_full_memory_misses_a_late_article_rather_than_repeating_an_alert() -> None:
    matches = [match(f"a{n}", 10 * n) for n in range(5)]
    state, alerts = run(matches, AlertState(max_alerts=2))
    assert len(alerts) == 5
    assert state.size == 2
    assert [silence(state, each) for each in matches] == ["forgotten"] * 3 + ["known"] * 2
    assert silence(state, match("late", 20)) == "forgotten"
    assert silence(state, match("new", 60)) is None


def test_one_rule_that_is_full_leaves_the_others_alone() -> None:
    state, _ = run([match(f"a{n}", 10 * n) for n in range(5)], AlertState(max_alerts=2))
    assert silence(state, match("a0", rule_id="other")) is None


MATCHES = st.builds(
    # The publication time belongs to the article, the toll to its revision.
    lambda article, group, count, throttle, rule: toll(
        f"a{article}",
        article * 1.7 % 24,
        count,
        group=group,
        throttle_seconds=throttle,
        rule_id=rule,
        mode="backfill" if article % 7 == 0 else "live",
    ),
    article=st.integers(0, 30),
    group=st.sampled_from(["", "ZM", "KE"]),
    count=st.none() | st.integers(0, 5000),
    throttle=st.just(3 * 3600),
    rule=st.sampled_from(["one", "two"]),
)
STREAMS = st.lists(MATCHES, max_size=40)
BOUNDS = st.sampled_from([1, 2, 5, 1000])


@settings(deadline=None)
@given(stream=STREAMS, bound=BOUNDS, data=st.data())
def test_replay_in_any_order_adds_no_alert(stream: list[Match], bound: int, data: st.DataObject) -> None:
    state, alerts = run(stream, AlertState(max_alerts=bound))
    assert len({alert.id for alert in alerts}) == len(alerts)
    replayed = data.draw(st.lists(st.sampled_from(stream), max_size=60)) if stream else []
    after, more = run(replayed, state)
    assert more == []
    assert after is state


@settings(deadline=None)
@given(stream=STREAMS, future=STREAMS, bound=BOUNDS, data=st.data())
def test_a_state_rebuilt_from_its_alerts_decides_alike(
    stream: list[Match], future: list[Match], bound: int, data: st.DataObject
) -> None:
    state, alerts = run(stream, AlertState(max_alerts=bound))
    stored = [Alert.model_validate_json(alert.model_dump_json()) for alert in alerts]
    read_back = data.draw(st.permutations(stored + stored[:3]))
    rebuilt = AlertState.from_alerts(read_back, max_alerts=bound)
    assert rebuilt == state
    one_by_one = AlertState(max_alerts=bound)
    for alert in read_back:
        one_by_one = one_by_one.remember(alert)
    assert one_by_one.size == state.size
    assert run(future, rebuilt)[1] == run(future, state)[1] == run(future, one_by_one)[1]


@settings(deadline=None)
@given(stream=STREAMS, cut=st.integers(0, 40))
def test_a_crash_between_alert_and_commit_repeats_nothing(stream: list[Match], cut: int) -> None:
    """The alerts are durable, the position in the stream is not: everything from the start comes again."""
    _, alerts = run(stream[:cut])
    _, after_restart = run(stream, AlertState.from_alerts(alerts))
    _, undisturbed = run(stream)
    assert [alert.id for alert in alerts + after_restart] == [alert.id for alert in undisturbed]


@settings(deadline=None)
@given(stream=STREAMS)
def test_at_most_one_alert_stands_in_a_window_unless_it_is_an_update(stream: list[Match]) -> None:
    _, alerts = run(stream)
    for index, later in enumerate(alerts):
        for earlier in alerts[:index]:
            same = (later.rule_id, later.group, later.mode) == (earlier.rule_id, earlier.group, earlier.mode)
            if same and abs(later.event_time - earlier.event_time) <= timedelta(hours=3):
                assert later.update_of is not None


def test_identity_depends_on_what_triggers_and_on_nothing_else() -> None:
    base = toll("a1", 0, 600)
    assert identify(base) == identify(base.model_copy(update={"title": "other", "event_time": RAISED}))
    changes: list[dict[str, Any]] = [{"group": "KE"}, {"rule_version": 2}, {"mode": "backfill"}]
    others = [toll("a1", 0, 601), toll("a2", 0, 600), *(toll("a1", 0, 600, **change) for change in changes)]
    assert len({identify(base), *map(identify, others)}) == 6
