"""The Kafka topics: name, what travels, key, and how long it is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from schemas.alert import Alert, DeadLetter, Match
from schemas.article import Article
from schemas.base import Record
from schemas.enrichment import EnrichedArticle
from schemas.feed import FeedState
from schemas.handling import AlertHandling
from schemas.lists import ListVersion

DAY_MS: Final = 24 * 60 * 60 * 1000


@dataclass(frozen=True, kw_only=True)
class Topic:
    """One topic. `name` has no prefix; `prefixed` adds the deployment's."""

    name: str
    record: type[Record]
    key: str
    """What the message key is, in words."""
    partitions: int | None = None
    """None means the deployment's setting."""
    config: dict[str, str] = field(default_factory=dict)
    """Topic configuration in Kafka's own names."""

    def prefixed(self, prefix: str) -> str:
        return f"{prefix}.{self.name}"


ARTICLES: Final = Topic(
    name="articles", record=Article, key="article id or none", config={"retention.ms": str(14 * DAY_MS)}
)
BACKFILL: Final = Topic(
    name="articles.backfill", record=Article, key="article id or none", config={"retention.ms": str(14 * DAY_MS)}
)
ENRICHED: Final = Topic(
    name="enriched", record=EnrichedArticle, key="article id", config={"retention.ms": str(30 * DAY_MS)}
)
MATCHES: Final = Topic(name="matches", record=Match, key="rule id + group", config={"retention.ms": str(45 * DAY_MS)})
"""Kept for longer than any rule's window, since the alerter rebuilds its windows from it."""
DEAD_LETTERS: Final = Topic(
    name="dead-letters",
    record=DeadLetter,
    key="source topic/partition/offset",
    config={"retention.ms": str(90 * DAY_MS)},
)
FEEDS: Final = Topic(
    name="feeds",
    record=FeedState,
    key="feed id for a Feed, `<feed id>/state` for its FeedState",
    partitions=1,
    config={"cleanup.policy": "compact"},
)

LISTS: Final = Topic(
    name="lists",
    record=ListVersion,
    key="`<list>/<version>` for a ListVersion, `<list>/<version>/<number>` for its entries as gzipped JSON lines, "
    "`allow/<id>` for an AllowDecision",
    partitions=1,
    config={"cleanup.policy": "compact"},
)

HANDLING: Final = Topic(
    name="handling",
    record=AlertHandling,
    key="alert id for an AlertHandling, `<alert id>/<comment id>` for an AlertComment",
    partitions=1,
    config={"cleanup.policy": "compact"},
)
REDELIVERIES: Final = Topic(
    name="redeliveries",
    record=Alert,
    key="the notifier's target that it is for",
    partitions=1,
    config={"retention.ms": str(90 * DAY_MS)},
)
"""Alerts that a target of the notifier missed, sent again by `tocsin dead-letters replay`, to that target alone."""

TOPICS: Final = (ARTICLES, BACKFILL, ENRICHED, MATCHES, DEAD_LETTERS, FEEDS, LISTS, HANDLING, REDELIVERIES)

ALERTS_PREFIX: Final = "alerts"
BACKFILL_CHANNEL: Final = "backfill"
"""Channel of alerts that would have fired; nobody is notified of them."""
TEST_CHANNEL: Final = "test"
"""Channel for trying rules out; nobody is notified of its alerts."""


def alerts_topic(channel: str) -> Topic:
    """The topic of one alert channel."""
    return Topic(
        name=f"{ALERTS_PREFIX}.{channel}",
        record=Alert,
        key="rule id + group",
        config={"retention.ms": str(365 * DAY_MS)},
    )
