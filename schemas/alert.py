"""Match, Alert and DeadLetter: what the later stages write."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Base64Bytes, Field

from schemas.base import SCHEMA_VERSION, Record, UtcTime, Version
from schemas.condition import WindowCondition
from schemas.enrichment import Mode, Span

Severity = Literal["info", "low", "medium", "high", "critical"]


class EvidenceText(Record):
    """A sentence that supports a match, with the words that count."""

    article_id: str
    span: Span
    sentence: str
    """The sentence itself, so that a subscriber needs no second look-up; at most 1,000 characters."""


class Escalation(Record):
    """From a value on, a rule is more severe."""

    field: str
    """Numeric field of the article, or `condition.count`, `condition.ratio`, `condition.change`."""
    at: float
    """Least value."""
    severity: Severity


Step = Literal["first", "then"]
"""Which query of a sequence an article satisfies."""


class Match(Record):
    """An article satisfies a rule. Written for every such article; the alerter decides what becomes an alert."""

    schema_version: Version = SCHEMA_VERSION
    rule_id: str
    rule_version: int = Field(ge=1)
    group: str
    """Value of the rule's `group_by` for this article, for example `KZ`; empty when the rule does not group."""
    article_id: str
    severity: Severity
    channel: str
    title: str
    """Message from the rule's template."""
    summary: str
    """Which clause held, in words."""
    url: str | None = None
    """Address of the article. None means it has none."""
    values: dict[str, Any] = Field(default_factory=dict)
    """Field name to value, for each field that the rule's query or message names."""
    evidence: tuple[EvidenceText, ...] = ()
    event_time: UtcTime
    """Publication time of the article, else when it was observed. Windows and throttles count in this time."""
    throttle_seconds: int = Field(default=0, ge=0)
    """For one rule and group, at most one alert in this stretch of event time. 0 means no throttle."""
    update_on: tuple[str, ...] = ()
    """Numeric fields whose rise alerts again inside the throttle, as an update. Empty: nothing does."""
    update_factor: float = Field(default=1.5, gt=1)
    """How many times the highest value alerted so far a field of `update_on` must reach."""
    mode: Mode = "live"
    observed_at: UtcTime | None = None
    """When this revision of the article was seen; orders the revisions of one article. None means not known."""
    source: str | None = None
    """Name, domain or id of who published the article. None means it is not known."""
    condition: WindowCondition | None = None
    """What has to come together before this alerts. None means that the match alone does."""
    lateness_seconds: int = Field(default=0, ge=0)
    """For how long, in event time, this waits for earlier articles, so that order of arrival is without effect."""
    escalate: tuple[Escalation, ...] = ()
    steps: tuple[Step, ...] = ()
    """For a sequence: the queries that held."""


class Alert(Record):
    """What subscribers of `tocsin.alerts.<channel>` read. A replay gives the same id."""

    schema_version: Version = SCHEMA_VERSION
    id: str
    """Derived from rule id, rule version, group and trigger."""
    rule_id: str
    rule_version: int = Field(ge=1)
    severity: Severity
    channel: str
    group: str
    title: str
    summary: str
    article_ids: tuple[str, ...]
    url: str | None = None
    """Address of the first article. None means it has none."""
    evidence: tuple[EvidenceText, ...] = ()
    values: dict[str, Any] = Field(default_factory=dict)
    """Values that made the rule fire."""
    values_before: dict[str, Any] | None = None
    """Values of the previous alert of this rule and group. None means this is the first."""
    update_of: str | None = None
    """Id of the first alert of this situation. None means this is the first."""
    event_time: UtcTime
    raised_at: UtcTime
    """When the alerter raised it, UTC. The only field that differs between two runs over the same data."""
    mode: Mode = "live"
    source: str | None = None
    """Who published the article that raised it. None means it is not known."""
    reason: str | None = None
    """Which condition held, in words. None means that the match alone was enough."""


DeadLetterReason = Literal[
    "invalid_encoding",
    "invalid_json",
    "invalid_record",
    "unsupported_schema",
    "too_large",
    "too_deep",
    "enrichment_failed",
    "enrichment_timeout",
    "enrichment_crash",
    "index_rejected",
    "delivery_failed",
    "bug",
]


class DeadLetter(Record):
    """A message that a stage had to give up on, whole, with the reason; `tocsin dead-letters replay` sends it again."""

    schema_version: Version = SCHEMA_VERSION
    id: str
    """Derived from source topic, partition and offset."""
    stage: str
    """Agent that gave up: enricher, indexer, matcher, alerter, feed, poller; `notifier.<target>` for a target."""
    reason: DeadLetterReason
    detail: str
    """What is wrong and where, in words; at most 4,000 characters."""
    traceback: str | None = None
    """For failures in our own code. None means the data was at fault."""
    topic: str
    """Topic the message came from."""
    replay_topic: str | None = None
    """Topic that a replay sends it to. None means the one it came from."""
    partition: int
    offset: int
    timestamp_ms: int | None = None
    """Kafka timestamp of the message, ms since 1970 UTC. None means it had none."""
    key: Base64Bytes | None = None
    """The message's key. None means it had none."""
    raw: Base64Bytes
    """The message's value, base64 in JSON."""
    raw_size: int = Field(ge=0)
    """Size of the whole value in bytes; larger than `raw` when that was cut, then a replay reads the source topic."""
    failed_at: UtcTime
    attempts: int = Field(default=1, ge=1)
