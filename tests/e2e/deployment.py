"""A small system of real processes, on the embedded broker or on servers that run already, whose parts tests kill."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import psutil
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from agents.errors import UnavailableError
from agents.kafka import Message, bootstrap_servers, read_to_end
from agents.registry import agents_named, names_unless_all
from agents.rules import load_rules
from agents.settings import Settings
from agents.supervision.child import Child, ChildSpec, environment_of
from agents.supervision.heartbeat import Heartbeat, heartbeat_path, read_heartbeat
from agents.supervision.progress import read_progress
from agents.supervision.supervisor import broker_spec, ready_broker, worker_spec
from agents.topics import ensure_topics
from schemas.article import Article
from schemas.enrichment import EnrichedArticle, Mode
from schemas.topics import ARTICLES
from tests.agents import misbehave

RULES = {
    "flood": """
id = "flood"
version = 1
title = "Flood"
query = "tags:flood"
severity = "medium"
channel = "water"
group_by = "source.country"
throttle = "6h"
message = "Flood: {title}"
owner = "water desk"
""",
    "fire": """
id = "fire"
version = 1
title = "Fire"
query = "title:fire"
severity = "high"
channel = "fire"
message = "Fire: {title}"
owner = "fire desk"
""",
}


def make_settings(folder: Path, **changes: object) -> Settings:
    """Settings of a data folder of its own, with the rules above."""
    rules = folder / "rules"
    rules.mkdir(parents=True, exist_ok=True)
    for name, text in RULES.items():
        (rules / f"{name}.toml").write_text(text)
    values: dict[str, object] = {
        "data_dir": folder / "data",
        "broker_port": 0,
        "rules_dir": rules,
        "enrich_processes": 2,
        "enrich_timeout_s": 2.0,
        "log_level": "warning",
    }
    return Settings.model_validate(values | changes)


Enrich = Callable[[Article, Mode], EnrichedArticle]
KeyOf = Callable[[bytes], bytes | None]
"""The key of a message, given its value."""

_IN_FLIGHT = 200
"""Sends that wait for their acknowledgement; thousands time out together when a broker dies."""


def _no_key(_: bytes) -> None:
    return None


def tocsin_worker(settings: Settings, agents: Sequence[str], name: str) -> ChildSpec:
    """`tocsin worker AGENT... --id NAME`."""
    return ChildSpec(
        name=f"worker {name}",
        module="agents.cli.main",
        arguments=("worker", *agents, "--id", name),
        environment=environment_of(settings),
        stop_timeout_s=settings.stop_timeout_s + 10.0,
    )


def family(pid: int) -> list[psutil.Process]:
    """The process and all below it."""
    try:
        first = psutil.Process(pid)
        return [first, *first.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def kill_all(processes: Iterable[psutil.Process]) -> None:
    """SIGKILL for each, the parents first, so that none of them can put a child's death right."""
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()


