"""JSON Schema of every record that travels, and whether one version can read what another wrote.

`python -m schemas.generate` writes `schemas/json/`; a test fails when the files differ from the records.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from schemas.alert import Alert, DeadLetter, Match
from schemas.article import Article
from schemas.base import Record
from schemas.descriptions import json_schema
from schemas.enrichment import EnrichedArticle
from schemas.feed import Feed, FeedState
from schemas.handling import AlertComment, AlertHandling
from schemas.lists import AllowDecision, ListEntry, ListVersion

RECORDS: Final[tuple[type[Record], ...]] = (
    Article,
    EnrichedArticle,
    Match,
    Alert,
    DeadLetter,
    Feed,
    FeedState,
    ListEntry,
    ListVersion,
    AllowDecision,
    AlertHandling,
    AlertComment,
)
FOLDER: Final = Path(__file__).parent / "json"


def file_name(record: type[Record]) -> str:
    return f"{record.__name__}.json"


def render(record: type[Record]) -> str:
    """The JSON Schema (draft 2020-12) of *record* as it is read, with sorted keys and a final newline."""
    return json.dumps(json_schema(record), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def incompatibilities(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    """Why a reader of *new* could refuse what was valid under *old*; nothing when it cannot.

    Compares the objects that both define: a field that became required, a type or an allowed value that went away, a
    field that was removed (its values would silently be lost).
    """
    for name, was in _objects(old).items():
        now = _objects(new).get(name)
        if now is None:
            yield f"{name} was removed"
            continue
        yield from (f"{name}.{field} became required" for field in _required(now) - _required(was))
        for field, shape in was.get("properties", {}).items():
            after = now.get("properties", {}).get(field)
            if after is None:
                yield f"{name}.{field} was removed"
            else:
                yield from (
                    f"{name}.{field} no longer accepts {gone}" for gone in sorted(_accepts(shape) - _accepts(after))
                )


def _objects(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {schema.get("title", "record"): schema, **schema.get("$defs", {})}


def _required(schema: dict[str, Any]) -> set[str]:
    return set(schema.get("required", ()))


def _accepts(shape: dict[str, Any]) -> set[str]:
    """The types and constants a field takes, flattened; a bound such as maxLength is not compared."""
    if "anyOf" in shape:
        return set[str]().union(*(_accepts(part) for part in shape["anyOf"]))
    if "$ref" in shape:
        return {shape["$ref"]}
    if "enum" in shape:
        return {json.dumps(value) for value in shape["enum"]}
    if "const" in shape:
        return {json.dumps(shape["const"])}
    if shape.get("type") == "array":
        return {f"array of {item}" for item in _accepts(shape.get("items", {}))} or {"array"}
    return {str(shape["type"])} if "type" in shape else set()


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for record in RECORDS:
        (FOLDER / file_name(record)).write_text(render(record), "utf-8")


if __name__ == "__main__":
    main()
