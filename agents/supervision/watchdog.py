"""Telling a worker that is wedged from one that works, waits or is idle: pure.

A Faust worker can stand still for good after a broker was lost: no output, no commits, signals ignored, the process
alive. So a process outside looks at two things: whether the worker's loop turns (its heartbeat counts up), and whether
each agent that has messages to read commits offsets or at least shows signs of work (it waits for a server, or an
enrichment process answers). Nothing is concluded from what cannot be seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from agents.supervision.heartbeat import Heartbeat
from agents.supervision.progress import Progress

LOOK_EVERY_S: Final = 5.0
LOOP: Final = "event loop"
_BLIND_AFTER: Final = 4
"""Looks that were missed, so that the watcher itself must have stood still (a suspended machine)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was seen of one thing, and since when it has been so."""

    value: tuple[int, ...]
    since: float


@dataclass(frozen=True, slots=True)
class Watch:
    """All readings of one worker process; times in seconds of a monotonic clock."""

    looked_at: float
    readings: Mapping[str, Reading] = field(default_factory=dict)

    def stalled(self, now: float, timeout_s: float) -> tuple[str, ...]:
        """Names of what has not moved for *timeout_s*: the loop, or agents."""
        return tuple(name for name, reading in self.readings.items() if now - reading.since > timeout_s)


def begin(now: float) -> Watch:
    """The watch of a worker that was just started: its loop is expected to turn."""
    return Watch(now, {LOOP: Reading((0,), now)})


def _agent_values(heartbeat: Heartbeat | None, progress: Sequence[Progress] | None) -> dict[str, tuple[int, ...]]:
    """For each agent that has work: what must change while it works."""
    if heartbeat is None or progress is None:
        return {}
    values: dict[str, tuple[int, ...]] = {}
    for name, tally in heartbeat.agents.items():
        parts = [part for part in progress if part.agent == name and _is_its(tally, part)]
        if any(part.lag for part in parts):
            values[name] = (sum(part.committed for part in parts), int(tally.get("signs", 0)))
    return values


def _is_its(tally: Mapping[str, Any], part: Progress) -> bool:
    """What others of its group commit says nothing of this worker; until it has partitions it answers for all."""
    return not tally.get("joined") or f"{part.topic}/{part.partition}" in tally.get("partitions", ())


def look(watch: Watch, now: float, heartbeat: Heartbeat | None, progress: Sequence[Progress] | None) -> Watch:
    """The watch after another look.

    Args:
        heartbeat: the worker's latest; None when it wrote none yet.
        progress: what the broker tells; None when it does not answer, then no agent is judged.
    """
    if now - watch.looked_at > _BLIND_AFTER * LOOK_EVERY_S:
        watch = Watch(now, {name: Reading(reading.value, now) for name, reading in watch.readings.items()})
    tick = watch.readings[LOOP].value if heartbeat is None else (heartbeat.tick,)
    values = {LOOP: tick, **_agent_values(heartbeat, progress)}
    return Watch(now, {name: _reading(watch.readings.get(name), value, now) for name, value in values.items()})


def _reading(before: Reading | None, value: tuple[int, ...], now: float) -> Reading:
    return before if before is not None and before.value == value else Reading(value, now)
