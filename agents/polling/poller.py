"""The poller: feeds to articles.

    due feeds -> fetch -> parse (in a process of its own) -> fresh articles -> tocsin.articles -> state

The state, with its ETag and what was seen, is saved only after the broker has acknowledged the articles: a crash in
between fetches them again under the same ids, it never skips one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

import aiohttp
import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from agents.errors import UnavailableError
from agents.importer import Payload, send_payloads
from agents.kafka import open_producer
from agents.polling.fetch import FetchError, fetch, open_session
from agents.polling.parser import parse_apart
from agents.polling.store import FeedStore, load_store, save_state
from agents.settings import Settings
from agents.topics import ensure_topics
from agents.waiting import Waiting, sleep_unless
from pipeline.feeds import (
    FeedError,
    after_failure,
    after_success,
    fresh_articles,
    is_due,
)
from schemas.article import Article
from schemas.feed import Feed, FeedState
from schemas.topics import ARTICLES

log = structlog.get_logger("poller")

PARALLEL: Final = 8
"""Feeds polled at a time."""
_TICK_S: Final = 5.0
_RELOAD_S: Final = 30.0


@dataclass(frozen=True)
class Polled:
    """What one poll of one feed came to."""

    feed: Feed
    state: FeedState
    articles: tuple[Article, ...] = ()
    error: str | None = None
    unchanged: bool = False


async def poll(session: aiohttp.ClientSession, settings: Settings, feed: Feed, state: FeedState) -> Polled:
    """Fetch and read one feed. Never raises for the feed's or its server's faults."""
    now = datetime.now(UTC)
    try:
        answer = await fetch(
            session, feed.url, allow=settings.fetch_allow_hosts, etag=state.etag, last_modified=state.last_modified
        )
        if answer.unchanged:
            return Polled(feed, after_success(feed, state, now), unchanged=True)
        parsed = await parse_apart(answer.content, answer.content_type, answer.url)
    except FetchError as error:
        wait = None if error.retry_after is None else timedelta(seconds=error.retry_after)
        return Polled(feed, after_failure(feed, state, now, str(error), retry_after=wait), error=str(error))
    except FeedError as error:
        return Polled(feed, after_failure(feed, state, now, str(error)), error=str(error))
    articles, seen = fresh_articles(feed, state, parsed, now)
    after = after_success(feed, state, now, seen=seen, etag=answer.etag, last_modified=answer.last_modified)
    return Polled(feed, after, articles)


async def deliver(producer: AIOKafkaProducer, settings: Settings, polled: Polled) -> Polled:
    """Send the articles, wait for the broker's acknowledgement, then save the state.

    An article that is too large for the broker is named in the state's error; the others are not held up by it.
    """
    payloads = (
        Payload(article.model_dump_json(exclude_none=True).encode(), article.url or "") for article in polled.articles
    )
    sent = await send_payloads(producer, settings, ARTICLES.prefixed(settings.topic_prefix), payloads)
    if sent.refused:
        told = f"{len(sent.refused)} articles refused: {sent.refused[0].reason}"
        polled = replace(polled, error=told, state=polled.state.model_copy(update={"last_error": told}))
    await save_state(producer, settings, polled.state)
    return polled


async def poll_feeds(settings: Settings, store: FeedStore, feeds: Iterable[Feed]) -> list[Polled]:
    """Poll *feeds* now, a few at a time, and deliver what is fresh."""
    limit = asyncio.Semaphore(PARALLEL)

    async def one(feed: Feed) -> Polled:
        async with limit:
            polled = await poll(session, settings, feed, store.state_of(feed.id))
            return await deliver(producer, settings, polled)

    async with (
        open_producer(settings) as producer,
        open_session(allow=settings.fetch_allow_hosts, contact=settings.fetch_contact) as session,
    ):
        return list(await asyncio.gather(*(one(feed) for feed in feeds)))


async def run_poller(settings: Settings, stop: asyncio.Event) -> None:
    """Poll what is due, until *stop*. Feeds added meanwhile are picked up within half a minute; a broker that is away
    is waited for.

    Raises:
        UsageError: the feeds file is wrong.
    """
    clock, waiting = asyncio.get_running_loop().time, Waiting("the broker")
    store, loaded = None, 0.0
    while not stop.is_set():
        try:
            if store is None or clock() - loaded > _RELOAD_S:
                await ensure_topics(settings)
                store, loaded = await load_store(settings), clock()
            store = await _poll_due(settings, store)
            waiting, pause = Waiting("the broker"), _TICK_S
        except (KafkaError, UnavailableError) as error:
            pause = waiting.pause_s(error)
        await sleep_unless(stop, pause)


async def _poll_due(settings: Settings, store: FeedStore) -> FeedStore:
    """*store* after a poll of the feeds whose time has come."""
    now = datetime.now(UTC)
    due = [feed for feed in store.feeds.values() if is_due(feed, store.state_of(feed.id), now)]
    polled = await poll_feeds(settings, store, due) if due else []
    for one in polled:
        log.info("polled", feed=one.feed.id, articles=len(one.articles), error=one.error)
    return FeedStore(store.feeds, {**store.states, **{one.feed.id: one.state for one in polled}})
