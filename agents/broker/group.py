"""What is known of one consumer group and its members, and the records that go in and out of the coordinator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from agents.broker.protocol import ErrorCode, ProtocolError, RequestError
from agents.broker.protocol.codec import Array, Field, compile_reader

State = Literal["Empty", "PreparingRebalance", "CompletingRebalance", "Stable", "Dead"]
"""Kafka's names, which its tools print."""

_read_subscription = compile_reader((Field("version", "int16"), Field("topics", Array("string"))), 0)


@dataclass(frozen=True, kw_only=True)
class JoinRequest:
    """What a client says when it joins. `member_id` is empty for a newcomer; timeouts are seconds; `needs_member_id`
    is True for clients that first want to be told their id (JoinGroup version 4, KIP-394)."""

    group_id: str
    member_id: str
    instance_id: str | None
    client_id: str
    client_host: str
    protocol_type: str
    protocols: dict[str, bytes]
    session_timeout: float
    rebalance_timeout: float
    needs_member_id: bool


@dataclass(frozen=True, kw_only=True)
class Joined:
    """Answer to a join; `members` (id, instance id, metadata) is filled for the leader only, who assigns the
    partitions."""

    error: ErrorCode = ErrorCode.NONE
    generation: int = -1
    protocol: str = ""
    leader: str = ""
    member_id: str = ""
    members: tuple[tuple[str, str | None, bytes], ...] = ()


@dataclass(frozen=True)
class Synced:
    """Answer to a sync: the leader's assignment for this member."""

    error: ErrorCode
    assignment: bytes = b""


@dataclass(eq=False, kw_only=True)
class Member:
    """One consumer. `joining` and `syncing` are the callbacks of requests that wait for an answer."""

    id: str
    instance_id: str | None
    client_id: str
    client_host: str
    session_timeout: float
    rebalance_timeout: float
    protocols: dict[str, bytes]
    expires_at: float
    assignment: bytes = b""
    joining: Callable[[Joined], None] | None = None
    syncing: Callable[[Synced], None] | None = None

    def answer_join(self, joined: Joined) -> None:
        """Send what the member waits for, if it waits."""
        reply, self.joining = self.joining, None
        if reply is not None:
            reply(joined)

    def answer_sync(self, synced: Synced) -> None:
        """Send what the member waits for, if it waits."""
        reply, self.syncing = self.syncing, None
        if reply is not None:
            reply(synced)

    def refuse(self, error: ErrorCode) -> None:
        """Answer whatever waits with this error."""
        self.answer_join(Joined(error=error, member_id=self.id))
        self.answer_sync(Synced(error))


@dataclass(eq=False)
class Group:
    """State of one group. `deadline` is when a rebalance stops waiting; `pending` are ids given out, not used yet."""

    id: str
    state: State = "Empty"
    generation: int = 0
    protocol_type: str = ""
    protocol: str = ""
    leader: str = ""
    members: dict[str, Member] = field(default_factory=dict)
    pending: dict[str, float] = field(default_factory=dict)
    deadline: float = 0.0

    def holder_of(self, instance_id: str | None) -> Member | None:
        """The member that uses this static identity."""
        if instance_id is None:
            return None
        return next((member for member in self.members.values() if member.instance_id == instance_id), None)

    def shares_protocol(self, request: JoinRequest, replaced: Member | None) -> bool:
        """True when there is an assignment protocol which this client and all other members know."""
        if not request.protocols:
            return False
        others = [set(member.protocols) for member in self.members.values() if member is not replaced]
        if not others:
            return True
        return request.protocol_type == self.protocol_type and bool(set(request.protocols).intersection(*others))

    def elect_protocol(self) -> str:
        """The protocol most members like best, among those that all of them know."""
        common = set.intersection(*(set(member.protocols) for member in self.members.values()))
        votes = Counter(next(name for name in member.protocols if name in common) for member in self.members.values())
        return votes.most_common(1)[0][0]

    def reads(self, topic: str) -> bool:
        """True when a member is subscribed to this topic, or when that cannot be told."""
        for member in self.members.values():
            topics = subscribed_topics(member.protocols.get(self.protocol, b""))
            if topics is None or topic in topics:
                return True
        return False

    def check(self, member_id: str, instance_id: str | None, generation: int | None) -> Member:
        """The member that speaks, or RequestError: fenced, unknown, or of another generation."""
        holder = self.holder_of(instance_id)
        if holder is not None and holder.id != member_id:
            raise RequestError(ErrorCode.FENCED_INSTANCE_ID)
        if member_id not in self.members:
            raise RequestError(ErrorCode.UNKNOWN_MEMBER_ID)
        if generation is not None and generation != self.generation:
            raise RequestError(ErrorCode.ILLEGAL_GENERATION)
        return self.members[member_id]


def subscribed_topics(metadata: bytes) -> frozenset[str] | None:
    """The topics in a consumer's join metadata, None when it is not of the consumer protocol."""
    try:
        subscription, _ = _read_subscription(memoryview(metadata), 0)
    except ProtocolError:
        return None
    return frozenset(subscription["topics"])
