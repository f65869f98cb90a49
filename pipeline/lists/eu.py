"""The European Union's consolidated financial sanctions list (XML 1.x, CSV 1.x), and the Official Journal's entries as
OpenSanctions publishes them in one CSV file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Final

from pipeline.lists.model import Item, Items, Snapshot, Source
from pipeline.lists.table import read_table
from pipeline.lists.values import birth_dates, countries, day, entry, values
from pipeline.lists.xml import Node, read_records
from schemas.lists import EntryType, NameKind

NAMESPACES: Final = ("http://eu.europa.ec/fpi/fsd/export",)
KEY: Final = "entity_logicalid"
JOURNAL_KEY: Final = "celex"
_NAME_PARTS: Final = ("firstname", "middlename", "lastname")


def read_xml(sources: Sequence[Source], list_id: str) -> Items:
    """Entries of the XML export.

    Raises:
        ListError: as `read_records`.
    """
    for source in sources:
        for node in read_records(source, ("sanctionEntity",), {"export": NAMESPACES}):
            if node.tag == "sanctionEntity":
                yield _from_node(list_id, node)
            elif generated := day(node.attributes.get("generationDate", "")):
                yield Snapshot(generated)


def _attributes(node: Node, tag: str, *names: str) -> list[str]:
    return [text for one in node.all(tag) for name in names if (text := one.attributes.get(name, ""))]


def _from_node(list_id: str, node: Node) -> Item:
    names: list[tuple[str, NameKind]] = []
    for alias in node.all("nameAlias"):
        given = alias.attributes
        whole = given.get("wholeName") or " ".join(
            given.get(part, "") for part in ("firstName", "middleName", "lastName")
        )
        names.append((whole, "weak" if given.get("strong", "true").lower() == "false" else "alias"))
    person = any(
        code.lower() in ("person", "p") for code in _attributes(node, "subjectType", "code", "classificationCode")
    )
    places = _attributes(node, "citizenship", "countryIso2Code") + _attributes(node, "address", "countryIso2Code")
    born = [one.attributes.get("birthdate") or one.attributes.get("year", "") for one in node.all("birthdate")]
    regulation = next(node.all("regulation"), None)
    return entry(
        list_id,
        node.attributes.get("euReferenceNumber") or node.attributes.get("logicalId", ""),
        "person" if person else "organisation",
        names,
        countries=countries(places),
        birth_dates=values(date for text in born for date in birth_dates(text)),
        positions=values(_attributes(node, "nameAlias", "function", "title")),
        identifiers=values(_attributes(node, "identification", "number")),
        programmes=values(_attributes(node, "regulation", "programme")),
        listed_on=day(regulation.attributes.get("publicationDate", "")) if regulation else None,
    )


def read_csv(sources: Sequence[Source], list_id: str) -> Items:
    """Entries of the CSV export: one row per name, birth date, address or document, all with the entity's columns.

    Raises:
        ListError: as `read_table`.
    """
    for source in sources:
        grouped: dict[str, list[dict[str, str]]] = {}
        for _, row in read_table(source, ";", KEY):
            grouped.setdefault(row[KEY], []).append(row)
        for ident, rows in grouped.items():
            yield from _from_rows(list_id, ident, rows)


def _column(rows: Iterable[dict[str, str]], *names: str) -> list[str]:
    return [text for row in rows for name in names if (text := row.get(name, ""))]


def _from_rows(list_id: str, ident: str, rows: list[dict[str, str]]) -> list[Item]:
    generated = day(rows[0].get("filegenerationdate", ""))
    person = any(
        text.lower() in ("p", "person")
        for text in _column(rows, "entity_subjecttype", "entity_subjecttype_classificationcode")
    )
    names: list[tuple[str, NameKind]] = []
    for row in rows:
        parts = " ".join(row.get(f"namealias_{part}", "") for part in _NAME_PARTS)
        names.append((row.get("namealias_wholename") or parts, "alias"))
    born = _column(rows, "birthdate_birthdate") or _column(rows, "birthdate_year")
    made = entry(
        list_id,
        next(iter(_column(rows, "entity_eu_referencenumber")), ident),
        "person" if person else "organisation",
        names,
        countries=countries(_column(rows, "citizenship_countryiso2code", "address_countryiso2code")),
        birth_dates=values(date for text in born for date in birth_dates(text)),
        positions=values(_column(rows, "namealias_function", "namealias_title")),
        identifiers=values(_column(rows, "identification_number")),
        programmes=values(_column(rows, "entity_regulation_programme")),
        listed_on=day(next(iter(_column(rows, "entity_designationdate", "entity_regulation_publicationdate")), "")),
    )
    return [made] if generated is None else [Snapshot(generated), made]


_SCHEMAS: Final[dict[str, EntryType]] = {"Person": "person", "Vessel": "vessel", "Airplane": "aircraft"}


def read_journal(sources: Sequence[Source], list_id: str) -> Items:
    """Entries of the Official Journal's table: one row an entry, aliases separated by semicolons.

    Its record numbers start anew in every annex, so that the name is part of the id.

    Raises:
        ListError: as `read_table`.
    """
    for source in sources:
        grouped: dict[str, list[dict[str, str]]] = {}
        for _, row in read_table(source, ",", JOURNAL_KEY):
            mark = sha256(row["name"].encode()).hexdigest()[:8]
            ident = "-".join(filter(None, (row["celex"], row.get("recordid", ""), mark)))
            grouped.setdefault(ident, []).append(row)
        for ident, rows in grouped.items():
            yield _from_journal(list_id, ident, rows)


def _from_journal(list_id: str, ident: str, rows: list[dict[str, str]]) -> Item:
    names: list[tuple[str, NameKind]] = [(rows[0].get("name", ""), "primary")]
    names += [(name, "alias") for text in _column(rows, "alias") for name in text.split(";")]
    names += [(name, "weak") for text in _column(rows, "weakalias") for name in text.split(";")]
    return entry(
        list_id,
        ident,
        _SCHEMAS.get(rows[0].get("schema", ""), "organisation"),
        names,
        countries=countries(_column(rows, "nationality", "country")),
        birth_dates=values(date for text in _column(rows, "birthdate") for date in birth_dates(text)),
        positions=values(_column(rows, "position")),
        programmes=values(_column(rows, "programkey")),
        listed_on=day(next(iter(_column(rows, "startdate")), "")),
    )
