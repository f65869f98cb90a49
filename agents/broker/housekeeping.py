"""What happens without a request: dead members are removed, data is forced to the disk, old messages are forgotten,
compacted topics are compacted, offsets of abandoned groups expire."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from agents.broker.compaction import compact, plan_compaction
from agents.broker.context import Context
from agents.broker.topics import Partition

logger = logging.getLogger(__name__)

_GROUP_TICK_SECONDS = 0.1
"""Death of a member is noticed this late at most, on top of its session timeout."""


def housekeepers(ctx: Context) -> list[Coroutine[Any, Any, None]]:
    """The endless jobs, each to be run as a task."""
    jobs = [
        _every(_GROUP_TICK_SECONDS, lambda: _tick_groups(ctx)),
        _every(ctx.config.housekeeping_ms / 1000, lambda: keep_house(ctx)),
    ]
    if ctx.config.fsync != "never":
        jobs.append(_every(ctx.config.fsync_interval_ms / 1000, ctx.sync_all))
    return jobs


async def keep_house(ctx: Context) -> None:
    """One round of rolling, retention, compaction and expiry."""
    now_ms = ctx.now_ms()
    for partition in ctx.topics:
        partition.log.roll_by_age(now_ms)
        dropped = partition.log.forget_old(now_ms)
        if dropped:
            logger.info("%s[%d]: retention deleted %d segments", partition.topic, partition.number, dropped)
        if partition.log.config.compacted:
            await _compact(partition, now_ms)
    _expire_offsets(ctx, now_ms)


async def _every(seconds: float, work: Callable[[], Awaitable[None]]) -> None:
    while True:
        await asyncio.sleep(seconds)
        try:
            await work()
        except Exception:
            # The next round may succeed (a full disk is emptied); the broker must go on serving in any case.
            logger.exception("housekeeping failed, will try again")


async def _tick_groups(ctx: Context) -> None:
    ctx.groups.tick(ctx.now())


async def _compact(partition: Partition, now_ms: int) -> None:
    log = partition.log
    plan = plan_compaction(log.segments, log.compacted_until, now_ms, log.config.delete_retention_ms)
    if plan is None:
        return
    try:
        rewritten = await asyncio.to_thread(compact, plan)
    except FileNotFoundError:
        return  # retention or the deletion of the topic was faster
    for old, new in rewritten:
        if log.replace(old, new):
            logger.info(
                "%s[%d]: compaction shrank %d bytes to %d", partition.topic, partition.number, old.size, new.size
            )
    log.compacted_until = plan.last_offset + 1


def _expire_offsets(ctx: Context, now_ms: int) -> None:
    keep_ms = ctx.config.offsets_retention_ms
    if now_ms - ctx.started_ms > keep_ms:
        for group in ctx.offsets.groups():
            if group not in ctx.groups.groups:
                ctx.offsets.expire(group, now_ms - keep_ms)
    ctx.offsets.rewrite_when_worthwhile()
