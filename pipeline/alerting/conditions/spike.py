"""Many more articles in a window than the stretch before it makes one expect.

Expected is the mean count of a window in the reference, but at least one: a group that is hardly ever in the news needs
`ratio` articles, not one. A group without any article in the reference has no mean, and stays silent.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from pipeline.alerting.conditions.point import Finding, Point, articles, ends_of_windows, within
from schemas.condition import Spike
from schemas.duration import duration_text


def judge(condition: Spike, points: Sequence[Point], at: int) -> Finding | None:
    """The first window with point *at* in it that is out of proportion."""
    ends = ends_of_windows(points, at, condition.window)
    return next((found for end in ends if (found := _of(condition, points, end))), None)


def _of(condition: Spike, points: Sequence[Point], end: datetime) -> Finding | None:
    now = articles(within(points, end, condition.window))
    if len(now) < condition.count:
        return None
    start = end - timedelta(seconds=condition.window)
    usual = len(articles(within(points, start, condition.reference)))
    expected = max(usual * condition.window / condition.reference, 1.0)
    ratio = round(len(now) / expected, 2)
    if not usual or ratio < condition.ratio:
        return None
    reason = (
        f"{len(now)} articles in {duration_text(condition.window)}, {ratio:g} times what the "
        f"{duration_text(condition.reference)} before make one expect"
    )
    return Finding(reason, now, (("condition.count", float(len(now))), ("condition.ratio", ratio)))
