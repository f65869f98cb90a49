"""What receivers, readers and feed programs get: signed, bounded, and harmless whatever strangers wrote."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.notifying.atom import newest, render_feed
from pipeline.notifying.message import MAX_LISTED, alert_message, digest_message, told
from pipeline.notifying.webhook import alert_event, digest_event, header_value, headers, read_secret, signature
from tests.pipeline.test_handling import MOMENT, alert

EVIDENCE = {"article_id": "a1", "span": {"start": 0, "end": 4}, "sentence": "The river rose."}


def test_signature_is_that_of_the_published_example() -> None:
    """Standard Webhooks, its reference libraries' test."""
    key = read_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    made = signature(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("secret", ["short", "whsec_!!!", "whsec_c2hvcnQ="])
def test_a_weak_or_damaged_secret_is_refused_and_not_repeated(secret: str) -> None:
    with pytest.raises(ValueError, match="secret") as caught:
        read_secret(secret)
    assert secret not in str(caught.value)


def test_headers_hold_ids_and_one_signature_for_each_secret() -> None:
    event = alert_event(alert())
    made = headers(event, source="urn:tocsin:t", keys=[b"a" * 16, b"b" * 16], timestamp=7)
    assert made["ce-id"] == made["webhook-id"] == "x1"
    assert made["webhook-signature"].split() == [signature(key, "x1", 7, event.body) for key in (b"a" * 16, b"b" * 16)]


@given(st.text())
def test_header_values_are_printable_and_unambiguous(text: str) -> None:
    value = header_value(text)
    assert all("!" <= char <= "~" and char != '"' for char in value)
    from urllib.parse import unquote

    assert unquote(value, errors="strict") == text.encode("utf-8", "replace").decode()


def test_header_values_are_encoded_as_cloud_events_ask() -> None:
    assert header_value('Euro € "100%"') == "Euro%20%E2%82%AC%20%22100%25%22"


def test_a_digest_tells_how_many_and_which() -> None:
    late = alert(id="x2", raised_at=MOMENT + timedelta(hours=1))
    event = digest_event("d1", "desk", [alert(), late])
    body = json.loads(event.body)
    assert (event.id, event.type, event.time, event.subject) == ("d1", "tocsin.digest", late.raised_at, "desk")
    assert (body["count"], [one["id"] for one in body["alerts"]]) == (2, ["x1", "x2"])


def test_a_message_says_what_why_and_where() -> None:
    why = "3 matches in 6h, at least 3 are needed"
    message = alert_message(alert(evidence=[EVIDENCE], url="https://news.example/1", update_of="x0", reason=why))
    assert message.title == "[medium] River rises"
    assert message.body.splitlines() == [
        why,
        "title:river",
        "“The river rose.”",
        "https://news.example/1",
        "Update of alert x0",
        "Alert x1 of rule flood",
    ]


def test_the_reason_that_begins_the_summary_is_told_once() -> None:
    why = "3 articles in 1d (from 3 on)"
    lines = alert_message(alert(reason=why, summary=f"{why}; tags:flood")).body.splitlines()
    assert lines[0] == f"{why}; tags:flood"
    assert sum(why in line for line in lines) == 1


def test_a_digest_lists_the_most_severe_first_and_counts_the_rest() -> None:
    many = [alert(id=f"x{n}", severity="low") for n in range(MAX_LISTED)]
    message = digest_message([*many, alert(id="top", severity="critical")])
    assert message.title == f"{MAX_LISTED + 1} alerts: 1 critical, {MAX_LISTED} low"
    assert "[critical] River rises (top)" in message.body.splitlines()[0]
    assert message.body.splitlines()[-1] == "and 1 more"


@pytest.mark.parametrize("call", ["@everyone", "@here", "<!channel>", "<@U123>", "<#C1>"])
def test_a_headline_calls_nobody(call: str) -> None:
    assert call not in alert_message(alert(title=f"Flood {call} now")).title


@given(st.text(max_size=3_000))
def test_text_is_one_bounded_line_that_steers_nothing(text: str) -> None:
    shown = told(text)
    assert len(shown.replace("\u200b", "")) <= 500
    assert not set(shown) & set("\n\r\t\x00\x1b\x9b\u202e\u2066")


def test_a_feed_holds_the_newest_once_and_reads_as_written() -> None:
    alerts = [
        alert(id=f"x{n}", raised_at=MOMENT + timedelta(minutes=n), url="https://news.example/1") for n in range(5)
    ]
    kept = newest([*alerts, alerts[2], alerts[4].model_copy(update={"raised_at": MOMENT + timedelta(days=9)})], 3)
    assert [one.id for one in kept] == ["x4", "x3", "x2"]
    content = render_feed("water", kept, deployment="tocsin")
    assert content == render_feed("water", newest(reversed(alerts), 3), deployment="tocsin")
    feed: Any = feedparser.parse(content)
    assert not feed.bozo
    assert (feed.version, feed.feed.id, feed.feed.updated) == (
        "atom10", "urn:tocsin:tocsin:alerts:water", "2026-03-01T10:04:00.000Z",
    )  # fmt: skip
    assert [entry.id for entry in feed.entries] == ["urn:tocsin:alert:x4", "urn:tocsin:alert:x3", "urn:tocsin:alert:x2"]
    assert feed.entries[0].link == "https://news.example/1"


def test_an_empty_feed_is_a_feed() -> None:
    feed: Any = feedparser.parse(render_feed("water", (), deployment="tocsin"))
    assert (feed.bozo, feed.entries, feed.feed.title) == (False, [], "Alerts: water")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://a.example/\nx", "file:///etc/passwd", ""])
def test_an_address_that_is_no_web_page_is_no_link(url: str) -> None:
    assert b"<link" not in render_feed("water", [alert(url=url)], deployment="tocsin")


@given(st.text(alphabet=st.characters(), max_size=60))
def test_whatever_strangers_wrote_the_feed_is_well_formed(text: str) -> None:
    from xml.etree import ElementTree

    words = text.encode("utf-8", "replace").decode()
    entry = alert(title=words, summary=words, rule_id=words, id=words or "x", url=words)
    ElementTree.fromstring(render_feed(words, [entry], deployment="t"))
