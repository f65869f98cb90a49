"""Creating the topics before anybody reads them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence, Set
from typing import Final

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import (
    ClusterAuthorizationFailedError,
    InvalidReplicationFactorError,
    KafkaError,
    PolicyViolationError,
    TopicAlreadyExistsError,
    TopicAuthorizationFailedError,
    for_code,
)

from agents.errors import AccessError, UnavailableError
from agents.kafka import open_admin
from agents.settings import Settings
from schemas.topics import BACKFILL_CHANNEL, TOPICS, Topic, alerts_topic

_SAFE_REPLICATION: Final = 3
"""From so many replicas on, two must have a message before it is acknowledged: one broker may fail, and none that
fails takes acknowledged messages with it."""

_LOOKS: Final = 100
"""How often a new topic is looked for among those that the broker lists."""
_LOOK_AGAIN_S: Final = 0.1

_ADVICE: Final[dict[type[KafkaError], str]] = {
    TopicAuthorizationFailedError: "run `tocsin setup` as a user who may create topics",
    ClusterAuthorizationFailedError: "run `tocsin setup` as a user who may create topics",
    InvalidReplicationFactorError: "set TOCSIN_REPLICATION to at most the number of brokers",
    PolicyViolationError: "the cluster has rules of its own for topics; ask who runs it",
}


def topics_for(channels: Iterable[str]) -> tuple[Topic, ...]:
    """Every topic of a deployment whose rules alert on *channels*."""
    names = dict.fromkeys((*sorted(channels), BACKFILL_CHANNEL))
    return TOPICS + tuple(alerts_topic(channel) for channel in names)


def wanted_partitions(topic: Topic, settings: Settings) -> int:
    return topic.partitions or settings.partitions


def wanted_config(topic: Topic, settings: Settings) -> dict[str, str]:
    """The topic's configuration in Kafka's own names."""
    common = {
        "cleanup.policy": "delete",
        # Every topic must hold what the largest article can become.
        "max.message.bytes": str(settings.max_message_bytes),
        "min.insync.replicas": "2" if settings.replication >= _SAFE_REPLICATION else "1",
    }
    return common | topic.config


def _new(topic: Topic, settings: Settings) -> NewTopic:
    name, partitions = topic.prefixed(settings.topic_prefix), wanted_partitions(topic, settings)
    return NewTopic(name, partitions, settings.replication, topic_configs=wanted_config(topic, settings))


async def create_topics(
    admin: AIOKafkaAdminClient, settings: Settings, topics: Sequence[Topic], *, validate_only: bool = False
) -> None:
    """Create the *topics*; one that somebody created meanwhile is left as it is.

    Args:
        validate_only: only ask whether they could be created.

    Raises:
        AccessError: the broker does not let us.
        UnavailableError: the broker refuses a topic, or does not answer; others may have been created.
    """
    if not topics:
        return
    try:
        new = [_new(topic, settings) for topic in topics]
        response = await admin.create_topics(new, validate_only=validate_only)
    except KafkaError as error:
        raise UnavailableError(f"the broker does not create topics: {error}") from error
    for name, code, *detail in response.topic_errors:
        if code and for_code(code) is not TopicAlreadyExistsError:
            raise refusal(name, code, detail[0] if detail else None)
    if not validate_only:
        await _until_listed(admin, {topic.name for topic in new})


async def _until_listed(admin: AIOKafkaAdminClient, names: Set[str]) -> None:
    """The controller answers before the brokers have heard of a topic: who asks one meanwhile would miss it."""
    for _ in range(_LOOKS):  # then it is kept from us, and whoever needs it is told
        if names <= set(await admin.list_topics()):
            return
        await asyncio.sleep(_LOOK_AGAIN_S)


def refusal(name: str, code: int, detail: str | None) -> UnavailableError:
    """The error for a topic that the broker refuses."""
    error = for_code(code)
    advice = next((said for kind, said in _ADVICE.items() if issubclass(error, kind)), "")
    said = ": ".join(part for part in (f"the broker refuses topic {name}", error.__name__, detail) if part)
    is_access = issubclass(error, TopicAuthorizationFailedError | ClusterAuthorizationFailedError)
    return (AccessError if is_access else UnavailableError)("; ".join(part for part in (said, advice) if part))


async def ensure_topics(settings: Settings, channels: Iterable[str] = ()) -> list[str]:
    """Create the topics that do not exist; those that do are left as they are.

    Returns:
        Full names of the topics that were created.

    Raises:
        AccessError: the broker does not let us.
        UnavailableError: no broker answers, or it refuses a topic.
    """
    wanted = topics_for(channels)
    async with open_admin(settings) as admin:
        existing = set(await admin.list_topics())
        missing = [topic for topic in wanted if topic.prefixed(settings.topic_prefix) not in existing]
        await create_topics(admin, settings, missing)
    return [topic.prefixed(settings.topic_prefix) for topic in missing]
