"""What people did about alerts, and which alerts stay silent for it: pure.

    snoozed         alerts of its rule and group whose event time lies before `until`, unless one is more severe
    false_positive  further alerts of its situation; about a sanctions list, all of its rule on the same entries
    acknowledged, resolved
                    nothing: what happens next in the situation is news

A silent alert is raised, kept and searchable as any other; only the notifier leaves it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final, get_args

from pipeline.document_values import iso_time
from pipeline.identity import comment_id
from schemas.alert import Alert, Severity
from schemas.handling import AlertComment, AlertHandling, AlertStatus

LEVELS: Final[Mapping[Severity, int]] = {severity: level for level, severity in enumerate(get_args(Severity))}
_ENTRY_FIELD: Final = "lists.matches.entry"


def entries_of(alert: Alert) -> tuple[str, ...]:
    """Entries of sanctions lists that the alert is about, sorted."""
    found = alert.values.get(_ENTRY_FIELD, ())
    several = found if isinstance(found, list | tuple) else (found,)
    return tuple(sorted({str(one) for one in several if one}))


def handle(alert: Alert, status: AlertStatus, *, by: str, at: datetime, until: datetime | None = None) -> AlertHandling:
    """The record that puts *alert* into a state.

    Raises:
        ValueError: a snooze has no end, or something else has one.
    """
    if (until is not None) != (status == "snoozed"):
        raise ValueError("a snooze, and nothing else, lasts until an event time")
    return AlertHandling(
        alert_id=alert.id,
        status=status,
        by=by,
        at=at,
        until=until,
        rule_id=alert.rule_id,
        group=alert.group,
        situation=alert.update_of or alert.id,
        severity=alert.severity,
        entries=entries_of(alert),
    )


def comment(alert_id: str, text: str, *, by: str, at: datetime) -> AlertComment:
    """A comment; the same words by the same person at the same time are one."""
    text = text.encode("utf-8", "replace").decode()  # half a surrogate pair of a terminal fits no JSON
    id = comment_id(alert_id, by, at.isoformat(), text)
    return AlertComment(id=id, alert_id=alert_id, by=by, at=at, text=text)


def handling_fields(state: AlertHandling | None, comments: Iterable[AlertComment]) -> dict[str, Any]:
    """The part of an alert's index document that people make; every name is there, None or empty where nothing is."""
    ordered = sorted(comments, key=lambda one: (one.at, one.id))
    is_open = state is None or state.status == "open"
    return {
        "status": "open" if state is None else state.status,
        "status.by": None if is_open or state is None else state.by,
        "status.at": None if is_open or state is None else iso_time(state.at),
        "status.until": iso_time(state.until) if state and state.until else None,
        "comments": "\n".join(f"{one.by}: {' '.join(one.text.split())}" for one in ordered),
    }


class Silences:
    """The states that keep alerts silent, found by rule and group, by situation and by entry."""

    def __init__(self, states: Iterable[AlertHandling]) -> None:
        self._snoozes: dict[tuple[str, str], list[AlertHandling]] = {}
        self._situations: dict[tuple[str, str], AlertHandling] = {}
        self._entries: dict[tuple[str, str], AlertHandling] = {}
        for state in states:
            if state.status == "snoozed":
                self._snoozes.setdefault((state.rule_id, state.group), []).append(state)
            elif state.status == "false_positive":
                self._situations[state.rule_id, state.situation] = state
                self._entries |= {(state.rule_id, entry): state for entry in state.entries}

    def reason(self, alert: Alert) -> str | None:
        """Why nobody is told of the alert, in words. None: they are."""
        for state in self._snoozes.get((alert.rule_id, alert.group), ()):
            if _covers(state, alert):
                return f"snoozed by {state.by} with alert {state.alert_id}"
        if wrong := self._situations.get((alert.rule_id, alert.update_of or alert.id)):
            return f"{wrong.by} called the situation of alert {wrong.alert_id} a false positive"
        entries = entries_of(alert)
        known = [self._entries[alert.rule_id, entry] for entry in entries if (alert.rule_id, entry) in self._entries]
        if entries and len(known) == len(entries):
            return f"{known[0].by} called {', '.join(entries)} a false positive with alert {known[0].alert_id}"
        return None


def _covers(snooze: AlertHandling, alert: Alert) -> bool:
    ends = snooze.until
    return ends is not None and alert.event_time < ends and LEVELS[alert.severity] <= LEVELS[snooze.severity]