class Deployment:
    """Topics and workers, and the broker when it is embedded. Use as an async context manager; all run inside."""

    def __init__(
        self,
        settings: Settings,
        *,
        enrich: Enrich | None = misbehave.enrich,
        workers: Sequence[str] | Mapping[str, Sequence[str]] = ("0",),
    ) -> None:
        """
        Args:
            workers: names of the first workers, with the agents that each runs; all agents when only names are given.
        """
        self.settings = settings
        self.enrich = enrich
        """What the enricher is meant to do, for the checker. None: take what it wrote."""
        self.acknowledged: set[bytes] = set()
        """Values that the broker has confirmed; it must never lose one."""
        self._agents = {name: tuple(workers[name]) if isinstance(workers, Mapping) else () for name in workers}
        self._port = 0
        self._broker: Child | None = None
        self._workers: dict[str, Child] = {}

    async def __aenter__(self) -> Deployment:
        if self.settings.uses_embedded_broker:
            await self.start_broker()
        await ensure_topics(self.settings, load_rules(self.settings).channels)
        for name in self._agents:
            await self.start_worker(name)
        return self

    async def __aexit__(self, *_: object) -> None:
        for child in (*self._workers.values(), self._broker):
            if child is not None:
                kill_all(family(child.pid) if child.code is None else [])
                await child.stop()

    @property
    def worker(self) -> Child:
        return self._workers["0"]

    async def start_broker(self) -> None:
        self._broker = await Child.start(broker_spec(self.settings, self._port))
        self._port = await ready_broker(self.settings, self._broker)

    async def kill_broker(self) -> None:
        assert self._broker is not None
        self._broker.kill()
        await self._broker.wait()

    async def start_worker(self, name: str = "0", agents: Sequence[str] = (), *, watched: bool = True) -> None:
        """`tocsin worker`, or only the process below its watchdog. A worker keeps its *agents* when it starts again."""
        self._agents[name] = chosen = tuple(agents) or self._agents.get(name, ())
        own = self.settings.model_copy(update={"worker_id": name})
        spec = tocsin_worker(self.settings, chosen, name) if watched else worker_spec(own, agents_named(chosen))
        self._workers[name] = await Child.start(spec)

    def _sign(self, name: str) -> Heartbeat | None:
        """What the worker of now says of itself; None before its first sign."""
        own = self.settings.model_copy(update={"worker_id": name})
        sign = read_heartbeat(heartbeat_path(own, names_unless_all(agents_named(self._agents[name]))))
        return sign if sign is not None and sign.pid in {one.pid for one in self.family(name)} else None

    def exit_code(self, name: str) -> int | None:
        """None while the worker runs."""
        return self._workers[name].code

    def family(self, name: str = "0") -> list[psutil.Process]:
        """All processes of a worker, its watchdog's first."""
        return family(self._workers[name].pid)

    async def until_alive(self, enriched: int = 0, joined: int = 0, name: str = "0") -> None:
        """Wait until the worker of now has given a sign, joined its groups, and enriched at least so many articles."""
        async with asyncio.timeout(90):
            while True:
                if sign := self._sign(name):
                    done = sign.agents.get("enricher", {}).get("done", 0)
                    if done >= enriched and all(one["joined"] >= joined for one in sign.agents.values()):
                        return
                await asyncio.sleep(0.1)

    async def until_at_work(self) -> None:
        """A fault that comes now hits the worker in the middle of things."""
        await self.until_alive(enriched=1)

    async def kill_worker(self, name: str = "0") -> None:
        """SIGKILL for all its processes at once, as when its machine goes down."""
        kill_all(self.family(name))
        await self._workers[name].wait()

    async def stop_worker(self, name: str = "0") -> int:
        return await self._workers[name].stop()

    async def write(self, values: Iterable[bytes], topic: str = ARTICLES.name) -> None:
        """Put messages on a topic, in order; returns when the broker has acknowledged every one."""
        async with asyncio.timeout(120):
            left = list(values)
            while left:
                left = await self._send(left, f"{self.settings.topic_prefix}.{topic}")

    async def _send(self, values: Sequence[bytes], topic: str) -> list[bytes]:
        """One at a time, so that order holds over a broker's death; what was not acknowledged."""
        sent = 0
        with contextlib.suppress(KafkaError):
            async with self._producer() as producer:
                for value in values:
                    await producer.send_and_wait(topic, value)
                    self.acknowledged.add(value)
                    sent += 1
        if sent < len(values):
            await asyncio.sleep(0.2)
        return list(values[sent:])

    @contextlib.asynccontextmanager
    async def _producer(self) -> AsyncIterator[AIOKafkaProducer]:
        producer = AIOKafkaProducer(
            bootstrap_servers=bootstrap_servers(self.settings),
            enable_idempotence=True,
            max_request_size=self.settings.max_message_bytes,
            request_timeout_ms=5_000,
        )
        try:
            await producer.start()
            yield producer
        finally:
            await producer.stop()

    async def pour(self, values: Iterable[bytes], topic: str = ARTICLES.name, key: KeyOf = _no_key) -> None:
        """Put many messages on a topic in whatever order they arrive, each as often as it takes."""
        left, sent = list(values), set[bytes]()
        while left:
            with contextlib.suppress(KafkaError):
                async with self._producer() as producer:
                    for start in range(0, len(left), _IN_FLIGHT):
                        part = [(value, key(value)) for value in left[start : start + _IN_FLIGHT]]
                        await self._pour(producer, f"{self.settings.topic_prefix}.{topic}", part, sent)
            left = [value for value in left if value not in sent]

    async def _pour(
        self, producer: AIOKafkaProducer, topic: str, values: Sequence[tuple[bytes, bytes | None]], sent: set[bytes]
    ) -> None:
        async def send(value: bytes, key: bytes | None) -> None:
            await producer.send_and_wait(topic, value, key=key)
            sent.add(value)
            self.acknowledged.add(value)

        results = await asyncio.gather(*(send(*one) for one in values), return_exceptions=True)
        if failed := [one for one in results if isinstance(one, BaseException)]:
            raise failed[0]

    def tally(self, agent: str, name: str = "0") -> Mapping[str, Any]:
        """What the worker of now has counted for one agent, a second ago at most; nothing before its first sign."""
        sign = self._sign(name)
        return sign.agents[agent] if sign is not None else {}

    async def until_waiting(self, agent: str, waits: int = 1) -> None:
        """Until the agent has waited so many more times; a fault that it never notices proves nothing."""
        before = self.tally(agent).get("retries", 0)
        await self.until(lambda: self.tally(agent).get("retries", 0) >= before + waits)

    async def read(self, *topics: str) -> list[Message]:
        names = [f"{self.settings.topic_prefix}.{topic}" for topic in topics]
        return [message async for message in read_to_end(self.settings, names)]

    async def until(self, happened: Callable[[], bool], timeout_s: float = 90.0) -> None:
        async with asyncio.timeout(timeout_s):
            while not happened():
                await asyncio.sleep(0.1)

    async def until_settled(self, timeout_s: float = 120.0) -> None:
        """Wait until every agent that runs here has acknowledged everything, on two looks in a row."""
        calm, running = 0, self._agents.values()
        agents = agents_named(() if () in running else {agent for one in running for agent in one})
        async with asyncio.timeout(timeout_s):
            while calm < 2:
                try:
                    behind = sum(part.lag for part in await read_progress(self.settings, agents))
                except UnavailableError:
                    behind = -1
                calm = calm + 1 if behind == 0 else 0
                await asyncio.sleep(0.3)
