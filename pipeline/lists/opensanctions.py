"""Data sets of OpenSanctions: targets.simple.csv and entities in FollowTheMoney's JSON lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import orjson

from pipeline.lists.model import Item, Items, ListError, Source
from pipeline.lists.table import read_lines, read_table
from pipeline.lists.values import birth_dates, countries, day, entry, values
from schemas.lists import EntryType, NameKind

KEY: Final = "schema"
_TYPES: Final[dict[str, EntryType]] = {
    "Person": "person",
    "Organization": "organisation",
    "Company": "organisation",
    "LegalEntity": "organisation",
    "PublicBody": "organisation",
    "Vessel": "vessel",
    "Airplane": "aircraft",
}
"""Schemata that carry names of targets; the others (addresses, sanctions, relations) describe these."""
_NAME_KINDS: Final[tuple[tuple[str, NameKind], ...]] = (("name", "primary"), ("alias", "alias"), ("weakAlias", "weak"))
_SANCTIONED: Final = ("sanction", "sanction.linked", "debarment")


def read_csv(sources: Sequence[Source], list_id: str) -> Items:
    """Targets of targets.simple.csv; several values of a cell are separated by semicolons.

    Raises:
        ListError: as `read_table`.
    """
    for source in sources:
        for _, row in read_table(source, ",", KEY):
            if row["schema"] in _TYPES:
                yield _from_row(list_id, row)


def _from_row(list_id: str, row: dict[str, str]) -> Item:
    names: list[tuple[str, NameKind]] = [(row.get("name", ""), "primary")]
    names += [(name, "alias") for name in row.get("aliases", "").split(";")]
    return entry(
        list_id,
        row.get("id", ""),
        _TYPES[row["schema"]],
        names,
        countries=countries(row.get("countries", "").split(";")),
        birth_dates=values(birth_dates(row.get("birth_date", "").replace(";", " "))),
        identifiers=values(row.get("identifiers", "").split(";")),
        programmes=values((row.get("program_ids") or row.get("dataset", "")).split(";")),
        listed_on=day(row.get("first_seen", "")),
    )


def read_entities(sources: Sequence[Source], list_id: str) -> Items:
    """Targets among the entities: marked as target or under a topic of sanctions.

    Raises:
        ListError: a line that is no JSON object with id, schema and properties.
    """
    for source in sources:
        for number, line in enumerate(read_lines(source), 1):
            if line.strip():
                found = _decode(source, number, line)
                if found["schema"] in _TYPES and _is_target(found):
                    yield _from_entity(list_id, found)


def _decode(source: Source, number: int, line: str) -> dict[str, Any]:
    try:
        found = orjson.loads(line)
        if isinstance(found["id"], str) and isinstance(found["schema"], str) and isinstance(found["properties"], dict):
            return dict(found)
    except (orjson.JSONDecodeError, KeyError, TypeError):
        pass
    raise ListError(f"{source.name}, line {number}: no entity with id, schema and properties; is it truncated?")


def _property(found: dict[str, Any], *names: str) -> list[str]:
    held = (found["properties"].get(name) for name in names)
    return [text for one in held if isinstance(one, list) for text in one if isinstance(text, str)]


def _is_target(found: dict[str, Any]) -> bool:
    return found.get("target") is True or any(topic in _SANCTIONED for topic in _property(found, "topics"))


def _from_entity(list_id: str, found: dict[str, Any]) -> Item:
    names: list[tuple[str, NameKind]] = []
    caption = found.get("caption")
    if isinstance(caption, str):
        names.append((caption, "primary"))
    names += [(name, kind) for key, kind in _NAME_KINDS for name in _property(found, key)]
    datasets = found.get("datasets")
    return entry(
        list_id,
        found["id"],
        _TYPES[found["schema"]],
        names,
        countries=countries(_property(found, "nationality", "citizenship", "country", "jurisdiction", "flag")),
        birth_dates=values(date for text in _property(found, "birthDate") for date in birth_dates(text)),
        positions=values(_property(found, "position", "title")),
        identifiers=values(
            _property(found, "idNumber", "passportNumber", "registrationNumber", "imoNumber", "innCode")
        ),
        programmes=values(
            _property(found, "programId", "program")
            or (text for text in (datasets if isinstance(datasets, list) else ()) if isinstance(text, str))
        ),
        listed_on=day(first if isinstance(first := found.get("first_seen"), str) else ""),
    )
