"""Records made from values by the compiled validators."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from pipeline.records import maker, makers
from schemas.enrichment import Entity, Span

ENTITY = {
    "type": "person",
    "name": "Aylin Serik",
    "mentions": [{"start": 0, "end": 11, "field": "title"}, {"start": 3, "end": 8}],
    "rule": "names.title",
    "confidence": 0.9,
}


def test_a_made_record_equals_one_made_by_its_class() -> None:
    assert maker(Span)({"start": 1, "end": 4, "field": "title"}) == Span(start=1, end=4, field="title")


def test_nested_mappings_become_records() -> None:
    (entity,) = makers(Entity)([ENTITY])
    assert entity == Entity(
        type="person",
        name="Aylin Serik",
        mentions=(Span(start=0, end=11, field="title"), Span(start=3, end=8)),
        rule="names.title",
        confidence=0.9,
    )


def test_a_made_record_survives_its_own_json() -> None:
    (entity,) = makers(Entity)([ENTITY])
    assert Entity.model_validate_json(entity.model_dump_json()) == entity


@pytest.mark.parametrize("wrong", [{"confidence": 1.5}, {"type": "ship"}, {"mentions": [{"start": -1, "end": 2}]}])
def test_values_that_the_record_refuses_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        makers(Entity)([ENTITY | wrong])
