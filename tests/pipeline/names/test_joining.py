"""Which mentions are one entity and why, whose country it is, and which places are people."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.findings import Document, Findings
from pipeline.names import find_entities
from pipeline.text import analyse

DATA = Path(__file__).parents[2] / "data" / "names"


def _cases(name: str) -> list[Any]:
    return [pytest.param(case, id=case["behaviour"]) for case in json.loads((DATA / name).read_text("utf-8"))]


def _read(text: str) -> Findings:
    return find_entities(Document(title=analyse("", "title"), body=analyse(text)), Findings())


@pytest.mark.parametrize("case", _cases("joining.json"))
def test_mentions_are_joined_with_a_reason(case: Any) -> None:
    text, entities = case["text"], _read(case["text"]).entities
    if "joins" in case:
        joins = [[e.name, text[m.span.start : m.span.end], m.reason] for e in entities for m in e.merges]
        assert joins == case["joins"]
    if "references" in case:
        nouns = [[e.name, text[r.span.start : r.span.end]] for e in entities for r in e.references]
        assert nouns == case["references"]


@pytest.mark.parametrize("case", _cases("countries.json"))
def test_the_text_tells_whose_office_or_body_it_is(case: Any) -> None:
    found = {entity.name: [entity.country, entity.country_rule] for entity in _read(case["text"]).entities}
    assert {name: found.get(name) for name in case["countries"]} == case["countries"]


@pytest.mark.parametrize("case", _cases("namesakes.json"))
def test_a_name_is_a_person_or_a_place_and_the_loser_is_refused(case: Any) -> None:
    found = _read(case["text"])
    assert {e.name: len(e.mentions) for e in found.entities if e.type == "person"} == case["people"]
    assert [e.name for e in found.entities if e.type == "location"] == case["places"]
    refused = {item.text: item.winner for item in found.rejected if item.considered_as == "location"}
    assert case.get("refused", {}).items() <= refused.items()
    assert all(item.reason for item in found.rejected)
