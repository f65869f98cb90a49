"""Any CSV file with a header, by a map from our columns to the file's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from pipeline.lists.model import Item, Items, ListError, Source
from pipeline.lists.table import read_table
from pipeline.lists.values import birth_dates, countries, day, entry, values
from schemas.lists import EntryType, NameKind

COLUMNS: Final = (
    "id",
    "name",
    "aliases",
    "weak_aliases",
    "type",
    "countries",
    "birth_dates",
    "positions",
    "identifiers",
    "programmes",
    "listed_on",
)
"""Our columns. Only `name` must be there; several values of a cell are separated by semicolons."""
_TYPES: Final[dict[str, EntryType]] = {
    "": "person",
    "person": "person",
    "individual": "person",
    "organisation": "organisation",
    "organization": "organisation",
    "entity": "organisation",
    "company": "organisation",
    "vessel": "vessel",
    "ship": "vessel",
    "aircraft": "aircraft",
}


def read_csv(sources: Sequence[Source], list_id: str, columns: Mapping[str, str], delimiter: str = ",") -> Items:
    """Entries of a CSV file.

    Args:
        columns: column of the file by our name, where they differ.

    Raises:
        ListError: the map names no column of ours, or as `read_table`, or a type that is not known.
    """
    if unknown := [name for name in columns if name not in COLUMNS]:
        raise ListError(f"there is no column {unknown[0]!r}; columns: {', '.join(COLUMNS)}")
    named = {name: columns.get(name, name).lower() for name in COLUMNS}
    for source in sources:
        for number, row in read_table(source, delimiter, named["name"]):
            yield _from_row(list_id, source, number, {name: row.get(named[name], "") for name in COLUMNS})


def _from_row(list_id: str, source: Source, number: int, row: Mapping[str, str]) -> Item:
    kind = _TYPES.get(row["type"].lower())
    if kind is None:
        raise ListError(
            f"{source.name}, line {number}: the type {row['type'][:40]!r} is none of {', '.join(filter(None, _TYPES))}"
        )
    names: list[tuple[str, NameKind]] = [(row["name"], "primary")]
    names += [(name, "alias") for name in row["aliases"].split(";")]
    names += [(name, "weak") for name in row["weak_aliases"].split(";")]
    return entry(
        list_id,
        row["id"] or row["name"],
        kind,
        names,
        countries=countries(row["countries"].split(";")),
        birth_dates=values(birth_dates(row["birth_dates"])),
        positions=values(row["positions"].split(";")),
        identifiers=values(row["identifiers"].split(";")),
        programmes=values(row["programmes"].split(";")),
        listed_on=day(row["listed_on"]),
    )
