"""Nothing from a group that was heard before. What passes is event time, so a pipeline that stands still alerts
nobody: that is for its monitoring to tell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from pipeline.alerting.conditions.point import Finding, Point, articles, within
from schemas.condition import Silence
from schemas.duration import duration_text


def judge(condition: Silence, points: Sequence[Point], at: int) -> Finding | None:
    """An article breaks a silence; it never raises one."""
    return None


def deadline(condition: Silence, last: Point) -> datetime:
    """When *last* has been alone for too long."""
    return last.time + timedelta(seconds=condition.after)


def finding(condition: Silence, points: Sequence[Point]) -> Finding | None:
    """That nothing followed the last of *points*; None when too little had come before it to be missed."""
    last = points[-1]
    before = articles(within(points, last.time, condition.after))
    if len(before) < condition.count:
        return None
    reason = f"nothing for {duration_text(condition.after)} since {last.time:%Y-%m-%d %H:%M} UTC"
    return Finding(reason, before, trigger="silence")
