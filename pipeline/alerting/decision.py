"""Which matches become alerts: pure, in event time, and the same after every replay and restart.

`decide` raises an alert unless it is known or throttled. Two properties hold (tested):

- a match that was decided once, alerted or not, never alerts again, in whatever order matches are replayed;
- a state rebuilt from the alerts decides as the state that raised them did.

Both rest on one fact: whatever silences a match (an alert with its id, an alert near it, a higher value alerted before)
stays in the state, and more alerts only silence more.

Beyond the state's bound, a match that is not newer than everything forgotten stays silent, because it may have been
alerted: a very late article is missed rather than an old one repeated. (One thing can repeat there: an article without
publication time that is revised after its alert was forgotten.)
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, Literal

from pipeline.alerting.conditions import Finding
from pipeline.alerting.severity import rank
from pipeline.alerting.state import NEVER, AlertState, Ledger, Remembered, numbers
from pipeline.identity import alert_id
from schemas.alert import Alert, Match
from schemas.condition import NewTerm, reach_seconds

MAX_ARTICLES: Final = 50
"""Articles that one alert names."""

Silence = Literal["known", "throttled", "forgotten"]
"""Why a match raises no alert: the same alert was raised; another one stands for it; it is older than the memory."""


def trigger(match: Match, finding: Finding | None = None) -> str:
    """What the alert's id is made from: the article, the values that an update is about, and what a condition adds.

    A revision that changes none of them triggers the same alert. A backfill's alerts have ids of their own.
    """
    values = dict(numbers(match.values))
    told = [f"{name}={values[name]}" for name in sorted(match.update_on) if name in values]
    added = [finding.trigger] if finding and finding.trigger else []
    return "\n".join([match.mode, match.article_id, *told, *added])


def identify(match: Match, finding: Finding | None = None) -> str:
    """Id of the alert that *match* would raise."""
    return alert_id(match.rule_id, match.rule_version, match.group, trigger(match, finding))


def _around(ledger: Ledger, match: Match, seconds: float) -> tuple[Remembered, ...]:
    """The alerts of the match's rule and group within *seconds* on either side."""
    reach = timedelta(seconds=seconds)
    return ledger.of_group(match.group, match.event_time - reach, match.event_time + reach)


def _same_article(ledger: Ledger, match: Match) -> tuple[Remembered, ...]:
    return tuple(alert for alert in ledger.by_article.get(match.article_id, ()) if alert.group == match.group)


def _near(ledger: Ledger, match: Match, finding: Finding | None) -> tuple[Remembered, ...]:
    """The alerts that stand for the match: within the throttle, or about the same article unless a condition tells
    what is new about it."""
    same = () if finding and finding.trigger else _same_article(ledger, match)
    if not match.throttle_seconds:
        return same
    return tuple(sorted({*_around(ledger, match, match.throttle_seconds), *same}))


def _situation(ledger: Ledger, match: Match) -> tuple[Remembered, ...]:
    """The alerts that the match's alert continues: of the same article, or as near as throttle and condition look.

    What a condition finds to be new continues nothing, however far back it looks: another country under sanctions is
    no update of the first, and calling the first a false positive must not silence it.
    """
    looks_back = 0 if isinstance(match.condition, NewTerm) else reach_seconds(match.condition)
    reach = max(match.throttle_seconds, looks_back)
    around = _around(ledger, match, reach) if reach else ()
    return tuple(sorted({*around, *_same_article(ledger, match)}))


def _rises(match: Match, near: tuple[Remembered, ...]) -> bool:
    """A field of `update_on` reached `update_factor` times its highest value alerted near, or is new and positive."""
    values = dict(numbers(match.values))
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
    if ledger.forgotten_until == NEVER:
        return False
    return match.event_time <= ledger.forgotten_until + timedelta(seconds=match.throttle_seconds)


def silence(state: AlertState, match: Match, finding: Finding | None = None) -> Silence | None:
    """Why *match* raises no alert now. None means that it raises one."""
    ledger = state.ledger_of(match)
    if ledger.knows(identify(match, finding), (match.article_id,)):
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
    alert = _alert(state.ledger_of(match), match, raised_at, finding)
    return state.remember(alert), alert
