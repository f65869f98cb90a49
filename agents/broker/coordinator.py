"""Consumer groups: who is a member, who leads, which generation holds. A state machine without I/O and without a
clock.

    Empty -> PreparingRebalance -> CompletingRebalance -> Stable
                    ^-------------------'------------------'      (a member joins, changes, leaves or dies)

JoinGroup and SyncGroup may have to wait for other members, so their answers go through callbacks. Time is a value in
seconds of any monotonic clock; `GroupCoordinator.tick` must be called several times a second.

What decides whether workers lose time, measured against Faust and Kafka's own clients:
* a rebalance completes at the moment the last live member has rejoined, not on a timer, and that is looked at again
  when a member dies while others wait for it;
* a member that is waiting for our answer is alive as long as its connection is;
* a static member (`group_instance_id`, KIP-345) that comes back takes over its place, generation and assignment
  without a rebalance, and what is left of its former life is fenced off.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable

from agents.broker.group import Group, Joined, JoinRequest, Member, Synced, subscribed_topics
from agents.broker.protocol import ErrorCode, RequestError

logger = logging.getLogger(__name__)

_MAX_GROUPS = 10_000


class GroupCoordinator:
    """All groups. Methods raise RequestError with the code to answer, unless they answer through a callback."""

    def __init__(self, max_members: int, new_id: Callable[[], str] = lambda: str(uuid.uuid4())) -> None:
        self.groups: dict[str, Group] = {}
        self._max_members = max_members
        self._new_id = new_id

    def join(self, request: JoinRequest, now: float, reply: Callable[[Joined], None]) -> None:
        """A client wants to be, or stay, a member of the next generation."""
        try:
            group = self._group_for_join(request)
            holder = group.holder_of(request.instance_id)
            if request.member_id:
                self._rejoin(group, request, now, reply)
            elif holder is not None:
                self._take_over(group, holder, request, now, reply)
            elif request.needs_member_id and request.instance_id is None:
                self._hand_out_id(group, request, now, reply)
            else:
                self._add(group, request, f"{request.instance_id or request.client_id}-{self._new_id()}", now, reply)
        except RequestError as error:
            reply(Joined(error=error.code, member_id=request.member_id))

    def sync(
        self,
        group_id: str,
        member_id: str,
        instance_id: str | None,
        generation: int,
        assignments: dict[str, bytes],
        now: float,
        reply: Callable[[Synced], None],
    ) -> None:
        """A member asks for its partitions; the leader brings everybody's."""
        try:
            group = self._known(group_id)
            member = group.check(member_id, instance_id, generation)
            if group.state == "PreparingRebalance":
                raise RequestError(ErrorCode.REBALANCE_IN_PROGRESS)
        except RequestError as error:
            reply(Synced(error.code))
            return
        member.expires_at = now + member.session_timeout
        if group.state == "Stable":
            reply(Synced(ErrorCode.NONE, member.assignment))
            return
        member.refuse(ErrorCode.REBALANCE_IN_PROGRESS)  # an earlier try on another connection
        member.syncing = reply
        if member.id == group.leader:
            _distribute(group, assignments, now)

    def heartbeat(self, group_id: str, member_id: str, instance_id: str | None, generation: int, now: float) -> None:
        """A member says that it lives; RequestError(REBALANCE_IN_PROGRESS) tells it to join again."""
        group = self._known(group_id)
        member = group.check(member_id, instance_id, generation)
        member.expires_at = now + member.session_timeout
        if group.state == "PreparingRebalance":
            raise RequestError(ErrorCode.REBALANCE_IN_PROGRESS)

    def leave(self, group_id: str, member_id: str, instance_id: str | None, now: float) -> None:
        """A member goes, or an administrator removes a static one (empty member id)."""
        group = self._known(group_id)
        if group.pending.pop(member_id, None) is not None:
            return
        holder = group.holder_of(instance_id)
        member = holder if holder is not None and not member_id else group.check(member_id, instance_id, None)
        _remove(group, member, now, "left")

    def drop_waiting(self, group_id: str, reply: object, now: float) -> None:
        """The connection that waited for this reply is gone. Unless the member speaks again, its session runs out."""
        group = self.groups.get(group_id)
        for member in group.members.values() if group is not None else ():
            if reply in (member.joining, member.syncing):
                member.joining = member.syncing = None
                member.expires_at = now + member.session_timeout

    def check_commit(
        self, group_id: str, member_id: str, instance_id: str | None, generation: int, now: float, known: bool
    ) -> None:
        """May this client commit offsets? Without a generation only while the group has no members. `known` is True
        when the group has committed before."""
        group = self.groups.get(group_id)
        if group is None or not group.members:
            if generation >= 0:
                raise RequestError(ErrorCode.ILLEGAL_GENERATION)
            if group is None and not known and len(self.groups) >= _MAX_GROUPS:
                raise RequestError(ErrorCode.POLICY_VIOLATION)
            return
        member = group.check(member_id, instance_id, generation)
        if group.state == "CompletingRebalance":
            raise RequestError(ErrorCode.REBALANCE_IN_PROGRESS)
        member.expires_at = now + member.session_timeout

    def tick(self, now: float) -> None:
        """Remove members that were silent for too long, end rebalances that waited long enough, forget empty groups."""
        for group in list(self.groups.values()):
            for member in list(group.members.values()):
                if member.joining is None and member.syncing is None and now >= member.expires_at:
                    _remove(group, member, now, "was silent for longer than its session timeout")
            group.pending = {member_id: until for member_id, until in group.pending.items() if until > now}
            if group.state in ("PreparingRebalance", "CompletingRebalance") and now >= group.deadline:
                _stop_waiting(group, now)
            if not group.members and not group.pending:
                del self.groups[group.id]

    def _known(self, group_id: str) -> Group:
        if group_id not in self.groups:
            raise RequestError(ErrorCode.UNKNOWN_MEMBER_ID)
        return self.groups[group_id]

    def _group_for_join(self, request: JoinRequest) -> Group:
        if not request.group_id:
            raise RequestError(ErrorCode.INVALID_GROUP_ID)
        group = self.groups.get(request.group_id) or Group(request.group_id)
        replaced = group.members.get(request.member_id) or group.holder_of(request.instance_id)
        if not group.shares_protocol(request, replaced):
            raise RequestError(ErrorCode.INCONSISTENT_GROUP_PROTOCOL)
        newcomer = replaced is None and request.member_id not in group.pending
        if newcomer and len(group.members) + len(group.pending) >= self._max_members:
            raise RequestError(ErrorCode.GROUP_MAX_SIZE_REACHED)
        if group.id not in self.groups and len(self.groups) >= _MAX_GROUPS:
            raise RequestError(ErrorCode.POLICY_VIOLATION)
        self.groups[group.id] = group
        return group

    def _hand_out_id(self, group: Group, request: JoinRequest, now: float, reply: Callable[[Joined], None]) -> None:
        member_id = f"{request.client_id}-{self._new_id()}"
        group.pending[member_id] = now + request.session_timeout
        reply(Joined(error=ErrorCode.MEMBER_ID_REQUIRED, member_id=member_id))

    def _add(
        self, group: Group, request: JoinRequest, member_id: str, now: float, reply: Callable[[Joined], None]
    ) -> None:
        if not group.members:
            group.protocol_type = request.protocol_type
        group.members[member_id] = _new_member(request, member_id, now, reply)
        logger.info("group %s: member %s joins", group.id, member_id)
        _rebalance(group, now)

    def _rejoin(self, group: Group, request: JoinRequest, now: float, reply: Callable[[Joined], None]) -> None:
        if group.pending.pop(request.member_id, None) is not None:
            self._add(group, request, request.member_id, now, reply)
            return
        member = group.check(request.member_id, request.instance_id, None)
        unchanged = member.protocols == request.protocols
        _renew(member, request, now)
        waits_for_us = group.state == "CompletingRebalance" or (group.state == "Stable" and member.id != group.leader)
        if unchanged and waits_for_us:
            # Its answer was lost; nothing has changed for the others.
            reply(_joined(group, member))
            return
        member.refuse(ErrorCode.REBALANCE_IN_PROGRESS)  # an earlier try on another connection
        member.joining = reply
        _rebalance(group, now)

    def _take_over(
        self, group: Group, former: Member, request: JoinRequest, now: float, reply: Callable[[Joined], None]
    ) -> None:
        leader, subscription = group.leader, subscribed_topics(former.protocols.get(group.protocol, b""))
        member = _new_member(request, f"{request.instance_id}-{self._new_id()}", now, reply)
        member.assignment = former.assignment
        former.refuse(ErrorCode.FENCED_INSTANCE_ID)
        group.members = {m.id: m for m in (member if m is former else m for m in group.members.values())}
        if leader == former.id:
            group.leader = member.id
        logger.info("group %s: %s takes the place of %s", group.id, member.id, former.id)
        same = (
            group.elect_protocol() == group.protocol
            and subscription is not None
            and subscribed_topics(member.protocols[group.protocol]) == subscription
        )
        if group.state == "Stable" and same:
            # It is told the former leader's id, for a member that finds itself leading would assign partitions anew.
            joined = Joined(generation=group.generation, protocol=group.protocol, leader=leader, member_id=member.id)
            member.answer_join(joined)
            return
        _rebalance(group, now)


