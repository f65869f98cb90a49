"""Who is there: Metadata, FindCoordinator, ApiVersions, InitProducerId."""

from __future__ import annotations

import logging

from agents.broker.batch import LEADER_EPOCH
from agents.broker.connection import Client, advertised
from agents.broker.context import NODE_ID, Context
from agents.broker.handlers.outcome import outcome
from agents.broker.protocol import ErrorCode, Message
from agents.broker.topics import Topic

logger = logging.getLogger(__name__)


async def api_versions(ctx: Context, request: Message, client: Client) -> Message:
    """The versions spoken; newer versions of this request are answered before they get here."""
    return advertised()


async def metadata(ctx: Context, request: Message, client: Client) -> Message:
    """The one broker, and the topics asked for (all of them when the client names none)."""
    wanted = request["topics"]
    every = wanted is None or (client.version == 0 and not wanted)
    names = list(ctx.topics.topics) if every else list(dict.fromkeys(topic["name"] for topic in wanted))
    create = ctx.config.auto_create_topics and request.get("allow_auto_topic_creation", True)
    return {
        "brokers": [{"node_id": NODE_ID, "host": ctx.host, "port": ctx.port}],
        "cluster_id": ctx.cluster_id,
        "controller_id": NODE_ID,
        "topics": [_describe(ctx, name, create) for name in names],
    }


async def find_coordinator(ctx: Context, request: Message, client: Client) -> Message:
    """This broker coordinates every group. Transactional producers are sent here too, and refused by InitProducerId,
    which every client understands as final; an error at this point they would retry for ever."""
    return {"error_code": ErrorCode.NONE, "node_id": NODE_ID, "host": ctx.host, "port": ctx.port}


async def init_producer_id(ctx: Context, request: Message, client: Client) -> Message:
    """An id for an idempotent producer; transactions are refused."""
    if request["transactional_id"] is not None:
        logger.warning("refused a transactional producer: the embedded broker has no transactions, use Apache Kafka")
        error = ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED
        return {"error_code": error, "producer_id": -1, "producer_epoch": -1}
    taken: list[int] = []
    error, _ = outcome(lambda: taken.append(ctx.producer_ids.take()))
    return {"error_code": error, "producer_id": taken[0] if taken else -1, "producer_epoch": 0 if taken else -1}


def _describe(ctx: Context, name: str, create: bool) -> Message:
    error = ErrorCode.NONE
    if name not in ctx.topics.topics:
        error = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
        if create:
            error, _ = outcome(lambda: ctx.topics.create(name, ctx.config.default_partitions, {}))
    topic = ctx.topics.topics.get(name)
    return {"error_code": error, "name": name, "partitions": _partitions(topic) if topic is not None else []}


def _partitions(topic: Topic) -> list[Message]:
    return [
        {
            "error_code": ErrorCode.NONE,
            "partition_index": partition.number,
            "leader_id": NODE_ID,
            "leader_epoch": LEADER_EPOCH,
            "replica_nodes": [NODE_ID],
            "isr_nodes": [NODE_ID],
        }
        for partition in topic.partitions
    ]
