"""What every drill does: feed | keep (restart what died); and faults that several of them know."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

from aiokafka.errors import KafkaError

from agents.errors import UnavailableError
from agents.registry import agents_named
from agents.supervision.progress import read_progress
from schemas.topics import ARTICLES
from tests.e2e.deployment import Deployment, KeyOf
from tests.real.faults.servers import Server


@dataclass
class Log:
    faults: Counter[str] = field(default_factory=Counter)
    restarts: Counter[str] = field(default_factory=Counter)
    """Ends of workers by exit code."""
    memory: dict[str, int] = field(default_factory=dict)
    """Highest resident memory by process, bytes."""


@dataclass(frozen=True, kw_only=True)
class Feed:
    """How articles are fed: never far ahead of the first agent, so that every fault meets work."""

    agent: str = "enricher"
    topic: str = ARTICLES.name
    ahead: int
    """At most so many wait for the agent."""
    portion: int = 500
    key: KeyOf = lambda _: None


async def feed(deployment: Deployment, values: Iterable[bytes], how: Feed) -> None:
    given = iter(values)
    while part := list(islice(given, how.portion)):
        await deployment.pour(part, how.topic, how.key)
        while await _behind(deployment, how.agent) > how.ahead:
            await asyncio.sleep(0.2)


async def _behind(deployment: Deployment, agent: str) -> int:
    """Messages that wait for an agent; 0 when nobody can tell, so that the feed meets the fault as well."""
    try:
        async with asyncio.timeout(20):
            return sum(part.lag for part in await read_progress(deployment.settings, agents_named([agent])))
    except (UnavailableError, KafkaError, TimeoutError):
        return 0


class OnKafka(Protocol):
    """A system on a Kafka of its own."""

    kafka: Server
    chance: random.Random


async def kill_kafka(system: OnKafka) -> None:
    await asyncio.to_thread(system.kafka.kill)
    await asyncio.sleep(system.chance.uniform(0, 8))
    await asyncio.to_thread(system.kafka.start)


async def keep(deployment: Deployment, workers: Iterable[str], log: Log) -> None:
    """As systemd or Kubernetes would: a worker that ended is started again."""
    names = tuple(workers)
    while True:
        for name in names:
            code = deployment.exit_code(name)
            if code is not None:
                log.restarts[str(code)] += 1
                await deployment.start_worker(name)
        await asyncio.sleep(1)


@asynccontextmanager
async def beside(*work: Awaitable[None]) -> AsyncIterator[list[asyncio.Task[None]]]:
    tasks = [asyncio.ensure_future(one) for one in work]
    try:
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
