"""A child under the watchdog: ended when it stands still, though its process lives."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import structlog

from agents.notifier.cursor import NAME, TargetReading
from agents.notifier.targets import load_targets
from agents.settings import Settings
from agents.spec import AgentSpec
from agents.supervision.child import Child
from agents.supervision.heartbeat import heartbeat_path, read_heartbeat
from agents.supervision.progress import Progress, Reading, read_progress
from agents.supervision.watchdog import LOOK_EVERY_S, begin, look

log = structlog.get_logger(__name__)

WEDGED: Final = 76
"""Exit code of a command whose child had to be killed; whoever started it should start it again."""
_GRACE_S: Final = 5.0
_ASK_TIMEOUT_S: Final = 20.0


@dataclass(frozen=True, kw_only=True)
class Watched:
    """What shows whether a child is at work."""

    heartbeat: Path
    readings: Sequence[Reading]
    """Whose lag and commits count."""
    timeout_s: float
    """A sign of work must come at least so often."""


def watched_worker(settings: Settings, agents: Sequence[AgentSpec], names: Sequence[str]) -> Watched:
    """
    Args:
        names: of the agents, as in the name of the heartbeat's file; none means all.
    """
    # Twice the time of one article passes between two signs when an article hangs on its last attempt.
    timeout_s = max(settings.wedge_timeout_s, 2 * settings.enrich_timeout_s + LOOK_EVERY_S)
    return Watched(heartbeat=heartbeat_path(settings, names), readings=agents, timeout_s=timeout_s)


def watched_notifier(settings: Settings) -> Watched:
    """
    Raises:
        UsageError: the targets file is wrong.
    """
    targets = load_targets(settings)
    # One answer passes between two signs; twice its time, since apprise has a pause of its own before it.
    answer_s = max((target.timeout_s for target in targets), default=0.0)
    return Watched(
        heartbeat=heartbeat_path(settings, [NAME]),
        readings=tuple(TargetReading(target) for target in targets),
        timeout_s=max(settings.wedge_timeout_s, 2 * answer_s + LOOK_EVERY_S),
    )


async def _progress(settings: Settings, readings: Sequence[Reading]) -> list[Progress] | None:
    """What the broker tells; None when it does not. Whatever goes wrong here, the watch goes on."""
    try:
        async with asyncio.timeout(_ASK_TIMEOUT_S):
            return await read_progress(settings, readings)
    except Exception as error:
        log.warning("progress unknown", error=f"{type(error).__name__}: {error}")
        return None


async def _until_wedged(settings: Settings, watched: Watched, child: Child) -> tuple[str, ...]:
    """Watch the child for as long as it moves; what stalled."""
    watch = begin(time.monotonic())
    while True:
        await asyncio.sleep(LOOK_EVERY_S)
        heartbeat = read_heartbeat(watched.heartbeat)
        own = heartbeat if heartbeat is not None and heartbeat.pid == child.pid else None
        progress = await _progress(settings, watched.readings)
        watch = look(watch, time.monotonic(), own, progress)
        if stalled := watch.stalled(time.monotonic(), watched.timeout_s):
            return stalled


async def attend(settings: Settings, watched: Watched, child: Child) -> int:
    """Wait for the child's end, or bring it about when it is wedged; its exit code, or `WEDGED`."""
    ended = asyncio.create_task(child.wait())
    wedged = asyncio.create_task(_until_wedged(settings, watched, child))
    try:
        await asyncio.wait({ended, wedged}, return_when=asyncio.FIRST_COMPLETED)
        if not ended.done():
            log.error(f"{child.spec.name} is wedged and is ended", stalled=wedged.result(), pid=child.pid)
            await child.stop(_GRACE_S)
            return WEDGED
        return ended.result()
    finally:
        for task in (wedged, ended):
            task.cancel()
        await asyncio.gather(wedged, ended, return_exceptions=True)
