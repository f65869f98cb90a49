"""A running broker, alerts on it, and receivers that fail as told."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from agents.broker.config import BrokerConfig
from agents.broker.server import Broker
from agents.kafka import open_producer
from agents.notifier.run import run_notifier
from agents.settings import Settings
from agents.topics import ensure_topics
from schemas.alert import Alert

MOMENT = datetime(2026, 3, 1, 10, tzinfo=UTC)
SECRET = "a long enough secret of the test"
PATIENCE_S = 60.0


def alert(number: int = 1, **changes: Any) -> Alert:
    values: dict[str, Any] = {
        "id": f"x{number}",
        "rule_id": "flood",
        "rule_version": 1,
        "severity": "high",
        "channel": "water",
        "group": "KZ",
        "title": f"River {number} rises",
        "summary": "title:river",
        "article_ids": ("a1",),
        "event_time": MOMENT + timedelta(minutes=number),
        "raised_at": MOMENT + timedelta(minutes=number),
    }
    return Alert.model_validate(values | changes)


@dataclass(frozen=True)
class Received:
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["ce-id"]


@dataclass
class Receiver:
    """A webhook receiver. `answer` may be exchanged while it runs."""

    url: str = ""
    host: str = ""
    taken: list[Received] = field(default_factory=list)
    attempts: list[Received] = field(default_factory=list)
    answer: Callable[[int], Awaitable[web.StreamResponse]] | None = None

    @property
    def ids(self) -> list[str]:
        return [one.id for one in self.taken]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        received = Received({name.lower(): value for name, value in request.headers.items()}, await request.read())
        self.attempts.append(received)
        response = web.Response() if self.answer is None else await self.answer(len(self.attempts))
        if 200 <= response.status < 300:
            self.taken.append(received)
        return response


@asynccontextmanager
async def serving() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", receiver.handle)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert site._server is not None
    port = site._server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
    receiver.url, receiver.host = f"http://127.0.0.1:{port}/hook", f"127.0.0.1:{port}"
    try:
        yield receiver
    finally:
        await runner.cleanup()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with serving() as found:
        yield found


@pytest.fixture
async def other() -> AsyncIterator[Receiver]:
    async with serving() as found:
        yield found


@pytest.fixture
async def settings(tmp_path: Path) -> AsyncIterator[Settings]:
    found = Settings(
        data_dir=tmp_path / "data",
        broker_port=0,
        notify_file=tmp_path / "targets.toml",
        notify_retry_first_s=0.01,
        notify_retry_max_s=0.05,
    )
    (tmp_path / "hook.secret").write_text(f"{SECRET}\n")
    broker = Broker(BrokerConfig(data_dir=found.broker_dir))
    await broker.start()
    await ensure_topics(found, ["water", "fire", "test"])
    yield found
    await broker.stop()


def webhook_toml(id: str, receiver: Receiver, **more: Any) -> str:
    keys = {"id": id, "kind": "webhook", "url": receiver.url, "secret_file": "hook.secret"}
    keys |= {"allow_hosts": [receiver.host], "timeout_s": 5.0} | more
    return "[[target]]\n" + "".join(f"{name} = {json.dumps(value)}\n" for name, value in keys.items())


def write_targets(settings: Settings, *tables: str) -> None:
    assert settings.notify_file is not None
    settings.notify_file.write_text("\n".join(tables))


async def raise_alerts(settings: Settings, *alerts: Alert, topic: str | None = None) -> None:
    async with open_producer(settings) as producer:
        for one in alerts:
            name = topic or f"{settings.topic_prefix}.alerts.{one.channel}"
            await producer.send_and_wait(name, one.model_dump_json().encode(), key=b"flood\x1fKZ")


async def until(condition: Callable[[], bool]) -> None:
    """Wait for the condition; a generous bound, never a measurement."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "it never came about"
        await asyncio.sleep(0.02)


@asynccontextmanager
async def notifying(settings: Settings, *targets: str) -> AsyncIterator[asyncio.Task[None]]:
    """The notifier, running, each of *targets* with its partitions assigned."""
    stop = asyncio.Event()
    path = settings.state_dir / f"worker-{settings.worker_id}.notifier.json"
    path.unlink(missing_ok=True)
    task = asyncio.create_task(run_notifier(settings, stop))

    def ready() -> bool:
        if task.done():
            task.result()
        with contextlib.suppress(OSError, ValueError):
            agents = json.loads(path.read_text())["agents"]
            return all(agents.get(f"notifier.{name}", {}).get("joined") for name in targets)
        return False

    await until(ready)
    try:
        yield task
    finally:
        stop.set()
        await task
