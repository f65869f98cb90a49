"""Which schema the index in a folder was written with, so that another one never reads or writes it by mistake."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Final

import tantivy

from agents.index.embedded.schema import FORMAT, schema_stamp
from agents.index.errors import IndexSchemaError
from schemas.collections import Collection

_FILE: Final = "tocsin-index.json"


def write_stamp(folder: Path, collection: Collection) -> None:
    """Durable before it is visible: a folder with a stamp was meant for this schema."""
    temporary = folder / f"{_FILE}.new"
    with temporary.open("w", encoding="utf-8") as file:
        json.dump({"engine": "tantivy", "format": FORMAT, "schema": schema_stamp(collection)}, file)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(folder / _FILE)


def check_stamp(folder: Path, collection: Collection | None) -> None:
    """Return when the index was written with this collection's schema.

    Args:
        collection: None when it is an older or newer version with other fields, which is only read: then the layout
            must be the same.

    Raises:
        IndexSchemaError: it was written with another one, or the stamp is damaged. Nothing is deleted.
    """
    if problem := stamp_problem(folder, collection):
        raise IndexSchemaError(f"{problem}; `tocsin reindex --rebuild` builds it anew from the topics")


def stamp_problem(folder: Path, collection: Collection | None) -> str | None:
    """Why the index in *folder* must not be used with this schema. None when it may."""
    stamp = _read(folder)
    wanted = stamp.get("schema") == schema_stamp(collection) if collection else stamp.get("format", 1) == FORMAT
    if stamp and wanted and tantivy.Index.is_compatible(str(folder)):
        return None
    return f"the index in {folder} is damaged or was made by another version of Tocsin"


def _read(folder: Path) -> dict[str, Any]:
    """Empty when it is damaged."""
    try:
        found = json.loads((folder / _FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
