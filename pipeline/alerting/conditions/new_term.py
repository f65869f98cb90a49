"""A value of a field that the group has not had in the look-back."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.alerting.conditions.cardinality import named
from pipeline.alerting.conditions.point import Finding, Point, articles, within
from schemas.condition import NewTerm
from schemas.duration import duration_text


def judge(condition: NewTerm, points: Sequence[Point], at: int) -> Finding | None:
    """The values of point *at* that no point before it had."""
    new = points[at]
    known = within(points[:at], new.time, condition.lookback)
    others = [name for name in articles(known) if name != new.article_id]
    if len(others) < condition.learn:
        return None
    seen = {term for point in known for term in point.terms}
    fresh = tuple(term for term in new.terms if term not in seen)
    if not fresh:
        return None
    reason = f"{condition.field} for the first time in {duration_text(condition.lookback)}: {named(fresh)}"
    return Finding(reason, (new.article_id,), (("condition.count", float(len(fresh))),), "\n".join(fresh))
