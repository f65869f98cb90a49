"""Produce, Fetch and ListOffsets."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator

from agents.broker.batch import LEADER_EPOCH
from agents.broker.connection import Client
from agents.broker.context import Context
from agents.broker.protocol import ErrorCode, Message, RequestError
from agents.broker.topics import Partition

logger = logging.getLogger(__name__)

_LATEST, _EARLIEST = -1, -2
"""Special timestamps of ListOffsets."""


async def produce(ctx: Context, request: Message, client: Client) -> Message | None:
    """Append each batch, then answer; with fsync `always` the answer waits for the disk."""
    written: list[tuple[Partition, Message]] = []
    responses = [
        {
            "name": topic["name"],
            "partition_responses": [_append(ctx, request, topic["name"], p, written) for p in parts],
        }
        for topic in request["topic_data"]
        if (parts := topic["partition_data"]) is not None
    ]
    if ctx.config.fsync == "always":
        for partition, answer in written:
            await _make_durable(ctx, partition, answer)
    return {"responses": responses} if request["acks"] != 0 else None


async def fetch(ctx: Context, request: Message, client: Client) -> Message | None:
    """Batches from each wanted offset. With nothing to give it waits, but never longer than `max_fetch_wait_ms`."""
    loop = asyncio.get_running_loop()
    until = loop.time() + min(request["max_wait_ms"], ctx.config.max_fetch_wait_ms) / 1000
    grown = asyncio.Event()
    watched = list(_wanted(ctx, request))
    for partition in watched:
        partition.waiters.add(grown)
    try:
        while True:
            grown.clear()
            response, size, failed = _read_all(ctx, request)
            if failed or not watched or size >= request["min_bytes"] or client.gone.is_set() or loop.time() >= until:
                return response
            await _wait(grown, client, until - loop.time())
    finally:
        for partition in watched:
            partition.waiters.discard(grown)


async def list_offsets(ctx: Context, request: Message, client: Client) -> Message:
    """The first offset, the next offset, or the first that is not older than a timestamp."""
    topics = []
    for topic in request["topics"]:
        partitions = [await _find_offset(ctx, topic["name"], wanted) for wanted in topic["partitions"]]
        topics.append({"name": topic["name"], "partitions": partitions})
    return {"topics": topics}


def _append(
    ctx: Context, request: Message, topic: str, part: Message, written: list[tuple[Partition, Message]]
) -> Message:
    answer = {"index": part["index"], "error_code": ErrorCode.NONE, "base_offset": -1, "log_start_offset": -1}
    try:
        _check_request(request)
        partition = ctx.topics.partition(topic, part["index"])
        appended = partition.log.append(part["records"] or b"", ctx.now_ms())
    except RequestError as error:
        logger.warning("refused a batch for %s[%d]: %s", topic, part["index"], error)
        return answer | {"error_code": error.code, "error_message": error.message}
    partition.wake()
    answer |= {"base_offset": appended.base_offset, "log_start_offset": partition.log.start_offset}
    written.append((partition, answer))
    return answer


def _check_request(request: Message) -> None:
    if request["transactional_id"] is not None:
        raise RequestError(ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED, "the embedded broker has no transactions")
    if request["acks"] not in (-1, 0, 1):
        raise RequestError(ErrorCode.INVALID_REQUIRED_ACKS, f"acks must be -1, 0 or 1, not {request['acks']}")


async def _make_durable(ctx: Context, partition: Partition, answer: Message) -> None:
    try:
        await ctx.sync_partition(partition)
    except RequestError as error:
        answer.update(error_code=error.code, base_offset=-1, error_message=error.message)


def _wanted(ctx: Context, request: Message) -> Iterator[Partition]:
    for topic in request["topics"]:
        for wanted in topic["partitions"]:
            try:
                yield ctx.topics.partition(topic["topic"], wanted["partition"])
            except RequestError:
                continue  # `_read_all` answers with the error


async def _wait(grown: asyncio.Event, client: Client, seconds: float) -> None:
    signal = asyncio.ensure_future(grown.wait())
    try:
        await client.wait_for(signal, seconds)
    finally:
        signal.cancel()


def _read_all(ctx: Context, request: Message) -> tuple[Message, int, bool]:
    """(response, bytes in it, whether a partition was refused)."""
    budget = min(request["max_bytes"], ctx.config.max_fetch_bytes)
    size, failed, responses = 0, False, []
    for topic in request["topics"]:
        partitions = []
        for wanted in topic["partitions"]:
            limit = max(0, min(wanted["partition_max_bytes"], budget - size))
            answer = _read_one(ctx, topic["topic"], wanted, limit, at_least_one=size == 0)
            answer["aborted_transactions"] = [] if request["isolation_level"] else None
            size += len(answer["records"])
            failed = failed or answer["error_code"] != ErrorCode.NONE
            partitions.append(answer)
        responses.append({"topic": topic["topic"], "partitions": partitions})
    return {"responses": responses}, size, failed


def _read_one(ctx: Context, topic: str, wanted: Message, limit: int, *, at_least_one: bool) -> Message:
    answer = {
        "partition_index": wanted["partition"],
        "error_code": ErrorCode.NONE,
        "high_watermark": -1,
        "last_stable_offset": -1,
        "log_start_offset": -1,
        "records": b"",
    }
    try:
        log = ctx.topics.partition(topic, wanted["partition"]).log
        answer |= {
            "high_watermark": log.end_offset,
            "last_stable_offset": log.end_offset,
            "log_start_offset": log.start_offset,
        }
        answer["records"] = log.read(wanted["fetch_offset"], limit, at_least_one=at_least_one)
    except RequestError as error:
        answer["error_code"] = error.code
    except OSError as error:
        logger.error("cannot read %s[%d]: %s", topic, wanted["partition"], error)
        answer["error_code"] = ErrorCode.KAFKA_STORAGE_ERROR
    return answer


async def _find_offset(ctx: Context, topic: str, wanted: Message) -> Message:
    answer: Message = {"partition_index": wanted["partition_index"], "leader_epoch": LEADER_EPOCH}
    try:
        log = ctx.topics.partition(topic, wanted["partition_index"]).log
        if wanted["timestamp"] == _LATEST:
            offset, timestamp = log.end_offset, -1
        elif wanted["timestamp"] == _EARLIEST:
            offset, timestamp = log.start_offset, -1
        else:
            # Reads the disk and may unpack a batch.
            found = await asyncio.to_thread(log.offset_since, wanted["timestamp"])
            offset, timestamp = found or (-1, -1)
    except RequestError as error:
        return answer | {"error_code": error.code, "offset": -1, "timestamp": -1}
    except OSError as error:
        logger.error("cannot search %s[%d]: %s", topic, wanted["partition_index"], error)
        return answer | {"error_code": ErrorCode.KAFKA_STORAGE_ERROR, "offset": -1, "timestamp": -1}
    return answer | {"error_code": ErrorCode.NONE, "offset": offset, "timestamp": timestamp}
