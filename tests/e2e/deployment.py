"""A small system of real processes on the embedded broker, whose parts tests kill and start again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from pathlib import Path

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from agents.errors import UnavailableError
from agents.kafka import Message, bootstrap_servers, read_to_end
from agents.registry import AGENTS
from agents.rules import load_rules
from agents.settings import Settings
from agents.supervision.child import Child
from agents.supervision.heartbeat import heartbeat_path, read_heartbeat
from agents.supervision.progress import read_progress
from agents.supervision.supervisor import broker_spec, ready_broker, worker_spec
from agents.topics import ensure_topics
from schemas.topics import ARTICLES

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


class Deployment:
    """Broker and worker. Use as an async context manager; both run inside."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._port = 0
        self._broker: Child | None = None
        self._worker: Child | None = None

    async def __aenter__(self) -> Deployment:
        await self.start_broker()
        await ensure_topics(self.settings, load_rules(self.settings).channels)
        await self.start_worker()
        return self

    async def __aexit__(self, *_: object) -> None:
        for child in (self._worker, self._broker):
            if child is not None:
                await child.stop()

    @property
    def worker(self) -> Child:
        assert self._worker is not None
        return self._worker

    async def start_broker(self) -> None:
        self._broker = await Child.start(broker_spec(self.settings, self._port))
        self._port = await ready_broker(self.settings, self._broker)

    async def kill_broker(self) -> None:
        assert self._broker is not None
        self._broker.kill()
        await self._broker.wait()

    async def start_worker(self) -> None:
        self._worker = await Child.start(worker_spec(self.settings, AGENTS))

    async def until_alive(self, enriched: int = 0) -> None:
        """Wait until the worker of now has given a sign, and enriched at least so many articles."""
        async with asyncio.timeout(90):
            while True:
                sign = read_heartbeat(heartbeat_path(self.settings))
                if sign and sign.pid == self.worker.pid and sign.agents["enricher"]["done"] >= enriched:
                    return
                await asyncio.sleep(0.1)

    async def until_at_work(self) -> None:
        """A fault that comes now hits the worker in the middle of things."""
        await self.until_alive(enriched=1)

    async def kill_worker(self) -> None:
        self.worker.kill()
        await self.worker.wait()

    async def stop_worker(self) -> int:
        return await self.worker.stop()

    async def write(self, values: Iterable[bytes], topic: str = ARTICLES.name) -> None:
        """Put messages on a topic, in order; returns when the broker has acknowledged every one."""
        async with asyncio.timeout(120):
            left = list(values)
            while left:
                left = await self._send(left, f"{self.settings.topic_prefix}.{topic}")

    async def _send(self, values: Sequence[bytes], topic: str) -> list[bytes]:
        """One at a time, so that order holds over a broker's death; what was not acknowledged."""
        producer = AIOKafkaProducer(
            bootstrap_servers=bootstrap_servers(self.settings),
            enable_idempotence=True,
            max_request_size=self.settings.max_message_bytes,
            request_timeout_ms=5_000,
        )
        sent = 0
        try:
            await producer.start()
            for value in values:
                await producer.send_and_wait(topic, value)
                sent += 1
        except KafkaError:
            await asyncio.sleep(0.2)
        finally:
            await producer.stop()
        return list(values[sent:])

    async def read(self, *topics: str) -> list[Message]:
        names = [f"{self.settings.topic_prefix}.{topic}" for topic in topics]
        return [message async for message in read_to_end(self.settings, names)]

    async def until_settled(self, timeout_s: float = 90.0) -> None:
        """Wait until every agent has acknowledged everything, on two looks in a row."""
        calm = 0
        async with asyncio.timeout(timeout_s):
            while calm < 2:
                try:
                    behind = sum(part.lag for part in await read_progress(self.settings))
                except UnavailableError:
                    behind = -1
                calm = calm + 1 if behind == 0 else 0
                await asyncio.sleep(0.3)
