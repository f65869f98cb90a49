"""Which mentions are one entity and why, whose country it is, and which places are people."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pipeline.names.entities import to_entities
from pipeline.names.namesakes import places_in_names, with_namesakes
from pipeline.names.reading import Candidate
from schemas.enrichment import Entity
from tests.pipeline.names.marked import part

DATA = Path(__file__).parents[2] / "data" / "names"


def _cases(name: str) -> list[Any]:
    return [pytest.param(case, id=case["behaviour"]) for case in json.loads((DATA / name).read_text("utf-8"))]


def _read(marked: str, title: str = "") -> tuple[str, tuple[Entity, ...]]:
    parts = part(title, "title"), part(marked)
    return parts[1].reading.text.raw, to_entities(parts)


@pytest.mark.parametrize("case", _cases("joining.json"))
def test_mentions_are_joined_with_a_reason(case: Any) -> None:
    text, entities = _read(case["text"])
    if "joins" in case:
        joins = [[e.name, text[m.span.start : m.span.end], m.reason] for e in entities for m in e.merges]
        assert joins == case["joins"]
    if "references" in case:
        nouns = [[e.name, text[r.span.start : r.span.end]] for e in entities for r in e.references]
        assert nouns == case["references"]


@pytest.mark.parametrize("case", _cases("countries.json"))
def test_the_text_tells_whose_office_or_body_it_is(case: Any) -> None:
    _, entities = _read(case["text"])
    found = {entity.name: [entity.country, entity.country_rule] for entity in entities}
    assert {name: found.get(name) for name in case["countries"]} == case["countries"]


@pytest.mark.parametrize("case", _cases("namesakes.json"))
def test_a_name_is_a_person_or_a_place_and_the_loser_is_refused(case: Any) -> None:
    parts, refused = with_namesakes([part(case["text"])])
    entities = to_entities(parts)
    assert {e.name: len(e.mentions) for e in entities if e.type == "person"} == case["people"]
    assert [e.name for e in entities if e.type == "location"] == case["places"]
    losers = {item["text"]: item["winner"] for item in (*refused, *places_in_names(parts))}
    assert case["refused"].items() <= losers.items()


@pytest.mark.parametrize("case", _cases("place_check.json"))
def test_the_gazetteer_has_the_last_word_on_places(case: Any) -> None:
    parts, _ = with_namesakes([part(case["text"])])
    text = parts[0].reading.text.raw
    places = [text[span.start : span.end] for e in to_entities(parts) if e.type == "location" for span in e.mentions]
    assert places == case["places"]


@pytest.mark.parametrize(
    ("open_words", "places"),
    [
        (["Quito"], ["Quito"]),
        (["Tamil", "Nadu"], ["Tamil Nadu"]),
        (["Lion"], []),
        (["Quorvex"], []),
    ],
)
def test_an_open_name_is_a_place_when_the_gazetteer_is_sure(open_words: list[str], places: list[str]) -> None:
    plain = part(f"The {' '.join(open_words)} plan failed.")
    candidates = tuple(Candidate(1 + i, 2 + i, False) for i in range(len(open_words)))
    parts, _ = with_namesakes([replace(plain, candidates=candidates)])
    assert [entity.name for entity in to_entities(parts)] == places
    assert bool(parts[0].candidates) != bool(places)


def test_a_noun_of_the_body_may_mean_what_the_title_names() -> None:
    text, entities = _read("The ministry denied it.", title="{o:Defence Ministry of Ghana} denies raid")
    assert [text[r.span.start : r.span.end] for e in entities for r in e.references] == ["The ministry"]


NAMES = ("Ada Obi", "Obi", "Ada", "A. Obi", "Obi Ada", "Harrow Front", "HF", "Front", "Kenya", "Kenyan", "UN", "the")
MARKS = st.lists(st.tuples(st.sampled_from("poln"), st.sampled_from(NAMES)), max_size=15)


@given(MARKS)
def test_every_mention_is_kept_once_and_every_other_form_has_a_reason(marks: list[tuple[str, str]]) -> None:
    marked = ", ".join(f"{{{letter}:{name}}}" for letter, name in marks)
    text, entities = _read(marked)
    spans = [(span.start, span.end) for entity in entities for span in entity.mentions]
    assert sorted(spans) == sorted(set(spans))
    assert len(spans) == len(marks)
    for entity in entities:
        merged = {merge.span.start: merge.reason for merge in entity.merges}
        for span in entity.mentions:
            printed = text[span.start : span.end]
            assert printed.lower() == entity.name.lower() or merged[span.start].startswith("names.")


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=8))
def test_a_text_said_twice_names_the_same_entities(names: list[str]) -> None:
    once = ", ".join(f"{{p:{name}}}" for name in names)
    _, entities = _read(once)
    _, twice = _read(f"{once}. {once}")
    assert {e.name for e in entities} == {e.name for e in twice}
    assert sum(len(e.mentions) for e in twice) == 2 * len(names)
