"""One group of one rule: what waits for its turn, and what was decided within the reach of the rule's condition.

    match -> (held until nothing earlier can come) -> point among the group's points -> judged -> fired

A rule without lateness holds nothing: it fires at once, and what comes late is judged in the windows it belongs to. A
rule with lateness holds each match until event time is so much further, and judges in order of event time, so that the
order of arrival is without effect. All functions are pure.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from pipeline.alerting.conditions import Finding, Point, judge, point_of, silence
from schemas.alert import Match
from schemas.condition import Silence, WindowCondition, reach_seconds

GRACE_S: Final = 86_400
"""How far behind event time an article may be and still be judged by a condition, seconds, unless the rule's lateness
is longer: sources that report with a delay of hours are common, and what is older mostly comes from a replay."""
MAX_GROUP_POINTS: Final = 1_000
"""Points of one group; the oldest go first. Largest count that a condition can ask for."""

NEVER: Final = datetime.min.replace(tzinfo=UTC)
_FOR_EVER: Final = datetime.max.replace(tzinfo=UTC)

Took = Literal["in_order", "late", "too_late", "known"]
"""How a match came: in order, or within its rule's lateness; later than that, and judged all the same; behind by more
than the grace, and left out; or it is the same as one that was taken already."""


@dataclass(frozen=True, slots=True)
class Fired:
    """A match that alerts unless it is known or throttled."""

    match: Match
    finding: Finding | None = None
    """None when the match alone is enough."""


@dataclass(frozen=True, slots=True)
class Group:
    """State of one group. Sorted parts sort by event time, then observation, then article."""

    held: tuple[Match, ...] = ()
    points: tuple[Point, ...] = ()
    latest: Match | None = None
    """Match of the newest point; a silence is told with its words. None when no condition of that kind needs it."""
    decided_until: datetime = NEVER
    """Event time up to which the group has been decided."""
    silent: bool = False
    """Whether the silence after the newest point has been told."""
    lateness: timedelta = timedelta()
    kept_for: timedelta = timedelta()
    """How long a point is needed: the condition's reach and the grace."""
    cut: int = 0
    """Points that the bound took away."""

    @property
    def size(self) -> int:
        return len(self.held) + len(self.points)


def reach_of(condition: WindowCondition | None, lateness_seconds: int) -> int:
    """How far back, in seconds, the matches of such a rule matter; 0 when each is decided by itself."""
    if condition is None and not lateness_seconds:
        return 0
    return max(lateness_seconds, GRACE_S) + reach_seconds(condition)


def grace(match: Match) -> timedelta:
    """How far behind event time *match* may come."""
    return timedelta(seconds=max(match.lateness_seconds, GRACE_S))


def kept_for(match: Match) -> timedelta:
    """How long before *match* the points lie that can matter to it, or to what may still come before it."""
    return grace(match) + timedelta(seconds=reach_seconds(match.condition))


def receive(group: Group, match: Match, clock: datetime) -> tuple[Group, Took, tuple[Fired, ...]]:
    """Take *match* in: hold it, or decide it at once.

    Args:
        clock: event time of the newest match of all groups, this one included.
    """
    took: Took = "late" if _is_late(group, match, clock) else "in_order"
    if _is_known(group, match):
        return group, "known", ()
    if match.condition is not None and match.event_time < clock - grace(match):
        return group, "too_late", ()
    group = replace(group, lateness=timedelta(seconds=match.lateness_seconds), kept_for=kept_for(match))
    if group.lateness and took == "in_order":
        held = list(group.held)
        insort(held, match, key=arrival)
        return replace(group, held=tuple(held)), took, ()
    group, fired = decide_now(group, match)
    return group, took, fired


def _is_late(group: Group, match: Match, clock: datetime) -> bool:
    """Something later of its group was decided, or it is behind by more than its rule waits."""
    overdue = match.lateness_seconds and match.event_time < clock - timedelta(seconds=match.lateness_seconds)
    return match.event_time < group.decided_until or bool(overdue)


def next_due(group: Group) -> datetime:
    """When, in event time, the group has something to do by itself: release, tell a silence, or be forgotten."""
    if group.held:
        release = group.held[0].event_time + group.lateness
        return min(release, _silence_due(group))
    newest = group.points[-1].time if group.points else group.decided_until
    return min(_silence_due(group), newest + group.kept_for)


def settle(group: Group, now: datetime) -> tuple[Group | None, tuple[Fired, ...]]:
    """Do what is due at *now*, the group's `next_due`. None when the group may be forgotten."""
    if group.held and group.held[0].event_time + group.lateness <= now:
        return decide_now(replace(group, held=group.held[1:]), group.held[0])
    if _silence_due(group) <= now:
        return _tell_silence(group)
    return None, ()


def release(group: Group) -> tuple[Group, tuple[Fired, ...]]:
    """Decide all that is held, in order."""
    fired: list[Fired] = []
    for match in group.held:
        group, now = decide_now(group, match)
        fired += now
    return replace(group, held=()), tuple(fired)


def decide_now(group: Group, match: Match) -> tuple[Group, tuple[Fired, ...]]:
    """Judge *match* among the group's points, whatever may still come."""
    until = max(group.decided_until, match.event_time)
    if match.condition is None:
        return replace(group, decided_until=until), (Fired(match),)
    point = point_of(match)
    at = bisect_left(group.points, point)
    points = (*group.points[:at], point, *group.points[at:])
    found = judge(match.condition, points, at)
    is_newest = at == len(points) - 1
    group = _pruned(replace(group, points=points, decided_until=until))
    if isinstance(match.condition, Silence) and is_newest:
        group = replace(group, latest=match, silent=False)
    return group, () if found is None else (Fired(match, found),)


def arrival(match: Match) -> tuple[datetime, datetime, str]:
    """Sorts matches as they would come if each article came at its event time."""
    return match.event_time, match.observed_at or match.event_time, match.article_id


def _is_known(group: Group, match: Match) -> bool:
    beside = bisect_left(group.held, arrival(match), key=arrival)
    if match in group.held[beside : bisect_right(group.held, arrival(match), key=arrival)]:
        return True
    if match.condition is None:
        return False  # its alert's id tells
    point = point_of(match)
    at = bisect_left(group.points, point)
    return at < len(group.points) and group.points[at] == point


def _pruned(group: Group) -> Group:
    start = bisect_left(group.points, group.points[-1].time - group.kept_for, key=lambda point: point.time)
    over = max(len(group.points) - start - MAX_GROUP_POINTS, 0)
    return replace(group, points=group.points[start + over :], cut=group.cut + over)


def _silence_due(group: Group) -> datetime:
    if group.latest is None or group.silent or not isinstance(group.latest.condition, Silence):
        return _FOR_EVER
    return silence.deadline(group.latest.condition, group.points[-1]) + group.lateness


def _tell_silence(group: Group) -> tuple[Group, tuple[Fired, ...]]:
    last = group.latest
    if last is None or not isinstance(last.condition, Silence):
        raise ValueError("no silence to tell of")
    moment = silence.deadline(last.condition, group.points[-1])
    told = last.model_copy(update={"event_time": moment})
    after = replace(group, silent=True, decided_until=max(group.decided_until, moment))
    found = silence.finding(last.condition, group.points)
    return after, () if found is None else (Fired(told, found),)
