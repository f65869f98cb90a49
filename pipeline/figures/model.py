"""What the rules give: a count with its kind, before its meaning in context is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from pipeline.figures.items import Item
from pipeline.figures.patterns import Rule
from pipeline.records import Values
from pipeline.text import Token
from schemas.enrichment import FigureKind, Scope


class Candidate(NamedTuple):
    """A count with its kind."""

    item: Item
    kind: FigureKind
    rule: Rule
    first: int
    """Tokens of the sentence that are the evidence, half open."""
    last: int
    trigger: int
    """Token index of the trigger."""
    trigger_noun: str | None
    whole: Item | None = None
    """The count of which this one is a part."""
    scope: Scope | None = None
    """Scope that the rule itself implies."""
    undecided: bool = False
    """Whether another kind is as likely ("captured or killed")."""
    superseded: bool = False
    partial: bool = False
    """Whether it is a part of a figure of an earlier sentence ("among the dead were three nurses")."""
    refers: bool = False
    """Whether it speaks of people already mentioned ("the rebels were captured"), whom an earlier figure may count."""


class Statement(NamedTuple):
    """A figure to be, and the group of coordinated figures that it is in."""

    kind: FigureKind
    part_of: int | None
    values: Values
    """Of the record; those of all figures are made into records at once (`pipeline.records`)."""
    group: int | None
    refers: bool = False
    """Whether it counts people already mentioned."""
    long: bool = False
    """Whether it is a total of months or years."""


class Sentence(Struct, frozen=True):
    """A sentence made ready for the rules."""

    tokens: Sequence[Token]
    items: Sequence[Item]
    candidates: tuple[Candidate, ...]
