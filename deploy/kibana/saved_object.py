"""A saved object, and the import file: one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

ObjectType = Literal["index-pattern", "search", "dashboard"]

CORE_VERSION: Final = "8.8.0"
TYPE_VERSIONS: Final[Mapping[ObjectType, str]] = {"index-pattern": "8.0.0", "search": "7.9.3", "dashboard": "8.7.0"}
"""Versions of the shapes that are written here, which are older than Kibana 9 and which it migrates."""


@dataclass(frozen=True)
class Reference:
    """From one object to another: `name` is what the referring object calls it."""

    name: str
    type: ObjectType
    id: str

    def prefixed(self, prefix: str) -> Reference:
        return Reference(f"{prefix}:{self.name}", self.type, self.id)


@dataclass(frozen=True)
class SavedObject:
    type: ObjectType
    id: str
    attributes: Mapping[str, Any]
    references: tuple[Reference, ...] = ()

    def as_line(self) -> str:
        written = {
            "type": self.type,
            "id": self.id,
            "attributes": self.attributes,
            "references": [{"name": one.name, "type": one.type, "id": one.id} for one in self.references],
            "coreMigrationVersion": CORE_VERSION,
            "typeMigrationVersion": TYPE_VERSIONS[self.type],
            "managed": False,
        }
        return compact(written)


def compact(value: Any) -> str:
    """JSON as text. Kibana keeps many attributes as JSON inside a string."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def as_file(objects: Iterable[SavedObject]) -> str:
    return "".join(f"{one.as_line()}\n" for one in objects)
