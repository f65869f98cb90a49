"""The server as a whole: where it listens, what it locks, and what it does with hostile clients."""

from __future__ import annotations

import asyncio
import dataclasses
import os
import struct
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agents.broker.address import read_address
from agents.broker.config import BrokerConfig, BrokerError, check_loopback
from agents.broker.housekeeping import keep_house
from agents.broker.memory import Budget
from agents.broker.protocol import APIS, ErrorCode, Message
from agents.broker.protocol.codec import compile_reader, compile_writer
from agents.broker.server import Broker

Ask = Callable[..., Awaitable[Message]]


@pytest.fixture
def config(tmp_path: Path) -> BrokerConfig:
    return BrokerConfig(data_dir=tmp_path / "data", max_request_bytes=4 << 20, default_partitions=2)


@pytest.fixture
async def broker(config: BrokerConfig) -> AsyncIterator[Broker]:
    started = Broker(config)
    await started.start()
    yield started
    await started.stop()


def port_of(config: BrokerConfig) -> int:
    address = read_address(config.data_dir)
    assert address is not None
    return int(address.rpartition(":")[2])


async def connect(config: BrokerConfig) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection("127.0.0.1", port_of(config))


def head(key: int, version: int, correlation_id: int = 7) -> bytes:
    return struct.pack(">hhih", key, version, correlation_id, 4) + b"test"


def framed(content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + content


async def exchange(config: BrokerConfig, content: bytes) -> bytes:
    """The answer to one frame, empty when the broker closes the connection instead."""
    reader, writer = await connect(config)
    try:
        writer.write(framed(content))
        size = await reader.read(4)
        return await reader.readexactly(int.from_bytes(size, "big")) if size else b""
    except ConnectionError:
        return b""
    finally:
        writer.close()


@pytest.fixture
def ask(broker: Broker, config: BrokerConfig) -> Ask:
    """await ask("Heartbeat", 0, field=value, ...) -> the response as a dictionary."""
    by_name = {api.name: api for api in APIS.values()}

    async def send(name: str, version: int, **fields: object) -> Message:
        api = by_name[name]
        body = bytearray()
        compile_writer(api.request, version)(body, fields)
        answer = await exchange(config, head(api.key, version) + body)
        assert answer[:4] == (7).to_bytes(4, "big")
        response, size = compile_reader(api.response, version)(memoryview(answer), 4)
        assert size == len(answer)
        return response

    return send


async def is_alive(config: BrokerConfig) -> bool:
    return (await exchange(config, head(18, 0)))[4:6] == b"\x00\x00"


def produce(topic: str, records: bytes, acks: int = -1, transactional_id: str | None = None) -> dict[str, object]:
    data = [{"name": topic, "partition_data": [{"index": 0, "records": records}]}]
    return {"transactional_id": transactional_id, "acks": acks, "timeout_ms": 1000, "topic_data": data}


def fetch(topic: str, offset: int, **changes: int) -> dict[str, object]:
    wanted = {"partition": 0, "fetch_offset": offset, "partition_max_bytes": 1 << 20}
    request = {"replica_id": -1, "max_wait_ms": 0, "min_bytes": 1, "max_bytes": 1 << 20, "isolation_level": 0}
    return request | {"topics": [{"topic": topic, "partitions": [wanted]}]} | changes


def one(response: Message, topics: str, partitions: str) -> Message:
    return response[topics][0][partitions][0]


async def metadata(ask: Ask, *names: str, create: bool = True) -> list[Message]:
    answer = await ask("Metadata", 4, topics=[{"name": n} for n in names], allow_auto_topic_creation=create)
    return answer["topics"]


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org", "", "169.254.0.1"])
async def test_anything_but_loopback_is_refused(config: BrokerConfig, host: str) -> None:
    with pytest.raises(BrokerError, match="loopback only"):
        Broker(dataclasses.replace(config, host=host))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "localhost"])
def test_loopback_is_accepted(host: str) -> None:
    assert check_loopback(host) in {host, "127.0.0.1"}


