"""From matches to alerts: the one machine that the alerter, the backtest and the examples of a rule run.

match -> windows (condition, lateness) -> fired -> decide (known, throttled) -> alert
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from pipeline.alerting.decision import decide
from pipeline.alerting.group import Fired
from pipeline.alerting.severity import escalated
from pipeline.alerting.state import AlertState
from pipeline.alerting.telling import MAX_SUMMARY
from pipeline.alerting.template import plain
from pipeline.alerting.windows import Windows
from schemas.alert import Alert, Match
from schemas.enrichment import Mode

Line = tuple[int, Mode]
"""Partition and mode: each has a clock of its own, so that a backfill moves no live window."""


@dataclass(frozen=True)
class Watch:
    """What has been alerted and what is under way. A value: `take` gives a new one."""

    alerts: AlertState = field(default_factory=AlertState)
    windows: Mapping[Line, Windows] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Points and held matches of all windows."""
        return sum(windows.size for windows in self.windows.values())

    @property
    def late(self) -> int:
        """Matches that came later than their rules wait."""
        return sum(windows.late for windows in self.windows.values())

    @property
    def cut(self) -> int:
        """Points that were forgotten at a bound."""
        return sum(windows.cut for windows in self.windows.values())

    def take(
        self, arrivals: Iterable[tuple[int, Match]], now: Callable[[datetime], datetime]
    ) -> tuple[Watch, list[tuple[Alert, ...]]]:
        """Take matches in, in their order.

        Args:
            arrivals: each with its partition.
            now: the moment at which an alert is raised, given its event time.

        Returns:
            The state after them, and for each the alerts that it brings about, some of them of other groups, for which
            time has passed.
        """
        drafts: dict[Line, Windows] = {}
        state, raised = self.alerts, list[tuple[Alert, ...]]()
        for partition, match in arrivals:
            draft = _draft(drafts, self.windows, (partition, match.mode))
            state, alerts = _decide_all(state, draft.take(match), now)
            raised.append(alerts)
        return replace(self, alerts=state, windows={**self.windows, **drafts}), raised

    def advance(self, moment: datetime, now: Callable[[datetime], datetime]) -> tuple[Watch, tuple[Alert, ...]]:
        """Let event time pass on all lines without a match."""
        drafts = {line: windows.copy() for line, windows in self.windows.items()}
        fired = [one for draft in drafts.values() for one in draft.advance(moment)]
        state, alerts = _decide_all(self.alerts, fired, now)
        return replace(self, alerts=state, windows=drafts), alerts

    def finish(self, now: Callable[[datetime], datetime]) -> tuple[Alert, ...]:
        """The alerts of all that still waits for earlier articles, when none will come."""
        fired = [one for windows in self.windows.values() for one in windows.copy().finish()]
        return _decide_all(self.alerts, fired, now)[1]


def _draft(drafts: dict[Line, Windows], given: Mapping[Line, Windows], line: Line) -> Windows:
    if line not in drafts:
        drafts[line] = given[line].copy() if line in given else Windows()
    return drafts[line]


def _decide_all(
    state: AlertState, fired: Iterable[Fired], now: Callable[[datetime], datetime]
) -> tuple[AlertState, tuple[Alert, ...]]:
    alerts = []
    for one in fired:
        match = _told(one)
        state, alert = decide(state, match, now(match.event_time), one.finding)
        if alert is not None:
            alerts.append(alert)
    return state, tuple(alerts)


def _told(fired: Fired) -> Match:
    """The match with what its condition found."""
    if fired.finding is None:
        return fired.match
    values = {**fired.match.values, **dict(fired.finding.values)}
    return fired.match.model_copy(
        update={
            "values": values,
            "summary": plain(f"{fired.finding.reason}; {fired.match.summary}", MAX_SUMMARY),
            "severity": escalated(fired.match.severity, fired.match.escalate, values),
        }
    )
