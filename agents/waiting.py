"""Waiting for a server before there is any work to do: ever longer pauses, and one line that says why."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from agents.errors import AccessError
from agents.stage import pause_s

log = structlog.get_logger(__name__)


async def sleep_unless(stop: asyncio.Event, seconds: float) -> None:
    """Return after so long, or as soon as *stop* is set."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await stop.wait()


@dataclass
class Waiting:
    """One wait. `what` is waited for."""

    what: str
    chance: Callable[[], float] = random.random
    _attempts: int = 0
    _said: str = ""

    def pause_s(self, error: Exception) -> float:
        """Take note of a failed attempt; seconds until the next. A reason is said once, until another follows."""
        reason = str(error) or type(error).__name__
        if reason != self._said:
            tell = log.error if isinstance(error, AccessError) else log.warning
            tell(f"waiting for {self.what}; tried again until it works, this is said once", error=reason)
        self._said = reason
        self._attempts += 1
        return pause_s(self._attempts, self.chance())
