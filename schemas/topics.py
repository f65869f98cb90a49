"""The Kafka topics: name, what travels, key, and how long it is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from schemas.alert import Alert, DeadLetter, Match
from schemas.article import Article
from schemas.base import Record
from schemas.enrichment import EnrichedArticle
from schemas.feed import FeedState
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
MATCHES: Final = Topic(name="matches", record=Match, key="rule id + group", config={"retention.ms": str(14 * DAY_MS)})
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

TOPICS: Final = (ARTICLES, BACKFILL, ENRICHED, MATCHES, DEAD_LETTERS, FEEDS, LISTS)

ALERTS_PREFIX: Final = "alerts"
BACKFILL_CHANNEL: Final = "backfill"
"""Channel of alerts that would have fired; nobody is notified of them."""


def alerts_topic(channel: str) -> Topic:
    """The topic of one alert channel."""
    return Topic(
        name=f"{ALERTS_PREFIX}.{channel}",
        record=Alert,
        key="rule id + group",
        config={"retention.ms": str(365 * DAY_MS)},
    )