def _new_member(request: JoinRequest, member_id: str, now: float, reply: Callable[[Joined], None]) -> Member:
    return Member(
        id=member_id,
        instance_id=request.instance_id,
        client_id=request.client_id,
        client_host=request.client_host,
        session_timeout=request.session_timeout,
        rebalance_timeout=request.rebalance_timeout,
        protocols=request.protocols,
        expires_at=now + request.session_timeout,
        joining=reply,
    )


def _renew(member: Member, request: JoinRequest, now: float) -> None:
    member.protocols = request.protocols
    member.session_timeout, member.rebalance_timeout = request.session_timeout, request.rebalance_timeout
    member.client_id, member.client_host = request.client_id, request.client_host
    member.expires_at = now + request.session_timeout


def _rebalance(group: Group, now: float) -> None:
    """Begin a new generation, or see whether the one being prepared is complete."""
    if group.state != "PreparingRebalance":
        for member in group.members.values():
            member.answer_sync(Synced(ErrorCode.REBALANCE_IN_PROGRESS))
            member.assignment = b""
        group.state = "PreparingRebalance"
        group.deadline = now + max(member.rebalance_timeout for member in group.members.values())
    if all(member.joining for member in group.members.values()):
        _complete(group, now)


def _complete(group: Group, now: float) -> None:
    """Tell those that joined the new generation; absent static members keep their place until their session ends."""
    present = [member.id for member in group.members.values() if member.joining]
    if group.leader not in present:
        group.leader = present[0]
    group.generation += 1
    group.protocol = group.elect_protocol()
    group.state = "CompletingRebalance"
    group.deadline = now + max(member.rebalance_timeout for member in group.members.values())
    logger.info("group %s: generation %d of %d members", group.id, group.generation, len(group.members))
    for member in group.members.values():
        if member.joining:
            member.expires_at = now + member.session_timeout
            member.answer_join(_joined(group, member))


