"""Creating, growing and deleting topics."""

from __future__ import annotations

from collections.abc import Callable

from agents.broker.connection import Client
from agents.broker.context import NODE_ID, Context
from agents.broker.handlers.outcome import outcome
from agents.broker.protocol import ErrorCode, Message, RequestError

_DEFAULT = -1
"""Number of partitions or replicas: the broker's choice."""


async def create_topics(ctx: Context, request: Message, client: Client) -> Message:
    """Each topic succeeds or fails by itself."""
    dry = request.get("validate_only", False)
    return {"topics": [_result(topic["name"], _creation(ctx, topic, dry)) for topic in request["topics"]]}


async def delete_topics(ctx: Context, request: Message, client: Client) -> Message:
    """With the messages go the offsets that groups committed there."""
    results = []
    for name in request["topic_names"]:
        error, _ = outcome(ctx.topics.delete, name)
        if error == ErrorCode.NONE:
            error, _ = outcome(ctx.offsets.forget_topic, name)
        results.append({"name": name, "error_code": error})
    return {"responses": results}


async def create_partitions(ctx: Context, request: Message, client: Client) -> Message:
    """More partitions for existing topics; fewer are impossible."""
    dry = request["validate_only"]
    return {"results": [_result(topic["name"], _growth(ctx, topic, dry)) for topic in request["topics"]]}


def _result(name: str, action: Callable[[], object]) -> Message:
    error, message = outcome(action)
    return {"name": name, "error_code": error, "error_message": message}


def _creation(ctx: Context, topic: Message, dry: bool) -> Callable[[], object]:
    def create() -> None:
        partitions = _partition_count(ctx, topic)
        if topic["replication_factor"] not in (_DEFAULT, 1):
            raise RequestError(
                ErrorCode.INVALID_REPLICATION_FACTOR,
                f"the embedded broker is one node: replication factor 1, not {topic['replication_factor']}",
            )
        configs = {config["name"]: config["value"] for config in topic["configs"] if config["value"] is not None}
        if dry:
            ctx.topics.check_new(topic["name"], partitions, configs)
        else:
            ctx.topics.create(topic["name"], partitions, configs)

    return create


def _partition_count(ctx: Context, topic: Message) -> int:
    assignments = {one["partition_index"]: one["broker_ids"] for one in topic["assignments"]}
    if not assignments:
        count: int = topic["num_partitions"]
        return ctx.config.default_partitions if count == _DEFAULT else count
    if sorted(assignments) != list(range(len(assignments))) or any(ids != [NODE_ID] for ids in assignments.values()):
        raise RequestError(
            ErrorCode.INVALID_REPLICA_ASSIGNMENT, f"partitions can only be assigned to the one broker, {NODE_ID}"
        )
    return len(assignments)


def _growth(ctx: Context, topic: Message, dry: bool) -> Callable[[], object]:
    def grow() -> None:
        for assignment in topic["assignments"] or ():
            if assignment["broker_ids"] != [NODE_ID]:
                raise RequestError(ErrorCode.INVALID_REPLICA_ASSIGNMENT, f"the only broker is {NODE_ID}")
        if dry:
            ctx.topics.check_growth(topic["name"], topic["count"])
        else:
            ctx.topics.grow(topic["name"], topic["count"])

    return grow
