"""A query's tree as an Elasticsearch query.

Words and values were made canonical by the parser, so that exact queries are used and nothing is analysed again,
save phrases, whose words are separated by blanks and come out the same.
"""

from __future__ import annotations

from typing import Any

from pipeline.query.now import fixed_bounds
from pipeline.query.tree import All, And, Exists, Flag, Leaf, Node, Not, Or, Part, Phrase, Range, Term, Wildcard
from schemas.collections import FIELD_TYPES


def compile_elasticsearch(node: Node) -> dict[str, Any]:
    """The query clause that finds what the node's predicate finds; without scores, since results are sorted by time.

    Raises:
        ValueError: it counts from `now`; `pipeline.query.fixed` says when that is.
    """
    match node:
        case And(nodes):
            return _all_of(nodes)
        case Or(nodes):
            return _any_of([compile_elasticsearch(child) for child in nodes])
        case Not(child):
            return {"bool": {"must_not": [compile_elasticsearch(child)]}}
    return _leaf(node)


def _all_of(nodes: tuple[Node, ...]) -> dict[str, Any]:
    wanted = [compile_elasticsearch(node) for node in nodes if not isinstance(node, Not)]
    unwanted = [compile_elasticsearch(node.node) for node in nodes if isinstance(node, Not)]
    parts = {"filter": wanted, "must_not": unwanted}
    return {"bool": {name: clauses for name, clauses in parts.items() if clauses}}


def _any_of(clauses: list[dict[str, Any]]) -> dict[str, Any]:
    if len(clauses) == 1:
        return clauses[0]
    return {"bool": {"should": clauses, "minimum_should_match": 1}}


def _leaf(leaf: Leaf) -> dict[str, Any]:
    match leaf:
        case All():
            return {"match_all": {}}
        case Exists(field):
            return {"exists": {"field": field}}
        case Term(fields, value):
            return _any_of([{"term": {field: {"value": value}}} for field in fields])
        case Phrase(fields, words):
            return _any_of([{"match_phrase": {field: {"query": " ".join(words)}}} for field in fields])
        case Wildcard(fields, parts):
            return _any_of([{"wildcard": {field: {"value": _pattern(parts)}}} for field in fields])
        case Flag(field, value):
            return {"term": {field: {"value": value}}}
        case Range():
            return _range(leaf)


def _range(leaf: Range) -> dict[str, Any]:
    low, high = fixed_bounds(leaf)
    if low is None and high is None:
        return {"exists": {"field": leaf.field}}
    bounds: dict[str, Any] = {}
    if low is not None:
        bounds["gte" if leaf.include_low else "gt"] = low
    if high is not None:
        bounds["lte" if leaf.include_high else "lt"] = high
    if FIELD_TYPES[leaf.field] == "date":
        bounds["format"] = "epoch_millis"
    return {"range": {leaf.field: bounds}}


def _pattern(parts: tuple[Part, ...]) -> str:
    written = {"any": "*", "one": "?"}
    return "".join(written.get(part.kind) or _escaped(part.text) for part in parts)


def _escaped(text: str) -> str:
    return "".join(f"\\{char}" if char in "*?\\" else char for char in text)
