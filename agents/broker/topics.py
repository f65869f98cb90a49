"""The topics of the broker: their folders, settings and partition logs.

    <data>/topics/<topic>/topic.json            {"partitions": 4, "configs": {"retention.ms": "1000"}}
    <data>/topics/<topic>/<partition>/<base offset>.log

A topic is built under another name and renamed, and renamed before it is deleted, so that a crash leaves no half of
one.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
import shutil
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from agents.broker.config import BrokerConfig, BrokerError, TopicConfig, topic_config
from agents.broker.files import write_atomically
from agents.broker.log import Background, PartitionLog
from agents.broker.protocol import ErrorCode, RequestError

logger = logging.getLogger(__name__)

_LEGAL_NAME = re.compile(r"[a-zA-Z0-9._-]{1,249}")
_BUILDING, _DELETED = "~new-", "~deleted-"
"""Folder names that no topic can have."""


@dataclass(eq=False)
class Partition:
    """A log, the Fetch requests that wait for it to grow, and the lock under which it is forced to the disk."""

    topic: str
    number: int
    log: PartitionLog
    waiters: set[asyncio.Event] = field(default_factory=set)
    sync_lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    def wake(self) -> None:
        """Tell the waiting Fetch requests that there is something new, or that the partition is gone."""
        for waiter in self.waiters:
            waiter.set()


@dataclass(eq=False)
class Topic:
    """`overrides` are the settings its creator gave (Kafka names), `config` those in force."""

    name: str
    folder: Path
    overrides: dict[str, str]
    config: TopicConfig
    partitions: list[Partition] = field(default_factory=list)


class TopicStore:
    """All topics by name. Every method that refuses raises RequestError with the code to answer."""

    def __init__(self, config: BrokerConfig, background: Background) -> None:
        self._config = config
        self._background = background
        self._folder = config.data_dir / "topics"
        self._folder.mkdir(parents=True, exist_ok=True)
        self.topics: dict[str, Topic] = {}

    def load(self) -> None:
        """Read every topic from the disk and check what was not closed cleanly."""
        for folder in sorted(self._folder.iterdir()):
            if folder.name.startswith((_BUILDING, _DELETED)):
                shutil.rmtree(folder)
            elif folder.is_dir():
                self.topics[folder.name] = self._load_topic(folder)

    def __iter__(self) -> Iterator[Partition]:
        for topic in list(self.topics.values()):
            yield from list(topic.partitions)

    def partition(self, topic: str, number: int) -> Partition:
        """RequestError(UNKNOWN_TOPIC_OR_PARTITION) when there is none."""
        found = self.topics.get(topic)
        if found is None or not 0 <= number < len(found.partitions):
            raise RequestError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
        return found.partitions[number]

    def topic(self, name: str) -> Topic:
        """RequestError(UNKNOWN_TOPIC_OR_PARTITION) when there is none."""
        if name not in self.topics:
            raise RequestError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
        return self.topics[name]

    def check_new(self, name: str, partitions: int, overrides: Mapping[str, str]) -> TopicConfig:
        """Everything that can be wrong with a topic to be created, without creating it."""
        if not _LEGAL_NAME.fullmatch(name) or name in (".", ".."):
            raise RequestError(
                ErrorCode.INVALID_TOPIC, "a topic name has 1 to 249 letters, digits, dots, hyphens or underscores"
            )
        if name in self.topics:
            raise RequestError(ErrorCode.TOPIC_ALREADY_EXISTS, f"topic {name} exists already")
        if partitions < 1:
            raise RequestError(ErrorCode.INVALID_PARTITIONS, f"a topic needs at least one partition, not {partitions}")
        self._check_room(partitions)
        return topic_config(self._config, overrides)

    def create(self, name: str, partitions: int, overrides: Mapping[str, str]) -> Topic:
        """Make a topic with these settings."""
        config = self.check_new(name, partitions, overrides)
        building = self._folder / f"{_BUILDING}{uuid.uuid4().hex}"
        building.mkdir()
        _write_description(building, partitions, overrides)
        building.rename(self._folder / name)
        topic = Topic(name, self._folder / name, dict(overrides), config)
        self._open_partitions(topic, partitions)
        self.topics[name] = topic
        logger.info("created topic %s with %d partitions", name, partitions)
        return topic

    def check_growth(self, name: str, count: int) -> Topic:
        """Everything that can be wrong with a new number of partitions."""
        topic = self.topic(name)
        if count <= len(topic.partitions):
            raise RequestError(
                ErrorCode.INVALID_PARTITIONS,
                f"topic {name} has {len(topic.partitions)} partitions; only more are possible",
            )
        self._check_room(count - len(topic.partitions))
        return topic

    def grow(self, name: str, count: int) -> None:
        """Add partitions until there are `count`."""
        topic = self.check_growth(name, count)
        _write_description(topic.folder, count, topic.overrides)
        self._open_partitions(topic, count)
        logger.info("topic %s now has %d partitions", name, count)

    def check_overrides(self, overrides: Mapping[str, str]) -> None:
        """RequestError(INVALID_CONFIG) when these settings of a topic are not acceptable."""
        topic_config(self._config, overrides)

    def configure(self, name: str, overrides: Mapping[str, str]) -> None:
        """Replace the topic's own settings."""
        topic = self.topic(name)
        config = topic_config(self._config, overrides)
        _write_description(topic.folder, len(topic.partitions), overrides)
        topic.overrides, topic.config = dict(overrides), config
        for partition in topic.partitions:
            partition.log.config = config

    def delete(self, name: str) -> None:
        """Forget the topic at once and remove its files in the background."""
        topic = self.topic(name)
        condemned = self._folder / f"{_DELETED}{uuid.uuid4().hex}"
        topic.folder.rename(condemned)
        del self.topics[name]
        for partition in topic.partitions:
            partition.wake()
        self._background(lambda: shutil.rmtree(condemned, ignore_errors=True))
        logger.info("deleted topic %s", name)

    def _check_room(self, more: int) -> None:
        have = sum(len(topic.partitions) for topic in self.topics.values())
        if have + more > self._config.max_partitions:
            raise RequestError(
                ErrorCode.POLICY_VIOLATION,
                f"{have} + {more} partitions are more than the {self._config.max_partitions} this broker may hold",
            )

    def _load_topic(self, folder: Path) -> Topic:
        path = folder / "topic.json"
        try:
            description = json.loads(path.read_bytes())
            partitions, overrides = int(description["partitions"]), dict(description["configs"])
            config = topic_config(self._config, overrides)
        except (OSError, ValueError, KeyError, TypeError, RequestError) as error:
            raise BrokerError(
                f"{path} cannot be read ({error}). Restore it, or move the folder {folder} away."
            ) from error
        topic = Topic(folder.name, folder, overrides, config)
        self._open_partitions(topic, partitions)
        return topic

    def _open_partitions(self, topic: Topic, count: int) -> None:
        for number in range(len(topic.partitions), count):
            log = PartitionLog(topic.folder / str(number), topic.config, self._background)
            topic.partitions.append(Partition(topic.name, number, log))


def _write_description(folder: Path, partitions: int, overrides: Mapping[str, str]) -> None:
    description = {"partitions": partitions, "configs": dict(overrides)}
    write_atomically(folder / "topic.json", json.dumps(description, indent=1).encode())
