"""What is new, what has changed, when to come back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.feeds import Entry, ParsedFeed, after_failure, after_success, fresh_articles, is_due
from pipeline.feeds.decide import MAX_SEEN, MAX_WAIT
from schemas.feed import Feed, FeedState

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
FEED = Feed(id="wire", url="https://www.wire.example/rss", country="KE", tags=("east",), interval_seconds=600)
FRESH = FeedState(feed_id="wire")


def entry(key: str, body: str = "Nine people are missing.") -> Entry:
    return Entry(key, key, f"https://www.wire.example/{key}", f"Title {key}", body, None, ("A. Pen",), NOW, ("sea",))


def feed_of(*entries: Entry) -> ParsedFeed:
    return ParsedFeed("The Wire", "en", entries)


def test_new_entries_come_oldest_first_with_their_source() -> None:
    articles, seen = fresh_articles(FEED, FRESH, feed_of(entry("b"), entry("a")), NOW)
    assert [article.guid for article in articles] == ["a", "b"]
    source = articles[0].source
    assert (source.id, source.name, source.domain, source.country) == ("wire", "The Wire", "wire.example", "KE")
    assert (articles[0].tags, articles[0].observed_at, articles[0].language) == (("east", "sea"), NOW, "en")
    assert set(seen) == {"a", "b"}


def test_known_entries_are_not_sent_again() -> None:
    _, seen = fresh_articles(FEED, FRESH, feed_of(entry("a")), NOW)
    articles, _ = fresh_articles(FEED, FRESH.model_copy(update={"seen": seen}), feed_of(entry("a")), NOW)
    assert articles == ()


def test_a_changed_entry_is_the_next_revision() -> None:
    state = FRESH
    revisions = []
    for body in ("Nine are missing.", "Ten are missing.", "Ten are missing.", "All were found."):
        articles, seen = fresh_articles(FEED, state, feed_of(entry("a", body)), NOW)
        state = state.model_copy(update={"seen": seen})
        revisions += [article.revision for article in articles]
    assert revisions == [0, 1, 2]


def test_an_entry_that_stands_twice_is_sent_once() -> None:
    articles, _ = fresh_articles(FEED, FRESH, feed_of(entry("a"), entry("a")), NOW)
    assert len(articles) == 1


@pytest.mark.parametrize("stated", [datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)])
def test_an_impossible_date_is_kept_apart(stated: datetime) -> None:
    articles, _ = fresh_articles(FEED, FRESH, feed_of(replace(entry("a"), published_at=stated)), NOW)
    assert articles[0].published_at is None
    assert articles[0].extra == {"stated_published_at": stated.isoformat()}


@given(st.lists(st.integers(0, 3000), max_size=50))
def test_what_is_remembered_is_bounded_and_holds_the_latest(keys: list[int]) -> None:
    many = {
        str(number): known
        for number, known in enumerate([fresh_articles(FEED, FRESH, feed_of(entry("x")), NOW)[1]["x"]] * MAX_SEEN)
    }
    _, seen = fresh_articles(
        FEED, FRESH.model_copy(update={"seen": many}), feed_of(*(entry(str(key)) for key in keys)), NOW
    )
    assert len(seen) <= MAX_SEEN
    assert {str(key) for key in keys} <= set(seen)


def test_success_clears_failures_and_keeps_validators_when_nothing_changed() -> None:
    state = after_success(FEED, FRESH, NOW, seen={}, etag='"1"')
    failed = after_failure(FEED, state, NOW, "timeout")
    again = after_success(FEED, failed, NOW)
    assert (again.etag, again.failures, again.last_error) == ('"1"', 0, None)
    assert again.next_poll_at == NOW + timedelta(seconds=600)


def test_a_changed_feed_without_validators_forgets_the_old_ones() -> None:
    state = after_success(FEED, FRESH, NOW, seen={}, etag='"1"', last_modified="x")
    assert after_success(FEED, state, NOW, seen={}).etag is None


def test_failures_double_the_wait_up_to_a_day() -> None:
    state, waits = FRESH, []
    for _ in range(20):
        state = after_failure(FEED, state, NOW, "no answer")
        assert state.next_poll_at is not None
        waits.append(state.next_poll_at - NOW)
    assert waits[:3] == [timedelta(minutes=10), timedelta(minutes=20), timedelta(minutes=40)]
    assert waits[-1] == MAX_WAIT


def test_the_server_may_ask_for_a_longer_wait() -> None:
    state = after_failure(FEED, FRESH, NOW, "429", retry_after=timedelta(hours=2))
    assert state.next_poll_at == NOW + timedelta(hours=2)


def test_a_feed_is_due_when_its_time_has_come() -> None:
    assert is_due(FEED, FRESH, NOW)
    later = after_success(FEED, FRESH, NOW)
    assert not is_due(FEED, later, NOW)
    assert is_due(FEED, later, NOW + timedelta(seconds=600))
    assert not is_due(FEED.model_copy(update={"enabled": False}), FRESH, NOW)
