"""Plain Kafka clients for everything that is not a Faust agent: the command line, set-up, and rebuilding state."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, TypeVar

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import (
    ClusterAuthorizationFailedError,
    GroupAuthorizationFailedError,
    KafkaError,
    TopicAuthorizationFailedError,
)

from agents.access.diagnosis import diagnose
from agents.access.kafka import security_options
from agents.broker.address import read_address
from agents.errors import AccessError, UnavailableError
from agents.settings import Settings

CLIENT_ID = "tocsin"
_PATIENCE_S: Final = 5.0
"""A client that has not started by then may wait for a server that will never answer, seconds."""
_NOT_ALLOWED: Final = (
    ClusterAuthorizationFailedError,
    GroupAuthorizationFailedError,
    TopicAuthorizationFailedError,
)
_SAID_BETTER: Final = ('Unable connect to "%s:%s": %s', 'Unable to request metadata from "%s:%s": %s')
"""What aiokafka logs of a start that fails; `connect` raises it in full."""

Client = TypeVar("Client", AIOKafkaProducer, AIOKafkaConsumer, AIOKafkaAdminClient)


@dataclass(frozen=True, slots=True)
class Message:
    """One Kafka message as it was read."""

    topic: str
    partition: int
    offset: int
    timestamp_ms: int
    key: bytes | None
    value: bytes


def bootstrap_servers(settings: Settings) -> str:
    """`host:port[,host:port...]` of the broker in use.

    Raises:
        UnavailableError: the embedded broker does not run in this data folder.
    """
    if not settings.uses_embedded_broker:
        return str(settings.kafka_url.removeprefix("kafka://"))
    address = read_address(settings.broker_dir)
    if address is None:
        raise UnavailableError(
            f"no embedded broker runs in {settings.broker_dir}: start it with `tocsin up` or `tocsin broker`, "
            "or point TOCSIN_DATA_DIR or TOCSIN_KAFKA_URL at a running one"
        )
    return address


def _is_news(record: logging.LogRecord) -> bool:
    return record.msg not in _SAID_BETTER


logging.getLogger("aiokafka").addFilter(_is_news)


def client_options(settings: Settings) -> dict[str, Any]:
    """What every aiokafka client is told: where the brokers are and how both sides prove themselves. Never print it.

    Raises:
        SettingsError: a certificate or a secret cannot be read.
        UnavailableError: the embedded broker does not run.
    """
    return {"bootstrap_servers": bootstrap_servers(settings), "client_id": CLIENT_ID, **security_options(settings)}


async def connect(settings: Settings, client: Client, stop: Callable[[], Awaitable[None]]) -> None:
    """Start the client, or stop it and say why it cannot be started.

    Raises:
        AccessError: a broker refuses us or does not prove itself.
        UnavailableError: no broker answers.
    """
    starting = asyncio.ensure_future(client.start())
    try:
        await asyncio.wait({starting}, timeout=_PATIENCE_S)
        if not starting.done() and (waiting := await _refusal(settings)):
            raise waiting
        await starting
    except _NOT_ALLOWED as error:
        await _given_up(starting, stop)
        raise AccessError(not_allowed(settings, error)) from error
    except (KafkaError, OSError) as error:  # the client's own words do not tell the reason
        await _given_up(starting, stop)
        raise (await _refusal(settings) or _nobody(settings, error)) from error
    except BaseException:
        await _given_up(starting, stop)
        raise


def is_not_allowed(error: BaseException) -> bool:
    """Whether the broker knows us and does not let us do what we asked for."""
    return isinstance(error, _NOT_ALLOWED)


def not_allowed(settings: Settings, error: Exception) -> str:
    """What the broker does not let us do, and what to do about it."""
    if isinstance(error, ClusterAuthorizationFailedError):
        what = "write to any topic"  # the one thing of this kind that we ask for: a number for an idempotent producer
    else:
        kind = "topic" if isinstance(error, TopicAuthorizationFailedError) else "consumer group"
        what = f"use the {kind} {error.args[0] if error.args else '?'}"
    who = f"the user {settings.kafka_username!r}" if settings.kafka_username else "us"
    where = bootstrap_servers(settings)
    return f"the broker at {where} does not let {who} {what}. Grant it: deploy/security/kafka-acls.txt lists the rights"


async def _given_up(starting: asyncio.Future[None], stop: Callable[[], Awaitable[None]]) -> None:
    starting.cancel()
    await asyncio.gather(starting, return_exceptions=True)
    await stop()


async def _refusal(settings: Settings) -> UnavailableError | None:
    """Why no broker lets us in; None when one does."""
    trouble = await diagnose(settings, bootstrap_servers(settings))
    if trouble is None:
        return None
    return UnavailableError(str(trouble)) if trouble.passes else AccessError(str(trouble))


def _nobody(settings: Settings, error: Exception) -> UnavailableError:
    return UnavailableError(
        f"no Kafka broker answered at {bootstrap_servers(settings)}: {error}; one does now, try again"
    )


@asynccontextmanager
async def _started(settings: Settings, client: Client, stop: Callable[[], Awaitable[None]]) -> AsyncIterator[Client]:
    """A client that is connected, and stopped at the end.

    Raises:
        AccessError: a broker refuses us or does not prove itself, or does not let us do what the body asks for.
        UnavailableError: no broker answers.
    """
    await connect(settings, client, stop)
    try:
        yield client
    except _NOT_ALLOWED as error:
        raise AccessError(not_allowed(settings, error)) from error
    finally:
        await stop()


def open_producer(settings: Settings, **options: Any) -> AbstractAsyncContextManager[AIOKafkaProducer]:
    """An idempotent producer that is flushed and stopped at the end."""
    producer = AIOKafkaProducer(
        **client_options(settings),
        acks="all",
        enable_idempotence=True,
        max_request_size=settings.max_message_bytes,
        **options,
    )
    return _started(settings, producer, producer.stop)


async def stop_consumer(consumer: AIOKafkaConsumer) -> None:
    """Stop the consumer, also when a broker went away under it.

    aiokafka 0.14 cancels a fetch that waits to be tried again and lets that cancellation through, as if the caller had
    been cancelled, before it has closed its connections.
    """
    stopping = asyncio.ensure_future(consumer.stop())
    await asyncio.wait({stopping})
    if stopping.cancelled():
        await consumer._client.close()
    else:
        stopping.result()


def started_consumer(settings: Settings, consumer: AIOKafkaConsumer) -> AbstractAsyncContextManager[AIOKafkaConsumer]:
    """*consumer*, connected, and stopped at the end.

    Raises:
        AccessError: a broker refuses us or does not prove itself, or does not let us do what the body asks for.
        UnavailableError: no broker answers.
    """
    return _started(settings, consumer, partial(stop_consumer, consumer))


def open_consumer(settings: Settings) -> AbstractAsyncContextManager[AIOKafkaConsumer]:
    """A consumer outside any group; the caller assigns and seeks."""
    consumer = AIOKafkaConsumer(
        **client_options(settings),
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        max_partition_fetch_bytes=settings.max_message_bytes,
    )
    return started_consumer(settings, consumer)


def open_admin(settings: Settings) -> AbstractAsyncContextManager[AIOKafkaAdminClient]:
    """A client that lists and creates topics and reads groups."""
    admin = AIOKafkaAdminClient(**client_options(settings))
    return _started(settings, admin, admin.close)


async def partitions_of(admin: AIOKafkaAdminClient, topics: Iterable[str]) -> list[TopicPartition]:
    """All partitions of those *topics* that exist."""
    existing = set(await admin.list_topics())
    wanted = [topic for topic in topics if topic in existing]
    described = await admin.describe_topics(wanted) if wanted else []
    return [
        TopicPartition(topic["topic"], number)
        for topic in described
        for number in sorted(part["partition"] for part in topic["partitions"])
    ]


def message_of(record: Any) -> Message:
    """What aiokafka read, as ours."""
    return Message(record.topic, record.partition, record.offset, record.timestamp, record.key, record.value or b"")


async def read_to_end(settings: Settings, topics: Sequence[str]) -> AsyncIterator[Message]:
    """Every message that the *topics* hold now, each partition in order; topics that do not exist hold none.

    Raises:
        UnavailableError: no broker answers.
    """
    async with open_admin(settings) as admin, open_consumer(settings) as consumer:
        partitions = await partitions_of(admin, topics)
        if not partitions:
            return
        consumer.assign(partitions)
        ends = await consumer.end_offsets(partitions)
        starts = await consumer.beginning_offsets(partitions)
        left = {part for part in partitions if ends[part] > starts[part]}
        for part in partitions:
            consumer.seek(part, starts[part])
        while left:
            batch = await consumer.getmany(*left, timeout_ms=1000)
            for part, records in batch.items():
                for record in records:
                    if record.offset < ends[part]:
                        yield message_of(record)
            # A position can pass the end over a compacted or control record, which carries no message of its own.
            left = {part for part in left if await consumer.position(part) < ends[part]}


async def follow(settings: Settings, topics: Sequence[str], *, from_start: bool = False) -> AsyncIterator[Message]:
    """Messages of the *topics* as they arrive, for ever; a topic that is created later is read from its start."""
    async with open_admin(settings) as admin, open_consumer(settings) as consumer:
        position: dict[TopicPartition, int] = {}
        begin = from_start
        while True:
            new = [part for part in await partitions_of(admin, topics) if part not in position]
            if new:
                # Offsets are fixed now, not at the first fetch, so that nothing written in between is passed over.
                position |= await (consumer.beginning_offsets if begin else consumer.end_offsets)(new)
                consumer.assign(list(position))  # forgets where it was, hence the seeks
                for part, offset in position.items():
                    consumer.seek(part, offset)
            begin = True
            if not position:
                await asyncio.sleep(0.5)
                continue
            for part, records in (await consumer.getmany(timeout_ms=2000)).items():
                position[part] = records[-1].offset + 1
                for record in records:
                    yield message_of(record)


__all__ = [
    "KafkaError",
    "Message",
    "bootstrap_servers",
    "client_options",
    "connect",
    "follow",
    "is_not_allowed",
    "message_of",
    "not_allowed",
    "open_admin",
    "open_consumer",
    "open_producer",
    "partitions_of",
    "read_to_end",
    "started_consumer",
    "stop_consumer",
]
