"""Which alerts stay silent for what people did about others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.handling import Silences, comment, entries_of, handle
from schemas.alert import Alert

MOMENT = datetime(2026, 3, 1, 10, tzinfo=UTC)
END = MOMENT + timedelta(days=2)
ENTRY = "lists.matches.entry"


def alert(**changes: Any) -> Alert:
    values = {
        "id": "x1",
        "rule_id": "flood",
        "rule_version": 1,
        "severity": "medium",
        "channel": "water",
        "group": "KZ",
        "title": "River rises",
        "summary": "title:river",
        "article_ids": ("a1",),
        "event_time": MOMENT,
        "raised_at": MOMENT,
    }
    return Alert.model_validate(values | changes)


SNOOZED = Silences([handle(alert(), "snoozed", by="ana", at=MOMENT, until=END)])


@pytest.mark.parametrize(
    "changes",
    [{}, {"id": "x2"}, {"severity": "low"}, {"event_time": END - timedelta(seconds=1)}, {"rule_version": 2}],
)
def test_a_snooze_silences_its_rule_and_group(changes: dict[str, Any]) -> None:
    assert SNOOZED.reason(alert(**changes)) == "snoozed by ana with alert x1"


@pytest.mark.parametrize("changes", [{"group": "PE"}, {"rule_id": "fire"}, {"event_time": END}, {"severity": "high"}])
def test_a_snooze_ends_and_silences_nothing_else_and_nothing_more_severe(changes: dict[str, Any]) -> None:
    assert SNOOZED.reason(alert(**changes)) is None


@pytest.mark.parametrize("status", ["open", "acknowledged", "resolved"])
def test_what_happens_next_is_news_though_somebody_looks_after_it(status: Any) -> None:
    silences = Silences([handle(alert(), status, by="ana", at=MOMENT)])
    assert silences.reason(alert(id="x2", update_of="x1")) is None


def test_a_false_positive_silences_updates_of_its_situation_only() -> None:
    silences = Silences([handle(alert(id="x2", update_of="x1"), "false_positive", by="ana", at=MOMENT)])
    assert silences.reason(alert(id="x3", update_of="x1"))
    assert silences.reason(alert(id="x1"))
    assert silences.reason(alert(id="x4")) is None


def test_a_false_positive_about_a_listed_entry_silences_the_rule_on_that_entry_for_good() -> None:
    wrong = alert(values={ENTRY: ["un-sc/7"]}, group="un-sc/7")
    silences = Silences([handle(wrong, "false_positive", by="ana", at=MOMENT)])
    later = {"id": "x9", "event_time": MOMENT + timedelta(days=400)}
    assert "un-sc/7" in str(silences.reason(alert(values={ENTRY: "un-sc/7"}, **later)))
    assert silences.reason(alert(values={ENTRY: ["un-sc/8"]}, **later)) is None
    assert silences.reason(alert(values={ENTRY: ["un-sc/7", "un-sc/8"]}, **later)) is None, "one of them may be meant"
    assert silences.reason(alert(values={ENTRY: ["un-sc/7"]}, rule_id="other", **later)) is None
    assert silences.reason(alert(**later)) is None


def test_entries_are_read_from_one_value_or_several() -> None:
    assert entries_of(alert(values={ENTRY: "a/1"})) == ("a/1",)
    assert entries_of(alert(values={ENTRY: ["b/2", "a/1", ""]})) == ("a/1", "b/2")
    assert entries_of(alert(values={ENTRY: None})) == ()


def test_only_a_snooze_has_an_end() -> None:
    with pytest.raises(ValueError, match="a snooze, and nothing else"):
        handle(alert(), "snoozed", by="ana", at=MOMENT)
    with pytest.raises(ValueError, match="a snooze, and nothing else"):
        handle(alert(), "resolved", by="ana", at=MOMENT, until=END)


def test_the_same_comment_is_one_comment() -> None:
    first = comment("x1", "seen \ud800", by="ana", at=MOMENT)
    assert first == comment("x1", "seen \ud800", by="ana", at=MOMENT)
    assert first.id != comment("x2", "seen \ud800", by="ana", at=MOMENT).id
    assert first.text == "seen ?"


@given(st.permutations(["info", "low", "medium", "high", "critical"]))
def test_of_several_snoozes_the_one_that_reaches_furthest_counts(order: list[Any]) -> None:
    states = [
        handle(alert(id=severity, severity=severity), "snoozed", by="ana", at=MOMENT, until=END) for severity in order
    ]
    silences = Silences(states)
    assert all(silences.reason(alert(severity=severity)) for severity in order)
