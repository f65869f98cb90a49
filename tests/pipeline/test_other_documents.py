"""The index documents of alerts and dead letters."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import UTC, datetime
from typing import Any

import pytest

from pipeline.alert_document import alert_document, alert_version, handled_document
from pipeline.dead_letter_document import (
    dead_letter_document,
    error_class,
    replayed_document,
    unreadable_document,
)
from pipeline.handling import comment, handle
from schemas.alert import Alert, DeadLetter
from schemas.collections import ALERTS, DEAD_LETTERS

MOMENT = datetime(2026, 3, 1, 10, 0, 0, 250_000, UTC)


def alert(**changes: Any) -> Alert:
    least = {
        "id": "x1",
        "rule_id": "flood",
        "rule_version": 2,
        "severity": "high",
        "channel": "water",
        "group": "KZ",
        "title": "Flood: river rises",
        "summary": "title:flood held",
        "article_ids": ("a1", "a2"),
        "event_time": MOMENT,
        "raised_at": MOMENT,
    }
    return Alert.model_validate(least | changes)


def full_alert() -> Alert:
    evidence = {"article_id": "a1", "span": {"start": 0, "end": 4}, "sentence": "The river rose."}
    return alert(
        url="https://news.example/1",
        evidence=[evidence, evidence | {"sentence": "A dam broke."}],
        values={"toll.killed.best": 12, "countries": ["KZ"]},
        values_before={"toll.killed.best": 3},
        update_of="x0",
    )


def letter(**changes: Any) -> DeadLetter:
    least = {
        "id": "l1",
        "stage": "enricher",
        "reason": "invalid_json",
        "detail": "unexpected end of data: line 1",
        "topic": "tocsin.articles",
        "partition": 3,
        "offset": 41,
        "raw": b64encode(b"{"),
        "raw_size": 1,
        "failed_at": MOMENT,
    }
    return DeadLetter.model_validate(least | changes)


def test_full_alert_fills_every_field_of_its_collection() -> None:
    whole = full_alert()
    state = handle(whole, "snoozed", by="ana", at=MOMENT, until=MOMENT)
    words = comment(whole.id, "seen", by="ana", at=MOMENT)
    assert alert_document(whole, state, [words]).keys() == ALERTS.by_name.keys()


def test_alert_is_found_by_event_time_severity_and_evidence() -> None:
    document = alert_document(full_alert())
    assert document["@timestamp"] == "2026-03-01T10:00:00.250Z"
    assert (document["severity"], document["severity.level"]) == ("high", 3)
    assert document["evidence"] == "The river rose.\nA dam broke."
    assert document["is_update"] is True


def test_first_alert_of_a_situation_is_no_update() -> None:
    document = alert_document(alert())
    assert document["is_update"] is False
    assert document.keys().isdisjoint({"update_of", "values_before", "evidence", "url"})


def test_alert_is_open_until_somebody_says_otherwise_and_again_when_it_is_reopened() -> None:
    first = alert_document(alert())
    assert first["status"] == "open"
    assert first.keys().isdisjoint({"status.by", "status.at", "status.until", "comments"})
    done = handled_document(first, handle(alert(), "resolved", by="ana", at=MOMENT), [])
    assert (done["status"], done["status.by"], done["status.at"]) == ("resolved", "ana", "2026-03-01T10:00:00.250Z")
    assert handled_document(done, handle(alert(), "open", by="ana", at=MOMENT), []) == first


def test_comments_stand_in_the_order_of_their_times() -> None:
    later = comment("x1", "second\nline", by="ben", at=MOMENT.replace(second=5))
    first = comment("x1", "first", by="ana", at=MOMENT)
    assert alert_document(alert(), None, [later, first])["comments"] == "ana: first\nben: second line"


def test_alert_that_was_raised_again_later_has_a_higher_version() -> None:
    later = alert(raised_at=MOMENT.replace(second=1))
    assert alert_version(later) == alert_version(alert()) + 1000


def test_full_dead_letter_fills_every_field_of_its_collection() -> None:
    whole = letter(
        traceback="Traceback (most recent call last):\nValueError: no",
        key=b64encode(b"a1"),
        timestamp_ms=1_000,
    )
    document = replayed_document(dead_letter_document(whole), MOMENT)
    assert document.keys() == DEAD_LETTERS.by_name.keys()
    assert (document["open"], document["replayed_at"]) == (False, "2026-03-01T10:00:00.250Z")


def test_dead_letter_without_its_message_is_small() -> None:
    raw = b64encode(b"x" * 700_000)
    assert len(json.dumps(dead_letter_document(letter(raw=raw, raw_size=700_000)))) < 1_000


@pytest.mark.parametrize("ms", [-(2**62), 2**62])
def test_time_that_no_calendar_has_is_left_out(ms: int) -> None:
    assert "written_at" not in dead_letter_document(letter(timestamp_ms=ms))


def test_key_that_is_no_text_and_half_a_surrogate_pair_are_replaced() -> None:
    document = dead_letter_document(letter(key=b64encode(b"\xff1"), detail="found \ud800 there"))
    assert document["key"] == "\ufffd1"
    assert document["detail"] == "found ? there"


@pytest.mark.parametrize(
    ("traceback", "expected"),
    [
        (None, None),
        ("", None),
        ("  File \"x.py\", line 1\nKeyError: 'a'", "KeyError"),
        ("Traceback\n  x\npackage.module.OwnError: it\ngoes on here, without colon", "package.module.OwnError"),
        ("  raise StopIteration\nStopIteration", "StopIteration"),
    ],
)
def test_class_of_the_exception(traceback: str | None, expected: str | None) -> None:
    assert error_class(traceback) == expected


def test_what_is_no_dead_letter_is_found_by_its_place() -> None:
    document = unreadable_document(
        id="u1", topic="tocsin.dead-letters", partition=0, offset=7, size=2, detail="id: missing", found_at=MOMENT
    )
    assert (document["reason"], document["offset"], document["open"]) == ("unreadable", 7, True)
    assert document.keys() <= DEAD_LETTERS.by_name.keys()
