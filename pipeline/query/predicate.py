"""A query as a function of a view, and which of its clauses held."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Sequence
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
            return _all([compile_predicate(child) for child in nodes])
        case Or(nodes):
            return _any([compile_predicate(child) for child in nodes])
        case Not(child):
            part = compile_predicate(child)
            return lambda view: not part(view)
    return _leaf(node)


def _all(parts: Sequence[Predicate]) -> Predicate:
    def holds(view: View) -> bool:
        for part in parts:  # noqa: SIM110 - a generator takes twice as long, and this is where rules spend their time
            if not part(view):
                return False
        return True

    return holds


def _any(parts: Sequence[Predicate]) -> Predicate:
    if len(parts) == 1:
        return parts[0]

    def holds(view: View) -> bool:
        for part in parts:  # noqa: SIM110 - as above
            if part(view):
                return True
        return False

    return holds


def held(node: Node, view: View) -> tuple[str, ...]:
    """The clauses that held, as query text from left to right; empty when the query does not match.

    Of an OR those branches that held; a NOT is one clause.
    """
    return tuple(dict.fromkeys(clause.text for clause in held_clauses(node, view)))


def held_clauses(node: Node, view: View) -> tuple[Leaf | Not, ...]:
    """As `held`, as parts of the tree; one that stands in the query twice comes twice."""
    return _clauses(node, view) or ()


def _clauses(node: Node, view: View) -> tuple[Leaf | Not, ...] | None:
    """None means the node does not hold."""
    if isinstance(node, And):
        parts = [_clauses(child, view) for child in node.nodes]
        return None if None in parts else tuple(clause for part in parts for clause in part or ())
    if isinstance(node, Or):
        kept = [part for child in node.nodes if (part := _clauses(child, view)) is not None]
        return tuple(clause for part in kept for clause in part) if kept else None
    return (node,) if compile_predicate(node)(view) else None


def _leaf(leaf: Leaf) -> Predicate:
    match leaf:
        case All():
            return lambda view: True
        case Exists(field):
            return lambda view: field in view.present
        case Term(fields, value):
            return _any([_term(field, value) for field in fields])
        case Phrase(fields, words):
            return _any([_phrase(field, words) for field in fields])
        case Wildcard(fields, parts):
            return _any([_wildcard(field, parts) for field in fields])
        case Range():
            return _range(leaf)
        case Flag(field, value):
            return lambda view: value in view.flags.get(field, ())


def _term(field: str, value: str) -> Predicate:
    return lambda view: value in view.terms.get(field, ())


def _phrase(field: str, words: tuple[str, ...]) -> Predicate:
    """The words are looked up before the text is searched for them in a row: most articles lack one."""
    wanted, run = frozenset(words), f" {' '.join(words)} "

    def holds(view: View) -> bool:
        found = view.terms.get(field)
        return found is not None and wanted <= found and run in view.run(field)

    return holds


def _wildcard(field: str, parts: tuple[Part, ...]) -> Predicate:
    """A word that begins with letters is looked for among those that begin so, others among all."""
    found, prefix = wildcard_pattern(parts).fullmatch, parts[0].text
    if not prefix:
        return lambda view: any(map(found, view.terms.get(field, ())))
    if [part.kind for part in parts[1:]] == ["any"]:
        return lambda view: view.has_beginning(field, prefix)
    return lambda view: any(map(found, view.terms_with(field, prefix)))


def _range(leaf: Range) -> Predicate:
    if counts_from_now(leaf):
        return lambda view: _holds_now(leaf, view)
    field, within = leaf.field, in_range(leaf)

    def holds(view: View) -> bool:
        for number in view.numbers.get(field, ()):  # noqa: SIM110 - as above
            if within(number):
                return True
        return False

    return holds


def _holds_now(leaf: Range, view: View) -> bool:
    if view.now is None:
        raise ValueError(f"{leaf.text} counts from `now`, and the view does not say when that is")
    within = in_range(fixed_range(leaf, view.now))
    return any(within(number) for number in view.numbers.get(leaf.field, ()))


def in_range(leaf: Range) -> Callable[[float], bool]:
    """Whether a number lies within the bounds, which do not count from `now`."""
    low, high = fixed_bounds(leaf)
    least, most = -math.inf if low is None else low, math.inf if high is None else high
    above = operator.le if leaf.include_low or low is None else operator.lt
    below = operator.le if leaf.include_high or high is None else operator.lt
    return lambda number: above(least, number) and below(number, most)


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
