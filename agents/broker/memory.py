"""A bound on the bytes of large requests and responses that are in memory at once, over all connections."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

_FREE_BYTES = 64 * 1024
"""Frames up to this size are not counted: the number of connections bounds them."""


class Budget:
    """First come, first served. A frame larger than the whole budget waits until it is alone."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._used = 0
        self._waiting: deque[tuple[int, asyncio.Future[None]]] = deque()

    @property
    def used(self) -> int:
        """Bytes handed out."""
        return self._used

    @asynccontextmanager
    async def reserve(self, size: int) -> AsyncIterator[None]:
        """Hold `size` bytes of the budget, after waiting for them."""
        size = 0 if size <= _FREE_BYTES else min(size, self._limit)
        if size:
            await self._take(size)
        try:
            yield
        finally:
            if size:
                self._give_back(size)

    async def _take(self, size: int) -> None:
        if not self._waiting and self._used + size <= self._limit:
            self._used += size
            return
        granted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((size, granted))
        try:
            await granted
        except asyncio.CancelledError:
            if granted.done() and not granted.cancelled():
                self._give_back(size)
            raise

    def _give_back(self, size: int) -> None:
        self._used -= size
        while self._waiting:
            wanted, granted = self._waiting[0]
            if granted.cancelled():
                self._waiting.popleft()
            elif self._used + wanted <= self._limit:
                self._waiting.popleft()
                self._used += wanted
                granted.set_result(None)
            else:
                return