async def test_two_brokers_never_share_a_folder(broker: Broker, config: BrokerConfig) -> None:
    with pytest.raises(BrokerError, match=rf"process {os.getpid()}"):
        await Broker(config).start()
    assert await is_alive(config)


async def test_a_second_process_is_told_who_holds_the_folder(broker: Broker, config: BrokerConfig) -> None:
    command = [sys.executable, "-m", "agents.broker", "--data-dir", str(config.data_dir)]
    second = await asyncio.to_thread(
        subprocess.run, command, capture_output=True, text=True, cwd=Path(__file__).parents[3]
    )
    assert second.returncode == 1
    assert f"process {os.getpid()}" in second.stderr
    assert "Traceback" not in second.stderr


async def test_a_port_in_use_is_a_clear_error_and_lets_go_of_the_folder(
    broker: Broker, config: BrokerConfig, tmp_path: Path
) -> None:
    other = dataclasses.replace(config, data_dir=tmp_path / "other", port=port_of(config))
    with pytest.raises(BrokerError, match="Cannot listen"):
        await Broker(other).start()
    free = Broker(dataclasses.replace(other, port=0))
    await free.start()
    await free.stop()


async def test_the_address_is_written_when_ready_and_removed_at_the_end(config: BrokerConfig) -> None:
    broker = Broker(config)
    address = await broker.start()
    assert read_address(config.data_dir) == address
    await broker.stop()
    assert read_address(config.data_dir) is None


async def test_newer_clients_learn_which_versions_are_spoken(broker: Broker, config: BrokerConfig) -> None:
    answer = await exchange(config, head(18, 4) + b"\x00compact stuff")
    response, size = compile_reader(APIS[18].response, 0)(memoryview(answer), 4)
    assert (response["error_code"], size) == (ErrorCode.UNSUPPORTED_VERSION, len(answer))
    assert {row["api_key"] for row in response["api_keys"]} == set(APIS)


@pytest.mark.parametrize(
    "content",
    [
        head(9999, 0),
        head(-1, 0),
        head(0, 99),
        head(1, -5),
        head(3, 9),
        struct.pack(">hhih", 3, 1, 1, 500),
        struct.pack(">hhih", 3, 1, 1, -7),
        head(3, 1) + b"\x7f\xff\xff\xff",
        head(3, 1) + b"\xff\xff\xff\xfe",
        head(0, 3) + b"\xff\xff\x00\x01\x00\x00\x00\x01\x00\x00\x00\x01\x00\x09ab",
        head(11, 0) + b"\x00",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"\x00" * 10,
    ],
)
async def test_a_malformed_request_closes_the_connection_and_nothing_else(
    broker: Broker, config: BrokerConfig, content: bytes
) -> None:
    assert await exchange(config, content) == b""
    assert await is_alive(config)


@pytest.mark.parametrize("size", [-1, 0, 3, (4 << 20) + 1, 2**31 - 1])
async def test_an_implausible_length_closes_the_connection(broker: Broker, config: BrokerConfig, size: int) -> None:
    reader, writer = await connect(config)
    writer.write(size.to_bytes(4, "big", signed=True))
    assert await reader.read() == b""
    writer.close()
    assert await is_alive(config)


async def test_a_frame_that_is_never_finished_disturbs_nobody(broker: Broker, config: BrokerConfig) -> None:
    _, writer = await connect(config)
    writer.write((1 << 20).to_bytes(4, "big") + b"half")
    await writer.drain()
    assert await is_alive(config)
    writer.close()


@given(st.lists(st.tuples(st.sampled_from(sorted(APIS)), st.integers(-1, 9), st.binary(max_size=60)), max_size=5))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_sequence_of_junk_stops_the_broker(tmp_path_factory: pytest.TempPathFactory, requests: list) -> None:
    async def scenario() -> None:
        config = BrokerConfig(data_dir=tmp_path_factory.mktemp("junk"), fsync="never")
        broker = Broker(config)
        await broker.start()
        try:
            for key, version, body in requests:
                _, writer = await connect(config)
                writer.write(framed(head(key, version) + body))
                await writer.drain()
                writer.close()
            assert await is_alive(config)
        finally:
            await broker.stop()

    asyncio.run(scenario())


