"""The tantivy schema made from the field registry, and documents in it.

Words are cut and values made canonical in Python, so that the index holds exactly what alert rules see; tantivy splits
at blanks only. Its own regex tokenizer was measured too: the same pattern takes more than twice the time there.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b, sha256
from typing import Any, Final

import orjson
import tantivy

from agents.index.checks import searchable_values
from agents.index.protocol import IndexDocument
from pipeline.query.canon import DocumentError, canonical
from schemas.collections import ARTICLES, Collection
from schemas.fields import Field
from schemas.mapping import facet_field

FORMAT: Final = 1
"""Version of this file's layout; raise it when an index written before cannot be read any more."""
ID: Final = "_id"
KEY: Final = "_key"
"""Number made from the id: numbers can be read for many documents at once, strings cannot."""
VERSION: Final = "_version"
DELETED: Final = "_deleted"
"""Marks what is left of a deleted document: id and version."""
PRESENT: Final = "_fields"
"""Names of the fields that have a searchable value; tantivy's own query for that does not know about words."""
SOURCE: Final = "_source"
TIMESTAMP: Final = "@timestamp"

_WORDS: Final = "words"


def build_schema(collection: Collection = ARTICLES) -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(ID, stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field(KEY, fast=True)
    builder.add_integer_field(VERSION, fast=True)
    builder.add_boolean_field(DELETED, indexed=True)
    builder.add_text_field(PRESENT, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field(SOURCE, stored=True)
    for field in collection.fields:
        _add_field(builder, field)
    return builder.build()


def _add_field(builder: tantivy.SchemaBuilder, field: Field) -> None:
    match field.type:
        case "text":
            builder.add_text_field(field.name, tokenizer_name=_WORDS)
        case "keyword":
            builder.add_text_field(field.name, tokenizer_name="raw", index_option="basic")
        case "integer" | "date":
            builder.add_integer_field(field.name, indexed=True, fast=True)
        case "float":
            builder.add_float_field(field.name, indexed=True, fast=True)
        case "boolean":
            builder.add_boolean_field(field.name, indexed=True)
    if field.facet:
        builder.add_text_field(facet_field(field), fast=True, tokenizer_name="raw", index_option="basic")


def register_tokenizer(index: tantivy.Index) -> None:
    """Tokenizers are not stored with the index: to be called each time it is opened."""
    index.register_tokenizer(_WORDS, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())


def schema_stamp(collection: Collection = ARTICLES) -> str:
    """Changes whenever an index written by other code could be misread."""
    fields = [(field.name, field.type, field.multi, field.facet) for field in collection.fields]
    return sha256(orjson.dumps([FORMAT, sorted(fields)])).hexdigest()


def key_of(id: str) -> int:
    """63 bits; a clash matters only between two ids of one batch."""
    return int.from_bytes(blake2b(id.encode(), digest_size=8).digest()) >> 1


def to_tantivy(document: IndexDocument, collection: Collection = ARTICLES) -> tantivy.Document:
    """The document in the schema.

    Raises:
        DocumentError: no index takes it.
    """
    searchable = searchable_values(document, collection)
    made = _head(document.id, document.version)
    for name, values in searchable.items():
        made.add_text(PRESENT, name)
        _add_values(made, collection.by_name[name], values)
    for field in collection.fields:
        if field.facet and field.name in document.body:
            _add_facet(made, field, document.body[field.name])
    made.add_bytes(SOURCE, _encoded(document.body))
    return made


def tombstone(id: str, version: int) -> tantivy.Document:
    """What stays of a deleted document, so that a replay does not bring it back."""
    made = _head(id, version)
    made.add_boolean(DELETED, True)
    return made


def _head(id: str, version: int) -> tantivy.Document:
    made = tantivy.Document()
    made.add_text(ID, id)
    made.add_integer(KEY, key_of(id))
    made.add_integer(VERSION, version)
    return made


def _add_values(made: tantivy.Document, field: Field, values: tuple[Any, ...]) -> None:
    name = field.name
    match field.type:
        case "text":
            made.add_text(name, " ".join(values))
        case "keyword":
            for value in values:
                made.add_text(name, value)
        case "integer" | "date":
            for value in values:
                made.add_integer(name, value)
        case "float":
            for value in values:
                made.add_float(name, value)
        case "boolean":
            for value in values:
                made.add_boolean(name, value)


def _add_facet(made: tantivy.Document, field: Field, value: Any) -> None:
    """Facets count values as they are spelled, each once per document, and only what is searchable."""
    spelled = value if isinstance(value, list | tuple) else (value,)
    for one in dict.fromkeys(spelled):
        if canonical(field, one):
            made.add_text(facet_field(field), one)


def _encoded(body: Mapping[str, Any]) -> bytes:
    try:
        return orjson.dumps(dict(body))
    except (TypeError, ValueError) as error:
        raise DocumentError(f"the document cannot be written as JSON: {error}") from None
