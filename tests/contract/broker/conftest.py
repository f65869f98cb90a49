"""One suite for every broker and every client library: what a client may expect of the Kafka behind `TOCSIN_KAFKA_URL`.

`broker` starts the broker under test in a process of its own. Another kind of broker is one more function in BROKERS.
`client` is a library behind a few verbs. All deadlines are generous; none is a measurement.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import pytest

from agents.services.download import fetch
from agents.services.jdk import Jdk
from agents.services.jdk_probe import find_jdk
from agents.services.kafka import KAFKA, configure, format_data, java_command
from agents.services.record import free_port
from agents.settings import Settings

PROJECT = Path(__file__).parents[3]
DEADLINE = 180.0 if os.environ.get("TOCSIN_REQUIRE_REAL") == "1" else 60.0
"""Seconds. A JVM on a busy machine takes half a minute to start."""


LARGEST = Settings().max_message_bytes


class Message(NamedTuple):
    partition: int
    offset: int
    key: bytes | None
    value: bytes
    timestamp: int
    headers: list[tuple[str, bytes]]


class BrokerProcess(Protocol):
    """`address` stays the same over restarts."""

    address: str

    def start(self) -> None: ...
    def stop(self) -> None:
        """End it in order."""

    def kill(self) -> None:
        """SIGKILL."""


@dataclass
class EmbeddedBroker:
    folder: Path
    flags: Sequence[str] = ()
    address: str = ""
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        port = self.address.rpartition(":")[2] or "0"
        command = [sys.executable, "-m", "agents.broker", "--data-dir", str(self.folder), "--port", port, *self.flags]
        with (self.folder.parent / "broker.log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=PROJECT, stderr=log)
        wait_until(self._is_ready, "the embedded broker is ready")

    def _is_ready(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, (self.folder.parent / "broker.log").read_text()
        try:
            said = json.loads((self.folder / "address.json").read_bytes())
        except (FileNotFoundError, ValueError):
            return False
        if said["pid"] != self.process.pid:
            return False
        self.address = f"{said['host']}:{said['port']}"
        return True

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def _end(self, number: int) -> None:
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait(DEADLINE)
            self.process = None


@dataclass
class ApacheKafka:
    """One node of Apache Kafka as released, configured as `tocsin services up` does it."""

    folder: Path
    jars: Path
    jdk: Jdk
    formatted: Path
    """A data folder as Kafka's storage tool leaves it."""
    address: str = ""
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        if not self.address:
            self._format()
        with (self.folder / "logs" / "output.log").open("ab") as log:
            self.process = subprocess.Popen(self._command(), stdout=log, stderr=log)
        wait_until(self._is_ready, "Apache Kafka is ready")

    def _format(self) -> None:
        (self.folder / "logs").mkdir(parents=True)
        port = free_port()
        self.address = f"127.0.0.1:{port}"
        configure(self.folder, port=port, max_message_bytes=LARGEST)
        shutil.copytree(self.formatted, self.folder / "data")

    def _command(self) -> list[str]:
        logging = self.folder / "log4j2.properties"
        properties = str(self.folder / "server.properties")
        java, *rest = java_command(self.jdk.java, self.jars, "384m", "kafka.Kafka", properties, logging=logging)
        # Each test starts a JVM that lives for seconds: compiling less halves the time of the whole suite.
        return [java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", *rest]

    def _is_ready(self) -> bool:
        from confluent_kafka import KafkaException
        from confluent_kafka.admin import AdminClient

        assert self.process is not None
        assert self.process.poll() is None, (self.folder / "logs" / "output.log").read_text()[-3000:]
        try:
            return bool(AdminClient({"bootstrap.servers": self.address, "log_level": 0}).list_topics(timeout=2).brokers)
        except KafkaException:
            return False

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def _end(self, number: int) -> None:
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait(DEADLINE)
            self.process = None


def embedded(request: pytest.FixtureRequest, folder: Path) -> BrokerProcess:
    return EmbeddedBroker(folder / "embedded", flags=["--partitions", "1", "--no-auto-create-topics"])


def apache(request: pytest.FixtureRequest, folder: Path) -> BrokerProcess:
    given = (request.getfixturevalue(name) for name in ("kafka_jars", "kafka_jdk", "formatted_data"))
    return ApacheKafka(folder / "kafka", *given)


BROKERS: dict[str, Callable[[pytest.FixtureRequest, Path], BrokerProcess]] = {"embedded": embedded, "apache": apache}
ASKED_FOR: list[Any] = ["embedded"]
if os.environ.get("TOCSIN_REQUIRE_REAL") == "1":
    # Starts a JVM for each test, minutes in all: continuous integration does that, a plain `make test` does not.
    ASKED_FOR.append(pytest.param("apache", marks=[pytest.mark.java, pytest.mark.timeout(600)]))


@pytest.fixture(scope="session")
def kafka_jdk() -> Jdk:
    return find_jdk(KAFKA.need)


@pytest.fixture(scope="session")
def kafka_jars(kafka_jdk: Jdk) -> Path:
    """The folder of Apache Kafka's released jars, fetched with Maven once and checked against the lock."""
    return fetch(KAFKA.name, kafka_jdk.home, print)


@pytest.fixture(scope="session")
def formatted_data(tmp_path_factory: pytest.TempPathFactory, kafka_jdk: Jdk, kafka_jars: Path) -> Path:
    home = tmp_path_factory.mktemp("formatted")
    configure(home, port=free_port(), max_message_bytes=LARGEST)
    format_data(home, kafka_jdk.java, kafka_jars)
    return home / "data"


def wait_until(true: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + DEADLINE
    while not true():
        assert time.monotonic() < until, f"never came true: {what}"
        time.sleep(0.02)


@pytest.fixture(scope="module")
def shared_brokers() -> Iterator[dict[str, BrokerProcess]]:
    """By kind, the broker of those tests of a file that leave it running."""
    running: dict[str, BrokerProcess] = {}
    yield running
    for process in running.values():
        process.kill()


@pytest.fixture(params=ASKED_FOR)
def broker(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, shared_brokers: dict[str, BrokerProcess]
) -> Iterator[BrokerProcess]:
    """An empty broker: a test's own if it is marked `own_broker`, else one that the test before has left."""
    kind: str = request.param
    own = request.node.get_closest_marker("own_broker") is not None
    process = None if own else shared_brokers.get(kind)
    if process is None:
        process = BROKERS[kind](request, tmp_path_factory.mktemp("broker"))
        process.start()
        if not own:
            shared_brokers[kind] = process
    yield process
    if own:
        process.kill()
    else:
        _empty(process.address)


def _empty(address: str) -> None:
    """Delete all topics and groups."""
    from confluent_kafka.admin import AdminClient

    admin = AdminClient({"bootstrap.servers": address})

    def topics() -> list[str]:
        return [name for name in admin.list_topics(timeout=DEADLINE).topics if not name.startswith("__")]

    for deleted in (admin.delete_topics(found) if (found := topics()) else {}).values():
        deleted.result(DEADLINE)
    groups = [group.group_id for group in admin.list_consumer_groups().result(DEADLINE).valid]
    for ended in (admin.delete_consumer_groups(groups) if groups else {}).values():
        ended.result(DEADLINE)
    wait_until(lambda: not topics(), "the topics are deleted")


@dataclass
class AiokafkaClient:
    """Everything through aiokafka."""

    address: str
    name: str = "aiokafka"

    async def create_topic(self, topic: str, partitions: int = 1, **configs: str) -> None:
        from aiokafka.admin import AIOKafkaAdminClient, NewTopic

        admin = AIOKafkaAdminClient(bootstrap_servers=self.address)
        await admin.start()
        try:
            names = {name.replace("_", "."): value for name, value in configs.items()}
            response = await admin.create_topics([NewTopic(topic, partitions, 1, topic_configs=names)])
            assert [error[1] for error in response.topic_errors] == [0], response
        finally:
            await admin.close()

    async def delete_topic(self, topic: str) -> None:
        from aiokafka.admin import AIOKafkaAdminClient

        admin = AIOKafkaAdminClient(bootstrap_servers=self.address)
        await admin.start()
        await admin.delete_topics([topic])
        await admin.close()

    async def produce(
        self,
        topic: str,
        values: Sequence[bytes],
        *,
        keys: Sequence[bytes | None] | None = None,
        partition: int | None = None,
        compression: str | None = None,
        timestamps: Sequence[int] | None = None,
        headers: list[tuple[str, bytes]] | None = None,
        on_ack: Callable[[bytes], object] = lambda value: None,
    ) -> None:
        """Returns when every value is acknowledged; `on_ack` is told of each."""
        from aiokafka import AIOKafkaProducer

        async def send(number: int) -> None:
            value = values[number]
            sent = await producer.send(
                topic,
                value,
                key=keys[number] if keys else None,
                partition=partition,
                timestamp_ms=timestamps[number] if timestamps else None,
                headers=headers or [],
            )
            await sent
            on_ack(value)

        producer = AIOKafkaProducer(
            bootstrap_servers=self.address,
            enable_idempotence=True,
            compression_type=compression,
            linger_ms=5,
            max_request_size=64 << 20,
            retry_backoff_ms=50,
        )
        await producer.start()
        try:
            for start in range(0, len(values), 500):
                await asyncio.gather(*(send(number) for number in range(start, min(start + 500, len(values)))))
        finally:
            await producer.stop()

    async def consume(
        self, topic: str, count: int, *, group: str | None = None, commit: bool = False, reset: str = "earliest"
    ) -> list[Message]:
        """Read until `count` messages were seen."""
        from aiokafka import AIOKafkaConsumer

        consumer = AIOKafkaConsumer(
            topic,
            bootstrap_servers=self.address,
            group_id=group,
            auto_offset_reset=reset,
            enable_auto_commit=False,
            max_partition_fetch_bytes=64 << 20,
            fetch_max_bytes=64 << 20,
        )
        await consumer.start()
        found: list[Message] = []
        try:
            async with asyncio.timeout(DEADLINE):
                while len(found) < count:
                    for batch in (await consumer.getmany(timeout_ms=500)).values():
                        found += [
                            Message(m.partition, m.offset, m.key, m.value, m.timestamp, list(m.headers)) for m in batch
                        ]
            if commit:
                await consumer.commit()
        finally:
            await consumer.stop()
        return found

    async def offsets(self, topic: str, partition: int, timestamp: int) -> tuple[int, int, int | None]:
        """(first offset, next offset, first offset that is not older than the timestamp)."""
        from aiokafka import AIOKafkaConsumer, TopicPartition

        place = TopicPartition(topic, partition)
        consumer = AIOKafkaConsumer(bootstrap_servers=self.address)
        await consumer.start()
        try:
            first = (await consumer.beginning_offsets([place]))[place]
            after = (await consumer.end_offsets([place]))[place]
            found = (await consumer.offsets_for_times({place: timestamp}))[place]
        finally:
            await consumer.stop()
        return first, after, None if found is None else found.offset

    async def committed(self, topic: str, partition: int, group: str) -> int | None:
        from aiokafka import AIOKafkaConsumer, TopicPartition

        consumer = AIOKafkaConsumer(bootstrap_servers=self.address, group_id=group)
        await consumer.start()
        try:
            return await consumer.committed(TopicPartition(topic, partition))
        finally:
            await consumer.stop()

    async def produce_to_nowhere(self, topic: str) -> str:
        """Name of the error that producing to this topic gives."""
        from aiokafka import AIOKafkaProducer

        producer = AIOKafkaProducer(bootstrap_servers=self.address, request_timeout_ms=1500)
        await producer.start()
        try:
            await producer.send_and_wait(topic, b"x")
        except Exception as error:
            return type(error).__name__
        finally:
            await producer.stop()
        return "none"

    async def begin_transaction(self) -> str:
        from aiokafka import AIOKafkaProducer

        producer = AIOKafkaProducer(bootstrap_servers=self.address, transactional_id="tx")
        try:
            await producer.start()
        except Exception as error:
            return type(error).__name__
        finally:
            await producer.stop()
        return "none"


@dataclass
class ConfluentClient:
    """Everything through librdkafka, which is also what kcat, Go, Node and C# clients are made of."""

    address: str
    name: str = "confluent"

    async def create_topic(self, topic: str, partitions: int = 1, **configs: str) -> None:
        from confluent_kafka.admin import AdminClient, NewTopic

        names = {name.replace("_", "."): value for name, value in configs.items()}
        admin = AdminClient({"bootstrap.servers": self.address})
        created = admin.create_topics([NewTopic(topic, partitions, 1, config=names)])
        await asyncio.to_thread(created[topic].result, DEADLINE)

    async def delete_topic(self, topic: str) -> None:
        from confluent_kafka.admin import AdminClient

        admin = AdminClient({"bootstrap.servers": self.address})
        deleted = admin.delete_topics([topic])
        await asyncio.to_thread(deleted[topic].result, DEADLINE)

    async def produce(
        self,
        topic: str,
        values: Sequence[bytes],
        *,
        keys: Sequence[bytes | None] | None = None,
        partition: int | None = None,
        compression: str | None = None,
        timestamps: Sequence[int] | None = None,
        headers: list[tuple[str, bytes]] | None = None,
        on_ack: Callable[[bytes], object] = lambda value: None,
    ) -> None:
        await asyncio.to_thread(self._produce, topic, values, keys, partition, compression, timestamps, headers, on_ack)

    def _produce(
        self,
        topic: str,
        values: Sequence[bytes],
        keys: Sequence[bytes | None] | None,
        partition: int | None,
        compression: str | None,
        timestamps: Sequence[int] | None,
        headers: list[tuple[str, bytes]] | None,
        on_ack: Callable[[bytes], object],
    ) -> None:
        from confluent_kafka import Producer

        producer = Producer(
            {
                "bootstrap.servers": self.address,
                "enable.idempotence": True,
                "compression.type": compression or "none",
                "linger.ms": 5,
                "message.max.bytes": 64 << 20,
                "retry.backoff.ms": 50,
                "reconnect.backoff.max.ms": 300,
            }
        )
        failed: list[Any] = []
        for number, value in enumerate(values):
            options: dict[str, Any] = {"headers": headers or []}
            if partition is not None:
                options["partition"] = partition
            if timestamps:
                options["timestamp"] = timestamps[number]
            done = lambda error, _, value=value: failed.append(error) if error else on_ack(value)  # noqa: E731
            producer.produce(topic, value, keys[number] if keys else None, on_delivery=done, **options)
            if number % 500 == 499:
                producer.flush(DEADLINE)
        assert producer.flush(DEADLINE) == 0
        assert failed == []

    async def consume(
        self, topic: str, count: int, *, group: str | None = None, commit: bool = False, reset: str = "earliest"
    ) -> list[Message]:
        return await asyncio.to_thread(self._consume, topic, count, group, commit, reset)

    def _consume(self, topic: str, count: int, group: str | None, commit: bool, reset: str) -> list[Message]:
        from confluent_kafka import Consumer

        consumer = Consumer(
            {
                "bootstrap.servers": self.address,
                "group.id": group or "nobody",
                "auto.offset.reset": reset,
                "enable.auto.commit": False,
                "fetch.message.max.bytes": 64 << 20,
                "fetch.max.bytes": 65 << 20,
                "receive.message.max.bytes": 70 << 20,
            }
        )
        consumer.subscribe([topic])
        found: list[Message] = []

        def enough() -> bool:
            for m in consumer.consume(500, timeout=0.2):
                assert m.error() is None, m.error()
                found.append(
                    Message(m.partition(), m.offset(), m.key(), m.value(), m.timestamp()[1], m.headers() or [])
                )
            return len(found) >= count

        try:
            wait_until(enough, f"{count} messages arrive")
            if commit:
                consumer.commit(asynchronous=False)
        finally:
            consumer.close()
        return found

    async def offsets(self, topic: str, partition: int, timestamp: int) -> tuple[int, int, int | None]:
        from confluent_kafka import Consumer, TopicPartition

        consumer = Consumer({"bootstrap.servers": self.address, "group.id": "nobody"})
        try:
            first, after = consumer.get_watermark_offsets(TopicPartition(topic, partition), timeout=DEADLINE)
            (found,) = consumer.offsets_for_times([TopicPartition(topic, partition, timestamp)], timeout=DEADLINE)
        finally:
            consumer.close()
        return first, after, found.offset if found.offset >= 0 else None

    async def committed(self, topic: str, partition: int, group: str) -> int | None:
        from confluent_kafka import Consumer, TopicPartition

        consumer = Consumer({"bootstrap.servers": self.address, "group.id": group})
        try:
            (place,) = consumer.committed([TopicPartition(topic, partition)], timeout=DEADLINE)
        finally:
            consumer.close()
        return place.offset if place.offset >= 0 else None

    async def produce_to_nowhere(self, topic: str) -> str:
        from confluent_kafka import Producer

        errors: list[Any] = []
        producer = Producer({"bootstrap.servers": self.address, "message.timeout.ms": 1500})
        producer.produce(topic, b"x", on_delivery=lambda error, _: errors.append(error))
        await asyncio.to_thread(producer.flush, DEADLINE)
        return str(errors[0].name())

    async def begin_transaction(self) -> str:
        from confluent_kafka import KafkaException, Producer

        producer = Producer({"bootstrap.servers": self.address, "transactional.id": "tx"})
        try:
            await asyncio.to_thread(producer.init_transactions, 10)
        except KafkaException as error:
            return str(error.args[0].name())
        return "none"


CLIENTS = {"aiokafka": AiokafkaClient, "confluent": ConfluentClient}


@pytest.fixture(params=list(CLIENTS))
def client(request: pytest.FixtureRequest, broker: BrokerProcess) -> Any:
    return CLIENTS[request.param](broker.address)


@pytest.fixture
def helper(broker: BrokerProcess) -> AiokafkaClient:
    """A client for tests whose subject is something else."""
    return AiokafkaClient(broker.address)


@dataclass
class MemberProcess:
    """A consumer group member that can be killed; `assigned` is its history of assignments."""

    process: subprocess.Popen[str]
    assigned: list[list[int]] = field(default_factory=list)
    messages: list[tuple[int, int, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            what = json.loads(line)
            if "assigned" in what:
                self.assigned.append(what["assigned"])
            else:
                self.messages.append(tuple(what["message"]))

    def end(self, number: int) -> None:
        if self.process.poll() is None:
            self.process.send_signal(number)
            self.process.wait(DEADLINE)
        self._reader.join(DEADLINE)
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture
async def start_member(client: Any) -> AsyncIterator[Callable[..., MemberProcess]]:
    """start_member(topic, group, instance="") -> MemberProcess using the library under test."""
    members: list[MemberProcess] = []

    def start(topic: str, group: str, instance: str = "") -> MemberProcess:
        script = str(Path(__file__).with_name("consumer_process.py"))
        process = subprocess.Popen(
            [sys.executable, script, client.name, client.address, topic, group, instance],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )
        members.append(MemberProcess(process))
        return members[-1]

    yield start
    for member in members:
        member.end(signal.SIGKILL)


@pytest.fixture
def until() -> Callable[[Callable[[], bool], str], Any]:
    """await until(lambda: condition, "what") for at most DEADLINE seconds."""

    async def wait(true: Callable[[], bool], what: str) -> None:
        await asyncio.to_thread(wait_until, true, what)

    return wait
