"""A query as a function of a view, and which of its clauses held."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TypeAlias

from pipeline.query.now import counts_from_now, fixed_bounds, fixed_range
from pipeline.query.tree import All, And, Exists, Flag, Leaf, Node, Not, Or, Part, Phrase, Range, Term, Wildcard
from pipeline.query.view import View

Predicate: TypeAlias = Callable[[View], bool]


def compile_predicate(node: Node) -> Predicate:
    """The query as a function: does this document match? It finds what the same query finds in an index."""
    match node:
        case And(nodes):
            parts = [compile_predicate(child) for child in nodes]
            return lambda view: all(part(view) for part in parts)
        case Or(nodes):
            parts = [compile_predicate(child) for child in nodes]
            return lambda view: any(part(view) for part in parts)
        case Not(child):
            part = compile_predicate(child)
            return lambda view: not part(view)
    return _leaf(node)


def held(node: Node, view: View) -> tuple[str, ...]:
    """The clauses that held, as query text from left to right; empty when the query does not match.

    Of an OR those branches that held; a NOT is one clause.
    """
    return tuple(dict.fromkeys(_clauses(node, view) or ()))


def _clauses(node: Node, view: View) -> tuple[str, ...] | None:
    """None means the node does not hold."""
    if isinstance(node, And):
        parts = [_clauses(child, view) for child in node.nodes]
        return None if None in parts else tuple(text for part in parts for text in part or ())
    if isinstance(node, Or):
        kept = [part for child in node.nodes if (part := _clauses(child, view)) is not None]
        return tuple(text for part in kept for text in part) if kept else None
    return (node.text,) if compile_predicate(node)(view) else None


def _leaf(leaf: Leaf) -> Predicate:
    match leaf:
        case All():
            return lambda view: True
        case Exists(field):
            return lambda view: field in view.present
        case Term(fields, value):
            return lambda view: any(value in view.terms_of(field) for field in fields)
        case Phrase(fields, words):
            return lambda view: any(view.holds_phrase(field, words) for field in fields)
        case Wildcard(fields, parts):
            found = wildcard_pattern(parts).fullmatch
            return lambda view: any(found(term) for field in fields for term in view.terms_of(field))
        case Range():
            return _range(leaf)
        case Flag(field, value):
            return lambda view: value in view.flags.get(field, ())


def _range(leaf: Range) -> Predicate:
    if counts_from_now(leaf):
        return lambda view: _holds_now(leaf, view)
    within = in_range(leaf)
    return lambda view: any(within(number) for number in view.numbers.get(leaf.field, ()))


def _holds_now(leaf: Range, view: View) -> bool:
    if view.now is None:
        raise ValueError(f"{leaf.text} counts from `now`, and the view does not say when that is")
    within = in_range(fixed_range(leaf, view.now))
    return any(within(number) for number in view.numbers.get(leaf.field, ()))


def in_range(leaf: Range) -> Callable[[float], bool]:
    """Whether a number lies within the bounds, which do not count from `now`."""
    low, high = fixed_bounds(leaf)

    def above(number: float) -> bool:
        return low is None or number > low or (leaf.include_low and number == low)

    def below(number: float) -> bool:
        return high is None or number < high or (leaf.include_high and number == high)

    return lambda number: above(number) and below(number)


@cache
def wildcard_pattern(parts: tuple[Part, ...]) -> re.Pattern[str]:
    """The pattern as a regex. What follows a star takes the nearest place and never gives it back, so that a hostile
    pattern cannot make the regex try all combinations."""
    stretches = [""]
    for part in parts:
        if part.kind == "any":
            stretches.append("")
        else:
            stretches[-1] += "." if part.kind == "one" else re.escape(part.text)
    first, *middle, last = stretches if len(stretches) > 1 else (stretches[0], "")
    star = ".*" if len(stretches) > 1 else ""
    return re.compile(first + "".join(f"(?>.*?{stretch})" for stretch in middle) + star + last, re.DOTALL)
