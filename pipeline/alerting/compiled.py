"""A rule ready to run: its query as predicates, and what it needs of an article's document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.alerting.rule import Rule
from pipeline.alerting.telling import WHY_LISTED, is_about_lists
from pipeline.alerting.template import names
from pipeline.document_view import ArticleViews
from pipeline.query import Node, Predicate, compile_predicate, fields_of, parse
from pipeline.query.tree import And, Leaf, Not, Or
from schemas.alert import Step
from schemas.condition import Sequence
from schemas.fields import BY_NAME

SOURCES: Final = ("source.name", "source.domain", "source.id")
"""What a publisher is called, best first."""
_OF_EVERY_MATCH: Final = ("id", "url", "mode", "observed_at")


@dataclass(frozen=True, slots=True)
class Compiled:
    """A rule ready to run."""

    rule: Rule
    node: Node
    predicate: Predicate
    clauses: tuple[tuple[Leaf, Predicate], ...]
    """The leaves that are not under NOT, each as a query of its own."""
    fields: tuple[str, ...]
    """Fields whose values a match carries; texts are left out, evidence quotes them."""
    needs: frozenset[str]
    """Fields of the document that a match is made of."""
    views: ArticleViews
    """What the query looks at."""
    steps: tuple[tuple[Step, Predicate], ...] = ()
    """For a sequence: its queries."""


def asserted_leaves(node: Node) -> Iterator[Leaf]:
    """The leaves from left to right that are not under NOT."""
    if isinstance(node, And | Or):
        for child in node.nodes:
            yield from asserted_leaves(child)
    elif not isinstance(node, Not):
        yield node


def compile_rule(rule: Rule) -> Compiled:
    """Raises: pipeline.query.QueryError, which `parse_rule` would have reported."""
    node = parse(rule.search_query)
    fields = tuple(sorted(name for name in rule.fields if BY_NAME[name].type != "text"))
    return Compiled(
        rule=rule,
        node=node,
        predicate=compile_predicate(node),
        clauses=tuple((leaf, compile_predicate(leaf)) for leaf in asserted_leaves(node)),
        fields=fields,
        needs=_needs(rule, fields),
        views=ArticleViews(fields_of(node)),
        steps=_steps(rule),
    )


def _needs(rule: Rule, fields: Iterable[str]) -> frozenset[str]:
    why = (WHY_LISTED,) if any(map(is_about_lists, rule.fields)) else ()
    return frozenset((*fields, *why, *(name for name, _ in names(rule.message)), *_OF_EVERY_MATCH, *SOURCES))


def _steps(rule: Rule) -> tuple[tuple[Step, Predicate], ...]:
    if not isinstance(rule.condition, Sequence):
        return ()
    return (("first", compile_predicate(parse(rule.condition.first))), ("then", compile_predicate(parse(rule.query))))
