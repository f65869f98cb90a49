"""Documents as the index stores them, and back: pure.

A document goes in as it is, with two fields of the engine's own. What no engine finds (an empty keyword, a text without
words) must not be indexed either, or "has the field" would mean something else here; it is kept aside as JSON, so that
the document comes back as it was written.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import orjson

from agents.index.checks import check_bounds
from agents.index.protocol import IndexDocument
from pipeline.query.canon import DocumentError, canonical, field_named, from_ms
from pipeline.query.tokenize import word_spans
from schemas.collections import ARTICLES, Collection
from schemas.fields import Field
from schemas.mapping import build_mapping

SORT_ID: Final = "document_id"
"""The id once more: the server cannot sort by `_id`, and the field `id` is compared in lower case."""
ASIDE: Final = "original"
"""JSON of the values that were left out or written otherwise."""
TIMESTAMP: Final = "@timestamp"
"""Every document has one; what has none is the tombstone of a deleted document."""
TOMBSTONE: Final = b"{}"

_OWN: Final[dict[str, Any]] = {
    SORT_ID: {"type": "keyword", "index": False},
    ASIDE: {"type": "keyword", "index": False, "doc_values": False},
}


def index_mapping(collection: Collection = ARTICLES) -> dict[str, Any]:
    """The mapping of the collection with the engine's own fields."""
    mapping = build_mapping(collection)
    return mapping | {"properties": mapping["properties"] | _OWN}


def to_source(document: IndexDocument, collection: Collection = ARTICLES) -> bytes:
    """The document as JSON for the server.

    Raises:
        DocumentError: no index takes it.
    """
    check_bounds(document)
    if document.version < 0:
        raise DocumentError("the version is negative; Elasticsearch takes none before 1970")
    stored = {name: _stored(field_named(name, collection), value) for name, value in document.body.items()}
    if not isinstance(stored.get(TIMESTAMP), str):
        raise DocumentError("the document has no @timestamp, so it has no place among the results")
    found = {name: value for name, value in stored.items() if value is not None and value != []}
    aside = {name: value for name, value in document.body.items() if name not in found or found[name] != value}
    source = found | {SORT_ID: document.id}
    return _json(source | {ASIDE: _json(aside).decode()} if aside else source)


def from_source(source: Mapping[str, Any]) -> dict[str, Any]:
    """The document as it was written."""
    body = {name: value for name, value in source.items() if name not in _OWN}
    return body | orjson.loads(source[ASIDE]) if ASIDE in source else body


def is_tombstone(source: Mapping[str, Any]) -> bool:
    return TIMESTAMP not in source


def _stored(field: Field, value: Any) -> Any:
    """What is sent of one field's value; None when nothing in it can be found."""
    if isinstance(value, list | tuple):
        return [one for one in (_one(field, inner) for inner in value) if one is not None]
    return _one(field, value)


def _one(field: Field, value: Any) -> Any:
    """
    Raises:
        DocumentError: the value is not of the field's type.
    """
    if field.type == "text" and isinstance(value, str):
        _check_unicode(field, value)
        return value if next(word_spans(value), None) else None  # the first word is enough, not all of a long text
    found = canonical(field, value)
    if field.type in ("geo_point", "flattened"):
        return value
    if field.type == "date":
        # Python reads more ways to write a time than the server does.
        return from_ms(found[0]).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return value if found else None


def _check_unicode(field: Field, value: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise DocumentError(f"{field.name} is a text and cannot hold a lone surrogate") from None


def _json(value: Any) -> bytes:
    try:
        return orjson.dumps(value)
    except (TypeError, ValueError) as error:
        raise DocumentError(f"the document cannot be written as JSON: {error}") from None
