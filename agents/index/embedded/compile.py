"""A query's tree as a tantivy query.

Nothing a user wrote reaches tantivy's own parser. Some of its query makers panic on odd input (a phrase of one word, an
open bound that is excluded); the tree cannot hold such a leaf, or it is turned into another query here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import tantivy

from agents.index.embedded.schema import PRESENT
from pipeline.query.now import fixed_bounds
from pipeline.query.tree import All, And, Exists, Flag, Leaf, Node, Not, Or, Part, Phrase, Range, Term, Wildcard
from schemas.collections import FIELD_TYPES

_MUST: Final = tantivy.Occur.Must
_SHOULD: Final = tantivy.Occur.Should
_MUST_NOT: Final = tantivy.Occur.MustNot
_MEANINGFUL: Final = re.compile(r"[\\.+*?()|\[\]{}^$#&~-]")


def compile_query(node: Node, schema: tantivy.Schema) -> tantivy.Query:
    """The tantivy query that finds what the node's predicate finds.

    Raises:
        ValueError: it counts from `now`; `pipeline.query.fixed` says when that is.
    """
    match node:
        case And(nodes):
            return all_of([compile_query(child, schema) for child in nodes])
        case Or(nodes):
            return any_of([compile_query(child, schema) for child in nodes])
        case Not(child):
            return without(tantivy.Query.all_query(), compile_query(child, schema))
    return _leaf(node, schema)


def all_of(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(_MUST, query) for query in queries])


def any_of(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query([(_SHOULD, query) for query in queries])


def without(query: tantivy.Query, unwanted: tantivy.Query) -> tantivy.Query:
    return tantivy.Query.boolean_query([(_MUST, query), (_MUST_NOT, unwanted)])


def term(schema: tantivy.Schema, field: str, value: Any) -> tantivy.Query:
    return tantivy.Query.term_query(schema, field, value, "basic")


def _leaf(leaf: Leaf, schema: tantivy.Schema) -> tantivy.Query:
    match leaf:
        case All():
            return tantivy.Query.all_query()
        case Exists(field):
            return term(schema, PRESENT, field)
        case Term(fields, value):
            return any_of([term(schema, field, value) for field in fields])
        case Phrase(fields, words):
            return any_of([tantivy.Query.phrase_query(schema, field, list(words)) for field in fields])
        case Wildcard(fields, parts):
            pattern = _pattern(parts)
            return any_of([tantivy.Query.regex_query(schema, field, pattern) for field in fields])
        case Flag(field, value):
            return term(schema, field, value)
        case Range():
            return _range(leaf, schema)


def _range(leaf: Range, schema: tantivy.Schema) -> tantivy.Query:
    low, high = fixed_bounds(leaf)
    if low is None and high is None:
        return term(schema, PRESENT, leaf.field)
    kind = tantivy.FieldType.Float if FIELD_TYPES[leaf.field] == "float" else tantivy.FieldType.Integer
    return tantivy.Query.range_query(
        schema,
        leaf.field,
        kind,
        low,
        high,
        leaf.include_low or low is None,
        leaf.include_high or high is None,
    )


def _pattern(parts: tuple[Part, ...]) -> str:
    """tantivy's patterns are anchored at both ends and refuse the escape of anything that needs none."""
    written = {"any": "(.|\n)*", "one": "(.|\n)"}
    return "".join(written.get(part.kind) or _MEANINGFUL.sub(r"\\\g<0>", part.text) for part in parts)
