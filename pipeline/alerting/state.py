"""What was alerted, indexed for the decision about the next match: a value, made of nothing but alerts.

So the alerter rebuilds it by reading its own output topics, in any order, with repetitions.

Bound: a rule (in one version and mode) remembers its `max_alerts` newest alerts by event time; the oldest is forgotten.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Final, NamedTuple

from pipeline.alerting.severity import rank
from schemas.alert import Alert, Match
from schemas.enrichment import Mode

MAX_ALERTS: Final = 20_000
"""Alerts that one rule remembers: a month of a rule that alerts 600 times a day. About 15 MB when full."""

NEVER: Final = datetime.min.replace(tzinfo=UTC)
"""The event time of what was forgotten, when nothing was."""

Key = tuple[str, int, Mode]
"""Rule id, rule version and mode: a new version alerts afresh, and a backfill never silences live alerts."""


class Remembered(NamedTuple):
    """What later decisions need of an alert. Sorts by event time, then id."""

    event_time: datetime
    id: str
    group: str
    article_ids: tuple[str, ...]
    """The article that raised it: others that a condition counted have alerts of their own."""
    first: str
    """Id of the alert that this one, through others, is an update of; its own when it is none."""
    values: tuple[tuple[str, float], ...]
    """The numeric values that made the rule fire."""
    severity: int
    """Its rank."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The alerts of one rule, indexed for `decide`. All parts hold the same alerts."""

    timeline: tuple[Remembered, ...] = ()
    by_group: Mapping[str, tuple[Remembered, ...]] = field(default_factory=dict)
    """Each group's alerts, sorted."""
    by_article: Mapping[str, tuple[Remembered, ...]] = field(default_factory=dict)
    forgotten_until: datetime = NEVER
    """Event time of the newest alert that was forgotten."""

    def knows(self, identity: str, articles: Iterable[str]) -> bool:
        """An alert's id is made from its article's id, so only that article's alerts need a look."""
        return any(alert.id == identity for article in articles for alert in self.by_article.get(article, ()))

    def of_group(self, group: str, start: datetime, end: datetime) -> tuple[Remembered, ...]:
        """The group's alerts from *start* to *end*, both included, in order of event time."""
        alerts = self.by_group.get(group, ())
        return alerts[bisect_left(alerts, start, key=_time) : bisect_right(alerts, end, key=_time)]


@dataclass(frozen=True, slots=True)
class AlertState:
    """Every alert raised so far, within the bound. A value: `remember` gives a new one."""

    ledgers: Mapping[Key, Ledger] = field(default_factory=dict)
    max_alerts: int = MAX_ALERTS

    @classmethod
    def from_alerts(cls, alerts: Iterable[Alert], max_alerts: int = MAX_ALERTS) -> AlertState:
        """The state after *alerts*, given in any order and any number of times."""
        read = Recollection(max_alerts)
        for alert in alerts:
            read.add(alert)
        return read.state()

    def remember(self, alert: Alert) -> AlertState:
        """The state with *alert*; unchanged when it is known."""
        key, new = _key(alert), _remembered(alert)
        ledger = self.ledger_of(alert)
        if ledger.knows(new.id, new.article_ids):
            return self
        ledgers = dict(self.ledgers) | {key: _bounded(_with(ledger, new), self.max_alerts)}
        return replace(self, ledgers=ledgers)

    def ledger_of(self, record: Alert | Match) -> Ledger:
        """What the record's rule, in its version and mode, alerted."""
        return self.ledgers.get(_key(record), Ledger())

    @property
    def size(self) -> int:
        """How many alerts are remembered."""
        return sum(len(ledger.timeline) for ledger in self.ledgers.values())


def _key(record: Alert | Match) -> Key:
    return record.rule_id, record.rule_version, record.mode


def numbers(values: Mapping[str, object]) -> tuple[tuple[str, float], ...]:
    """The numeric ones of a match's or alert's values, sorted by name."""
    numeric = ((name, value) for name, value in values.items() if isinstance(value, (int, float)))
    return tuple(sorted((name, value) for name, value in numeric if not isinstance(value, bool)))


