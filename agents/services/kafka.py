"""Apache Kafka on loopback: one node that is broker and controller (KRaft), without replication or security."""

from __future__ import annotations

import asyncio
import base64
import os
import socket
import subprocess
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from aiokafka.client import AIOKafkaClient
from aiokafka.errors import KafkaError

from agents.services.errors import ServiceError
from agents.services.jdk import Need
from agents.services.process import launch
from agents.services.record import LOOPBACK, free_port
from agents.services.service import Service, Start

_NEED: Final = Need(program="Apache Kafka 4", least=17)
_ANSWER_S: Final = 5.0
_FORMAT_S: Final = 120.0
_LARGEST_REQUEST: Final = 128 * 2**20
"""Bytes. A producer puts one batch for each partition into a request."""

_LOGGING: Final = """\
appender.file.type = RollingFile
appender.file.name = file
appender.file.fileName = {file}
appender.file.filePattern = {file}.%i
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = [%d{{ISO8601}}] %p %m (%c)%n
appender.file.policies.type = SizeBasedTriggeringPolicy
appender.file.policies.size = 10MB
appender.file.strategy.type = DefaultRolloverStrategy
appender.file.strategy.max = 3
rootLogger.level = info
rootLogger.appenderRef.file.ref = file
"""


def server_properties(*, port: int, controller_port: int, data: Path, max_message_bytes: int) -> dict[str, str]:
    """Settings of the node. Names and meanings: https://kafka.apache.org/41/configuration/broker-configs/"""
    return {
        "process.roles": "broker,controller",
        "node.id": "1",
        "controller.quorum.voters": f"1@{LOOPBACK}:{controller_port}",
        "controller.listener.names": "CONTROLLER",
        "listeners": f"PLAINTEXT://{LOOPBACK}:{port},CONTROLLER://{LOOPBACK}:{controller_port}",
        "advertised.listeners": f"PLAINTEXT://{LOOPBACK}:{port}",
        "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
        "log.dirs": str(data),
        # One node cannot keep three copies, which is Kafka's default for its own topics.
        "offsets.topic.replication.factor": "1",
        "offsets.topic.num.partitions": "1",
        "transaction.state.log.replication.factor": "1",
        "transaction.state.log.min.isr": "1",
        # A machine that was switched off over the holidays must not forget where its agents were.
        "offsets.retention.minutes": str(30 * 24 * 60),
        "group.initial.rebalance.delay.ms": "0",
        "group.min.session.timeout.ms": "1000",
        # Kafka's default of 128 MB of heap for compaction is half of ours; this is the least it accepts.
        "log.cleaner.dedupe.buffer.size": "1048577",
        "num.partitions": "1",
        "auto.create.topics.enable": "false",
        # A batch holds a message of the largest size and its overhead.
        "message.max.bytes": str(max_message_bytes * 3 // 2),
        "socket.request.max.bytes": str(max(_LARGEST_REQUEST, max_message_bytes * 2)),
    }


def as_properties(values: Mapping[str, str]) -> str:
    """A Java properties file; a backslash is its escape character."""
    return "".join(f"{name}={value}\n".replace("\\", "\\\\") for name, value in values.items())


def java_command(java: Path | str, jars: Path, heap: str, *arguments: str, logging: Path | None = None) -> list[str]:
    """Command line of the server or one of its tools."""
    options = [f"-Dlog4j2.configurationFile={logging}"] if logging else []
    # A broker without memory answers nobody and looks alive; ending is better.
    return [str(java), f"-Xmx{heap}", "-XX:+ExitOnOutOfMemoryError", *options, "-cp", f"{jars}/*", *arguments]


def new_cluster_id() -> str:
    """A random id in Kafka's form: 16 bytes in URL-safe base64 that do not begin with a dash."""
    while (text := base64.urlsafe_b64encode(uuid.uuid4().bytes).rstrip(b"=").decode()).startswith("-"):
        pass
    return text


def configure(home: Path, *, port: int, max_message_bytes: int) -> Path:
    """Write the node's configuration; the path of its properties."""
    properties = home / "server.properties"
    values = server_properties(
        port=port, controller_port=free_port(besides=(port,)), data=home / "data", max_message_bytes=max_message_bytes
    )
    properties.write_text(as_properties(values), "utf-8")
    (home / "log4j2.properties").write_text(_LOGGING.format(file=home / "logs" / "kafka.log"), "utf-8")
    return properties


def format_data(home: Path, java: Path | str, jars: Path) -> None:
    """Prepare an empty data folder; one that holds data stays as it is. Blocks.

    Raises:
        ServiceError: Kafka's storage tool refuses.
    """
    if (home / "data" / "meta.properties").exists():
        return
    arguments = ("format", "-t", new_cluster_id(), "-c", str(home / "server.properties"))
    command = java_command(java, jars, "128m", "kafka.tools.StorageTool", *arguments)
    done = subprocess.run(command, capture_output=True, text=True, timeout=_FORMAT_S, check=False)
    if done.returncode != 0:
        raise ServiceError(f"Kafka cannot prepare {home / 'data'}: {(done.stdout + done.stderr).strip()[-1000:]}")


def _start(start: Start) -> int:
    properties = configure(start.home, port=start.port, max_message_bytes=start.settings.max_message_bytes)
    format_data(start.home, start.jdk.java, start.files)
    command = java_command(
        start.jdk.java,
        start.files,
        start.settings.services_kafka_heap,
        "kafka.Kafka",
        str(properties),
        logging=start.home / "log4j2.properties",
    )
    return launch(command, KAFKA.output(start.home), os.environ, start.account)


def _is_ready(port: int) -> bool:
    try:
        # Asked first, because aiokafka logs an error for each refused connection.
        socket.create_connection((LOOPBACK, port), timeout=1.0).close()
    except OSError:
        return False
    return asyncio.run(_has_brokers(port))


async def _has_brokers(port: int) -> bool:
    """Whether the node answers a metadata request and names itself."""
    client = AIOKafkaClient(bootstrap_servers=f"{LOOPBACK}:{port}", client_id="tocsin-services")
    try:
        async with asyncio.timeout(_ANSWER_S):
            await client.bootstrap()
        return bool(client.cluster.brokers())
    except (KafkaError, OSError, TimeoutError):
        return False
    finally:
        await client.close()


KAFKA: Final = Service(
    name="kafka",
    title="Apache Kafka 4.1.1",
    need=_NEED,
    variable="TOCSIN_KAFKA_URL",
    scheme="kafka",
    port=lambda settings: settings.services_kafka_port,
    account=lambda: None,
    start=_start,
    is_ready=_is_ready,
    stop_timeout_s=30.0,
)
