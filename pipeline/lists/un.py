"""The consolidated list of the United Nations Security Council (consolidated.xml)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.lists.model import Item, Items, Snapshot, Source
from pipeline.lists.values import birth_dates, countries, day, entry, values
from pipeline.lists.xml import Node, read_records
from schemas.lists import NameKind

_NAME_PARTS: Final = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")


def read_xml(sources: Sequence[Source], list_id: str) -> Items:
    """Individuals and entities.

    Raises:
        ListError: as `read_records`.
    """
    for source in sources:
        for node in read_records(source, ("INDIVIDUAL", "ENTITY"), {"CONSOLIDATED_LIST": ("",)}):
            if node.tag == "CONSOLIDATED_LIST":
                generated = day(node.attributes.get("dateGenerated", ""))
                if generated:
                    yield Snapshot(generated)
            else:
                yield _entry(list_id, node)


def _entry(list_id: str, node: Node) -> Item:
    names: list[tuple[str, NameKind]] = [(" ".join(node.one(part) for part in _NAME_PARTS), "primary")]
    names += [(name, "alias") for name in node.texts("NAME_ORIGINAL_SCRIPT")]
    for alias in (*node.all("INDIVIDUAL_ALIAS"), *node.all("ENTITY_ALIAS")):
        kind: NameKind = "weak" if alias.one("QUALITY").lower() == "low" else "alias"
        names += [(name, kind) for name in alias.one("ALIAS_NAME").split(";")]
    born = [date for one in node.all("INDIVIDUAL_DATE_OF_BIRTH") for date in birth_dates(_birth(one))]
    places = [
        *node.texts("NATIONALITY", "VALUE"),
        *node.texts("INDIVIDUAL_ADDRESS", "COUNTRY"),
        *node.texts("ENTITY_ADDRESS", "COUNTRY"),
    ]
    return entry(
        list_id,
        node.one("REFERENCE_NUMBER") or node.one("DATAID"),
        "person" if node.tag == "INDIVIDUAL" else "organisation",
        names,
        countries=countries(places),
        birth_dates=values(born),
        positions=values((*node.texts("TITLE", "VALUE"), *node.texts("DESIGNATION", "VALUE"))),
        identifiers=values(node.texts("INDIVIDUAL_DOCUMENT", "NUMBER")),
        programmes=values(node.texts("UN_LIST_TYPE")),
        listed_on=day(node.one("LISTED_ON")),
    )


def _birth(node: Node) -> str:
    return node.one("DATE") or " ".join((*node.texts("YEAR"), *node.texts("FROM_YEAR"), *node.texts("TO_YEAR")))
