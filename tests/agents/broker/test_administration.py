"""What administrators ask over the wire, answered with the code Kafka would give."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from agents.broker.config import BrokerConfig, BrokerError
from agents.broker.connection import Client
from agents.broker.context import Context
from agents.broker.handlers import HANDLERS
from agents.broker.producer_ids import ProducerIds
from agents.broker.protocol import APIS, ErrorCode, Message
from agents.broker.server import Broker

KEYS = {api.name: api.key for api in APIS.values()}


@pytest.fixture
async def context(tmp_path: Path) -> AsyncIterator[Context]:
    broker = Broker(BrokerConfig(data_dir=tmp_path / "data"))
    await broker.start()
    assert broker._context is not None
    broker._context.topics.create("t", 2, {})
    yield broker._context
    await broker.stop()


@pytest.fixture
def call(context: Context) -> Callable[..., Message]:
    """await call("Heartbeat", field=value, ..., version=3) -> response."""

    async def send(name: str, version: int | None = None, **request: object) -> Message:
        api = APIS[KEYS[name]]
        client = Client("tests", "127.0.0.1", api.versions[1] if version is None else version, asyncio.Event())
        response = await HANDLERS[api.key](context, request, client)
        assert response is not None
        return response

    return send


def commit(offset: int, partition: int = 0, topic: str = "t", metadata: str | None = None) -> Message:
    place = {"partition_index": partition, "committed_offset": offset, "committed_metadata": metadata}
    return {
        "group_id": "g",
        "member_id": "",
        "generation_id_or_member_epoch": -1,
        "topics": [{"name": topic, "partitions": [place]}],
    }


def join(**changes: object) -> Message:
    request = {
        "group_id": "g",
        "session_timeout_ms": 10_000,
        "rebalance_timeout_ms": 10_000,
        "member_id": "",
        "group_instance_id": "w",
        "protocol_type": "consumer",
        "protocols": [{"name": "range", "metadata": b"\x00\x00\x00\x00\x00\x01\x00\x01t\x00\x00\x00\x00"}],
    }
    return request | changes


async def only_code(response: Message, *path: str) -> int:
    for step in path:
        response = response[step][0]
    return response["error_code"]


async def test_committed_offsets_come_back_and_others_are_minus_one(call) -> None:
    await call("OffsetCommit", **commit(7, metadata="note"))
    wanted = [{"name": "t", "partition_indexes": [0, 1]}]
    (topic,) = (await call("OffsetFetch", group_id="g", topics=wanted))["topics"]
    assert [(p["committed_offset"], p["metadata"]) for p in topic["partitions"]] == [(7, "note"), (-1, "")]
    (everything,) = (await call("OffsetFetch", group_id="g", topics=None))["topics"]
    assert [p["partition_index"] for p in everything["partitions"]] == [0]


@pytest.mark.parametrize(
    ("request_fields", "code"),
    [
        (commit(1, topic="absent"), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION),
        (commit(1, partition=9), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION),
        (commit(1, metadata="x" * 5000), ErrorCode.OFFSET_METADATA_TOO_LARGE),
        (commit(1) | {"group_id": ""}, ErrorCode.INVALID_GROUP_ID),
        (commit(1) | {"generation_id_or_member_epoch": 4, "member_id": "m"}, ErrorCode.ILLEGAL_GENERATION),
    ],
)
async def test_a_commit_that_cannot_be_kept_is_refused(call, context, request_fields, code) -> None:
    assert await only_code(await call("OffsetCommit", **request_fields), "topics", "partitions") == code
    assert context.offsets.groups() == []


async def test_groups_are_listed_described_and_deleted(call) -> None:
    assert await only_code(await call("DeleteGroups", groups_names=["g"]), "results") == ErrorCode.GROUP_ID_NOT_FOUND
    assert (await call("DescribeGroups", groups=["g"]))["groups"][0]["group_state"] == "Dead"
    await call("OffsetCommit", **commit(7))
    assert (await call("ListGroups"))["groups"] == [{"group_id": "g", "protocol_type": "consumer"}]
    assert (await call("DescribeGroups", groups=["g"]))["groups"][0]["group_state"] == "Empty"
    assert await only_code(await call("DeleteGroups", groups_names=["g"]), "results") == ErrorCode.NONE
    assert (await call("ListGroups"))["groups"] == []


async def test_a_group_with_members_is_described_and_not_deleted(call) -> None:
    joined = await call("JoinGroup", **join())
    assigned = [{"member_id": joined["member_id"], "assignment": b"mine"}]
    member = {"group_id": "g", "member_id": joined["member_id"], "group_instance_id": "w", "generation_id": 1}
    assert (await call("SyncGroup", **member, assignments=assigned))["assignment"] == b"mine"
    (group,) = (await call("DescribeGroups", groups=["g"]))["groups"]
    assert (group["group_state"], group["protocol_data"]) == ("Stable", "range")
    (described,) = group["members"]
    assert (described["client_id"], described["client_host"], described["member_assignment"]) == (
        "tests",
        "/127.0.0.1",
        b"mine",
    )
    assert await only_code(await call("DeleteGroups", groups_names=["g"]), "results") == ErrorCode.NON_EMPTY_GROUP
    assert (await call("Heartbeat", **member))["error_code"] == ErrorCode.NONE
    left = await call("LeaveGroup", group_id="g", members=[{"member_id": "", "group_instance_id": "w"}])
    assert await only_code(left, "members") == ErrorCode.NONE
    assert (await call("Heartbeat", **member))["error_code"] == ErrorCode.UNKNOWN_MEMBER_ID
    assert (await call("LeaveGroup", version=1, group_id="g", member_id="x"))["error_code"] != ErrorCode.NONE


@pytest.mark.parametrize("milliseconds", [0, -1, 99, 31 * 60 * 1000])
async def test_an_impossible_session_timeout_is_refused(call, milliseconds) -> None:
    answer = await call("JoinGroup", **join(session_timeout_ms=milliseconds))
    assert answer["error_code"] == ErrorCode.INVALID_SESSION_TIMEOUT


async def test_single_offsets_are_deleted_unless_a_member_reads_the_topic(call, context) -> None:
    wanted = [{"name": "t", "partitions": [{"partition_index": 0}]}]
    assert (await call("OffsetDelete", group_id="g", topics=wanted))["error_code"] == ErrorCode.GROUP_ID_NOT_FOUND
    await call("OffsetCommit", **commit(7))
    await call("JoinGroup", **join())
    refused = await call("OffsetDelete", group_id="g", topics=wanted)
    assert await only_code(refused, "topics", "partitions") == ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC
    await call("LeaveGroup", group_id="g", members=[{"member_id": "", "group_instance_id": "w"}])
    deleted = await call("OffsetDelete", group_id="g", topics=wanted)
    assert await only_code(deleted, "topics", "partitions") == ErrorCode.NONE
    assert context.offsets.groups() == []


async def alter(call, name: str, value: str | None, operation: int = 0, dry: bool = False, kind: int = 2) -> Message:
    change = {"name": name, "config_operation": operation, "value": value}
    resource = {"resource_type": kind, "resource_name": "t" if kind == 2 else "1", "configs": [change]}
    return (await call("IncrementalAlterConfigs", resources=[resource], validate_only=dry))["responses"][0]


async def shown(call, kind: int = 2, name: str = "t", keys: list[str] | None = None) -> dict[str, str]:
    wanted = {"resource_type": kind, "resource_name": name, "configuration_keys": keys}
    (answer,) = (await call("DescribeConfigs", resources=[wanted]))["results"]
    return {entry["name"]: entry["value"] for entry in answer["configs"]} if not answer["error_code"] else {}


async def test_settings_of_a_topic_are_set_shown_and_removed(call, context) -> None:
    assert (await alter(call, "retention.ms", "5", dry=True))["error_code"] == ErrorCode.NONE
    assert context.topics.topic("t").config.retention_ms != 5
    assert (await alter(call, "retention.ms", "5"))["error_code"] == ErrorCode.NONE
    assert await shown(call, keys=["retention.ms"]) == {"retention.ms": "5"}
    assert context.topics.partition("t", 1).log.config.retention_ms == 5
    await alter(call, "retention.ms", None, operation=1)
    assert (await shown(call))["retention.ms"] == str(context.config.retention_ms)


async def test_settings_that_cannot_be_changed_are_refused_with_a_reason(call) -> None:
    for answer, code in (
        (await alter(call, "retention.ms", "x"), ErrorCode.INVALID_CONFIG),
        (await alter(call, "cleanup.policy", "compact", operation=2), ErrorCode.INVALID_REQUEST),
        (await alter(call, "num.partitions", "3", kind=4), ErrorCode.INVALID_REQUEST),
    ):
        assert (answer["error_code"], bool(answer["error_message"])) == (code, True)


async def test_the_brokers_settings_are_shown(call, context) -> None:
    assert (await shown(call, kind=4, name="1"))["num.partitions"] == str(context.config.default_partitions)
    assert await shown(call, kind=4, name="2") == {}
    assert await shown(call, kind=2, name="absent") == {}


@pytest.mark.parametrize(
    ("name", "count", "assignments", "code"),
    [
        ("t", 2, None, ErrorCode.INVALID_PARTITIONS),
        ("t", 100_000, None, ErrorCode.POLICY_VIOLATION),
        ("absent", 3, None, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION),
        ("t", 3, [{"broker_ids": [9]}], ErrorCode.INVALID_REPLICA_ASSIGNMENT),
        ("t", 3, [{"broker_ids": [1]}], ErrorCode.NONE),
    ],
)
async def test_partitions_only_grow(call, context, name, count, assignments, code) -> None:
    topics = [{"name": name, "count": count, "assignments": assignments}]
    tried = await call("CreatePartitions", topics=topics, validate_only=True)
    done = await call("CreatePartitions", topics=topics, validate_only=False)
    assert await only_code(tried, "results") == await only_code(done, "results") == code
    assert len(context.topics.topic("t").partitions) == (3 if code == ErrorCode.NONE else 2)


async def test_deleting_a_topic_forgets_its_offsets(call, context) -> None:
    await call("OffsetCommit", **commit(7))
    answer = await call("DeleteTopics", topic_names=["t", "absent"])
    assert [row["error_code"] for row in answer["responses"]] == [0, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION]
    assert context.offsets.groups() == []


async def test_producer_ids_are_unique_also_over_restarts_and_transactions_are_refused(call, tmp_path) -> None:
    first = await call("InitProducerId", transactional_id=None)
    second = await call("InitProducerId", transactional_id=None)
    assert (first["error_code"], second["producer_id"]) == (ErrorCode.NONE, first["producer_id"] + 1)
    refused = await call("InitProducerId", transactional_id="x")
    assert refused["error_code"] == ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED
    path = tmp_path / "ids.json"
    one = ProducerIds(path)
    taken = {one.take() for _ in range(1500)}
    other = ProducerIds(path)
    assert taken.isdisjoint({other.take() for _ in range(1500)})
    path.write_text("{}")
    with pytest.raises(BrokerError, match="cannot be read"):
        ProducerIds(path)


async def test_offsets_by_time_and_at_both_ends(call, context, batch) -> None:
    context.topics.partition("t", 0).log.append(batch(b"a", b"b", timestamps=[10, 20]), 0)
    found = {}
    for timestamp in (-2, -1, 15, 21):
        place = {"partition_index": 0, "timestamp": timestamp}
        answer = await call("ListOffsets", topics=[{"name": "t", "partitions": [place]}])
        found[timestamp] = answer["topics"][0]["partitions"][0]["offset"]
    assert found == {-2: 0, -1: 2, 15: 1, 21: -1}


async def test_everybody_is_sent_to_the_one_broker(call, context) -> None:
    answer = await call("FindCoordinator", key="g", key_type=0)
    assert (answer["node_id"], answer["host"], answer["port"]) == (1, context.host, context.port)
