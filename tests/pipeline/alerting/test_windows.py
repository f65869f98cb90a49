"""Conditions hold in event time: in order of arrival or out of it, after a restart, and once for what happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from pipeline.alerting import AlertState, Watch, Windows
from pipeline.alerting.group import GRACE_S, arrival
from schemas.alert import Alert, Match
from schemas.condition import WindowCondition

START = datetime(2026, 3, 1, tzinfo=UTC)
CONDITION: TypeAdapter[WindowCondition] = TypeAdapter(WindowCondition)
HOUR = 3600


def match(article: str, hours: float, condition: dict[str, Any] | None, **fields: Any) -> Match:
    given_fields = {
        "rule_id": "rule",
        "rule_version": 1,
        "group": "ZM",
        "article_id": article,
        "severity": "medium",
        "channel": "desk",
        "title": article,
        "summary": "tags:unrest",
        "event_time": START + timedelta(hours=hours),
        "condition": condition,
    }
    return Match.model_validate(given_fields | fields)


def run(matches: Iterable[Match], watch: Watch | None = None) -> tuple[Watch, list[Alert]]:
    watch, raised = (watch or Watch()).take(((0, one) for one in matches), lambda moment: moment)
    return watch, [alert for some in raised for alert in some]


def alerts(matches: Iterable[Match]) -> list[Alert]:
    return run(matches)[1]


FREQUENCY = {"kind": "frequency", "count": 3, "window": "24h"}


def test_the_nth_article_in_the_window_alerts_and_names_the_others() -> None:
    [alert] = alerts(match(f"a{n}", 10 * n, FREQUENCY) for n in range(3))
    assert alert.article_ids == ("a2", "a1", "a0")
    assert alert.reason == "3 articles in 1d (from 3 on)"
    assert alert.summary == "3 articles in 1d (from 3 on); tags:unrest"
    assert alert.values == {"condition.count": 3.0}


@pytest.mark.parametrize("hours", [[0, 12, 24], [0, 1], [0, 30, 60]])
def test_too_few_articles_in_a_window_are_silent(hours: list[float]) -> None:
    assert alerts(match(f"a{n}", hour, FREQUENCY) for n, hour in enumerate(hours)) == []


def test_revisions_of_one_article_count_once() -> None:
    revisions = [match("a", 1, FREQUENCY, observed_at=START + timedelta(hours=n)) for n in range(1, 5)]
    assert alerts(revisions) == []


def test_groups_and_versions_and_modes_are_counted_apart() -> None:
    others: list[dict[str, Any]] = [{"group": "KE"}, {"rule_version": 2}, {"mode": "backfill"}, {"rule_id": "other"}]
    matches = [match(f"a{n}", n, FREQUENCY, **other) for n, other in enumerate([{}, {}, *others])]
    assert alerts(matches) == []


def test_an_article_that_comes_late_fills_the_window_it_belongs_to() -> None:
    watch, raised = run(match(f"a{n}", hour, FREQUENCY) for n, hour in enumerate([0, 20, 10]))
    assert [alert.article_ids for alert in raised] == [("a2", "a1", "a0")]
    assert watch.windows[0, "live"].late == 1


def test_an_article_beyond_the_grace_is_counted_and_not_judged() -> None:
    condition = {"kind": "frequency", "count": 2, "window": "10d"}
    late = 5 * 24
    watch, raised = run([match("a0", late, condition), match("a1", late - GRACE_S / HOUR - 1, condition)])
    assert raised == []
    assert (watch.windows[0, "live"].late, watch.windows[0, "live"].too_late) == (1, 1)


def test_values_of_a_field_are_counted_once() -> None:
    condition = {"kind": "cardinality", "field": "source.id", "distinct": 3, "window": "6h"}
    sources = ["a", "b", "b", "a", "c"]
    [alert] = alerts(match(f"a{n}", n, condition, values={"source.id": name}) for n, name in enumerate(sources))
    assert alert.article_ids[0] == "a4"
    assert alert.reason == "3 different source.id in 6h (from 3 on): a, b, c"


def change(article: str, hours: float, killed: int | None, seen: float | None = None, **fields: Any) -> Match:
    values = {} if killed is None else {"toll.killed.best": killed}
    condition = {"kind": "change", "field": "toll.killed.best", "rise": 10, "window": "3d"}
    observed = START + timedelta(hours=hours if seen is None else seen)
    return match(article, hours, condition, values=values, observed_at=observed, **fields)


def test_a_rise_by_ten_per_cent_alerts_with_the_values_before_and_after() -> None:
    first, second = alerts([change("a", 0, 100), change("b", 1, 109), change("c", 2, 120), change("d", 3, 140)])
    assert first.reason == "toll.killed.best rose from 109 to 120 (+10.1 %)"
    assert first.values["condition.before"] == 109
    assert first.update_of is None
    assert second.reason == "toll.killed.best rose from 120 to 140 (+16.7 %)"
    assert (second.update_of, second.values_before) == (first.id, first.values)


def test_an_older_lower_number_of_another_article_is_no_change() -> None:
    assert alerts([change("a", 0, 100), change("b", 1, 60), change("c", 2, 100)]) == []


def test_an_article_that_lowers_or_withdraws_its_number_alerts() -> None:
    lowered, withdrawn = alerts([change("a", 0, 100), change("a", 0, 60, seen=2), change("a", 0, None, seen=3)])
    assert lowered.reason == "toll.killed.best revised from 100 to 60 (-40 %)"
    assert withdrawn.reason == "toll.killed.best withdrawn: 60 before, no longer stated"
    assert withdrawn.update_of == lowered.id


def term(article: str, hours: float, *people: str, **fields: Any) -> Match:
    condition = {"kind": "new_term", "field": "people", "lookback": "30d", **fields}
    return match(article, hours, condition, values={"people": list(people)})


def test_a_name_is_new_once_and_again_after_the_look_back() -> None:
    stream = [term("a", 0, "Ann"), term("b", 1, "Ann", "Bo"), term("c", 2, "Bo"), term("d", 24 * 40, "Ann")]
    [alert] = alerts(stream)
    assert (alert.article_ids, alert.reason) == (("b",), "people for the first time in 30d: Bo")
    again = alerts([*stream[:3], term("x", 24 * 29, "Cy"), term("d", 24 * 31.5, "Ann")])
    assert [one.reason for one in again][1:] == [
        "people for the first time in 30d: Cy",
        "people for the first time in 30d: Ann",
    ]


def test_what_is_new_is_no_update_of_what_was_new_before() -> None:
    found = alerts([term("a", 0, "Ann"), term("b", 1, "Bo"), term("c", 2, "Cy"), term("c", 3, "Cy", "Di")])
    assert [(one.article_ids[0], one.update_of) for one in found] == [("b", None), ("c", None), ("c", found[1].id)]


def test_nothing_is_new_before_enough_has_been_learnt() -> None:
    stream = [term("a", 0, "Ann", learn=3), term("b", 1, "Bo", learn=3), term("c", 2, "Cy", learn=3)]
    assert alerts(stream) == []
    assert len(alerts([*stream, term("d", 3, "Di", learn=3)])) == 1


SPIKE = {"kind": "spike", "window": "6h", "reference": "2d", "ratio": 4, "count": 4}


def test_many_more_than_before_alert_and_a_steady_flow_does_not() -> None:
    calm = [match(f"c{n}", 6 * n, SPIKE) for n in range(8)]
    [alert] = alerts([*calm, *(match(f"b{n}", 48 + n, SPIKE) for n in range(4))])
    assert alert.reason == "4 articles in 6h, 4 times what the 2d before make one expect"
    assert alerts([*calm, *(match(f"d{n}", 48 + 2 * n, SPIKE) for n in range(4))]) == []


def test_a_group_that_was_never_heard_of_has_no_spike() -> None:
    assert alerts(match(f"a{n}", n / 10, SPIKE) for n in range(20)) == []


SILENCE = {"kind": "silence", "after": "12h"}


def clock(hours: float, **fields: Any) -> Match:
    return match(f"t{hours}", hours, None, rule_id="other", channel="other", **fields)


def of_rule(found: Iterable[Alert]) -> list[Alert]:
    return [alert for alert in found if alert.rule_id == "rule"]


def test_a_group_that_falls_silent_alerts_once_when_event_time_has_passed() -> None:
    stream = [match("a", 0, SILENCE), match("b", 6, SILENCE), *(clock(hour) for hour in (17, 18, 19, 40))]
    [alert] = of_rule(alerts(stream))
    assert (alert.article_ids, alert.event_time) == (("b", "a"), START + timedelta(hours=18))
    assert alert.reason == "nothing for 12h since 2026-03-01 06:00 UTC"
    assert of_rule(alerts(stream[:4])) == []


def test_a_group_that_speaks_again_can_fall_silent_again() -> None:
    stream = [match("a", 0, SILENCE), clock(13), match("b", 14, SILENCE), clock(30)]
    assert [alert.article_ids for alert in of_rule(alerts(stream))] == [("a",), ("b",)]


def test_a_group_that_was_hardly_heard_is_not_missed() -> None:
    loud = {**SILENCE, "count": 2}
    assert of_rule(alerts([match("a", 0, loud), clock(13)])) == []
    assert len(of_rule(alerts([match("a", 0, loud), match("b", 1, loud), clock(14)]))) == 1


def test_a_replay_of_old_articles_is_no_silence() -> None:
    stream = [match(f"a{n}", 5 * n, SILENCE) for n in range(30)]
    watch, raised = run([*stream, clock(400)])
    assert len(of_rule(raised)) == 1
    assert run([*stream, clock(401), clock(500)], watch)[1] == [*alerts([clock(401)]), *alerts([clock(500)])]


def step(article: str, hours: float, *steps: str) -> Match:
    return match(article, hours, {"kind": "sequence", "first": "a", "within": "24h"}, steps=steps)


def test_a_second_article_after_a_first_one_alerts() -> None:
    [alert] = alerts([step("a", 0, "first"), step("b", 5, "then")])
    assert (alert.article_ids, alert.reason) == (("b", "a"), "5h after an article of: a")


@pytest.mark.parametrize(
    "stream",
    [
        [step("a", 0, "then"), step("b", 1, "first")],
        [step("a", 0, "first", "then")],
        [step("a", 0, "first"), step("b", 24, "then")],
        [step("a", 0, "first"), step("a", 1, "then")],
    ],
)
def test_the_wrong_order_one_article_alone_and_a_long_wait_are_silent(stream: list[Match]) -> None:
    assert alerts(stream) == []


def test_the_first_article_of_a_sequence_may_come_late() -> None:
    assert len(alerts([step("b", 5, "then"), step("a", 0, "first")])) == 1


def test_severity_rises_with_the_count_and_breaks_the_throttle() -> None:
    escalate = [{"field": "condition.count", "at": 5, "severity": "critical"}]
    stream = [match(f"a{n}", n, FREQUENCY, escalate=escalate, throttle_seconds=24 * HOUR) for n in range(7)]
    first, second = alerts(stream)
    assert (first.severity, first.update_of) == ("medium", None)
    assert (second.severity, second.update_of, second.values["condition.count"]) == ("critical", first.id, 5)


def test_an_alert_tells_the_source_and_quotes_the_article() -> None:
    evidence = [{"article_id": "a", "span": {"start": 0, "end": 4}, "sentence": "Unrest."}]
    [alert] = alerts([match("a", 0, None, source="Wire", evidence=evidence)])
    assert (alert.source, alert.evidence[0].sentence) == ("Wire", "Unrest.")


def test_a_match_with_lateness_waits_for_event_time_to_pass() -> None:
    waiting = match("a", 0, None, lateness_seconds=HOUR)
    watch, raised = run([waiting, clock(1)])
    assert of_rule(raised) == []
    assert [alert.article_ids for alert in of_rule(run([clock(1.01)], watch)[1])] == [("a",)]


def test_at_the_bound_of_a_rule_the_stillest_groups_go_and_are_counted() -> None:
    windows = Windows(max_rule_points=10)
    for n in range(30):
        windows.take(match(f"a{n}", n / 10, FREQUENCY, group=f"g{n}"))
    assert windows.size <= 10
    assert windows.size + windows.cut == 30
    assert ("rule", 1, "g29") in windows.groups


def test_at_the_bound_of_all_rules_what_is_held_is_decided() -> None:
    windows = Windows(max_points=5)
    fired = [
        one
        for n in range(20)
        for one in windows.take(match(f"a{n}", n / 100, None, lateness_seconds=HOUR, rule_id=f"r{n}"))
    ]
    assert windows.size <= 5
    assert len(fired) + windows.size == 20


def test_a_group_keeps_a_bounded_number_of_points() -> None:
    windows = Windows()
    for n in range(1_010):
        windows.take(match(f"a{n}", n / 1000, {"kind": "frequency", "count": 2, "window": "1d"}))
    assert (windows.size, windows.cut) == (1_000, 10)


def test_groups_that_are_still_for_longer_than_they_can_matter_are_forgotten() -> None:
    watch, _ = run([match("a", 0, FREQUENCY), clock(24 + GRACE_S / HOUR + 0.1)])
    assert watch.windows[0, "live"].groups == {}


def test_the_list_of_due_times_stays_as_short_as_the_groups_allow() -> None:
    windows = Windows()
    for n in range(5_000):
        windows.take(match(f"a{n}", n / 1000, FREQUENCY, group=f"g{n % 3}"))
    assert len(windows.due) < 1_100


def test_taking_leaves_the_state_before_unchanged() -> None:
    before, _ = run(match(f"a{n}", n, FREQUENCY) for n in range(2))
    _, first = run([match("a2", 2, FREQUENCY)], before)
    _, second = run([match("a2", 2, FREQUENCY)], before)
    assert [alert.id for alert in first] == [alert.id for alert in second] != []


CONDITIONS = [
    None,
    FREQUENCY,
    {"kind": "cardinality", "field": "terms", "distinct": 3, "window": "6h"},
    {"kind": "change", "field": "number", "rise": 20, "window": "12h"},
    {"kind": "new_term", "field": "terms", "lookback": "10h"},
    {"kind": "spike", "window": "3h", "reference": "12h", "ratio": 2, "count": 2},
    {"kind": "silence", "after": "5h"},
    {"kind": "sequence", "first": "x", "within": "6h"},
]
LATENESS_H = 4


def drawn(number: int, condition: int, hours: int, value: int, throttle: int, group: str, mode: str) -> Match:
    chosen = CONDITIONS[condition]
    field = (chosen or {}).get("field")
    values: dict[str, Any] = {"terms": {"terms": [f"t{value}", f"t{value // 2}"]}, "number": {"number": value * 10}}
    return match(
        f"a{number}",
        hours / 2,
        chosen,
        rule_id=f"rule{condition}",
        group=group,
        mode=mode,
        values=values.get(str(field), {}),
        steps=("first",) if value % 2 else ("then",),
        throttle_seconds=throttle * HOUR,
        lateness_seconds=LATENESS_H * HOUR,
    )


STREAMS = st.lists(
    st.tuples(
        st.integers(0, len(CONDITIONS) - 1),
        st.integers(0, 80),
        st.integers(0, 6),
        st.sampled_from([0, 5]),
        st.sampled_from(["", "ZM"]),
        st.sampled_from(["live", "live", "backfill"]),
    ),
    max_size=30,
).map(lambda rows: [drawn(number, *row) for number, row in enumerate(rows)])


def ended(matches: Sequence[Match]) -> tuple[Watch, dict[str, dict[str, Any]]]:
    """What comes of *matches* once event time has gone on."""
    end = [clock(10_000), clock(10_000, mode="backfill")]
    watch, raised = run([*matches, *end])
    assert len({alert.id for alert in raised}) == len(raised)
    return watch, {alert.id: alert.model_dump() for alert in raised}


@settings(deadline=None)
@given(stream=STREAMS, data=st.data())
def test_out_of_order_within_the_lateness_gives_the_alerts_of_in_order_arrival(
    stream: list[Match], data: st.DataObject
) -> None:
    delays = data.draw(st.lists(st.floats(0, LATENESS_H), min_size=len(stream), max_size=len(stream)))
    come = dict(zip((one.article_id for one in stream), delays, strict=True))
    late = sorted(stream, key=lambda one: one.event_time + timedelta(hours=come[one.article_id]))
    in_order_watch, in_order = ended(sorted(stream, key=arrival))
    watch, found = ended(late)
    assert found == in_order
    assert sum(line.late for line in (*watch.windows.values(), *in_order_watch.windows.values())) == 0


@settings(deadline=None)
@given(stream=STREAMS, data=st.data())
def test_what_comes_later_than_the_lateness_is_counted(stream: list[Match], data: st.DataObject) -> None:
    behind = data.draw(st.integers(LATENESS_H * 60 + 1, 40 * 60))
    for one in stream:
        after = one.model_copy(
            update={"article_id": "late", "event_time": one.event_time - timedelta(minutes=behind)},
        )
        line = run([one, after])[0].windows[0, one.mode]
        assert line.late == 1
        assert line.too_late == (one.condition is not None and behind * 60 > GRACE_S)


@settings(deadline=None)
@given(stream=STREAMS, wait=st.booleans(), again=st.data())
def test_a_replay_adds_no_alert(stream: list[Match], wait: bool, again: st.DataObject) -> None:
    matches = stream if wait else [one.model_copy(update={"lateness_seconds": 0}) for one in stream]
    watch, _ = ended(matches)
    replayed = again.draw(st.permutations(matches))
    _, more = run([*replayed, clock(10_000), clock(10_000, mode="backfill")], watch)
    assert more == []


@settings(deadline=None)
@given(stream=STREAMS, cut=st.integers(0, 50), committed=st.integers(0, 50), wait=st.booleans())
def test_windows_read_anew_up_to_what_was_committed_raise_what_is_missing_and_nothing_twice(
    stream: list[Match], cut: int, committed: int, wait: bool
) -> None:
    """A crash: alerts are out up to *cut*, the position was committed up to some point before it."""
    matches = stream if wait else [one.model_copy(update={"lateness_seconds": 0}) for one in stream]
    matches = [*matches, clock(10_000), clock(10_000, mode="backfill")]
    begin = min(committed, cut)
    _, undisturbed = run(matches)
    _, out = run(matches[:cut])
    reread, _ = run(matches[:begin])
    _, after = run(matches[begin:], Watch(AlertState.from_alerts(out), reread.windows))
    assert [alert.id for alert in out + after] == [alert.id for alert in undisturbed]


@given(condition=st.sampled_from(CONDITIONS[1:]))
def test_conditions_travel_as_seconds(condition: dict[str, Any]) -> None:
    read = CONDITION.validate_python(condition)
    assert CONDITION.validate_json(CONDITION.dump_json(read)) == read
