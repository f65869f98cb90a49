"""Alerts found by their ids, for a server that is asked often: the topics are read once, then only on.

Of each alert the id and the place in its topic are kept, not the alert. After a restart they are read anew.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final, NamedTuple

from aiokafka import TopicPartition
from aiokafka.errors import KafkaError

from agents.alert_topics import alert_of, is_alert_topic
from agents.errors import UnavailableError, UsageError
from agents.following import Follower
from agents.handling import find_alert
from agents.kafka import Message, open_admin, partitions_of
from agents.settings import Settings
from schemas.alert import Alert

MAX_PLACES: Final = 100_000
"""Alerts whose places are kept, about 250 bytes each; the oldest are forgotten, and looked for in all topics."""


class Place(NamedTuple):
    part: TopicPartition
    offset: int


class FollowedAlerts:
    """Several tasks may ask; one at a time is answered."""

    def __init__(self, settings: Settings, most: int = MAX_PLACES) -> None:
        self._settings, self._most = settings, most
        self._places: dict[str, Place] = {}
        self._has_forgotten = False
        self._follower = Follower(settings, self._take)
        self._lock = asyncio.Lock()

    async def find(self, alert_id: str) -> Alert | None:
        """The alert with this id, whenever it was raised; None when no topic holds it.

        Raises:
            UnavailableError: no broker answers.
        """
        async with self._lock:
            try:
                return await self._find(alert_id)
            except (KafkaError, UnavailableError) as error:
                await self._follower.close()
                raise UnavailableError(f"the alerts cannot be read: {error}") from error

    async def _find(self, alert_id: str) -> Alert | None:
        parts = await self._read_on()
        if place := self._places.get(alert_id):
            message = await self._follower.read_at(*place) if place.part in parts else None
            alert = None if message is None else alert_of(message)
            if alert is not None and alert.id == alert_id:
                return alert
            del self._places[alert_id]  # its topic keeps it no longer
        return await self._search(alert_id) if self._has_forgotten else None

    async def _read_on(self) -> list[TopicPartition]:
        """The partitions that there are, which were read to their ends."""
        async with open_admin(self._settings) as admin:
            topics = [topic for topic in await admin.list_topics() if is_alert_topic(self._settings, topic)]
            parts = await partitions_of(admin, topics)
        if parts:
            await self._follower.read_on(parts)
        return parts

    async def _search(self, alert_id: str) -> Alert | None:
        try:
            return await find_alert(self._settings, alert_id, whole=True)
        except UsageError:
            return None

    def _take(self, message: Message) -> None:
        alert = alert_of(message)
        if alert is None:
            return
        self._places[alert.id] = Place(TopicPartition(message.topic, message.partition), message.offset)
        if len(self._places) > self._most:
            del self._places[next(iter(self._places))]
            self._has_forgotten = True

    async def close(self) -> None:
        await self._follower.close()


@asynccontextmanager
async def followed_alerts(settings: Settings) -> AsyncIterator[FollowedAlerts]:
    followed = FollowedAlerts(settings)
    try:
        yield followed
    finally:
        await followed.close()
