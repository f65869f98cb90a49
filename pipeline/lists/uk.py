"""The UK Sanctions List (XML and CSV) and OFSI's consolidated list of asset freeze targets (ConList.csv).

A name is in up to six parts; "Name 6" is the surname or the whole name of a body, and comes last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from pipeline.lists.model import Item, Items, Snapshot, Source
from pipeline.lists.table import read_lines, read_table
from pipeline.lists.values import birth_dates, countries, day, entry, values
from pipeline.lists.xml import Node, read_records
from schemas.lists import EntryType, NameKind

KEY: Final = "unique id"
OFSI_KEY: Final = "group id"
_TYPES: Final[dict[str, EntryType]] = {"individual": "person", "ship": "vessel", "aircraft": "aircraft"}
_PARTS: Final = ("1", "2", "3", "4", "5", "6")
_ZERO: Final = "0"
"""OFSI writes it into empty parts of names."""


def _kind(name_type: str, strength: str) -> NameKind:
    if name_type.lower() == "primary name":
        return "primary"
    return "weak" if "low" in strength.lower() else "alias"


def _join(part: Callable[[str], str]) -> str:
    return " ".join(text for number in _PARTS if (text := part(number)) and text != _ZERO)


def read_xml(sources: Sequence[Source], list_id: str) -> Items:
    """Entries of UK_Sanctions_List.xml.

    Raises:
        ListError: as `read_records`.
    """
    for source in sources:
        for node in read_records(source, ("DateGenerated", "Designation"), {"Designations": ("",)}):
            if node.tag == "Designation":
                yield _from_node(list_id, node)
            elif node.tag == "DateGenerated" and (generated := day(node.text)):
                yield Snapshot(generated)


def _all(node: Node, tag: str) -> list[str]:
    return [one.text for one in node.all(tag) if one.text]


def _name(node: Node) -> tuple[str, NameKind]:
    whole = _join(lambda number: node.one(f"Name{number}"))
    return whole, _kind(node.one("NameType"), node.one("AliasStrength"))


def _from_node(list_id: str, node: Node) -> Item:
    names = [_name(one) for one in node.all("Name")]
    names += [(text, "alias") for text in _all(node, "NameNonLatinScript")]
    places = (*_all(node, "Nationality"), *_all(node, "AddressCountry"), *_all(node, "CurrentBelievedFlagOfShip"))
    numbers = (*_all(node, "PassportNumber"), *_all(node, "IMONumber"), *_all(node, "NationalIdentifierNumber"))
    return entry(
        list_id,
        node.one("UniqueID"),
        _TYPES.get(node.one("IndividualEntityShip").lower(), "organisation"),
        names,
        countries=countries(places),
        birth_dates=values(date for text in _all(node, "DOB") for date in birth_dates(text)),
        positions=values((*_all(node, "Position"), *_all(node, "Title"))),
        identifiers=values(numbers),
        programmes=values(node.texts("RegimeName")),
        listed_on=day(node.one("DateDesignated")),
    )


def read_csv(sources: Sequence[Source], list_id: str) -> Items:
    """Entries of UK_Sanctions_List.csv: a line with the date, then a row per name, address or document.

    Raises:
        ListError: as `read_table`.
    """
    yield from _read(sources, list_id, KEY, "individual, entity, ship")


def read_ofsi(sources: Sequence[Source], list_id: str) -> Items:
    """Entries of ConList.csv: the same idea under other column names.

    Raises:
        ListError: as `read_table`.
    """
    yield from _read(sources, list_id, OFSI_KEY, "group type")


def _read(sources: Sequence[Source], list_id: str, key: str, kind: str) -> Items:
    for source in sources:
        if generated := day(next(iter(read_lines(source)), "").replace("-", " ")):
            yield Snapshot(generated)
        grouped: dict[str, list[dict[str, str]]] = {}
        for _, row in read_table(source, ",", key):
            grouped.setdefault(row[key], []).append(row)
        for ident, rows in grouped.items():
            yield _from_rows(list_id, ident, rows, kind)


def _column(rows: Iterable[dict[str, str]], *names: str) -> list[str]:
    return [text for row in rows for name in names if (text := row.get(name, ""))]


def _row_name(row: dict[str, str]) -> tuple[str, NameKind]:
    whole = _join(lambda number: row.get(f"name {number}", ""))
    said = row.get("name type") or row.get("alias type", "")
    return whole, _kind(said, row.get("alias strength") or row.get("alias quality", ""))


def _from_rows(list_id: str, ident: str, rows: list[dict[str, str]], kind: str) -> Item:
    names: list[tuple[str, NameKind]] = []
    for row in rows:
        names += (_row_name(row), (row.get("name non-latin script", ""), "alias"))
    kinds = _column(rows, kind, "designation type", "individual, entity, ship")
    places = _column(
        rows, "nationality", "nationality(/ies)", "address country", "country", "current believed flag of ship"
    )
    listed = _column(rows, "date designated", "uk sanctions list date designated", "listed on")
    return entry(
        list_id,
        ident,
        _TYPES.get(next(iter(kinds), "").lower(), "organisation"),
        names,
        countries=countries(places),
        birth_dates=values(date for text in _column(rows, "d.o.b", "dob") for date in birth_dates(text)),
        positions=values(_column(rows, "position", "title")),
        identifiers=values(_column(rows, "passport number", "imo number", "national identifier number")),
        programmes=values(_column(rows, "regime name", "regime")),
        listed_on=day(next(iter(listed), "")),
    )
