"""Events from sentences, and on any text at all."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.events import find_events
from pipeline.events.english import RULES
from pipeline.events.find import NOT_MADE
from pipeline.events.model import CODES, EventRule, EventType
from pipeline.figures import find_figures
from pipeline.findings import Document, Findings
from pipeline.text import analyse
from schemas.enrichment import Event

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "data" / "events" / "sentences.jsonl").read_text("utf-8").splitlines()
]


def _events(body: str, title: str = "", published_at: datetime | None = None) -> tuple[Event, ...]:
    document = Document(analyse(title, "title"), analyse(body), "en", published_at)
    return find_events(document, find_figures(document, Findings())).events


def _written(event: Event, body: str) -> str:
    """type | factuality | by WHOM | on WHEN | CAMEO | trigger, leaving out what is not known."""
    parts = [event.type, event.factuality]
    parts += [f"by {event.claimed_by}"] if event.claimed_by else []
    parts += [f"on {event.date}"] if event.date else []
    parts += [event.cameo] if event.cameo else []
    return " | ".join([*parts, body[event.span.start : event.span.end]])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_sentence_gives_exactly_its_events(case: dict[str, Any]) -> None:
    assert [_written(event, case["text"]) for event in _events(case["text"])] == case["events"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_finds_its_example_and_not_its_counter_example(rule: EventRule) -> None:
    assert f"events.{rule.name}" in {event.rule for event in _events(rule.example)}
    assert rule.type not in {event.type for event in _events(rule.counter_example)}


def test_every_type_has_a_rule_and_codes() -> None:
    assert set(CODES) == set(get_args(EventType)) == {rule.type for rule in RULES}


def test_quotation_over_sentences_has_the_speaker_named_at_its_end() -> None:
    body = "“Riots broke out at noon. A state of emergency was declared. All is calm now”, the ministry stated."
    claimed = {event.type: (event.factuality, event.claimed_by) for event in _events(body)}
    assert claimed["unrest"] == ("claimed", "the ministry")
    assert claimed["state_of_emergency"] == ("claimed", "the ministry")


def test_quotation_ends_with_its_paragraph() -> None:
    body = "“Riots broke out at noon. It was terrible, the ministry stated.\n\nMartial law was declared."
    assert [(e.type, e.factuality) for e in _events(body)][-1] == ("state_of_emergency", "asserted")


def test_title_comes_before_body() -> None:
    events = _events("Martial law was declared.", title="Riots in the capital")
    assert [(e.type, e.span.field) for e in events] == [("unrest", "title"), ("state_of_emergency", "body")]


def test_date_after_publication_makes_a_meeting_scheduled() -> None:
    published = datetime(2024, 5, 8, tzinfo=UTC)
    body = "Foreign ministers hold talks in Vienna on 11 May 2024."
    assert [(e.factuality, e.date, e.cameo) for e in _events(body, published_at=published)] == [
        ("scheduled", "2024-05-11", "036")
    ]


@pytest.mark.parametrize(
    ("body", "factuality"),
    [
        ("Police denied that 80 people had been detained.", "denied"),
        ("The rights group said 80 people had been detained.", "claimed"),
        ("Reportedly, 80 people have been detained.", "hedged"),
        ("Hundreds of people have been detained.", "asserted"),
    ],
)
def test_many_detained_are_a_mass_detention(body: str, factuality: str) -> None:
    assert [(e.type, e.factuality) for e in _events(body)] == [("mass_detention", factuality)]


@pytest.mark.parametrize(
    "body",
    [
        "The law could see 900 people detained.",
        "On average 900 people are detained every day.",
        "Ten years ago 900 people were detained.",
        "Twelve people were detained.",
    ],
)
def test_few_past_or_possible_detentions_are_none(body: str) -> None:
    assert "mass_detention" not in {event.type for event in _events(body)}


WORDS = st.sampled_from(
    [
        *"""state of emergency martial law riots the not no “ ” " , . ministers will meet talks on 13 and 14 January
        2022 Russian-led troops said according to attack rebels bomb was sacked minister election planned protest
        rally MAY""".split(),
        "\n",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, max_size=60).map(" ".join) | st.text(max_size=200))
def test_any_text_gives_spans_inside_it_and_one_event_per_type_and_sentence(body: str) -> None:
    found = [event for event in _events(body) if event.rule != "events.many_detained"]
    for event in found:
        assert 0 <= event.sentence.start <= event.span.start < event.span.end <= event.sentence.end <= len(body)
        assert event.claimed_by is None or event.factuality == "claimed"
    keys = [(event.type, event.sentence.start) for event in found]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    "body",
    [
        "Demonstrators urged the king to sack his prime minister.",
        "Opposition parties demanded the speaker's resignation.",
        "The prime minister threatened to resign if the budget fails.",
        "The defence minister refused to resign.",
        "The ruling party said the mayor should be removed.",
    ],
)
def test_departure_that_is_not_made_is_refused_with_the_reason(body: str) -> None:
    document = Document(analyse("", "title"), analyse(body), "en", None)
    found = find_events(document, Findings())
    assert "dismissal" not in {event.type for event in found.events}
    assert [item.reason for item in found.rejected] == [NOT_MADE]
