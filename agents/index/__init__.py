"""The index: one Protocol, one engine per file or folder, one registry."""

from __future__ import annotations

from agents.index.errors import (
    IndexAccessError,
    IndexLockedError,
    IndexMissingError,
    IndexReadOnlyError,
    IndexSchemaError,
    IndexUnavailableError,
    SearchRefusedError,
)
from agents.index.protocol import (
    Bucket,
    Cursor,
    FacetCount,
    Hit,
    Index,
    IndexDocument,
    Outcome,
    SearchRequest,
    SearchResult,
    StoredDocument,
)
from agents.index.registry import (
    ENGINES,
    open_index,
    prepare_index,
    read_standing,
    remove_index,
    remove_version,
    swap_index,
)
from agents.index.standing import Standing

__all__ = [
    "ENGINES",
    "Bucket",
    "Cursor",
    "FacetCount",
    "Hit",
    "Index",
    "IndexAccessError",
    "IndexDocument",
    "IndexLockedError",
    "IndexMissingError",
    "IndexReadOnlyError",
    "IndexSchemaError",
    "IndexUnavailableError",
    "Outcome",
    "SearchRefusedError",
    "SearchRequest",
    "SearchResult",
    "Standing",
    "StoredDocument",
    "open_index",
    "prepare_index",
    "read_standing",
    "remove_index",
    "remove_version",
    "swap_index",
]
