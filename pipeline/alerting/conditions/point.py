"""What a window remembers of an article, and what it finds when one is added."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from schemas.alert import Match, Step
from schemas.condition import WindowCondition


class Point(NamedTuple):
    """A match, reduced. Sorts by event time, then by when it was seen, so that a revision follows what it revises."""

    time: datetime
    observed: datetime
    article_id: str
    numbers: tuple[float, ...]
    """The value of the condition's field when it is one number; empty when the article states none."""
    terms: tuple[str, ...]
    """The values of the condition's field as text."""
    steps: tuple[Step, ...]

    @property
    def number(self) -> float | None:
        return self.numbers[0] if self.numbers else None


@dataclass(frozen=True, slots=True)
class Finding:
    """A condition holds."""

    reason: str
    """In words."""
    article_ids: tuple[str, ...]
    """The articles it rests on, oldest first."""
    values: tuple[tuple[str, float], ...] = ()
    """Numbers of the condition itself, named `condition.…`."""
    trigger: str = ""
    """What makes it another alert than those that the same article may raise besides."""


def point_of(match: Match) -> Point:
    """The point of *match* for its condition."""
    value = match.values.get(_field(match.condition))
    items: Sequence[Any] = value if isinstance(value, (list, tuple)) else () if value is None else (value,)
    numeric = isinstance(value, (int, float)) and not isinstance(value, bool)
    return Point(
        time=match.event_time,
        observed=match.observed_at or match.event_time,
        article_id=match.article_id,
        numbers=(float(value),) if numeric else (),  # type: ignore[arg-type]
        terms=tuple(sorted({str(item) for item in items})),
        steps=match.steps,
    )


def _field(condition: WindowCondition | None) -> str:
    return str(getattr(condition, "field", ""))


def within(points: Sequence[Point], end: datetime, seconds: int) -> Sequence[Point]:
    """The points of the *seconds* up to *end*: from just after the beginning, to the end inclusive."""
    start = bisect_right(points, end - timedelta(seconds=seconds), key=_time)
    return points[start : bisect_right(points, end, key=_time)]


def before(points: Sequence[Point], end: datetime) -> Sequence[Point]:
    """The points that are earlier than *end*."""
    return points[: bisect_left(points, end, key=_time)]


def ends_of_windows(points: Sequence[Point], at: int, seconds: int) -> Iterable[datetime]:
    """The ends of all windows that hold point *at*: its own time and, when it came late, those of later points."""
    reach = points[at].time + timedelta(seconds=seconds)
    seen = None
    for point in points[at:]:
        if point.time >= reach:
            return
        if point.time != seen:
            seen = point.time
            yield point.time


def articles(points: Iterable[Point]) -> tuple[str, ...]:
    """Each article once, in order."""
    return tuple(dict.fromkeys(point.article_id for point in points))


def _time(point: Point) -> datetime:
    return point.time
