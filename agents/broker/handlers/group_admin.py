"""What Kafka's tools ask about groups: list, describe, delete, and delete single offsets."""

from __future__ import annotations

from agents.broker.connection import Client
from agents.broker.context import Context
from agents.broker.group import Group
from agents.broker.handlers.outcome import outcome
from agents.broker.protocol import ErrorCode, Message, RequestError

_CONSUMER_PROTOCOL = "consumer"


async def list_groups(ctx: Context, request: Message, client: Client) -> Message:
    """Groups with members, and groups that only have committed offsets."""
    types = dict.fromkeys(ctx.offsets.groups(), _CONSUMER_PROTOCOL)
    types |= {group.id: group.protocol_type for group in ctx.groups.groups.values() if group.members}
    return {"groups": [{"group_id": name, "protocol_type": kind} for name, kind in types.items()]}


async def describe_groups(ctx: Context, request: Message, client: Client) -> Message:
    """State and members of each group; a group nobody knows is `Dead`, as in Kafka."""
    return {"groups": [_describe(ctx, name) for name in request["groups"]]}


async def delete_groups(ctx: Context, request: Message, client: Client) -> Message:
    """Forget what groups without members have committed."""
    names = request["groups_names"]
    results = [{"group_id": name, "error_code": outcome(_delete, ctx, name)[0]} for name in names]
    return {"results": results}


async def offset_delete(ctx: Context, request: Message, client: Client) -> Message:
    """Forget single places of a group, in topics which none of its members reads."""
    group = request["group_id"]
    error = ErrorCode.NONE
    if group not in ctx.groups.groups and not ctx.offsets.has(group):
        error = ErrorCode.GROUP_ID_NOT_FOUND
    topics = [
        {
            "name": topic["name"],
            "partitions": [
                {
                    "partition_index": place["partition_index"],
                    "error_code": _forget(ctx, group, topic["name"], place["partition_index"]),
                }
                for place in topic["partitions"]
            ],
        }
        for topic in (request["topics"] if error == ErrorCode.NONE else ())
    ]
    return {"error_code": error, "topics": topics}


def _describe(ctx: Context, name: str) -> Message:
    group = ctx.groups.groups.get(name)
    if group is None or not group.members:
        state = "Empty" if ctx.offsets.has(name) else "Dead"
        kind = _CONSUMER_PROTOCOL if state == "Empty" else ""
        return _description(name, state, kind, "", [])
    return _description(name, group.state, group.protocol_type, group.protocol, _members(group))


def _description(name: str, state: str, protocol_type: str, protocol: str, members: list[Message]) -> Message:
    return {
        "error_code": ErrorCode.NONE,
        "group_id": name,
        "group_state": state,
        "protocol_type": protocol_type,
        "protocol_data": protocol,
        "members": members,
    }


def _members(group: Group) -> list[Message]:
    return [
        {
            "member_id": member.id,
            "group_instance_id": member.instance_id,
            "client_id": member.client_id,
            "client_host": f"/{member.client_host}",
            "member_metadata": member.protocols.get(group.protocol, b""),
            "member_assignment": member.assignment,
        }
        for member in group.members.values()
    ]


def _delete(ctx: Context, name: str) -> None:
    group = ctx.groups.groups.get(name)
    if group is not None and group.members:
        raise RequestError(ErrorCode.NON_EMPTY_GROUP)
    if group is None and not ctx.offsets.has(name):
        raise RequestError(ErrorCode.GROUP_ID_NOT_FOUND)
    ctx.offsets.forget_group(name)
    ctx.groups.groups.pop(name, None)


def _forget(ctx: Context, name: str, topic: str, partition: int) -> ErrorCode:
    group = ctx.groups.groups.get(name)
    if group is not None and group.members and group.reads(topic):
        return ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC
    if ctx.offsets.get(name, topic, partition) is None:
        return outcome(ctx.topics.partition, topic, partition)[0]
    return outcome(ctx.offsets.forget, name, [(topic, partition)])[0]
