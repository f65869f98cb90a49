"""Marked sentences in `tests/data/places`: which place, which role, what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.findings import Document
from pipeline.places import find_locations
from schemas.enrichment import Location

DATA = Path(__file__).parents[2] / "data" / "places"


def _cases(name: str) -> list[Any]:
    lines = (DATA / name).read_text("utf-8").splitlines()
    return [pytest.param(case, id=case["behaviour"]) for case in map(json.loads, lines)]


def _printed(document: Document, location: Location) -> list[str]:
    return [document.body.raw[span.start : span.end] for span in location.mentions]


@pytest.mark.parametrize("case", _cases("resolution.jsonl"))
def test_a_name_means_the_right_place(case: Any, marked: Any) -> None:
    document, entities = marked(case["text"])
    found = find_locations(document, entities)
    countries = {text: location.country for location in found.locations for text in _printed(document, location)}
    for text, country in case["expect"]:
        assert countries[text] == country, (text, countries)
    refused = {item.text for item in found.rejected if item.winner is None}
    assert set(case.get("rejected", ())) <= refused
    assert not refused & {text for text, _ in case["expect"]}


@pytest.mark.parametrize("case", _cases("roles.jsonl"))
def test_a_place_has_the_right_role(case: Any, marked: Any) -> None:
    document, entities = marked(case["text"])
    locations = find_locations(document, entities).locations
    roles = {(text, location.role) for location in locations for text in _printed(document, location)}
    assert roles == {(text, role) for text, role in case["expect"]}
