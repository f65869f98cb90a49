"""Which matches become alerts: pure, in event time, and the same after every replay and restart.

`decide` raises an alert unless it is known or throttled. The state holds nothing but alerts that were raised, so the
alerter rebuilds it by reading its own output topics, in any order, with repetitions. Two properties hold (tested):

- a match that was decided once, alerted or not, never alerts again, in whatever order matches are replayed;
- a state rebuilt from the alerts decides as the state that raised them did.

Both rest on one fact: whatever silences a match (an alert with its id, an alert near it, a higher value alerted before)
stays in the state, and more alerts only silence more.

Bound: a rule (in one version and mode) remembers its `max_alerts` newest alerts by event time. Beyond that the oldest
is forgotten, and from then on a match that is not newer than everything forgotten stays silent, because it may have
been alerted: at the bound a very late article is missed rather than an old one repeated. (One thing can repeat at the
bound: an article without publication time that is revised after its alert was forgotten.)
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final, Literal, NamedTuple

from pipeline.alerting.conditions import Finding
from pipeline.alerting.severity import rank
from pipeline.identity import alert_id
from schemas.alert import Alert, Match
from schemas.condition import reach_seconds
from schemas.enrichment import Mode

MAX_ALERTS: Final = 20_000
"""Alerts that one rule remembers: a month of a rule that alerts 600 times a day. About 15 MB when full."""

MAX_ARTICLES: Final = 50
"""Articles that one alert names."""

_NEVER: Final = datetime.min.replace(tzinfo=UTC)

Silence = Literal["known", "throttled", "forgotten"]
"""Why a match raises no alert: the same alert was raised; another one stands for it; it is older than the memory."""

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
    forgotten_until: datetime = _NEVER
    """Event time of the newest alert that was forgotten."""


@dataclass(frozen=True, slots=True)
class AlertState:
    """Every alert raised so far, within the bound. A value: `remember` gives a new one."""

    ledgers: Mapping[Key, Ledger] = field(default_factory=dict)
    max_alerts: int = MAX_ALERTS

    @classmethod
    def from_alerts(cls, alerts: Iterable[Alert], max_alerts: int = MAX_ALERTS) -> AlertState:
        """The state after *alerts*, given in any order and any number of times."""
        sorted_out: dict[Key, dict[str, Remembered]] = {}
        for alert in alerts:
            sorted_out.setdefault(_key(alert), {}).setdefault(alert.id, _remembered(alert))
        ledgers = {key: _ledger(found.values(), max_alerts) for key, found in sorted_out.items()}
        return cls(ledgers=ledgers, max_alerts=max_alerts)

    def remember(self, alert: Alert) -> AlertState:
        """The state with *alert*; unchanged when it is known."""
        key, new = _key(alert), _remembered(alert)
        ledger = self.ledgers.get(key, Ledger())
        if _is_known(ledger, new.id, new.article_ids):
            return self
        ledgers = dict(self.ledgers) | {key: _bounded(_with(ledger, new), self.max_alerts)}
        return replace(self, ledgers=ledgers)

    @property
    def size(self) -> int:
        """How many alerts are remembered."""
        return sum(len(ledger.timeline) for ledger in self.ledgers.values())


def _key(record: Alert | Match) -> Key:
    return record.rule_id, record.rule_version, record.mode


def _numbers(values: Mapping[str, object]) -> tuple[tuple[str, float], ...]:
    numeric = ((name, value) for name, value in values.items() if isinstance(value, (int, float)))
    return tuple(sorted((name, value) for name, value in numeric if not isinstance(value, bool)))


def _remembered(alert: Alert) -> Remembered:
    return Remembered(
        event_time=alert.event_time,
        id=alert.id,
        group=alert.group,
        article_ids=alert.article_ids[:1],
        first=alert.update_of or alert.id,
        values=_numbers(alert.values),
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


def _ledger(alerts: Iterable[Remembered], max_alerts: int) -> Ledger:
    """The same as adding one after another, at the cost of one sort."""
    timeline = sorted(alerts)
    cut = max(len(timeline) - max_alerts, 0)
    by_group: dict[str, list[Remembered]] = {}
    by_article: dict[str, list[Remembered]] = {}
    for alert in timeline[cut:]:
        by_group.setdefault(alert.group, []).append(alert)
        for article in alert.article_ids:
            insort(by_article.setdefault(article, []), alert)
    return Ledger(
        timeline=tuple(timeline[cut:]),
        by_group={name: tuple(found) for name, found in by_group.items()},
        by_article={name: tuple(found) for name, found in by_article.items()},
        forgotten_until=timeline[cut - 1].event_time if cut else _NEVER,
    )


def _is_known(ledger: Ledger, identity: str, articles: Iterable[str]) -> bool:
    """An alert's id is made from its article's id, so only that article's alerts need a look."""
    return any(alert.id == identity for article in articles for alert in ledger.by_article.get(article, ()))


