"""So many articles in a window. An article counts once, however often it was revised."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.alerting.conditions.point import Finding, Point, articles, ends_of_windows, within
from schemas.condition import Frequency
from schemas.duration import duration_text


def judge(condition: Frequency, points: Sequence[Point], at: int) -> Finding | None:
    """The first full window that point *at* belongs to."""
    for end in ends_of_windows(points, at, condition.window):
        found = articles(within(points, end, condition.window))
        if len(found) >= condition.count:
            reason = f"{len(found)} articles in {duration_text(condition.window)} (from {condition.count} on)"
            return Finding(reason, found, (("condition.count", float(len(found))),))
    return None
