"""Feeds and what the poller remembers of them, in the compacted topic `tocsin.feeds` and in a TOML file.

A feed's definition has the key `<id>`, its state `<id>/state`: the command line writes the one, the poller the other,
and neither overwrites the other's.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from aiokafka import AIOKafkaProducer
from pydantic import ValidationError

from agents.errors import UsageError
from agents.kafka import Message, read_to_end
from agents.seeds import seeds_dir
from agents.settings import Settings
from schemas.feed import Feed, FeedState
from schemas.topics import FEEDS

_STATE: Final = "/state"


@dataclass(frozen=True)
class FeedStore:
    """All feeds by id, and the state of those that were polled."""

    feeds: Mapping[str, Feed] = field(default_factory=dict)
    states: Mapping[str, FeedState] = field(default_factory=dict)

    def state_of(self, feed_id: str) -> FeedState:
        return self.states.get(feed_id) or FeedState(feed_id=feed_id)


def feeds_topic(settings: Settings) -> str:
    return FEEDS.prefixed(settings.topic_prefix)


def read_feeds_file(path: Path) -> dict[str, Feed]:
    """Feeds of a TOML file: one table `[[feed]]` each.

    Raises:
        UsageError: the file or one of its feeds is wrong; the message says which and why.
    """
    try:
        tables = tomllib.loads(path.read_text("utf-8")).get("feed", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: {error}") from error
    feeds: dict[str, Feed] = {}
    for number, table in enumerate(tables, 1):
        try:
            feed = Feed.model_validate(table)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            raise UsageError(f"{path}: feed {number}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
        if feed.id in feeds:
            raise UsageError(f"{path}: feed {number}: the id {feed.id!r} is already taken")
        feeds[feed.id] = feed
    return feeds


async def load_store(settings: Settings) -> FeedStore:
    """Feeds of the file, overlaid by those of the topic, and all states.

    Raises:
        UsageError: the feeds file is wrong.
        UnavailableError: no broker answers.
    """
    of_file = read_feeds_file(settings.feeds_file or seeds_dir() / "feeds.toml")
    added = await load_added(settings)
    return FeedStore(of_file | dict(added.feeds), added.states)


async def load_added(settings: Settings) -> FeedStore:
    """Feeds of the topic only, and all states.

    Raises:
        UnavailableError: no broker answers.
    """
    feeds: dict[str, Feed] = {}
    states: dict[str, FeedState] = {}
    async for message in read_to_end(settings, [feeds_topic(settings)]):
        _apply(message, feeds, states)
    return FeedStore(feeds, states)


def _apply(message: Message, feeds: dict[str, Feed], states: dict[str, FeedState]) -> None:
    """What cannot be read is passed over: an empty state in its place costs one more poll and nothing else."""
    key = (message.key or b"").decode("utf-8", "replace")
    feed_id = key.removesuffix(_STATE)
    try:
        if not message.value:
            (feeds if key == feed_id else states).pop(feed_id, None)
        elif key == feed_id:
            feeds[feed_id] = Feed.model_validate_json(message.value)
        else:
            states[feed_id] = FeedState.model_validate_json(message.value)
    except ValidationError:
        return


async def save_feed(producer: AIOKafkaProducer, settings: Settings, feed: Feed) -> None:
    await producer.send_and_wait(feeds_topic(settings), feed.model_dump_json().encode(), key=feed.id.encode())


async def drop_feed(producer: AIOKafkaProducer, settings: Settings, feed_id: str) -> None:
    """Take a feed of the topic out, with its state: added again, it is polled as a new one."""
    for key in (feed_id, f"{feed_id}{_STATE}"):
        await producer.send_and_wait(feeds_topic(settings), None, key=key.encode())


async def save_state(producer: AIOKafkaProducer, settings: Settings, state: FeedState) -> None:
    key = f"{state.feed_id}{_STATE}".encode()
    await producer.send_and_wait(feeds_topic(settings), state.model_dump_json().encode(), key=key)
