"""How often a mention of a rule's turns out right: confidences as the share that was right on texts not trained on.

The rules weigh names against each other by numbers of their own. What leaves the package is looked up in a table that
`python -m deploy.tagger` measures on held-out folds:

    rule | type | from this number of the rule's own on | share that was right

A rule that had too few mentions to be measured is in none of the rows and takes those of `*`, all such rules together.
A type that is not annotated in those texts, nationality, keeps the rule's own number.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from msgspec import Struct

from pipeline.mapped import packaged_file

FILE: Final = "confidence.tsv"
REST: Final = "*"
"""Stands for the rules that were too seldom to be measured alone."""

Key = tuple[str, str]
"""Rule and type."""


class Steps(Struct, frozen=True):
    """A rising function of steps: `shares[i]` holds from `starts[i]` on, `shares[0]` also below it."""

    starts: tuple[float, ...]
    shares: tuple[float, ...]

    def at(self, own: float) -> float:
        return self.shares[max(0, bisect_right(self.starts, own) - 1)]


Table = Mapping[Key, Steps]


def parse(lines: Iterable[str]) -> Table:
    """The table of a file's *lines*, which stand in rising order."""
    rows: dict[Key, list[tuple[float, float]]] = {}
    for line in lines:
        if line and not line.startswith("#"):
            rule, label, start, share = line.split("\t")
            rows.setdefault((rule, label), []).append((float(start), float(share)))
    return {key: Steps(*zip(*steps, strict=True)) for key, steps in rows.items()}


def share_right(table: Table, rule: str, label: str, own: float) -> float:
    """What *table* says of a mention; *own*, the rule's number, where it says nothing."""
    steps = table.get((rule, label)) or table.get((REST, label))
    return steps.at(own) if steps else own


@cache
def _packaged() -> Table:
    return parse(packaged_file("pipeline.names", FILE).read_text("utf-8").splitlines())


def calibrated(rule: str, label: str, own: float) -> float:
    """The share of such mentions that was right on held-out texts, 0 to 1."""
    return share_right(_packaged(), rule, label, own)