async def test_too_many_connections_are_turned_away(config: BrokerConfig) -> None:
    broker = Broker(dataclasses.replace(config, max_connections=3))
    await broker.start()
    kept = [await connect(config) for _ in range(3)]
    for reader, writer in kept:
        writer.write(framed(head(18, 0)))
        await reader.readexactly(4)
    assert await exchange(config, head(18, 0)) == b""
    kept[0][1].close()
    while not await is_alive(config):
        await asyncio.sleep(0.01)
    for _, writer in kept:
        writer.close()
    await broker.stop()


async def test_a_retried_batch_is_acknowledged_again_but_stored_once(ask: Ask, batch) -> None:
    await metadata(ask, "t")
    records = batch(b"a", b"b", producer=(3, 0, 0))
    answers = [one(await ask("Produce", 8, **produce("t", records)), "responses", "partition_responses") for _ in "12"]
    assert [(a["error_code"], a["base_offset"]) for a in answers] == [(0, 0), (0, 0)]
    fetched = one(await ask("Fetch", 11, **fetch("t", 0, **_FETCH_11)), "responses", "partitions")
    assert (fetched["high_watermark"], len(fetched["records"])) == (2, len(records))


_FETCH_11: dict[str, object] = {
    "session_id": 0,
    "session_epoch": -1,
    "forgotten_topics_data": [],
    "rack_id": "",
    "topics": [
        {
            "topic": "t",
            "partitions": [
                {
                    "partition": 0,
                    "current_leader_epoch": -1,
                    "fetch_offset": 0,
                    "log_start_offset": -1,
                    "partition_max_bytes": 1 << 20,
                }
            ],
        }
    ],
}


async def test_a_corrupt_batch_is_refused_with_its_code(ask: Ask, batch) -> None:
    await metadata(ask, "t")
    broken = bytearray(batch(b"value"))
    broken[-1] ^= 1
    answer = one(await ask("Produce", 8, **produce("t", bytes(broken))), "responses", "partition_responses")
    assert answer["error_code"] == ErrorCode.CORRUPT_MESSAGE
    assert "checksum" in answer["error_message"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"acks": 2}, ErrorCode.INVALID_REQUIRED_ACKS),
        ({"transactional_id": "x"}, ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED),
    ],
)
async def test_a_produce_request_with_impossible_wishes_is_refused(ask: Ask, batch, changes, code) -> None:
    await metadata(ask, "t")
    answer = one(await ask("Produce", 3, **produce("t", batch(b"v"), **changes)), "responses", "partition_responses")
    assert answer["error_code"] == code


async def test_without_acknowledgement_nothing_is_answered_but_all_is_stored(
    ask: Ask, config: BrokerConfig, batch
) -> None:
    await metadata(ask, "t")
    reader, writer = await connect(config)
    body = bytearray()
    compile_writer(APIS[0].request, 3)(body, produce("t", batch(b"v"), acks=0))
    writer.write(framed(head(0, 3, 1) + body) + framed(head(18, 0, 2)))
    answer = await reader.readexactly(8)
    assert int.from_bytes(answer[4:], "big") == 2
    writer.close()
    fetched = one(await ask("Fetch", 4, **fetch("t", 0)), "responses", "partitions")
    assert fetched["high_watermark"] == 1


async def test_a_waiting_fetch_is_woken_by_new_data(ask: Ask, batch, config: BrokerConfig) -> None:
    await metadata(ask, "t")
    waiting = asyncio.create_task(ask("Fetch", 4, **fetch("t", 0, max_wait_ms=60_000)))
    await asyncio.sleep(0)
    await ask("Produce", 3, **produce("t", batch(b"v")))
    while not one(await waiting, "responses", "partitions")["records"]:
        waiting = asyncio.create_task(ask("Fetch", 4, **fetch("t", 0, max_wait_ms=60_000)))


