"""An article of the first query, then another of the second, in one group. Both may come at the same time."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence as Points
from datetime import timedelta

from pipeline.alerting.conditions.point import Finding, Point, within
from schemas.condition import Sequence
from schemas.duration import duration_text


def judge(condition: Sequence, points: Points[Point], at: int) -> Finding | None:
    """The pair that point *at* completes: as the later article or, when it came late, as the earlier one."""
    new = points[at]
    if "then" in new.steps:
        for first in reversed(within(points[: at + 1], new.time, condition.within)):
            if _is_pair(first, new):
                return _finding(condition, first, new)
    if "first" in new.steps:
        for then in _after(points, at, condition.within):
            if _is_pair(new, then):
                return _finding(condition, new, then)
    return None


def _is_pair(first: Point, then: Point) -> bool:
    return "first" in first.steps and "then" in then.steps and first.article_id != then.article_id


def _after(points: Points[Point], at: int, seconds: int) -> Iterable[Point]:
    reach = points[at].time + timedelta(seconds=seconds)
    return (point for point in points[at + 1 :] if point.time < reach)


def _finding(condition: Sequence, first: Point, then: Point) -> Finding:
    reason = (
        f"{_roughly((then.time - first.time).total_seconds())} after an article of: {' '.join(condition.first.split())}"
    )
    return Finding(reason, (first.article_id, then.article_id))


def _roughly(seconds: float) -> str:
    for unit in (86_400, 3_600, 60):
        if seconds >= 2 * unit:
            return duration_text(round(seconds / unit) * unit)
    return duration_text(round(seconds))
