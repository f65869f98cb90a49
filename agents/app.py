"""One Faust app per agent, with the settings that make it lossless and quick.

Faust acknowledges what leaves the loop body and commits on a timer; hence the body is `Stage.process` alone, which
returns when the batch is durable. Topics carry bytes: a message that cannot be decoded is the step's to refuse.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from typing import Any, Final

import faust

from agents.errors import TocsinError
from agents.kafka import KafkaError, Message, client_options, open_admin
from agents.settings import Settings
from agents.spec import AgentSpec, Running
from agents.stage import Stage

_LOOK_FOR_TOPICS_S: Final = 5.0
_RESUBSCRIBE_S: Final = 1.0
_QUIET: Final = ("faust", "mode", "aiokafka", "asyncio", "kafka")


def quieten() -> None:
    """Debug records that nobody reads cost 17 % of a worker's time, so these loggers are pinned."""
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def _credentials(client: dict[str, Any]) -> Any:
    """Faust's form of what a plain client is told. Faust takes a password without a TLS context for leave to send it in
    the open, so its own conclusion is compared with what the settings say.

    Raises:
        ValueError: Faust would speak to the brokers in another way.
    """
    wanted, context = client["security_protocol"], client.get("ssl_context")
    credentials: Any = None
    if "sasl_mechanism" in client:
        credentials = faust.SASLCredentials(
            username=client["sasl_plain_username"],
            password=client["sasl_plain_password"],
            mechanism=client["sasl_mechanism"],
            ssl_context=context,
        )
    elif context is not None:
        credentials = faust.SSLCredentials(context)
    if (credentials.protocol.value if credentials else "PLAINTEXT") != wanted:
        raise ValueError(f"Faust would not use {wanted}")
    return credentials


def _options(settings: Settings, spec: AgentSpec) -> dict[str, Any]:
    client = client_options(settings)
    return {
        "broker": [f"kafka://{server}" for server in client["bootstrap_servers"].split(",")],
        "broker_credentials": _credentials(client),
        "datadir": str(settings.state_dir / "faust" / f"{spec.name}-{settings.worker_id}"),
        # With Faust's default the fetcher long-polls idle partitions for 1.5 s while busy ones wait.
        "broker_max_poll_records": 500,
        # A buffer that fills freezes every agent of the app; the poll size must stay below a fifth of it. So many
        # enriched articles are held while an index is away: at 16 KB each some 60 MB.
        "stream_buffer_maxsize": 4_096,
        # A stage may wait for days for an index; a member that left for that reason never comes back.
        "broker_max_poll_interval": 86_400.0,
        "broker_session_timeout": 10.0,
        "broker_heartbeat_interval": 2.0,
        "broker_commit_interval": 1.0,
        "broker_commit_livelock_soft_timeout": 3_600.0,  # it only logs, and a waiting stage is no livelock
        "consumer_auto_offset_reset": "earliest",
        # A worker that joins its group while the broker restarts may see no topics, and is assigned nothing until it
        # looks again; with the default that takes five minutes.
        "consumer_metadata_max_age_ms": 5_000,
        "consumer_max_fetch_size": settings.max_message_bytes,
        # A worker that was killed takes up where it was, instead of after the session timeout.
        "consumer_group_instance_id": f"{spec.name}-{settings.worker_id}",
        "producer_max_request_size": settings.max_message_bytes,
        "stream_wait_empty": True,
        "topic_allow_declare": False,  # `ensure_topics` made them, with their configuration
        "topic_partitions": settings.partitions,
        "topic_disable_leader": True,  # nothing runs on the leader; saves a topic per agent
        "web_enabled": False,
        "store": "memory://",
    }


def _message(event: Any) -> Message:
    """Faust keeps times in seconds; -1 ms is Kafka's way to say none."""
    read = event.message
    return Message(
        topic=read.topic,
        partition=read.partition,
        offset=read.offset,
        timestamp_ms=-1 if read.timestamp is None else round(read.timestamp * 1000),
        key=read.key,
        value=read.value or b"",
    )


def _told(function: Callable[[Collection[Any]], None]) -> Any:
    """A receiver of Faust's signal of new partitions, whose type cannot be written down: what comes beside varies."""

    def receive(_: Any, partitions: Collection[Any], *__: Any, **___: Any) -> None:
        function(partitions)

    return receive


def make_app(
    settings: Settings, spec: AgentSpec, running: Running, stage: Stage, existing: Collection[str] = ()
) -> faust.App:
    """The Faust app that feeds *stage* from the agent's topics.

    Args:
        existing: full names of the topics that there are.
    """
    app = faust.App(spec.group(settings), **_options(settings, spec))
    topics = spec.topics(settings, existing)
    source = app.topic(*topics, key_type=bytes, key_serializer="raw", value_type=bytes, value_serializer="raw")

    async def consume(stream: Any) -> None:
        async for events in stream.take_events(spec.portion, within=spec.within_s):
            await stage.process([_message(event) for event in events])

    def assigned(partitions: Collection[Any]) -> None:
        running.reassigned()
        stage.tally.partitions = sorted(f"{one.topic}/{one.partition}" for one in partitions)
        stage.tally.joined += 1

    app.agent(source, name=spec.name)(consume)
    app.on_partitions_assigned.connect(_told(assigned), weak=False)
    if spec.reads_alerts:
        _follow_channels(settings, spec, app, source)
    return app


def _follow_channels(settings: Settings, spec: AgentSpec, app: faust.App, source: Any) -> None:
    """Read the topics of alert channels that are created later, too; Faust's own patterns do not work."""
    # Faust waits 45 s for further changes before it subscribes anew; for so long the watchdog would see a worker that
    # leaves its work.
    setattr(app.topics, "_resubscribe_sleep_lock_seconds", _RESUBSCRIBE_S)  # noqa: B010, its type does not tell of it

    async def look() -> None:
        try:
            async with open_admin(settings) as admin:
                topics = spec.topics(settings, await admin.list_topics())
        except (KafkaError, TocsinError):
            return  # the next look is soon
        if set(topics) > set(source.topics):
            source.topics = topics  # for streams that begin from now on; those of now hold copies of it
            for channel in list(app.topics):
                channel.topics = topics
                app.topics.discard(channel)  # so that adding it is a change
                app.topics.add(channel)

    app.timer(_LOOK_FOR_TOPICS_S)(look)
