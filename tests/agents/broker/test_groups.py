"""Rebalances: when they begin, when they end, and who is fenced. Time is a number here."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from agents.broker.coordinator import GroupCoordinator
from agents.broker.group import Joined, JoinRequest, Synced, subscribed_topics
from agents.broker.protocol import ErrorCode, RequestError
from agents.broker.protocol.codec import Array, Field, compile_writer


def subscription(*topics: str, extra: bytes = b"") -> bytes:
    out = bytearray()
    fields = (Field("version", "int16"), Field("topics", Array("string")), Field("user_data", "bytes"))
    compile_writer(fields, 0)(out, {"version": 0, "topics": topics, "user_data": extra})
    return bytes(out)


@dataclass
class Consumer:
    """A client that plays its part; `say` is the list of answers it got."""

    coordinator: GroupCoordinator
    instance_id: str | None = None
    topics: tuple[str, ...] = ("t",)
    protocols: tuple[str, ...] = ("range",)
    session: float = 10.0
    rebalance: float = 60.0
    member_id: str = ""
    generation: int = -1
    is_leader: bool = False
    joined: list[Joined] = field(default_factory=list)
    synced: list[Synced] = field(default_factory=list)
    new_style: bool = False
    kind: str = "consumer"
    extra: bytes = b""

    def join(self, now: float = 0.0) -> Consumer:
        request = JoinRequest(
            group_id="g",
            member_id=self.member_id,
            instance_id=self.instance_id,
            client_id="client",
            client_host="127.0.0.1",
            protocol_type=self.kind,
            protocols={name: subscription(*self.topics, extra=self.extra) for name in self.protocols},
            session_timeout=self.session,
            rebalance_timeout=self.rebalance,
            needs_member_id=self.new_style,
        )
        self.reply = self._on_join
        self.coordinator.join(request, now, self.reply)
        return self

    def _on_join(self, joined: Joined) -> None:
        self.joined.append(joined)
        if joined.member_id and joined.error != ErrorCode.FENCED_INSTANCE_ID:
            self.member_id = joined.member_id
        if joined.error == ErrorCode.NONE:
            self.generation, self.is_leader = joined.generation, joined.leader == joined.member_id

    def sync(self, assignments: dict[str, bytes] | None = None, now: float = 0.0) -> Consumer:
        if assignments is None and self.is_leader:
            assignments = {member_id: member_id.encode() for member_id, _, _ in self.joined[-1].members}
        self.coordinator.sync(
            "g", self.member_id, self.instance_id, self.generation, assignments or {}, now, self.synced.append
        )
        return self

    def beat(self, now: float = 0.0) -> ErrorCode:
        try:
            self.coordinator.heartbeat("g", self.member_id, self.instance_id, self.generation, now)
        except RequestError as error:
            return error.code
        return ErrorCode.NONE

    @property
    def answers(self) -> list[ErrorCode]:
        return [joined.error for joined in self.joined]


@pytest.fixture
def coordinator() -> GroupCoordinator:
    ids = iter(range(10**6))
    return GroupCoordinator(max_members=5, new_id=lambda: f"id{next(ids)}")


def stable(coordinator: GroupCoordinator, *consumers: Consumer) -> None:
    """Bring the consumers into one stable generation."""
    for consumer in consumers:
        consumer.join()
    for consumer in consumers[:-1]:
        consumer.join()
    for consumer in consumers:
        consumer.sync()
    assert coordinator.groups["g"].state == "Stable"
    assert all(consumer.synced[-1].error == ErrorCode.NONE for consumer in consumers)


def test_a_lone_consumer_is_assigned_at_once(coordinator: GroupCoordinator) -> None:
    consumer = Consumer(coordinator).join()
    assert consumer.is_leader
    assert consumer.joined[0].members[0][0] == consumer.member_id
    consumer.sync({consumer.member_id: b"all"})
    assert consumer.synced == [Synced(ErrorCode.NONE, b"all")]
    assert coordinator.groups["g"].state == "Stable"


def test_a_second_consumer_waits_until_the_first_has_rejoined(coordinator: GroupCoordinator) -> None:
    first, second = Consumer(coordinator), Consumer(coordinator)
    stable(coordinator, first)
    second.join()
    assert second.joined == []
    assert first.beat() == ErrorCode.REBALANCE_IN_PROGRESS
    first.join()
    assert (first.generation, second.generation) == (2, 2)
    assert first.is_leader
    assert not second.is_leader
    assert second.joined[-1].members == ()


def test_a_follower_gets_its_share_when_the_leader_has_assigned(coordinator: GroupCoordinator) -> None:
    first, second = Consumer(coordinator), Consumer(coordinator)
    first.join()
    second.join()
    first.join()
    second.sync()
    assert second.synced == []
    first.sync({first.member_id: b"1", second.member_id: b"2"})
    assert (first.synced[-1].assignment, second.synced[-1].assignment) == (b"1", b"2")


def test_a_late_sync_is_answered_from_the_stored_assignment(coordinator: GroupCoordinator) -> None:
    first, second = Consumer(coordinator), Consumer(coordinator)
    first.join()
    second.join()
    first.join()
    first.sync({first.member_id: b"1", second.member_id: b"2"})
    second.sync()
    assert second.synced == [Synced(ErrorCode.NONE, b"2")]


def test_the_death_of_a_member_completes_the_rebalance_that_waited_for_it(coordinator: GroupCoordinator) -> None:
    first, second, third = Consumer(coordinator), Consumer(coordinator), Consumer(coordinator)
    stable(coordinator, first, second)
    third.join(now=1.0)
    first.join(now=1.0)
    assert len(third.joined) == 0
    coordinator.tick(now=9.0)
    assert len(third.joined) == 0
    coordinator.tick(now=10.0)
    assert third.answers == [ErrorCode.NONE]
    assert {member_id for member_id, _, _ in first.joined[-1].members} == {first.member_id, third.member_id}


def test_members_that_wait_are_not_silent(coordinator: GroupCoordinator) -> None:
    first, second = Consumer(coordinator, session=10), Consumer(coordinator, session=100)
    stable(coordinator, second)
    first.join(now=0.0)
    coordinator.tick(now=50.0)
    second.join(now=50.0)
    assert first.answers == [ErrorCode.NONE]


def test_a_waiting_member_whose_connection_broke_runs_out_as_usual(coordinator: GroupCoordinator) -> None:
    first, second = Consumer(coordinator, session=10), Consumer(coordinator, session=100)
    stable(coordinator, second)
    first.join(now=0.0)
    coordinator.drop_waiting("g", first.reply, now=20.0)
    coordinator.tick(now=29.0)
    assert len(coordinator.groups["g"].members) == 2
    coordinator.tick(now=30.0)
    assert len(coordinator.groups["g"].members) == 1


def test_dropping_a_connection_leaves_a_newer_request_of_the_member_alone(coordinator: GroupCoordinator) -> None:
    first, second = Consumer(coordinator), Consumer(coordinator)
    stable(coordinator, first, second)
    third = Consumer(coordinator).join()
    coordinator.drop_waiting("g", lambda joined: None, now=1.0)
    first.join()
    second.join()
    assert third.answers == [ErrorCode.NONE]


def test_a_member_that_beats_but_never_rejoins_is_out_after_the_rebalance_timeout(
    coordinator: GroupCoordinator,
) -> None:
    lazy, eager = Consumer(coordinator, rebalance=30), Consumer(coordinator, rebalance=30)
    stable(coordinator, lazy)
    eager.join(now=0.0)
    for now in range(0, 30, 5):
        assert lazy.beat(now) == ErrorCode.REBALANCE_IN_PROGRESS
        coordinator.tick(now)
    coordinator.tick(30.0)
    assert eager.is_leader
    assert lazy.beat(31.0) == ErrorCode.UNKNOWN_MEMBER_ID


def test_a_leader_that_dies_before_assigning_does_not_hold_up_the_others(coordinator: GroupCoordinator) -> None:
    leader, other = Consumer(coordinator), Consumer(coordinator)
    leader.join()
    other.join()
    leader.join()
    other.sync(now=1.0)
    coordinator.tick(now=10.0)
    assert other.synced == [Synced(ErrorCode.REBALANCE_IN_PROGRESS)]
    other.join(now=10.0)
    assert other.is_leader


def test_leaving_makes_room_at_once(coordinator: GroupCoordinator) -> None:
    first, second = Consumer(coordinator), Consumer(coordinator)
    stable(coordinator, first, second)
    coordinator.leave("g", second.member_id, None, 1.0)
    assert first.beat(1.0) == ErrorCode.REBALANCE_IN_PROGRESS
    first.join(1.0)
    assert [member_id for member_id, _, _ in first.joined[-1].members] == [first.member_id]


def test_the_last_one_leaving_empties_the_group(coordinator: GroupCoordinator) -> None:
    consumer = Consumer(coordinator)
    stable(coordinator, consumer)
    coordinator.leave("g", consumer.member_id, None, 1.0)
    assert coordinator.groups["g"].state == "Empty"
    coordinator.tick(1.0)
    assert coordinator.groups == {}


def test_the_protocol_is_one_that_everybody_knows(coordinator: GroupCoordinator) -> None:
    first = Consumer(coordinator, protocols=("sticky", "range"))
    second = Consumer(coordinator, protocols=("roundrobin", "range"))
    first.join()
    second.join()
    first.join()
    assert first.joined[-1].protocol == second.joined[-1].protocol == "range"


@pytest.mark.parametrize("odd", [{"protocols": ("other",)}, {"kind": "connect"}, {"protocols": ()}])
def test_a_member_without_a_common_protocol_is_refused(coordinator: GroupCoordinator, odd: dict) -> None:
    stable(coordinator, Consumer(coordinator))
    assert Consumer(coordinator, **odd).join().answers == [ErrorCode.INCONSISTENT_GROUP_PROTOCOL]
    assert coordinator.groups["g"].state == "Stable"


def test_an_unchanged_follower_that_asks_again_disturbs_nobody(coordinator: GroupCoordinator) -> None:
    first, second = Consumer(coordinator), Consumer(coordinator)
    stable(coordinator, first, second)
    second.join()
    assert coordinator.groups["g"].state == "Stable"
    assert second.generation == first.generation


def test_a_changed_subscription_begins_a_rebalance(coordinator: GroupCoordinator) -> None:
    first, second = Consumer(coordinator), Consumer(coordinator)
    stable(coordinator, first, second)
    second.topics = ("t", "u")
    second.join()
    assert coordinator.groups["g"].state == "PreparingRebalance"


def test_newer_clients_are_told_their_id_first(coordinator: GroupCoordinator) -> None:
    consumer = Consumer(coordinator, new_style=True).join()
    assert consumer.answers == [ErrorCode.MEMBER_ID_REQUIRED]
    assert coordinator.groups["g"].members == {}
    consumer.join()
    assert consumer.answers[-1] == ErrorCode.NONE
    assert list(coordinator.groups["g"].members) == [consumer.member_id]


def test_ids_that_are_never_used_are_forgotten(coordinator: GroupCoordinator) -> None:
    consumer = Consumer(coordinator, new_style=True).join(now=0.0)
    coordinator.tick(now=10.0)
    assert consumer.join(now=10.0).answers[-1] == ErrorCode.UNKNOWN_MEMBER_ID


def test_a_group_has_a_largest_size(coordinator: GroupCoordinator) -> None:
    for _ in range(5):
        Consumer(coordinator).join()
    assert Consumer(coordinator).join().answers == [ErrorCode.GROUP_MAX_SIZE_REACHED]


def test_a_stranger_a_stale_generation_and_an_unknown_group_are_told_so(coordinator: GroupCoordinator) -> None:
    consumer = Consumer(coordinator)
    assert consumer.beat() == ErrorCode.UNKNOWN_MEMBER_ID
    stable(coordinator, consumer)
    assert Consumer(coordinator, member_id="nobody").join().answers == [ErrorCode.UNKNOWN_MEMBER_ID]
    consumer.generation -= 1
    assert consumer.beat() == ErrorCode.ILLEGAL_GENERATION
    assert consumer.sync().synced[-1].error == ErrorCode.ILLEGAL_GENERATION


class TestStaticMembers:
    def test_a_restarted_worker_goes_on_at_once_with_its_old_assignment(self, coordinator: GroupCoordinator) -> None:
        worker, other = Consumer(coordinator, instance_id="w"), Consumer(coordinator, instance_id="o")
        stable(coordinator, worker, other)
        generation, assignment = worker.generation, worker.synced[-1].assignment
        # A worker tells its present assignment in its metadata, so those bytes differ after a restart.
        restarted = Consumer(coordinator, instance_id="w", extra=b"empty").join(now=1.0)
        assert restarted.answers == [ErrorCode.NONE]
        assert restarted.generation == generation
        assert not restarted.is_leader
        assert restarted.sync(now=1.0).synced == [Synced(ErrorCode.NONE, assignment)]
        assert other.beat(1.0) == ErrorCode.NONE

    def test_the_former_life_is_fenced(self, coordinator: GroupCoordinator) -> None:
        worker = Consumer(coordinator, instance_id="w")
        stable(coordinator, worker)
        Consumer(coordinator, instance_id="w").join(now=1.0)
        assert worker.beat(1.0) == ErrorCode.FENCED_INSTANCE_ID
        assert worker.join(1.0).answers[-1] == ErrorCode.FENCED_INSTANCE_ID
        with pytest.raises(RequestError) as refused:
            coordinator.check_commit("g", worker.member_id, "w", worker.generation, 1.0, known=True)
        assert refused.value.code == ErrorCode.FENCED_INSTANCE_ID

    def test_a_restarted_leader_leads_the_next_generation(self, coordinator: GroupCoordinator) -> None:
        leader = Consumer(coordinator, instance_id="l")
        stable(coordinator, leader)
        restarted = Consumer(coordinator, instance_id="l").join(now=1.0)
        assert not restarted.is_leader
        assert coordinator.groups["g"].leader == restarted.member_id

    def test_a_restarted_worker_with_other_topics_begins_a_rebalance(self, coordinator: GroupCoordinator) -> None:
        worker, other = Consumer(coordinator, instance_id="w"), Consumer(coordinator)
        stable(coordinator, worker, other)
        Consumer(coordinator, instance_id="w", topics=("t", "new")).join(now=1.0)
        assert other.beat(1.0) == ErrorCode.REBALANCE_IN_PROGRESS

    def test_a_worker_that_restarts_during_a_rebalance_takes_its_place_in_it(
        self, coordinator: GroupCoordinator
    ) -> None:
        worker, other = Consumer(coordinator, instance_id="w"), Consumer(coordinator)
        stable(coordinator, worker, other)
        other.topics = ("u",)
        other.join(now=1.0)
        restarted = Consumer(coordinator, instance_id="w").join(now=2.0)
        assert restarted.answers == [ErrorCode.NONE]
        assert other.answers[-1] == ErrorCode.NONE

    def test_a_waiting_former_life_is_told(self, coordinator: GroupCoordinator) -> None:
        worker, other = Consumer(coordinator, instance_id="w"), Consumer(coordinator)
        stable(coordinator, other)
        worker.join(now=1.0)
        Consumer(coordinator, instance_id="w").join(now=2.0)
        assert worker.answers == [ErrorCode.FENCED_INSTANCE_ID]

    def test_an_administrator_removes_a_static_member_by_its_name(self, coordinator: GroupCoordinator) -> None:
        worker = Consumer(coordinator, instance_id="w")
        stable(coordinator, worker)
        coordinator.leave("g", "", "w", 1.0)
        assert coordinator.groups["g"].members == {}

    def test_a_dead_static_member_is_removed_after_its_session(self, coordinator: GroupCoordinator) -> None:
        worker, other = Consumer(coordinator, instance_id="w"), Consumer(coordinator, session=100)
        stable(coordinator, worker, other)
        coordinator.tick(now=10.0)
        assert other.beat(10.0) == ErrorCode.REBALANCE_IN_PROGRESS


class TestCommits:
    def test_without_members_anybody_may_commit(self, coordinator: GroupCoordinator) -> None:
        coordinator.check_commit("g", "", None, -1, 0.0, known=False)
        assert coordinator.groups == {}

    def test_with_members_only_they_may(self, coordinator: GroupCoordinator) -> None:
        consumer = Consumer(coordinator)
        stable(coordinator, consumer)
        coordinator.check_commit("g", consumer.member_id, None, consumer.generation, 0.0, known=False)
        for member_id, generation, code in (
            ("", -1, ErrorCode.UNKNOWN_MEMBER_ID),
            (consumer.member_id, 99, ErrorCode.ILLEGAL_GENERATION),
        ):
            with pytest.raises(RequestError) as refused:
                coordinator.check_commit("g", member_id, None, generation, 0.0, known=True)
            assert refused.value.code == code

    def test_a_member_from_before_the_brokers_restart_must_join_again(self, coordinator: GroupCoordinator) -> None:
        with pytest.raises(RequestError) as refused:
            coordinator.check_commit("g", "m", None, 3, 0.0, known=True)
        assert refused.value.code == ErrorCode.ILLEGAL_GENERATION


@pytest.mark.parametrize("metadata", [b"", b"\x00", b"\x00\x00\x7f\xff\xff\xff", b"\x00\x00\x00\x00\x00\x01\x00\x05ab"])
def test_metadata_of_no_consumer_has_no_topics(metadata: bytes) -> None:
    assert subscribed_topics(metadata) is None


class GroupMachine(RuleBasedStateMachine):
    """Consumers that join, sync, beat, die and come back in any order: nobody waits for ever, leaders are members."""

    def __init__(self) -> None:
        super().__init__()
        ids = iter(range(10**6))
        self.coordinator = GroupCoordinator(max_members=50, new_id=lambda: f"id{next(ids)}")
        self.consumers: list[Consumer] = []
        self.now = 0.0
        self.last_generation = 0

    @rule(static=st.booleans())
    def newcomer(self, static: bool) -> None:
        instance_id = f"i{len(self.consumers)}" if static else None
        self.consumers.append(Consumer(self.coordinator, instance_id=instance_id, rebalance=20).join(self.now))

    @precondition(lambda self: self.consumers)
    @rule(data=st.data())
    def follow_the_protocol(self, data: st.DataObject) -> None:
        consumer = data.draw(st.sampled_from(self.consumers))
        if not consumer.joined or consumer.joined[-1].error != ErrorCode.NONE:
            consumer.member_id = "" if consumer.answers[-1:] == [ErrorCode.UNKNOWN_MEMBER_ID] else consumer.member_id
            if consumer.joined:
                consumer.join(self.now)
        elif consumer.beat(self.now) == ErrorCode.REBALANCE_IN_PROGRESS:
            consumer.join(self.now)
        else:
            consumer.sync(now=self.now)

    @precondition(lambda self: self.consumers)
    @rule(data=st.data())
    def die_and_return(self, data: st.DataObject) -> None:
        consumer = data.draw(st.sampled_from(self.consumers))
        self.consumers.remove(consumer)
        if hasattr(consumer, "reply"):
            self.coordinator.drop_waiting("g", consumer.reply, self.now)
        if consumer.instance_id:
            again = Consumer(self.coordinator, instance_id=consumer.instance_id, rebalance=20)
            self.consumers.append(again.join(self.now))

    @rule(seconds=st.sampled_from([0.1, 5.0, 25.0]))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds
        self.coordinator.tick(self.now)

    @invariant()
    def a_complete_rebalance_is_not_left_waiting(self) -> None:
        for group in self.coordinator.groups.values():
            if group.members and group.state == "PreparingRebalance":
                assert not all(member.joining for member in group.members.values())
            if group.state == "Stable":
                assert not any(member.joining or member.syncing for member in group.members.values())
            if group.members and group.state != "PreparingRebalance":
                assert group.leader in group.members
            assert (group.state == "Empty") == (not group.members)

    @invariant()
    def silence_ends_every_wait(self) -> None:
        for group in self.coordinator.groups.values():
            for member in group.members.values():
                assert member.joining or member.syncing or member.expires_at <= self.now + member.session_timeout


GroupMachine.TestCase.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
test_any_order_of_events_keeps_the_group_sound = GroupMachine.TestCase
