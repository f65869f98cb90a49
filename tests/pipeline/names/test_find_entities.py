"""What is found in a text: cases are in tests/data/names, laws are hypothesis properties."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.findings import Document, Findings
from pipeline.names import find_entities
from pipeline.text import analyse

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "data" / "names" / "entities.json").read_text("utf-8")
)


def read(text: str, title: str = "") -> Findings:
    return find_entities(Document(title=analyse(title, "title"), body=analyse(text)), Findings())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_entities_of_a_text(case: dict[str, Any]) -> None:
    texts = {"body": case["text"], "title": case.get("title", "")}
    found = read(case["text"], texts["title"]).entities
    printed = [[e.type, e.name, [texts[m.field][m.start : m.end] for m in e.mentions]] for e in found]
    assert sorted(printed) == sorted(case["entities"])
    assert {e.name: e.title for e in found if e.name in case.get("titles", {})} == case.get("titles", {})
    assert {e.name: e.country for e in found if e.name in case.get("countries", {})} == case.get("countries", {})


def test_title_and_body_share_their_people() -> None:
    (entity,) = read("Mensah denied it.", "Kofi Mensah resigns from the board").entities
    assert (entity.name, [m.field for m in entity.mentions]) == ("Kofi Mensah", ["title", "body"])


def test_capitals_without_evidence_are_kept_as_refused() -> None:
    (refused,) = read("They praised the Quorvex yesterday.").rejected
    assert (refused.text, refused.considered_as) == ("Quorvex", "name")
    assert refused.reason


def test_each_entity_says_which_rule_found_it() -> None:
    rules = {e.name: e.rule for e in read("Mr. Adu of Ghana met UNICEF and Ada Lovelace.").entities}
    assert rules == {
        "Adu": "names.tagger",
        "Ghana": "names.tagger",
        "United Nations Children's Fund": "names.known_organisation",
        "Ada Lovelace": "names.tagger",
    }


WORDS = st.sampled_from(
    "the The of and said President Minister Mr. Dr. J. Ali Maria Kazakhstan Kazakh Paris London UN EU NATO Council "
    "Security Ministry Bank Province region in near ( ) , . ; “ ” ' 's \n \n\n - — 34 101st al-Shabaab de bin III Jr. "
    "US-led WHO FMLN".split(" ")
)
RAW = st.one_of(st.text(), st.lists(WORDS).map(" ".join), st.lists(WORDS).map(" ".join).map(str.upper))


@given(title=RAW, body=RAW)
@example(title="", body="of")
@example(title="President", body="101st Division of the")
@settings(max_examples=300)
def test_any_text_gives_spans_inside_it_in_reading_order(title: str, body: str) -> None:
    texts = {"title": title, "body": body}
    found = read(body, title)
    assert found == read(body, title)
    for entity in found.entities:
        assert 0 < entity.confidence <= 1
        order = [(span.field == "body", span.start) for span in entity.mentions]
        assert order == sorted(order)
        for span in entity.mentions:
            assert texts[span.field][span.start : span.end].strip() == texts[span.field][span.start : span.end] != ""
    for item in found.rejected:
        assert item.text == texts[item.span.field][item.span.start : item.span.end]


@pytest.mark.parametrize(
    "body",
    ["Ali " * 20_000, "Bank of " * 20_000, "A" * 100_000, "PRESIDENT ALI " * 10_000, "(UN) " * 20_000, "\x00" * 9_000],
)
def test_hostile_text_is_read_in_one_pass(body: str) -> None:
    """Finishing within the suite's time limit is the point: quadratic work on these takes minutes."""
    for entity in read(body).entities:
        assert entity.mentions
