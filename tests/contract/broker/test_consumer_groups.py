"""Consumer groups: who reads what, from where, and what happens when a member or the broker dies."""

from __future__ import annotations

import signal

import pytest


async def test_a_group_goes_on_where_it_committed(client) -> None:
    await client.create_topic("t")
    await client.produce("t", [b"%d" % n for n in range(10)])
    first = await client.consume("t", 10, group="g", commit=True)
    assert await client.committed("t", 0, "g") == 10
    await client.produce("t", [b"10", b"11"])
    second = await client.consume("t", 2, group="g")
    assert [int(m.value) for m in first + second] == list(range(12))


async def test_a_group_that_never_committed_has_no_place(client) -> None:
    await client.create_topic("t")
    assert await client.committed("t", 0, "stranger") is None


async def test_two_groups_read_independently(client) -> None:
    await client.create_topic("t")
    await client.produce("t", [b"a", b"b"])
    await client.consume("t", 2, group="one", commit=True)
    found = await client.consume("t", 2, group="two", commit=False)
    assert [m.value for m in found] == [b"a", b"b"]
    assert await client.committed("t", 0, "two") is None


def together(*members) -> list[int]:
    """The partitions of all members, each as often as it is assigned."""
    return sorted(partition for member in members for partition in (member.assigned or [[]])[-1])


def are_sharing(*members) -> bool:
    return together(*members) == [0, 1, 2, 3] and all(together(member) for member in members)


@pytest.mark.own_broker
async def test_members_share_the_partitions_and_inherit_them(client, start_member, until) -> None:
    await client.create_topic("t", partitions=4)
    first = start_member("t", "g")
    await until(lambda: together(first) == [0, 1, 2, 3], "the first member has everything")
    second = start_member("t", "g")
    await until(lambda: are_sharing(first, second), "both share")
    second.end(signal.SIGTERM)
    await until(lambda: together(first) == [0, 1, 2, 3], "the first has everything again")
    await client.produce("t", [b"%d" % n for n in range(100)], keys=[b"%d" % n for n in range(100)])
    await until(lambda: len(first.messages) == 100, "the first reads all")


@pytest.mark.own_broker
async def test_a_killed_members_partitions_pass_to_the_others(client, start_member, until) -> None:
    await client.create_topic("t", partitions=4)
    first, second = start_member("t", "g"), start_member("t", "g")
    await until(lambda: are_sharing(first, second), "both share")
    await client.produce("t", [b"%d" % n for n in range(200)], keys=[b"%d" % n for n in range(200)])
    await until(lambda: len(first.messages) + len(second.messages) >= 200, "all are read")
    second.end(signal.SIGKILL)
    await until(lambda: together(first) == [0, 1, 2, 3], "the survivor has everything")
    await client.produce("t", [b"%d" % n for n in range(200, 400)], keys=[b"%d" % n for n in range(200, 400)])
    await until(
        lambda: {int(value) for *_, value in first.messages + second.messages} == set(range(400)), "nothing is missing"
    )


@pytest.mark.own_broker
async def test_a_restarted_static_member_takes_over_without_a_rebalance(client, start_member, until) -> None:
    await client.create_topic("t", partitions=4)
    first, second = start_member("t", "g", "one"), start_member("t", "g", "two")
    await until(lambda: are_sharing(first, second), "both share")
    mine, history = second.assigned[-1], len(first.assigned)
    await client.produce("t", [b"%d" % n for n in range(100)], keys=[b"%d" % n for n in range(100)])
    await until(lambda: len(first.messages) + len(second.messages) == 100, "all are read")
    second.end(signal.SIGKILL)
    restarted = start_member("t", "g", "two")
    await until(lambda: restarted.assigned == [mine], "the same partitions come back")
    await client.produce("t", [b"%d" % n for n in range(100, 200)], keys=[b"%d" % n for n in range(100, 200)])
    everything = lambda: first.messages + second.messages + restarted.messages  # noqa: E731
    await until(lambda: {int(value) for *_, value in everything()} == set(range(200)), "nothing is missing")
    assert len(first.assigned) == history


@pytest.mark.own_broker
async def test_members_find_the_restarted_broker_and_go_on(client, broker, start_member, until) -> None:
    await client.create_topic("t", partitions=2)
    member = start_member("t", "g")
    await client.produce("t", [b"%d" % n for n in range(50)], keys=[b"%d" % n for n in range(50)])
    await until(lambda: len(member.messages) >= 50, "the first half is read")
    broker.kill()
    broker.start()
    await client.produce("t", [b"%d" % n for n in range(50, 100)], keys=[b"%d" % n for n in range(50, 100)])
    await until(lambda: {int(value) for *_, value in member.messages} == set(range(100)), "all is read")
