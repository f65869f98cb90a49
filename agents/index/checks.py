"""What every engine asks of a document before it writes it."""

from __future__ import annotations

from typing import Any

from agents.index.protocol import MAX_ID_BYTES, IndexDocument
from pipeline.query.canon import DocumentError, canonical, field_named
from pipeline.query.values import MAX_INTEGER
from schemas.collections import ARTICLES, Collection


def searchable_values(document: IndexDocument, collection: Collection = ARTICLES) -> dict[str, tuple[Any, ...]]:
    """The canonical values of each field that has any.

    Raises:
        DocumentError: no index takes this document: its id or version is out of bounds, it has no `@timestamp`, an
            unknown field, or a value that is not of its field's type.
    """
    check_bounds(document)
    values = {name: canonical(field_named(name, collection), value) for name, value in document.body.items()}
    if len(values.get("@timestamp", ())) != 1:
        raise DocumentError("the document has no @timestamp, so it has no place among the results")
    return {name: found for name, found in values.items() if found}


def check_bounds(document: IndexDocument) -> None:
    """
    Raises:
        DocumentError: the id or version is out of bounds.
    """
    if not is_id(document.id):
        raise DocumentError(f"the id is not valid Unicode of 1 to {MAX_ID_BYTES} bytes")
    if abs(document.version) > MAX_INTEGER:
        raise DocumentError("the version needs more than 64 bits")


def is_id(id: str) -> bool:
    """Whether an index takes *id*."""
    try:
        return 0 < len(id.encode()) <= MAX_ID_BYTES
    except UnicodeEncodeError:
        return False  # a lone surrogate
