"""What `now` is: fixed before an index is asked, the event time when a rule is tried on an article."""

from __future__ import annotations

from dataclasses import replace

from pipeline.query.moments import Bound, Moment
from pipeline.query.tree import All, And, Exists, Node, Not, Or, Range, leaves


def counts_from_now(node: Node) -> bool:
    """Whether what the query finds depends on when it is asked."""
    return any(isinstance(leaf, Range) and _is_moving(leaf) for leaf in leaves(node))


def fixed(node: Node, now: int) -> Node:
    """The query as it is understood when it is *now*, in ms since 1970 UTC. Engines take such queries only."""
    match node:
        case And(nodes):
            return And(tuple(fixed(child, now) for child in nodes))
        case Or(nodes):
            return Or(tuple(fixed(child, now) for child in nodes))
        case Not(child):
            return Not(fixed(child, now))
        case Range():
            return fixed_range(node, now)
    return node


def fixed_range(leaf: Range, now: int) -> Range:
    """The range when it is *now*."""
    return replace(leaf, low=_at(leaf.low, now), high=_at(leaf.high, now)) if _is_moving(leaf) else leaf


def fixed_bounds(leaf: Range) -> tuple[float | None, float | None]:
    """Lowest and highest value of a range that does not count from `now`.

    Raises:
        ValueError: it does.
    """
    if isinstance(leaf.low, Moment) or isinstance(leaf.high, Moment):
        raise ValueError(f"{leaf.text} counts from `now`, which has to be fixed first")
    return leaf.low, leaf.high


def widened(node: Node, *, wanted: bool = True) -> Node:
    """A query without `now` that finds all that *node* finds at whatever time, and more.

    Args:
        wanted: False under a NOT: find nothing but what *node* finds at any time.
    """
    match node:
        case And(nodes):
            return And(tuple(widened(child, wanted=wanted) for child in nodes))
        case Or(nodes):
            return Or(tuple(widened(child, wanted=wanted) for child in nodes))
        case Not(child):
            return Not(widened(child, wanted=not wanted))
        case Range() if _is_moving(node):
            return Exists(node.field, text=node.text) if wanted else Not(All())
    return node


def _is_moving(leaf: Range) -> bool:
    return isinstance(leaf.low, Moment) or isinstance(leaf.high, Moment)


def _at(bound: Bound | None, now: int) -> float | None:
    return bound.at(now) if isinstance(bound, Moment) else bound
