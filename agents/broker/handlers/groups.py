"""Membership of consumer groups and their committed offsets."""

from __future__ import annotations

import asyncio

from agents.broker.connection import Client
from agents.broker.context import Context
from agents.broker.group import Joined, JoinRequest, Synced
from agents.broker.handlers.outcome import outcome
from agents.broker.offsets import MAX_METADATA_CHARS, Committed, TopicPartition
from agents.broker.protocol import ErrorCode, Message, RequestError

_FIRST_VERSION_THAT_ASKS_FOR_ITS_ID = 4
"""JoinGroup: since then a newcomer is told its id and joins again with it, so that a lost answer leaves no ghost
member."""


async def join_group(ctx: Context, request: Message, client: Client) -> Message | None:
    """Waits until every live member has joined. None when the client left in the meantime."""
    answered: asyncio.Future[Joined] = asyncio.get_running_loop().create_future()
    reply = answered.set_result
    milliseconds = request["session_timeout_ms"]
    if not ctx.config.min_session_timeout_ms <= milliseconds <= ctx.config.max_session_timeout_ms:
        reply(Joined(error=ErrorCode.INVALID_SESSION_TIMEOUT, member_id=request["member_id"]))
    else:
        ctx.groups.join(_join_request(request, client), ctx.now(), reply)
    if not await client.wait_for(answered):
        ctx.groups.drop_waiting(request["group_id"], reply, ctx.now())
        return None
    joined = answered.result()
    return {
        "error_code": joined.error,
        "generation_id": joined.generation,
        "protocol_name": joined.protocol,
        "leader": joined.leader,
        "member_id": joined.member_id,
        "members": [
            {"member_id": member_id, "group_instance_id": instance_id, "metadata": metadata}
            for member_id, instance_id, metadata in joined.members
        ],
    }


async def sync_group(ctx: Context, request: Message, client: Client) -> Message | None:
    """Waits until the leader has assigned the partitions. None when the client left in the meantime."""
    answered: asyncio.Future[Synced] = asyncio.get_running_loop().create_future()
    reply = answered.set_result
    ctx.groups.sync(
        request["group_id"],
        request["member_id"],
        request.get("group_instance_id"),
        request["generation_id"],
        {one["member_id"]: one["assignment"] for one in request["assignments"]},
        ctx.now(),
        reply,
    )
    if not await client.wait_for(answered):
        ctx.groups.drop_waiting(request["group_id"], reply, ctx.now())
        return None
    return {"error_code": answered.result().error, "assignment": answered.result().assignment}


async def heartbeat(ctx: Context, request: Message, client: Client) -> Message:
    """A sign of life; the error code may tell the member to join again."""
    error, _ = outcome(
        lambda: ctx.groups.heartbeat(
            request["group_id"],
            request["member_id"],
            request.get("group_instance_id"),
            request["generation_id"],
            ctx.now(),
        )
    )
    return {"error_code": error}


async def leave_group(ctx: Context, request: Message, client: Client) -> Message:
    """One member (before version 3) or several."""
    leaving = request.get("members")
    if leaving is None:
        leaving = [{"member_id": request["member_id"], "group_instance_id": None}]
    members = [member | {"error_code": _leave(ctx, request["group_id"], member)} for member in leaving]
    alone = client.version < 3
    return {"error_code": members[0]["error_code"] if alone else ErrorCode.NONE, "members": members}


async def offset_commit(ctx: Context, request: Message, client: Client) -> Message:
    """Remember how far a group has come; with fsync `always` the answer waits for the disk."""
    group = request["group_id"]
    error, _ = outcome(_check_commit, ctx, request)
    accepted: dict[TopicPartition, Committed] = {}
    topics = [
        {
            "name": topic["name"],
            "partitions": [_take(ctx, topic["name"], place, error, accepted) for place in topic["partitions"]],
        }
        for topic in request["topics"]
    ]
    if accepted:
        failure, _ = outcome(ctx.offsets.commit, group, accepted)
        if failure == ErrorCode.NONE and ctx.config.fsync == "always":
            failure = await _durable(ctx)
        if failure != ErrorCode.NONE:
            _mark_failed(topics, failure)
    return {"topics": topics}


