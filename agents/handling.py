"""What people did about alerts, in the compacted topic `handling`: written by `tocsin alerts`, read by recorder and
notifier."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from aiokafka import TopicPartition
from aiokafka.errors import KafkaError
from pydantic import ValidationError

from agents.alert_topics import alert_topics, read_alerts
from agents.errors import UnavailableError, UsageError
from agents.following import Follower
from agents.kafka import open_admin, open_producer, partitions_of
from agents.settings import Settings
from pipeline.handling import Silences, comment, handle
from schemas.alert import Alert
from schemas.handling import AlertComment, AlertHandling, AlertStatus
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
        self._follower = Follower(settings, lambda message: self._book.take(message.key, message.value))
        self._parts: list[TopicPartition] = []
        self._lock = asyncio.Lock()

    async def current(self) -> HandlingBook:
        """
        Raises:
            UnavailableError: no broker answers.
        """
        async with self._lock:
            try:
                await self._read_on()
            except (KafkaError, UnavailableError) as error:
                await self.close()
                raise UnavailableError(f"what people did about alerts cannot be read: {error}") from error
        return self._book

    async def _read_on(self) -> None:
        if not self._parts:
            async with open_admin(self._settings) as admin:
                self._parts = await partitions_of(admin, [handling_topic(self._settings)])
        if self._parts:
            await self._follower.read_on(self._parts)

    async def close(self) -> None:
        self._parts = []
        await self._follower.close()


@asynccontextmanager
async def followed_handling(settings: Settings) -> AsyncIterator[FollowedHandling]:
    followed = FollowedHandling(settings)
    try:
        yield followed
    finally:
        await followed.close()


async def save_handling(settings: Settings, *records: AlertHandling | AlertComment) -> None:
    """Write states and comments in this order, durably.

    Raises:
        UnavailableError: no broker answers.
    """
    async with open_producer(settings) as producer:
        for record in records:
            key = record.alert_id if isinstance(record, AlertHandling) else f"{record.alert_id}/{record.id}"
            value = record.model_dump_json().encode()
            await producer.send_and_wait(handling_topic(settings), value, key=key.encode())


@dataclass(frozen=True)
class Done:
    """What somebody did about an alert."""

    comment: AlertComment | None
    state: AlertHandling | None


async def act(
    settings: Settings,
    alert: Alert,
    status: AlertStatus | None,
    *,
    by: str,
    text: str | None = None,
    until: datetime | None = None,
) -> Done:
    """Comment on *alert*, then put it into a state, now; nothing is written unless both can be kept.

    Args:
        status: None leaves the state as it is.
        text: the comment; None for none.
        until: end of a snooze, event time.

    Raises:
        UsageError: the comment or a name is too long, or empty.
        UnavailableError: no broker answers.
    """
    now = datetime.now(UTC)
    try:
        note = None if text is None else comment(alert.id, text, by=by, at=now)
        state = None if status is None else handle(alert, status, by=by, at=now, until=until)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise UsageError(f"this cannot be kept: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    await save_handling(settings, *(record for record in (note, state) if record is not None))
    return Done(note, state)


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
