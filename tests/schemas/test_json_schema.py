"""The published JSON Schemas are those of the records, and no change breaks a reader."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from schemas import generate
from schemas.base import Record
from schemas.descriptions import json_schema

BASELINE = Path(__file__).parents[1] / "data" / "schemas" / "1.0"


@pytest.mark.parametrize("record", generate.RECORDS, ids=generate.file_name)
def test_committed_schema_is_the_one_generated(record: type[Record]) -> None:
    committed = (generate.FOLDER / generate.file_name(record)).read_text("utf-8")
    assert committed == generate.render(record), "run `python -m schemas.generate` and commit the result"


@pytest.mark.parametrize("record", generate.RECORDS, ids=generate.file_name)
def test_what_1_0_accepted_is_still_accepted(record: type[Record]) -> None:
    baseline = json.loads((BASELINE / generate.file_name(record)).read_text("utf-8"))
    assert list(generate.incompatibilities(baseline, record.model_json_schema())) == []


def _article() -> dict[str, Any]:
    return {
        "title": "Article",
        "required": ["id"],
        "properties": {"id": {"type": "string"}, "lang": {"anyOf": [{"type": "string"}, {"type": "null"}]}},
        "$defs": {"Stage": {"properties": {"stage": {"enum": ["listed", "lifted"]}}}},
    }


def _removed(schema: dict[str, Any]) -> None:
    del schema["properties"]["lang"]


def _required(schema: dict[str, Any]) -> None:
    schema["required"] = ["id", "lang"]


def _narrowed(schema: dict[str, Any]) -> None:
    schema["properties"]["lang"] = {"type": "string"}


def _value_gone(schema: dict[str, Any]) -> None:
    schema["$defs"]["Stage"]["properties"]["stage"] = {"enum": ["listed"]}


def _object_gone(schema: dict[str, Any]) -> None:
    schema["$defs"] = {}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_removed, "Article.lang was removed"),
        (_required, "Article.lang became required"),
        (_narrowed, "Article.lang no longer accepts null"),
        (_value_gone, 'Stage.stage no longer accepts "lifted"'),
        (_object_gone, "Stage was removed"),
    ],
)
def test_a_breaking_change_is_named(change: Any, said: str) -> None:
    changed = copy.deepcopy(_article())
    change(changed)
    assert list(generate.incompatibilities(_article(), changed)) == [said]


def test_a_new_optional_field_is_compatible() -> None:
    changed = _article()
    changed["properties"]["tags"] = {"type": "array", "items": {"type": "string"}}
    assert list(generate.incompatibilities(_article(), changed)) == []


def test_main_writes_a_file_per_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generate, "FOLDER", tmp_path)
    generate.main()
    assert {path.name for path in tmp_path.iterdir()} == {generate.file_name(record) for record in generate.RECORDS}


def test_every_field_says_what_it_means() -> None:
    silent = [
        f"{name}.{field}"
        for record in generate.RECORDS
        for name, shape in generate._objects(json_schema(record)).items()
        for field, body in shape.get("properties", {}).items()
        if "None" not in body.get("description", "") and {"type": "null"} in body.get("anyOf", [])
    ]
    assert silent == [], "a field that may be null says what None means"
