"""What people did about an alert: the state it is in, and what they said of it.

Both travel in the compacted topic `handling`. The state is one message per alert, so the last one stands; a comment has
a key of its own, so that two people who write at once lose nothing.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from schemas.alert import Severity
from schemas.base import SCHEMA_VERSION, Record, UtcTime, Version

AlertStatus = Literal["open", "acknowledged", "snoozed", "resolved", "false_positive"]


class AlertHandling(Record):
    """The state of one alert, with what delivery needs of the alert itself."""

    schema_version: Version = SCHEMA_VERSION
    alert_id: str = Field(min_length=1, max_length=200)
    status: AlertStatus
    by: str = Field(min_length=1, max_length=200)
    """Who says so."""
    at: UtcTime
    """When it was said."""
    until: UtcTime | None = None
    """Event time until which alerts of the rule and group stay silent. None means that they do not, except for a false
    positive."""
    rule_id: str
    group: str
    """The alert's group, empty for a rule without one."""
    situation: str
    """Id of the first alert of the situation; that of the alert itself when it updates none."""
    severity: Severity
    """The alert's severity; a snooze silences nothing that is more severe."""
    entries: tuple[str, ...] = ()
    """Entries of sanctions lists that the alert is about, as list/entry id. Empty for other alerts."""


class AlertComment(Record):
    """What somebody wrote about one alert."""

    schema_version: Version = SCHEMA_VERSION
    id: str
    """Derived from the alert, the author, the time and the text."""
    alert_id: str = Field(min_length=1, max_length=200)
    by: str = Field(min_length=1, max_length=200)
    at: UtcTime
    text: str = Field(min_length=1, max_length=4_000)
