"""What people did about alerts, in the compacted topic `handling`: written by `tocsin alerts`, read by recorder and
notifier."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError
from pydantic import ValidationError

from agents.alert_topics import alert_topics, read_alerts
from agents.errors import UnavailableError, UsageError
from agents.kafka import open_admin, open_consumer, open_producer, partitions_of
from agents.settings import Settings
from pipeline.handling import Silences
from schemas.alert import Alert
from schemas.handling import AlertComment, AlertHandling
from schemas.topics import HANDLING

log = structlog.get_logger(__name__)


def handling_topic(settings: Settings) -> str:
    return HANDLING.prefixed(settings.topic_prefix)


class HandlingBook:
    """What the messages read so far say."""

    def __init__(self) -> None:
        self._states: dict[str, AlertHandling] = {}
        self._comments: dict[str, dict[str, AlertComment]] = {}
        self._silences: Silences | None = None

    @property
    def states(self) -> Mapping[str, AlertHandling]:
        """By alert id."""
        return self._states

    @property
    def silences(self) -> Silences:
        if self._silences is None:
            self._silences = Silences(self._states.values())
        return self._silences

    def comments(self, alert_id: str) -> tuple[AlertComment, ...]:
        return tuple(self._comments.get(alert_id, {}).values())

    def take(self, key: bytes | None, value: bytes) -> str | None:
        """Take a message; the alert that it is about. None: it is none of ours, or of a later version."""
        alert_id, _, comment_id = (key or b"").decode("utf-8", "replace").partition("/")
        try:
            if comment_id:
                self._take_comment(alert_id, comment_id, value)
            else:
                self._take_state(alert_id, value)
        except ValidationError as error:
            log.warning("a message among what people did about alerts is passed over", alert=alert_id, error=str(error))
            return None
        return alert_id or None

    def _take_comment(self, alert_id: str, comment_id: str, value: bytes) -> None:
        found = self._comments.setdefault(alert_id, {})
        found.pop(comment_id, None)
        if value:
            found[comment_id] = AlertComment.model_validate_json(value)

    def _take_state(self, alert_id: str, value: bytes) -> None:
        state = AlertHandling.model_validate_json(value) if value else None
        self._silences = None
        self._states.pop(alert_id, None)
        if state is not None:
            self._states[alert_id] = state


class FollowedHandling:
    """A book that is brought up to the topic's end whenever it is asked for. Several tasks may ask."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._book = HandlingBook()
        self._position = 0
        self._lock = asyncio.Lock()
        self._consumer: AIOKafkaConsumer | None = None
        self._stack = AsyncExitStack()

    async def current(self) -> HandlingBook:
        """
        Raises:
            UnavailableError: no broker answers.
        """
        async with self._lock:
            try:
                await self._read_on()
            except (KafkaError, UnavailableError) as error:
                await self._drop()
                raise UnavailableError(f"what people did about alerts cannot be read: {error}") from error
        return self._book

    async def _read_on(self) -> None:
        part = TopicPartition(handling_topic(self._settings), 0)
        if self._consumer is None and not await self._open(part):
            return
        assert self._consumer is not None
        end = (await self._consumer.end_offsets([part]))[part]
        if self._position >= end:
            return
        self._consumer.resume(part)
        while self._position < end:
            for record in (await self._consumer.getmany(part, timeout_ms=1_000)).get(part, ()):
                self._book.take(record.key, record.value or b"")
            self._position = await self._consumer.position(part)
        self._consumer.pause(part)

    async def _open(self, part: TopicPartition) -> bool:
        """Whether there is a topic."""
        async with open_admin(self._settings) as admin:
            if part not in await partitions_of(admin, [part.topic]):
                return False
        consumer = await self._stack.enter_async_context(open_consumer(self._settings))
        consumer.assign([part])
        # A fetch that waits for messages holds up the question for the end, on the same connection, by half a second.
        consumer.pause(part)
        if self._position:
            consumer.seek(part, self._position)
        self._consumer = consumer
        return True

    async def _drop(self) -> None:
        self._consumer = None
        await self.close()

    async def close(self) -> None:
        await self._stack.aclose()
        self._stack = AsyncExitStack()


@asynccontextmanager
async def followed_handling(settings: Settings) -> AsyncIterator[FollowedHandling]:
    followed = FollowedHandling(settings)
    try:
        yield followed
    finally:
        await followed.close()


async def save_handling(settings: Settings, record: AlertHandling | AlertComment) -> None:
    """Write a state or a comment, durably.

    Raises:
        UnavailableError: no broker answers.
    """
    key = record.alert_id if isinstance(record, AlertHandling) else f"{record.alert_id}/{record.id}"
    async with open_producer(settings) as producer:
        await producer.send_and_wait(handling_topic(settings), record.model_dump_json().encode(), key=key.encode())


async def find_alert(settings: Settings, identity: str, *, whole: bool = False) -> Alert:
    """The alert whose id is *identity*, or begins so.

    Args:
        whole: the beginning of an id is not enough.

    Raises:
        UsageError: there is none, or more than one.
        UnavailableError: no broker answers.
    """
    found: dict[str, Alert] = {}
    async for alert in read_alerts(settings, await alert_topics(settings)):
        if alert.id == identity or (alert.id.startswith(identity) and not whole):
            found.setdefault(alert.id, alert)
    if identity in found:
        return found[identity]
    if len(found) != 1:
        said = "no alert has" if not found else f"{len(found)} alerts have"
        raise UsageError(f"{said} an id that begins with {identity!r}; `tocsin alerts list` shows them")
    return next(iter(found.values()))
