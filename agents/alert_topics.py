"""Reading the alert topics, as any subscriber may."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from pydantic import ValidationError

from agents.errors import UsageError
from agents.kafka import Message, follow, open_consumer, read_to_end
from agents.settings import Settings
from schemas.alert import Alert
from schemas.topics import ALERTS_PREFIX, alerts_topic


def is_alert_topic(settings: Settings, topic: str) -> bool:
    """Whether *topic*, a full name, holds the alerts of a channel."""
    return topic.startswith(_prefix(settings))


def _prefix(settings: Settings) -> str:
    return f"{settings.topic_prefix}.{ALERTS_PREFIX}."


async def alert_topics(settings: Settings, channels: Sequence[str] = ()) -> list[str]:
    """Full names of the topics of *channels*, or of every channel that exists.

    Raises:
        UsageError: a channel has no topic; the message lists those that have.
    """
    async with open_consumer(settings) as consumer:
        existing = sorted(topic for topic in await consumer.topics() if is_alert_topic(settings, topic))
    if not channels:
        return existing
    wanted = [alerts_topic(channel).prefixed(settings.topic_prefix) for channel in channels]
    if missing := [topic for topic in wanted if topic not in existing]:
        prefix = _prefix(settings)
        known = ", ".join(topic.removeprefix(prefix) for topic in existing) or "none yet"
        raise UsageError(f"no channel {missing[0].removeprefix(prefix)!r}; channels: {known}")
    return wanted


def alert_of(message: Message) -> Alert | None:
    """None for what is no alert of a version we know: a topic is open to other writers."""
    try:
        return Alert.model_validate_json(message.value)
    except ValidationError:
        return None


async def read_alerts(settings: Settings, topics: Sequence[str]) -> AsyncIterator[Alert]:
    """Every alert that the topics hold now."""
    async for message in read_to_end(settings, topics):
        if alert := alert_of(message):
            yield alert


async def tail_alerts(settings: Settings, channels: Sequence[str], *, from_start: bool = False) -> AsyncIterator[Alert]:
    """Alerts as they are raised, for ever."""
    topics = await alert_topics(settings, channels)
    async for message in follow(settings, topics, from_start=from_start):
        if alert := alert_of(message):
            yield alert