def _remembered(alert: Alert) -> Remembered:
    return Remembered(
        event_time=alert.event_time,
        id=alert.id,
        group=alert.group,
        article_ids=alert.article_ids[:1],
        first=alert.update_of or alert.id,
        values=numbers(alert.values),
        severity=rank(alert.severity),
    )


def _inserted(alerts: tuple[Remembered, ...], new: Remembered) -> tuple[Remembered, ...]:
    at = bisect_left(alerts, new)
    return (*alerts[:at], new, *alerts[at:])


def _with(ledger: Ledger, new: Remembered) -> Ledger:
    by_group = dict(ledger.by_group)
    by_group[new.group] = _inserted(by_group.get(new.group, ()), new)
    by_article = dict(ledger.by_article)
    for article in new.article_ids:
        by_article[article] = _inserted(by_article.get(article, ()), new)
    return replace(ledger, timeline=_inserted(ledger.timeline, new), by_group=by_group, by_article=by_article)


def _without(
    index: Mapping[str, tuple[Remembered, ...]], names: Iterable[str], old: Remembered
) -> dict[str, tuple[Remembered, ...]]:
    left = dict(index)
    for name in names:
        remaining = tuple(alert for alert in left.get(name, ()) if alert != old)
        if remaining:
            left[name] = remaining
        else:
            left.pop(name, None)
    return left


def _bounded(ledger: Ledger, max_alerts: int) -> Ledger:
    while len(ledger.timeline) > max_alerts:
        oldest = ledger.timeline[0]
        ledger = Ledger(
            timeline=ledger.timeline[1:],
            by_group=_without(ledger.by_group, (oldest.group,), oldest),
            by_article=_without(ledger.by_article, oldest.article_ids, oldest),
            forgotten_until=max(ledger.forgotten_until, oldest.event_time),
        )
    return ledger


@dataclass(slots=True)
class _Recent:
    """The newest alerts of one rule, by id."""

    alerts: dict[str, Remembered] = field(default_factory=dict)
    forgotten_until: datetime = NEVER

    def keep(self, count: int) -> None:
        """Forget all but the *count* newest."""
        ordered = sorted(self.alerts.values())
        cut = len(ordered) - count
        if cut > 0:
            self.forgotten_until = max(self.forgotten_until, ordered[cut - 1].event_time)
            self.alerts = {alert.id: alert for alert in ordered[cut:]}


class Recollection:
    """Alerts read back one after another, in any order and any number of times: a year of them does not fit into
    memory, so that no more than twice of what the state remembers is held."""

    def __init__(self, max_alerts: int = MAX_ALERTS) -> None:
        self._max_alerts = max_alerts
        self._rules: dict[Key, _Recent] = {}

    def add(self, alert: Alert) -> None:
        recent = self._rules.setdefault(_key(alert), _Recent())
        recent.alerts.setdefault(alert.id, _remembered(alert))
        if len(recent.alerts) > 2 * self._max_alerts:
            recent.keep(self._max_alerts)

    def state(self) -> AlertState:
        """The state with what was added."""
        for recent in self._rules.values():
            recent.keep(self._max_alerts)
        return AlertState({key: _ledger(recent) for key, recent in self._rules.items()}, self._max_alerts)


def _ledger(recent: _Recent) -> Ledger:
    """The same as adding one after another, at the cost of one sort."""
    timeline = sorted(recent.alerts.values())
    by_group: dict[str, list[Remembered]] = {}
    by_article: dict[str, list[Remembered]] = {}
    for alert in timeline:
        by_group.setdefault(alert.group, []).append(alert)
        for article in alert.article_ids:
            by_article.setdefault(article, []).append(alert)
    return Ledger(
        timeline=tuple(timeline),
        by_group={name: tuple(found) for name, found in by_group.items()},
        by_article={name: tuple(found) for name, found in by_article.items()},
        forgotten_until=recent.forgotten_until,
    )


def _time(alert: Remembered) -> datetime:
    return alert.event_time
