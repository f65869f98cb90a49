"""What the handlers of requests share: the broker's parts, its address, its clocks and its way to force data to the
disk."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from agents.broker.config import BrokerConfig
from agents.broker.coordinator import GroupCoordinator
from agents.broker.offsets import OffsetStore
from agents.broker.producer_ids import ProducerIds
from agents.broker.protocol import ErrorCode, RequestError
from agents.broker.topics import Partition, TopicStore

logger = logging.getLogger(__name__)

NODE_ID = 1
"""The one broker, leader of every partition, coordinator of every group."""


@dataclass(eq=False)
class Context:
    """`host` and `port` are where clients reach the broker."""

    config: BrokerConfig
    cluster_id: str
    topics: TopicStore
    offsets: OffsetStore
    groups: GroupCoordinator
    producer_ids: ProducerIds
    host: str = ""
    port: int = 0
    started_ms: int = field(default_factory=lambda: int(time.time() * 1000))
    _offsets_lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    def now_ms(self) -> int:
        """Wall clock, for what is compared with message timestamps and survives a restart."""
        return int(time.time() * 1000)

    def now(self) -> float:
        """Monotonic clock in seconds, for the timeouts of group members."""
        return time.monotonic()

    async def sync_partition(self, partition: Partition) -> None:
        """Force what was appended to the disk; several requests that wait share one call."""
        async with partition.sync_lock:
            if partition.log.unsynced:
                await _in_thread(partition.log.sync)

    async def sync_offsets(self) -> None:
        """Force the journal of committed offsets to the disk."""
        async with self._offsets_lock:
            if self.offsets.unsynced:
                await _in_thread(self.offsets.sync)

    async def sync_all(self) -> None:
        """Force everything to the disk. Errors are logged; what failed stays marked and is tried again."""
        for partition in self.topics:
            if partition.log.unsynced:
                await _logged(self.sync_partition(partition))
        await _logged(self.sync_offsets())


async def _in_thread(work: Callable[[], None]) -> None:
    try:
        await asyncio.to_thread(work)
    except OSError as error:
        raise RequestError(ErrorCode.KAFKA_STORAGE_ERROR, f"the disk refuses: {error.strerror}") from error


async def _logged(work: Awaitable[None]) -> None:
    try:
        await work
    except RequestError as error:
        logger.error("cannot force data to the disk, will try again: %s", error)