def _joined(group: Group, member: Member) -> Joined:
    members = tuple((m.id, m.instance_id, m.protocols[group.protocol]) for m in group.members.values())
    return Joined(
        generation=group.generation,
        protocol=group.protocol,
        leader=group.leader,
        member_id=member.id,
        members=members if member.id == group.leader else (),
    )


def _distribute(group: Group, assignments: dict[str, bytes], now: float) -> None:
    group.state = "Stable"
    for member in group.members.values():
        member.assignment = assignments.get(member.id, b"")
        if member.syncing:
            member.expires_at = now + member.session_timeout
        member.answer_sync(Synced(ErrorCode.NONE, member.assignment))


def _remove(group: Group, member: Member, now: float, why: str) -> None:
    logger.info("group %s: member %s %s", group.id, member.id, why)
    del group.members[member.id]
    member.refuse(ErrorCode.UNKNOWN_MEMBER_ID)
    if group.members:
        _rebalance(group, now)
    else:
        group.state, group.leader, group.protocol = "Empty", "", ""
        group.generation += 1


def _stop_waiting(group: Group, now: float) -> None:
    """The rebalance timeout is over: members that heartbeat but do not join or sync are out, unless they are static."""
    if group.state == "PreparingRebalance":
        silent = [member for member in group.members.values() if not member.joining and member.instance_id is None]
    else:
        silent = [member for member in group.members.values() if not member.syncing]
    for member in silent:
        _remove(group, member, now, "did not come to the rebalance")
    if group.state == "PreparingRebalance" and any(member.joining for member in group.members.values()):
        _complete(group, now)
