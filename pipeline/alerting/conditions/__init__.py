"""The conditions that several articles decide, one a file.

    (condition, the group's points in order of event time, the new one's place) -> what was found, or nothing

Each is pure, and right wherever the new point stands: what comes late is judged in the windows it belongs to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from pipeline.alerting.conditions import cardinality, change, frequency, new_term, sequence, silence, spike
from pipeline.alerting.conditions.point import Finding, Point, point_of
from schemas.condition import WindowCondition

VALUES: Final = ("condition.count", "condition.ratio", "condition.change", "condition.before", "condition.after")
"""Numbers of conditions that an escalation may name."""

# A condition's kind decides which class it has, which the type of one mapping cannot say.
_JUDGES: Final[Mapping[str, Callable[[Any, Sequence[Point], int], Finding | None]]] = {
    "frequency": frequency.judge,
    "cardinality": cardinality.judge,
    "change": change.judge,
    "new_term": new_term.judge,
    "spike": spike.judge,
    "silence": silence.judge,
    "sequence": sequence.judge,
}


def judge(condition: WindowCondition, points: Sequence[Point], at: int) -> Finding | None:
    """What the point at index *at* brings about among *points*, all of one group and sorted; None when nothing."""
    return _JUDGES[condition.kind](condition, points, at)


__all__ = ["VALUES", "Finding", "Point", "judge", "point_of"]
