"""OFAC's SDN and consolidated lists: the legacy CSV files and SDN.XML / CONSOLIDATED.XML.

CSV has no header: twelve columns, `-0-` for nothing; aliases are in a second file (alt.csv, cons_alt.csv), weak ones in
the remarks only. Source of the layout: OFAC, "SDN data specifications".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from pipeline.lists.model import Item, Items, ListError, Snapshot, Source
from pipeline.lists.table import as_text, read_rows
from pipeline.lists.values import birth_dates, countries, entry, values
from pipeline.lists.xml import Node, read_records
from schemas.lists import EntryType, NameKind

NAMESPACES: Final = (
    "http://tempuri.org/sdnList.xsd",
    "https://tempuri.org/sdnList.xsd",
    "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML",
)
_TYPES: Final[dict[str, EntryType]] = {"individual": "person", "vessel": "vessel", "aircraft": "aircraft"}
_NOTHING: Final = "-0-"
_COLUMNS: Final = 12
_ALIAS_COLUMNS: Final = 5
_WEAK_ALIAS: Final = re.compile(r"\b[afn]\.k\.a\. '([^']{1,200})'")
_BORN: Final = re.compile(r"\bDOB ([^;]{4,60})")
_COUNTRY: Final = re.compile(r"\b(?:nationality|citizen|POB) (?:[^;,]{1,60}, ){0,3}([^;,.]{2,60})")
_NUMBER: Final = re.compile(r"\b(?:Passport|IMO|National ID No\.|Registration ID|Tax ID No\.) ([A-Z0-9-]{4,40})")


def _ident(cell: str) -> bool:
    return cell.isdigit()


def is_csv(head: bytes) -> bool:
    """Whether a file begins like sdn.csv: number, name, and `-0-` for what is missing, in twelve columns."""
    first = as_text(head).split("\n", 1)[0]
    return bool(re.match(r'\d+,"?[^"]', first)) and first.count(",") >= _COLUMNS - 1


def is_alias_csv(head: bytes) -> bool:
    return bool(re.match(r'\d+,\d+,"[afn]ka",', as_text(head)))


def read_csv(sources: Sequence[Source], list_id: str) -> Items:
    """Entries of one primary file, with the aliases of the alias files beside it.

    Raises:
        ListError: a row of the wrong shape, or not exactly one primary file.
    """
    aliases: dict[str, list[str]] = {}
    for source in sources:
        if is_alias_csv(source.head()):
            for number, row in read_rows(source):
                _check(source, number, row, _ALIAS_COLUMNS)
                aliases.setdefault(row[0], []).append(row[3])
    primary = [source for source in sources if not is_alias_csv(source.head()) and is_csv(source.head())]
    if len(primary) != 1:
        raise ListError(f"{len(primary)} of the {len(sources)} files are a primary OFAC file (sdn.csv); need one")
    for number, row in read_rows(primary[0]):
        _check(primary[0], number, row, _COLUMNS)
        yield _from_row(list_id, ["" if cell == _NOTHING else cell for cell in row], aliases.get(row[0], []))


def _check(source: Source, number: int, row: list[str], columns: int) -> None:
    if len(row) != columns or not _ident(row[0]):
        raise ListError(
            f"{source.name}, line {number}: {len(row)} cells beginning with {row[0][:20]!r}; expected {columns}, "
            "the first a number. Is the file truncated?"
        )


def _from_row(list_id: str, row: list[str], aliases: list[str]) -> Item:
    ident, name, kind, programme, title = row[:5]
    flag, remarks = row[9], row[11]
    names: list[tuple[str, NameKind]] = [(name, "primary"), *((one, "alias") for one in aliases)]
    names += [(one, "weak") for one in _WEAK_ALIAS.findall(remarks)]
    return entry(
        list_id,
        ident,
        _TYPES.get(kind.lower(), "organisation"),
        names,
        countries=countries((flag, *_COUNTRY.findall(remarks))),
        birth_dates=values(one for text in _BORN.findall(remarks) for one in birth_dates(text)),
        positions=values([title]),
        identifiers=values(_NUMBER.findall(remarks)),
        programmes=values(programme.replace("[", " ").split("]")),
    )


def read_xml(sources: Sequence[Source], list_id: str) -> Items:
    """Entries of SDN.XML or CONSOLIDATED.XML, in the old or the new namespace.

    Raises:
        ListError: as `read_records`.
    """
    for source in sources:
        for node in read_records(source, ("publshInformation", "sdnEntry"), {"sdnList": NAMESPACES}):
            if node.tag == "publshInformation":  # OFAC's own spelling
                yield from _published(node.one("Publish_Date"))
            elif node.tag == "sdnEntry":
                yield _from_node(list_id, node)


def _published(text: str) -> list[Item]:
    try:
        return [Snapshot(datetime.strptime(text, "%m/%d/%Y").date())]
    except ValueError:
        return []


def _name(node: Node) -> str:
    return ", ".join(filter(None, (node.one("lastName"), node.one("firstName"))))


def _from_node(list_id: str, node: Node) -> Item:
    kind = _TYPES.get(node.one("sdnType").lower(), "organisation")
    names: list[tuple[str, NameKind]] = [(_name(node), "primary")]
    for aka in node.all("aka"):
        names.append((_name(aka), "weak" if aka.one("category").lower() == "weak" else "alias"))
    places = [
        *node.texts("nationalityList", "nationality", "country"),
        *node.texts("citizenshipList", "citizenship", "country"),
        *node.texts("vesselInfo", "vesselFlag"),
        *node.texts("addressList", "address", "country"),
    ]
    born = node.texts("dateOfBirthList", "dateOfBirthItem", "dateOfBirth")
    return entry(
        list_id,
        node.one("uid"),
        kind,
        names,
        countries=countries(places),
        birth_dates=values(one for text in born for one in birth_dates(text)),
        positions=values(node.texts("title")),
        identifiers=values(node.texts("idList", "id", "idNumber")),
        programmes=values(node.texts("programList", "program")),
    )
