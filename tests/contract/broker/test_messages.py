"""Messages go in and come out, whole, in order, and survive the broker."""

from __future__ import annotations

import asyncio

import pytest


async def test_messages_come_back_with_key_value_timestamp_and_headers(client) -> None:
    await client.create_topic("t")
    await client.produce("t", [b"one"], keys=[b"k"], timestamps=[1_700_000_000_123], headers=[("h", b"\x00v")])
    await client.produce("t", [b"two"])
    first, second = await client.consume("t", 2)
    assert (first.partition, first.offset, first.key, first.value) == (0, 0, b"k", b"one")
    assert (first.timestamp, first.headers) == (1_700_000_000_123, [("h", b"\x00v")])
    assert (second.offset, second.key, second.value) == (1, None, b"two")


async def test_messages_of_one_key_stay_in_order_on_one_partition(client) -> None:
    await client.create_topic("t", partitions=4)
    values = [b"%d" % number for number in range(2000)]
    keys = [b"key %d" % (number % 17) for number in range(2000)]
    await client.produce("t", values, keys=keys)
    found = await client.consume("t", 2000)
    assert sorted(int(m.value) for m in found) == list(range(2000))
    for key in set(keys):
        of_key = [m for m in found if m.key == key]
        assert len({m.partition for m in of_key}) == 1
        in_order = sorted(of_key, key=lambda m: m.offset)
        assert [int(m.value) for m in in_order] == sorted(int(m.value) for m in of_key)
    for partition in {m.partition for m in found}:
        offsets = sorted(m.offset for m in found if m.partition == partition)
        assert offsets == list(range(len(offsets)))


@pytest.mark.parametrize("compression", ["gzip", "snappy", "lz4", "zstd"])
async def test_compressed_messages_are_found_by_offset_and_by_time(client, compression) -> None:
    await client.create_topic("t")
    times = [1_700_000_000_000 + number * 1000 for number in range(300)]
    await client.produce("t", [b"value %d" % n * 20 for n in range(300)], compression=compression, timestamps=times)
    assert await client.offsets("t", 0, times[123] - 1) == (0, 300, 123)
    found = await client.consume("t", 300)
    assert [m.value for m in found] == [b"value %d" % n * 20 for n in range(300)]


async def test_offsets_of_time_before_and_after_everything(client) -> None:
    await client.create_topic("t")
    await client.produce("t", [b"a", b"b"], timestamps=[1_700_000_000_000, 1_700_000_001_000])
    assert await client.offsets("t", 0, 0) == (0, 2, 0)
    assert await client.offsets("t", 0, 1_700_000_001_001) == (0, 2, None)


async def test_latest_reads_only_what_comes_later(client) -> None:
    await client.create_topic("t")
    await client.produce("t", [b"old"])
    reading = asyncio.create_task(client.consume("t", 1, group="late", reset="latest"))
    values = []
    while not reading.done():
        values.append(b"new %d" % len(values))
        await client.produce("t", [values[-1]])
        await asyncio.sleep(0.1)
    assert (await reading)[0].value in values


async def test_a_message_of_twenty_megabytes_passes(client) -> None:
    await client.create_topic("t")
    large = bytes(range(256)) * (20 * 4096)
    await client.produce("t", [b"before", large, b"after"])
    found = await client.consume("t", 3)
    assert [len(m.value) for m in found] == [6, 20 << 20, 5]
    assert found[1].value == large


async def test_an_unknown_topic_is_an_error_not_a_silent_loss(client) -> None:
    assert await client.produce_to_nowhere("absent") in {
        "UnknownTopicOrPartitionError",
        "KafkaTimeoutError",
        "UNKNOWN_TOPIC_OR_PART",
        "_UNKNOWN_TOPIC",
        "_MSG_TIMED_OUT",
    }


async def test_a_deleted_topic_is_gone_and_a_new_one_begins_at_zero(client) -> None:
    await client.create_topic("t")
    await client.produce("t", [b"old"] * 10)
    await client.consume("t", 10, group="g", commit=True)
    await client.delete_topic("t")
    await client.create_topic("t")
    await client.produce("t", [b"new"])
    (message,) = await client.consume("t", 1, group="g")
    assert (message.offset, message.value) == (0, b"new")


@pytest.mark.own_broker
async def test_messages_and_commits_survive_an_orderly_restart(client, broker) -> None:
    await client.create_topic("t", partitions=2)
    await client.produce("t", [b"%d" % n for n in range(100)], keys=[b"%d" % n for n in range(100)])
    await client.consume("t", 100, group="g", commit=True)
    broker.stop()
    broker.start()
    assert len(await client.consume("t", 100)) == 100
    await client.produce("t", [b"later"])
    (message,) = await client.consume("t", 1, group="g")
    assert message.value == b"later"


@pytest.mark.own_broker
async def test_a_broker_killed_under_load_loses_and_repeats_nothing_acknowledged(client, broker) -> None:
    await client.create_topic("t", partitions=2)
    acknowledged: list[bytes] = []
    values = [b"%d" % n + b"." * 200 for n in range(6000)]
    sending = asyncio.create_task(client.produce("t", values, on_ack=acknowledged.append))
    for goal in (500, 2500):
        while len(acknowledged) < goal:
            await asyncio.sleep(0.005)
        await asyncio.to_thread(broker.kill)
        await asyncio.to_thread(broker.start)
    await sending
    found = await client.consume("t", len(values))
    assert sorted(acknowledged) == sorted(values)
    assert sorted(m.value for m in found) == sorted(values)


async def test_transactions_are_refused_at_once(client, broker) -> None:
    if type(broker).__name__ != "EmbeddedBroker":
        pytest.skip("a real Kafka has transactions")
    assert await client.begin_transaction() in {
        "TransactionalIdAuthorizationFailed",
        "TRANSACTIONAL_ID_AUTHORIZATION_FAILED",
        "KafkaError",
    }
