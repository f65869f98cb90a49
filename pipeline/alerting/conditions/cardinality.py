"""So many different values of a field in a window."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.alerting.conditions.point import Finding, Point, articles, ends_of_windows, within
from schemas.condition import Cardinality
from schemas.duration import duration_text

NAMED: Final = 8
"""Values that a reason names."""


def judge(condition: Cardinality, points: Sequence[Point], at: int) -> Finding | None:
    """The first window with point *at* in it that has values enough."""
    for end in ends_of_windows(points, at, condition.window):
        inside = within(points, end, condition.window)
        terms = tuple(dict.fromkeys(term for point in inside for term in point.terms))
        if len(terms) >= condition.distinct:
            reason = (
                f"{len(terms)} different {condition.field} in {duration_text(condition.window)} "
                f"(from {condition.distinct} on): {named(terms)}"
            )
            return Finding(reason, articles(inside), (("condition.count", float(len(terms))),))
    return None


def named(terms: Sequence[str]) -> str:
    """The first of *terms*, with commas."""
    return ", ".join(terms[:NAMED]) + (", …" if len(terms) > NAMED else "")
