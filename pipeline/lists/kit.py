"""Bare entries, as scorers and scripts have them, to a screener."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

from pipeline.lists.compiling import VersionedList, compile_lists
from pipeline.lists.index import ListIndex
from pipeline.lists.screening import Screener
from pipeline.lists.values import entry
from schemas.lists import EntryType, ListEntry, ListVersion, NameKind

_TYPES: Final[dict[str, EntryType]] = {
    "Person": "person",
    "Vessel": "vessel",
    "Airplane": "aircraft",
    "Aircraft": "aircraft",
}
_DAY: Final = date(1970, 1, 1)


def screener_of(entries: Iterable[Mapping[str, Any]]) -> Screener:
    """A screener of entries `{id, source, schema, name, aliases}`; what has no name is left out."""
    by_list: dict[str, dict[str, ListEntry]] = {}
    for raw in entries:
        names: list[tuple[str, NameKind]] = [(raw["name"], "primary"), *((one, "alias") for one in raw["aliases"])]
        made = entry(raw["source"], raw["id"], _TYPES.get(raw["schema"], "organisation"), names)
        if isinstance(made, ListEntry):
            by_list.setdefault(raw["source"], {})[made.id] = made
    lists = [VersionedList(_version(name, len(held)), held.values()) for name, held in by_list.items()]
    return Screener(ListIndex(compile_lists(lists)))


def _version(name: str, entries: int) -> ListVersion:
    return ListVersion(
        list=name,
        id="unversioned",
        snapshot=_DAY,
        sha256="0" * 64,
        format="bare",
        entries=entries,
        parts=0,
        imported_at=datetime(1970, 1, 1, tzinfo=UTC),
    )