async def offset_fetch(ctx: Context, request: Message, client: Client) -> Message:
    """The group's places in the partitions asked for, or in all (null). Offset -1 where it never committed."""
    wanted = request["topics"]
    if wanted is None:
        wanted = _all_topics(ctx.offsets.of(request["group_id"]))
    topics = [
        {
            "name": topic["name"],
            "partitions": [_place(ctx, request["group_id"], topic["name"], i) for i in topic["partition_indexes"]],
        }
        for topic in wanted
    ]
    return {"topics": topics, "error_code": ErrorCode.NONE}


def _join_request(request: Message, client: Client) -> JoinRequest:
    session_ms: int = request["session_timeout_ms"]
    rebalance_ms: int = request.get("rebalance_timeout_ms", session_ms)
    return JoinRequest(
        group_id=request["group_id"],
        member_id=request["member_id"],
        instance_id=request.get("group_instance_id"),
        client_id=client.client_id,
        client_host=client.host,
        protocol_type=request["protocol_type"],
        protocols={protocol["name"]: protocol["metadata"] for protocol in request["protocols"]},
        session_timeout=session_ms / 1000,
        rebalance_timeout=max(0, rebalance_ms) / 1000,
        needs_member_id=client.version >= _FIRST_VERSION_THAT_ASKS_FOR_ITS_ID,
    )


def _leave(ctx: Context, group_id: str, member: Message) -> ErrorCode:
    instance_id = member["group_instance_id"]
    return outcome(lambda: ctx.groups.leave(group_id, member["member_id"], instance_id, ctx.now()))[0]


def _check_commit(ctx: Context, request: Message) -> None:
    if not request["group_id"]:
        raise RequestError(ErrorCode.INVALID_GROUP_ID)
    ctx.groups.check_commit(
        request["group_id"],
        request["member_id"],
        request.get("group_instance_id"),
        request["generation_id_or_member_epoch"],
        ctx.now(),
        known=ctx.offsets.has(request["group_id"]),
    )


def _take(
    ctx: Context, topic: str, place: Message, error: ErrorCode, accepted: dict[TopicPartition, Committed]
) -> Message:
    """Note one place as accepted unless something is wrong with it or with the whole request."""
    metadata = place["committed_metadata"] or ""
    if error == ErrorCode.NONE:
        error, _ = outcome(ctx.topics.partition, topic, place["partition_index"])
    if error == ErrorCode.NONE and len(metadata) > MAX_METADATA_CHARS:
        error = ErrorCode.OFFSET_METADATA_TOO_LARGE
    if error == ErrorCode.NONE:
        epoch = place.get("committed_leader_epoch", -1)
        accepted[(topic, place["partition_index"])] = Committed(
            place["committed_offset"], epoch, metadata, ctx.now_ms()
        )
    return {"partition_index": place["partition_index"], "error_code": error}


async def _durable(ctx: Context) -> ErrorCode:
    try:
        await ctx.sync_offsets()
    except RequestError as error:
        return error.code
    return ErrorCode.NONE


def _mark_failed(topics: list[Message], failure: ErrorCode) -> None:
    for topic in topics:
        for partition in topic["partitions"]:
            if partition["error_code"] == ErrorCode.NONE:
                partition["error_code"] = failure


def _all_topics(places: dict[TopicPartition, Committed]) -> list[Message]:
    topics: dict[str, list[int]] = {}
    for topic, partition in places:
        topics.setdefault(topic, []).append(partition)
    return [{"name": name, "partition_indexes": partitions} for name, partitions in topics.items()]


def _place(ctx: Context, group: str, topic: str, partition: int) -> Message:
    committed = ctx.offsets.get(group, topic, partition)
    return {
        "partition_index": partition,
        "committed_offset": committed.offset if committed else -1,
        "committed_leader_epoch": committed.leader_epoch if committed else -1,
        "metadata": committed.metadata if committed else "",
        "error_code": ErrorCode.NONE,
    }
