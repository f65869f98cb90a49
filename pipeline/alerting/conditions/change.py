"""A number that rose, or that its own article lowered or withdrew.

A rise is measured against the highest number in the window: articles about one event copy each other's older numbers,
and a copy that is lower than what is known is no news. Only a later revision of the same article takes something back.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.alerting.conditions.point import Finding, Point, within
from schemas.condition import Change


def judge(condition: Change, points: Sequence[Point], at: int) -> Finding | None:
    """How point *at* differs from what was stated before it."""
    new = points[at]
    known = within(points[:at], new.time, condition.window)
    same = [point for point in known if point.article_id == new.article_id]
    if condition.revised and same and same[-1].number is not None:
        if new.number is None:
            return _finding(condition, same[-1], new, "withdrawn")
        if new.number < same[-1].number:
            return _finding(condition, same[-1], new, "revised")
    return _rise(condition, known, new)


def _rise(condition: Change, known: Sequence[Point], new: Point) -> Finding | None:
    highest = max((point for point in known if point.number is not None), key=lambda point: point.numbers, default=None)
    if new.number is None or highest is None or highest.number is None or new.number <= highest.number:
        return None
    if new.number < highest.number * (1 + condition.rise / 100):
        return None
    return _finding(condition, highest, new, "rose")


def _finding(condition: Change, old: Point, new: Point, how: str) -> Finding:
    before, after = old.number or 0.0, new.number
    values = [("condition.before", before)]
    if after is None:
        reason = f"{condition.field} withdrawn: {before:,g} before, no longer stated"
    else:
        reason = f"{condition.field} {how} from {before:,g} to {after:,g}"
        values.append(("condition.after", after))
    if after is not None and before:
        change = round((after / before - 1) * 100, 1)
        values.append(("condition.change", change))
        reason += f" ({change:+g} %)"
    return Finding(
        reason, tuple(dict.fromkeys((old.article_id, new.article_id))), tuple(values), f"{how} {before} {after}"
    )
