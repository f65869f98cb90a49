"""The topics: what is there, what differs from the registry and the settings, and what mends it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from aiokafka.admin import AIOKafkaAdminClient, NewPartitions
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import KafkaError

from agents.errors import UnavailableError
from agents.kafka import open_admin
from agents.settings import Settings
from agents.setup.alter_configs import IncrementalAlterConfigsRequest
from agents.setup.part import Part, State
from agents.topics import create_topics, refusal, topics_for, wanted_config, wanted_partitions
from schemas.topics import Topic

APPLY: Final = "`tocsin setup --apply` sets it"


@dataclass(frozen=True)
class Found:
    """A topic as the cluster describes it."""

    partitions: int
    replication: int
    """Replicas of the partition that has fewest."""
    config: Mapping[str, str]


@dataclass(frozen=True)
class Difference:
    """One setting that is not as wanted."""

    said: str
    mend: str = APPLY
    state: State = "differs"
    config: tuple[str, str] | None = None
    """Name and value that `--apply` sets."""
    partitions: int | None = None
    """Number of partitions that `--apply` makes."""


def differences(topic: Topic, found: Found, settings: Settings) -> tuple[Difference, ...]:
    """Pure: in what the topic is not as wanted. More room than wanted (partitions, replicas, retention, message size)
    is none: somebody chose it."""
    wanted = wanted_config(topic, settings)
    return (
        *_of_partitions(topic, found, settings),
        *_of_replication(topic, found, settings),
        *_of_policy(found, wanted),
        *_too_small("retention.ms", found, wanted),
        *_too_small("max.message.bytes", found, wanted),
        *_of_in_sync(found, wanted),
    )


def _of_partitions(topic: Topic, found: Found, settings: Settings) -> Iterator[Difference]:
    wanted = wanted_partitions(topic, settings)
    if topic.partitions is not None and found.partitions > topic.partitions:
        mend = "partitions are never removed: stop what uses it, delete the topic and run `tocsin setup`"
        yield Difference(f"{found.partitions} partitions instead of {wanted}, so keys have no one order", mend)
    elif found.partitions < wanted:
        mend = "`tocsin setup --apply` adds them; keys change their partition, so let the agents catch up before"
        yield Difference(f"{found.partitions} partitions instead of {wanted}", mend, partitions=wanted)


def _of_replication(topic: Topic, found: Found, settings: Settings) -> Iterator[Difference]:
    if found.replication < settings.replication:
        name = topic.prefixed(settings.topic_prefix)
        yield Difference(
            f"{found.replication} replicas instead of {settings.replication}",
            f"kafka-reassign-partitions.sh with {settings.replication} replicas for each partition of {name}",
        )


def _of_policy(found: Found, wanted: Mapping[str, str]) -> Iterator[Difference]:
    policy = found.config.get("cleanup.policy")
    if policy is not None and policy != wanted["cleanup.policy"]:
        loses = "states are forgotten" if wanted["cleanup.policy"] == "compact" else "messages are thrown away"
        yield Difference(
            f"cleanup.policy is {policy} instead of {wanted['cleanup.policy']}: {loses}",
            state="wrong",
            config=("cleanup.policy", wanted["cleanup.policy"]),
        )


def _too_small(name: str, found: Found, wanted: Mapping[str, str]) -> Iterator[Difference]:
    there = _number(found.config.get(name))
    if name in wanted and there is not None and 0 <= there < int(wanted[name]):
        yield Difference(f"{name} is {there} instead of {wanted[name]}", config=(name, wanted[name]))


def _of_in_sync(found: Found, wanted: Mapping[str, str]) -> Iterator[Difference]:
    name = "min.insync.replicas"
    there = _number(found.config.get(name))
    if there is None:
        return
    if 1 < found.replication <= there:
        said = f"{name} is {there} of {found.replication} replicas: one broker away stops every write"
        yield Difference(said, config=(name, str(found.replication - 1)))
    elif there < int(wanted[name]) < found.replication:
        said = f"{name} is {there} instead of {wanted[name]}: a broker that fails may take messages with it"
        yield Difference(said, config=(name, wanted[name]))


def _number(text: str | None) -> int | None:
    try:
        return None if text is None else int(text)
    except ValueError:
        return None


async def prepare_topics(
    settings: Settings, channels: Iterable[str], *, dry_run: bool = False, apply: bool = False
) -> list[Part]:
    """Create what is missing, and compare the rest.

    Args:
        dry_run: change nothing; the cluster is only asked whether it would create what is missing.
        apply: also change settings and add partitions.

    Raises:
        AccessError: the cluster does not let us.
        UnavailableError: no broker answers, or it refuses a topic.
    """
    topics = {topic.prefixed(settings.topic_prefix): topic for topic in topics_for(channels)}
    async with open_admin(settings) as admin:
        try:
            existing = set(await admin.list_topics())
            found = await _describe(admin, [name for name in topics if name in existing])
            missing = [topic for name, topic in topics.items() if name not in existing]
            await create_topics(admin, settings, missing, validate_only=dry_run)
            parts = [
                _missing(name, topic, settings, dry_run)
                if name not in existing
                else await _compared(admin, settings, topic, found[name], apply=apply and not dry_run)
                for name, topic in topics.items()
            ]
        except KafkaError as error:
            raise UnavailableError(f"the broker does not tell or set up topics: {error}") from error
    return parts


def _missing(name: str, topic: Topic, settings: Settings, dry_run: bool) -> Part:
    said = f"{wanted_partitions(topic, settings)} partitions, {settings.replication} replicas"
    part = Part(kind="topic", name=name, state="missing", said=said)
    return part if dry_run else part.after("created")


async def _compared(admin: AIOKafkaAdminClient, settings: Settings, topic: Topic, found: Found, *, apply: bool) -> Part:
    name = topic.prefixed(settings.topic_prefix)
    wrong = differences(topic, found, settings)
    if apply and (mendable := [one for one in wrong if one.config or one.partitions]):
        await _apply(admin, name, mendable)
        wrong = tuple(one for one in wrong if one not in mendable)
        done = "; ".join(f"mended: {one.said}" for one in mendable)
        return _part(name, found, wrong, done)
    return _part(name, found, wrong)


def _part(name: str, found: Found, wrong: Sequence[Difference], done: str = "") -> Part:
    if not wrong:
        said = f"{found.partitions} partitions, {found.replication} replicas"
        return Part(kind="topic", name=name, state="ok", said=said, done=done)
    state: State = "wrong" if any(one.state == "wrong" for one in wrong) else "differs"
    said, mends = "; ".join(one.said for one in wrong), dict.fromkeys(one.mend for one in wrong)
    return Part(kind="topic", name=name, state=state, said=said, mend="; ".join(mends), done=done)


async def _describe(admin: AIOKafkaAdminClient, names: Sequence[str]) -> dict[str, Found]:
    if not names:
        return {}
    described = await admin.describe_topics(list(names))
    responses = await admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, name) for name in names])
    configs: dict[str, dict[str, str]] = {}
    for code, detail, _kind, name, entries in (one for response in responses for one in response.resources):
        if code:
            raise refusal(name, code, detail)
        configs[name] = {entry[0]: entry[1] for entry in entries if entry[1] is not None}
    return {topic["topic"]: _found(topic, configs[topic["topic"]]) for topic in described}


def _found(topic: Mapping[str, Any], config: Mapping[str, str]) -> Found:
    partitions = topic["partitions"]
    return Found(len(partitions), min((len(part["replicas"]) for part in partitions), default=0), config)


async def _apply(admin: AIOKafkaAdminClient, name: str, mendable: Sequence[Difference]) -> None:
    """
    Raises:
        UnavailableError: the broker refuses.
    """
    config = [one.config for one in mendable if one.config is not None]
    if config:
        request = IncrementalAlterConfigsRequest({name: dict(config)})
        answer = await admin._send_to_controller(request)  # the client has no call for it
        for code, detail, _kind, refused in answer.resources:
            if code:
                raise refusal(refused, code, detail)
    for one in mendable:
        if one.partitions is not None:
            answer = await admin.create_partitions({name: NewPartitions(one.partitions)})
            for refused, code, detail in answer.topic_errors:
                if code:
                    raise refusal(refused, code, detail)
