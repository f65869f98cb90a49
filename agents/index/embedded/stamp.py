"""Which schema the index in a folder was written with, so that another one never reads or writes it by mistake."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Final

import tantivy

from agents.index.embedded.schema import schema_stamp
from agents.index.errors import IndexSchemaError

_FILE: Final = "tocsin-index.json"


def write_stamp(folder: Path) -> None:
    """Durable before it is visible: a folder with a stamp was meant for this schema."""
    temporary = folder / f"{_FILE}.new"
    with temporary.open("w", encoding="utf-8") as file:
        json.dump({"engine": "tantivy", "schema": schema_stamp()}, file)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(folder / _FILE)


def check_stamp(folder: Path) -> None:
    """Return when the index was written with this schema.

    Raises:
        IndexSchemaError: it was written with another one, or the stamp is damaged. Nothing is deleted.
    """
    try:
        found = json.loads((folder / _FILE).read_text("utf-8"))["schema"]
    except (OSError, ValueError, KeyError, TypeError):
        found = None
    if found != schema_stamp() or not tantivy.Index.is_compatible(str(folder)):
        raise IndexSchemaError(
            f"the index in {folder} is damaged or was made by another version of Tocsin; stop `tocsin up` and run "
            "`tocsin reindex` beside `tocsin broker`, which builds it anew from the topic of enriched articles"
        )