async def test_a_fetch_outside_the_log_says_where_the_log_is(ask: Ask, batch) -> None:
    await metadata(ask, "t")
    await ask("Produce", 3, **produce("t", batch(b"v")))
    answer = one(await ask("Fetch", 5, **fetch("t", 9, topics=_with_log_start(9))), "responses", "partitions")
    assert (answer["error_code"], answer["high_watermark"]) == (ErrorCode.OFFSET_OUT_OF_RANGE, 1)


def _with_log_start(offset: int) -> list[Message]:
    wanted = {"partition": 0, "fetch_offset": offset, "log_start_offset": -1, "partition_max_bytes": 1 << 20}
    return [{"topic": "t", "partitions": [wanted]}]


async def test_topics_are_created_automatically_only_for_clients_that_allow_it(ask: Ask) -> None:
    (refused,) = await metadata(ask, "t", create=False)
    assert refused["error_code"] == ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
    (made,) = await metadata(ask, "t", create=True)
    assert (made["error_code"], len(made["partitions"])) == (ErrorCode.NONE, 2)


async def test_automatic_topics_can_be_switched_off(config: BrokerConfig) -> None:
    broker = Broker(dataclasses.replace(config, auto_create_topics=False))
    await broker.start()
    body = b"\x00\x00\x00\x01\x00\x01t"
    answer = await exchange(config, head(3, 1) + body)
    response, _ = compile_reader(APIS[3].response, 1)(memoryview(answer), 4)
    assert response["topics"][0]["error_code"] == ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
    await broker.stop()


@pytest.mark.parametrize("name", ["", ".", "..", "../etc", "a/b", "a b", "x" * 250, "\x00", "ü"])
async def test_a_topic_name_is_never_a_path(ask: Ask, config: BrokerConfig, name: str) -> None:
    (refused,) = await metadata(ask, name)
    assert refused["error_code"] == ErrorCode.INVALID_TOPIC
    assert list((config.data_dir / "topics").iterdir()) == []


def creation(name: str, partitions: int = 1, replicas: int = 1, **configs: str) -> dict[str, object]:
    topic = {
        "name": name,
        "num_partitions": partitions,
        "replication_factor": replicas,
        "assignments": [],
        "configs": [{"name": key.replace("_", "."), "value": value} for key, value in configs.items()],
    }
    return {"topics": [topic], "timeout_ms": 1000, "validate_only": False}


@pytest.mark.parametrize(
    ("request_fields", "code"),
    [
        (creation("t", partitions=0), ErrorCode.INVALID_PARTITIONS),
        (creation("t", partitions=100_000), ErrorCode.POLICY_VIOLATION),
        (creation("t", replicas=3), ErrorCode.INVALID_REPLICATION_FACTOR),
        (creation("t", retention_ms="soon"), ErrorCode.INVALID_CONFIG),
        (creation("t", retention_ms="-2"), ErrorCode.INVALID_CONFIG),
        (creation("t", cleanup_policy="burn"), ErrorCode.INVALID_CONFIG),
        (creation("t", compression_type="zstd"), ErrorCode.INVALID_CONFIG),
        (creation("t", no_such_setting="1"), ErrorCode.INVALID_CONFIG),
        (creation("a/b"), ErrorCode.INVALID_TOPIC),
        (creation("t", cleanup_policy="delete, compact", retention_ms="5"), ErrorCode.NONE),
        (creation("t", partitions=-1, replicas=-1), ErrorCode.NONE),
    ],
)
async def test_topics_are_created_as_asked_or_refused_with_a_reason(ask: Ask, request_fields, code) -> None:
    (answer,) = (await ask("CreateTopics", 4, **request_fields))["topics"]
    assert answer["error_code"] == code
    assert bool(answer["error_message"]) == (code != ErrorCode.NONE)
    again = await ask("CreateTopics", 4, **request_fields)
    assert again["topics"][0]["error_code"] == (code or ErrorCode.TOPIC_ALREADY_EXISTS)


