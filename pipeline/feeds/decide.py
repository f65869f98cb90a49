"""What a poll means: which entries are new, when to come back. Pure; the time is given."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from pipeline.feeds.parse import Entry, ParsedFeed
from schemas.article import Article, Source
from schemas.feed import Feed, FeedState, SeenEntry

MAX_WAIT: Final = timedelta(days=1)
MAX_SEEN: Final = 1_000
"""Entries remembered per feed: twice what one poll can bring, so that nothing still in the feed is forgotten."""
EARLIEST: Final = datetime.fromisoformat("1990-01-01T00:00:00+00:00")
"""Feeds that give an earlier date give a default of their software, not a date."""
MAX_AHEAD: Final = timedelta(days=1)


def is_due(feed: Feed, state: FeedState, now: datetime) -> bool:
    """Whether to poll now."""
    return feed.enabled and (state.next_poll_at is None or state.next_poll_at <= now)


def fresh_articles(
    feed: Feed, state: FeedState, parsed: ParsedFeed, now: datetime
) -> tuple[tuple[Article, ...], dict[str, SeenEntry]]:
    """The articles of entries that are new or have changed, oldest first, and what to remember afterwards."""
    seen: dict[str, SeenEntry] = {}
    fresh: list[Article] = []
    for entry in parsed.entries:
        before = state.seen.get(entry.key)
        digest = _digest(entry)
        changed = before is not None and before.digest != digest
        revision = (before.revision if before else 0) + int(changed)
        if entry.key not in seen and (before is None or changed):
            fresh.append(_article(feed, parsed, entry, revision, now))
        seen.setdefault(entry.key, SeenEntry(digest=digest, revision=revision))
    older = ((key, known) for key, known in state.seen.items() if key not in seen)
    return tuple(reversed(fresh)), dict(_first(MAX_SEEN, (*seen.items(), *older)))


def _first(count: int, items: Iterable[tuple[str, SeenEntry]]) -> list[tuple[str, SeenEntry]]:
    return list(items)[:count]


def _digest(entry: Entry) -> str:
    texts = (entry.title or "", entry.body, entry.summary or "")
    return hashlib.sha256("\x00".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _article(feed: Feed, parsed: ParsedFeed, entry: Entry, revision: int, now: datetime) -> Article:
    domain = (urlsplit(entry.url or feed.url).hostname or "").removeprefix("www.") or None
    published = entry.published_at
    plausible = published is not None and EARLIEST <= published <= now + MAX_AHEAD
    return Article(
        guid=entry.guid,
        url=entry.url,
        title=entry.title,
        body=entry.body,
        summary=entry.summary,
        authors=entry.authors,
        published_at=published if plausible else None,
        observed_at=now,
        language=feed.language or parsed.language,
        source=Source(id=feed.id, name=feed.name or parsed.title, domain=domain, country=feed.country),
        tags=(*feed.tags, *entry.tags),
        revision=revision,
        extra={} if plausible or published is None else {"stated_published_at": published.isoformat()},
    )


def after_success(
    feed: Feed,
    state: FeedState,
    now: datetime,
    *,
    seen: dict[str, SeenEntry] | None = None,
    etag: str | None = None,
    last_modified: str | None = None,
) -> FeedState:
    """The state after a poll that worked; `seen` None means the server said that nothing has changed."""
    return state.model_copy(
        update={
            "etag": etag or (state.etag if seen is None else None),
            "last_modified": last_modified or (state.last_modified if seen is None else None),
            "next_poll_at": now + timedelta(seconds=feed.interval_seconds),
            "last_success_at": now,
            "failures": 0,
            "last_error": None,
            "seen": state.seen if seen is None else seen,
        }
    )


def after_failure(
    feed: Feed, state: FeedState, now: datetime, error: str, *, retry_after: timedelta | None = None
) -> FeedState:
    """The state after a poll that failed: the wait doubles with each failure in a row and is at least what the server
    asked for, but never more than a day."""
    doubled = timedelta(seconds=feed.interval_seconds) * 2 ** min(state.failures, 12)
    wait = min(max(doubled, retry_after or timedelta()), MAX_WAIT)
    return state.model_copy(
        update={"next_poll_at": now + wait, "failures": state.failures + 1, "last_error": error[:500]}
    )
