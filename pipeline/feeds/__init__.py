"""Feeds: bytes to entries, entries to articles, and what to do after a poll.

bytes -> parse_feed -> entries -> fresh_articles(feed, state, entries, now) -> articles, next state
"""

from __future__ import annotations

from pipeline.feeds.decide import after_failure, after_success, fresh_articles, is_due
from pipeline.feeds.parse import Entry, FeedError, ParsedFeed, parse_feed

__all__ = [
    "Entry",
    "FeedError",
    "ParsedFeed",
    "after_failure",
    "after_success",
    "fresh_articles",
    "is_due",
    "parse_feed",
]
