"""What runs, how far each agent has come, and how every message ended."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from agents.errors import UsageError
from agents.kafka import bootstrap_servers, open_admin, open_consumer, partitions_of
from agents.notifier.cursor import TargetReading
from agents.notifier.targets import load_targets
from agents.registry import AGENTS
from agents.settings import Settings
from agents.supervision.heartbeat import Heartbeat, read_heartbeat
from agents.supervision.progress import Reading, read_progress


@dataclass(frozen=True)
class AgentStatus:
    """One agent: messages it has still to read, and the outcomes its worker counted since it started."""

    name: str
    lag: int
    """Messages written and not yet acknowledged."""
    worker: str | None
    """Id of the live worker that runs it. None means none does on this machine."""
    outcomes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_ready(self) -> bool:
        """Whether a worker of this machine reads for it; one that only starts does not yet."""
        return self.worker is not None and bool(self.outcomes.get("joined"))


@dataclass(frozen=True)
class Status:
    broker: str
    topics: Mapping[str, int]
    """Messages kept per topic."""
    agents: tuple[AgentStatus, ...]
    """Agents, then targets of the notifier as `notifier.<target>`."""
    wrong_targets: str | None = None
    """What is wrong with the targets file. None: nothing, or there is none."""


async def read_status(settings: Settings) -> Status:
    """Ask the broker and read the workers' signs.

    Raises:
        UnavailableError: no broker answers.
    """
    prefix = f"{settings.topic_prefix}."
    async with open_admin(settings) as admin, open_consumer(settings) as consumer:
        names = sorted(name for name in await admin.list_topics() if name.startswith(prefix))
        partitions = await partitions_of(admin, names)
        starts, ends = await consumer.beginning_offsets(partitions), await consumer.end_offsets(partitions)
        kept = Counter(dict.fromkeys(names, 0))
        for part in partitions:
            kept[part.topic] += ends[part] - starts[part]
    targets, wrong = _targets(settings)
    readers: tuple[Reading, ...] = (*AGENTS, *targets)
    lags = Counter({reader.name: 0 for reader in readers})
    for progress in await read_progress(settings, readers):
        lags[progress.agent] += progress.lag
    workers = dict(_live_workers(settings))
    return Status(
        broker=bootstrap_servers(settings),
        topics=dict(kept),
        agents=tuple(_agent_status(name, lag, workers) for name, lag in lags.items()),
        wrong_targets=wrong,
    )


def _targets(settings: Settings) -> tuple[tuple[TargetReading, ...], str | None]:
    """The targets of the notifier, and what is wrong with their file."""
    if settings.notify_file is None:
        return (), None
    try:
        return tuple(TargetReading(target) for target in load_targets(settings)), None
    except UsageError as error:
        return (), str(error)


def _agent_status(name: str, lag: int, workers: Mapping[str, Heartbeat]) -> AgentStatus:
    for worker, sign in workers.items():
        if name in sign.agents:
            return AgentStatus(name, lag, worker, sign.agents[name])
    return AgentStatus(name, lag, None)


def _live_workers(settings: Settings) -> list[tuple[str, Heartbeat]]:
    found = []
    for path in sorted(settings.state_dir.glob("worker-*.json")):
        sign = read_heartbeat(path)
        if sign and _is_alive(sign.pid):
            found.append((path.stem.removeprefix("worker-"), sign))
    return found


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