def trigger(match: Match, finding: Finding | None = None) -> str:
    """What the alert's id is made from: the article, the values that an update is about, and what a condition adds.

    A revision that changes none of them triggers the same alert. A backfill's alerts have ids of their own.
    """
    values = dict(_numbers(match.values))
    told = [f"{name}={values[name]}" for name in sorted(match.update_on) if name in values]
    added = [finding.trigger] if finding and finding.trigger else []
    return "\n".join([match.mode, match.article_id, *told, *added])


def identify(match: Match, finding: Finding | None = None) -> str:
    """Id of the alert that *match* would raise."""
    return alert_id(match.rule_id, match.rule_version, match.group, trigger(match, finding))


def _around(ledger: Ledger, match: Match, reach: timedelta) -> tuple[Remembered, ...]:
    """The alerts of the match's rule and group within *reach* on either side."""
    alerts = ledger.by_group.get(match.group, ())
    start = bisect_left(alerts, match.event_time - reach, key=_time)
    return alerts[start : bisect_right(alerts, match.event_time + reach, key=_time)]


def _same_article(ledger: Ledger, match: Match) -> tuple[Remembered, ...]:
    return tuple(alert for alert in ledger.by_article.get(match.article_id, ()) if alert.group == match.group)


def _near(ledger: Ledger, match: Match, finding: Finding | None) -> tuple[Remembered, ...]:
    """The alerts that stand for the match: within the throttle, or about the same article unless a condition tells
    what is new about it."""
    same = () if finding and finding.trigger else _same_article(ledger, match)
    if not match.throttle_seconds:
        return same
    return tuple(sorted({*_around(ledger, match, timedelta(seconds=match.throttle_seconds)), *same}))


def _situation(ledger: Ledger, match: Match) -> tuple[Remembered, ...]:
    """The alerts that the match's alert continues: of the same article, or as near as throttle and condition look."""
    reach = max(match.throttle_seconds, reach_seconds(match.condition))
    around = _around(ledger, match, timedelta(seconds=reach)) if reach else ()
    return tuple(sorted({*around, *_same_article(ledger, match)}))


def _time(alert: Remembered) -> datetime:
    return alert.event_time


def _rises(match: Match, near: tuple[Remembered, ...]) -> bool:
    """A field of `update_on` reached `update_factor` times its highest value alerted near, or is new and positive."""
    values = dict(_numbers(match.values))
    for name in match.update_on:
        value = values.get(name, 0)
        highest = max((dict(alert.values).get(name, 0) for alert in near), default=0)
        if value > 0 and value >= highest * match.update_factor:
            return True
    return False


def _outranks(match: Match, near: tuple[Remembered, ...]) -> bool:
    """It is more severe than everything alerted near."""
    return rank(match.severity) > max(alert.severity for alert in near)


def _is_forgotten(ledger: Ledger, match: Match) -> bool:
    if ledger.forgotten_until == _NEVER:
        return False
    return match.event_time <= ledger.forgotten_until + timedelta(seconds=match.throttle_seconds)


def silence(state: AlertState, match: Match, finding: Finding | None = None) -> Silence | None:
    """Why *match* raises no alert now. None means that it raises one."""
    ledger = state.ledgers.get(_key(match), Ledger())
    if _is_known(ledger, identify(match, finding), (match.article_id,)):
        return "known"
    if _is_forgotten(ledger, match):
        return "forgotten"
    near = _near(ledger, match, finding)
    return "throttled" if near and not _rises(match, near) and not _outranks(match, near) else None


def _article_ids(match: Match, finding: Finding | None) -> tuple[str, ...]:
    """The article that raised it first, then the others, newest first."""
    others = reversed(finding.article_ids) if finding else ()
    return tuple(dict.fromkeys((match.article_id, *others)))[:MAX_ARTICLES]


def _alert(ledger: Ledger, match: Match, raised_at: datetime, finding: Finding | None) -> Alert:
    situation = _situation(ledger, match)
    before = situation[-1] if situation else None
    return Alert(
        id=identify(match, finding),
        rule_id=match.rule_id,
        rule_version=match.rule_version,
        severity=match.severity,
        channel=match.channel,
        group=match.group,
        title=match.title,
        summary=match.summary,
        article_ids=_article_ids(match, finding),
        url=match.url,
        evidence=match.evidence,
        values=match.values,
        values_before=dict(before.values) if before else None,
        update_of=before.first if before else None,
        event_time=match.event_time,
        raised_at=raised_at,
        mode=match.mode,
        source=match.source,
        reason=finding.reason if finding else None,
    )


def decide(
    state: AlertState, match: Match, raised_at: datetime, finding: Finding | None = None
) -> tuple[AlertState, Alert | None]:
    """Raise the alert of *match*, or stay silent.

    Args:
        finding: what the rule's condition found, when it has one.

    Returns:
        The state with the alert and the alert; or *state* itself and None (see `silence`).
    """
    if silence(state, match, finding) is not None:
        return state, None
    alert = _alert(state.ledgers.get(_key(match), Ledger()), match, raised_at, finding)
    return state.remember(alert), alert
