"""What a worker says of itself once a second, in a file that the watchdog and `tocsin status` read."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson
import structlog

from agents.metrics import Tally
from agents.replacing import replace_content
from agents.settings import Settings

log = structlog.get_logger(__name__)

INTERVAL_S: Final = 1.0


@dataclass(frozen=True)
class Heartbeat:
    """A worker's latest sign."""

    pid: int
    tick: int
    """Counts up while the event loop turns."""
    agents: Mapping[str, Mapping[str, Any]]
    """Each agent's tally, as `Tally.as_json` gives it."""


def heartbeat_path(settings: Settings, agents: Sequence[str] = ()) -> Path:
    """The file of the worker that runs *agents*; none means all. Workers with different agents may share an id."""
    name = ".".join((settings.worker_id, *agents))
    return settings.state_dir / f"worker-{name}.json"


def read_heartbeat(path: Path) -> Heartbeat | None:
    """None when no worker has written one that can be read."""
    try:
        return Heartbeat(**orjson.loads(path.read_bytes()))
    except (OSError, orjson.JSONDecodeError, TypeError):
        return None


async def beat(path: Path, tallies: Mapping[str, Tally]) -> None:
    """Write the file once a second, for ever. It runs on the loop on purpose: a loop that stands still stops it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    tick = 0
    while True:
        tick += 1
        agents = {name: tally.as_json() for name, tally in tallies.items()}
        try:
            replace_content(path, orjson.dumps({"pid": os.getpid(), "tick": tick, "agents": agents}))
        except OSError as error:
            log.warning("heartbeat not written", path=str(path), error=str(error))
        await asyncio.sleep(INTERVAL_S)
