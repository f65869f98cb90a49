"""Creating the topics before anybody reads them."""

from __future__ import annotations

from collections.abc import Iterable

from aiokafka.admin import NewTopic
from aiokafka.errors import KafkaError, TopicAlreadyExistsError, for_code

from agents.errors import UnavailableError
from agents.kafka import open_admin
from agents.settings import Settings
from schemas.topics import BACKFILL_CHANNEL, TOPICS, Topic, alerts_topic


def topics_for(channels: Iterable[str]) -> tuple[Topic, ...]:
    """Every topic of a deployment whose rules alert on *channels*."""
    names = dict.fromkeys((*channels, BACKFILL_CHANNEL))
    return TOPICS + tuple(alerts_topic(channel) for channel in names)


def _new(topic: Topic, settings: Settings) -> NewTopic:
    partitions = topic.partitions or settings.partitions
    # Every topic must hold what the largest article can become.
    config = topic.config | {"max.message.bytes": str(settings.max_message_bytes)}
    return NewTopic(topic.prefixed(settings.topic_prefix), partitions, settings.replication, topic_configs=config)


async def ensure_topics(settings: Settings, channels: Iterable[str] = ()) -> list[str]:
    """Create the topics that do not exist; those that do are left as they are.

    Returns:
        Full names of the topics that were created.

    Raises:
        UnavailableError: no broker answers, or it refuses a topic.
    """
    wanted = topics_for(channels)
    async with open_admin(settings) as admin:
        existing = set(await admin.list_topics())
        missing = [topic for topic in wanted if topic.prefixed(settings.topic_prefix) not in existing]
        if not missing:
            return []
        try:
            response = await admin.create_topics([_new(topic, settings) for topic in missing])
        except KafkaError as error:
            raise UnavailableError(f"the broker does not create topics: {error}") from error
    for name, code, *detail in response.topic_errors:
        if code and for_code(code) is not TopicAlreadyExistsError:
            raise UnavailableError(f"the broker refuses topic {name}: {for_code(code).__name__} {detail}")
    return [topic.prefixed(settings.topic_prefix) for topic in missing]