async def test_settings_partitions_and_data_of_a_topic_survive_a_restart(config: BrokerConfig, batch) -> None:
    broker = Broker(config)
    await broker.start()
    assert broker._context is not None
    broker._context.topics.create("t", 3, {"retention.ms": "5"})
    broker._context.topics.grow("t", 4)
    broker._context.topics.configure("t", {"retention.ms": "7"})
    broker._context.topics.partition("t", 3).log.append(batch(b"v"), 0)
    await broker.stop()
    broker = Broker(config)
    await broker.start()
    assert broker._context is not None
    topic = broker._context.topics.topic("t")
    assert [partition.log.end_offset for partition in topic.partitions] == [0, 0, 0, 1]
    assert (topic.overrides, topic.config.retention_ms) == ({"retention.ms": "7"}, 7)
    await broker.stop()


async def test_a_half_created_and_a_half_deleted_topic_are_swept_away(config: BrokerConfig) -> None:
    for leftover in ("~new-1", "~deleted-2"):
        (config.data_dir / "topics" / leftover / "0").mkdir(parents=True)
    broker = Broker(config)
    await broker.start()
    assert list((config.data_dir / "topics").iterdir()) == []
    await broker.stop()


async def test_an_unreadable_topic_stops_the_start_and_says_which(config: BrokerConfig) -> None:
    folder = config.data_dir / "topics" / "t"
    folder.mkdir(parents=True)
    (folder / "topic.json").write_text("{")
    with pytest.raises(BrokerError, match=r"topic\.json"):
        await Broker(config).start()


async def test_housekeeping_forgets_and_compacts(broker: Broker, keyed_batch) -> None:
    context = broker._context
    assert context is not None
    context.topics.create("old", 1, {"retention.ms": "1000", "segment.bytes": "1024"})
    context.topics.create("state", 1, {"cleanup.policy": "compact", "segment.bytes": "1024"})
    for number in range(30):
        for name in ("old", "state"):
            log = context.topics.partition(name, 0).log
            log.append(keyed_batch((b"key", b"%d" % number * 50), timestamps=0), 0)
    before = context.topics.partition("state", 0).log.size
    await keep_house(context)
    assert context.topics.partition("old", 0).log.start_offset > 0
    assert context.topics.partition("state", 0).log.size < before / 2
    assert context.topics.partition("state", 0).log.end_offset == 30


async def test_with_fsync_always_the_answer_waits_for_the_disk(
    config: BrokerConfig, batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    broker = Broker(dataclasses.replace(config, fsync="always", fsync_interval_ms=3_600_000))
    await broker.start()
    assert broker._context is not None
    broker._context.topics.create("t", 1, {})
    synced: list[int] = []
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda fd: (synced.append(fd), fsync(fd))[1])
    body = bytearray()
    compile_writer(APIS[0].request, 3)(body, produce("t", batch(b"v")))
    answer = await exchange(config, head(0, 3) + body)
    assert len(answer) > 20
    assert len(synced) == 1
    await broker.stop()


async def test_the_budget_of_large_frames_is_first_come_first_served() -> None:
    budget = Budget(1_000_000)
    order: list[str] = []

    async def use(name: str, size: int, done: asyncio.Event) -> None:
        async with budget.reserve(size):
            order.append(name)
            await done.wait()

    first, rest = asyncio.Event(), asyncio.Event()
    rest.set()
    tasks = [
        asyncio.create_task(use("first", 900_000, first)),
        asyncio.create_task(use("second", 5_000_000, rest)),
        asyncio.create_task(use("third", 200_000, rest)),
        asyncio.create_task(use("small", 100, rest)),
    ]
    await asyncio.sleep(0.01)
    assert order == ["first", "small"]
    first.set()
    await asyncio.gather(*tasks)
    assert order == ["first", "small", "second", "third"]
    assert budget.used == 0


async def test_giving_up_while_waiting_for_the_budget_leaks_nothing() -> None:
    budget = Budget(1_000_000)

    async def use(size: int) -> None:
        async with budget.reserve(size):
            await asyncio.sleep(3600)

    holder = asyncio.create_task(use(1_000_000))
    waiter = asyncio.create_task(use(500_000))
    await asyncio.sleep(0)
    waiter.cancel()
    holder.cancel()
    await asyncio.gather(holder, waiter, return_exceptions=True)
    assert budget.used == 0
    async with budget.reserve(1_000_000):
        assert budget.used == 1_000_000
