"""A query as a tree. Every compiler (predicate, tantivy, Elasticsearch) starts from it.

Leaves carry `text`, the words of the query that made them; it does not count when trees are compared.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from pipeline.query.moments import Bound


@dataclass(frozen=True, slots=True)
class All:
    """`*:*`: every document."""

    text: str = dataclasses.field(default="*:*", compare=False)


@dataclass(frozen=True, slots=True)
class Exists:
    """The field has a value that can be searched."""

    field: str
    text: str = dataclasses.field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a text field, or the whole value of a keyword field, in lower case, in any of `fields`."""

    fields: tuple[str, ...]
    value: str
    text: str = dataclasses.field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Two or more words in this order, next to each other, in any of the text `fields`."""

    fields: tuple[str, ...]
    words: tuple[str, ...]
    text: str = dataclasses.field(default="", compare=False)


class Part(NamedTuple):
    """Piece of a pattern: literal text in lower case, `any` (`*`, any stretch) or `one` (`?`, one character)."""

    kind: Literal["literal", "any", "one"]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Wildcard:
    """A word or keyword value of this shape, in any of `fields`."""

    fields: tuple[str, ...]
    parts: tuple[Part, ...]
    text: str = dataclasses.field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Range:
    """A number, or a time in ms since 1970 UTC, between the bounds. None means open on that side."""

    field: str
    low: Bound | None
    high: Bound | None
    include_low: bool = True
    include_high: bool = True
    text: str = dataclasses.field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Flag:
    """A boolean field has this value."""

    field: str
    value: bool
    text: str = dataclasses.field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    node: Node

    @property
    def text(self) -> str:
        return f"NOT {_grouped(self.node)}"


@dataclass(frozen=True, slots=True)
class And:
    """Two or more, all of which must hold."""

    nodes: tuple[Node, ...]

    @property
    def text(self) -> str:
        return " AND ".join(node.text if isinstance(node, Not) else _grouped(node) for node in self.nodes)


@dataclass(frozen=True, slots=True)
class Or:
    """Two or more, one of which must hold."""

    nodes: tuple[Node, ...]

    @property
    def text(self) -> str:
        return " OR ".join(_grouped(node) for node in self.nodes)


Leaf: TypeAlias = All | Exists | Term | Phrase | Wildcard | Range | Flag
Node: TypeAlias = Leaf | Not | And | Or


def _grouped(node: Node) -> str:
    return f"({node.text})" if isinstance(node, Not | And | Or) else node.text


def leaves(node: Node) -> tuple[Leaf, ...]:
    """The leaves from left to right, also those under NOT."""
    if isinstance(node, Not):
        return leaves(node.node)
    if isinstance(node, And | Or):
        return tuple(leaf for child in node.nodes for leaf in leaves(child))
    return (node,)


def fields_of(node: Node) -> frozenset[str]:
    """Names of the fields that the query looks at."""
    names: set[str] = set()
    for leaf in leaves(node):
        if isinstance(leaf, Term | Phrase | Wildcard):
            names.update(leaf.fields)
        elif not isinstance(leaf, All):
            names.add(leaf.field)
    return frozenset(names)
