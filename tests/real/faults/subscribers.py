"""Who is told of alerts in a drill: consumer groups of the alert topics, and a webhook that the notifier calls."""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError

from agents.kafka import client_options
from agents.settings import Settings
from agents.supervision.child import Child
from agents.supervision.heartbeat import heartbeat_path, read_heartbeat
from agents.supervision.supervisor import notifier_spec
from schemas.topics import alerts_topic
from tests.agents.notifier.conftest import SECRET, Receiver, serving, webhook_toml
from tests.real.faults.drill import beside

Place = tuple[str, int, int]


@dataclass
class Group:
    """A consumer group of the alert topics, with the places at which it found each alert, by id."""

    name: str
    places: dict[str, set[Place]] = field(default_factory=lambda: defaultdict(set))

    async def read(self, settings: Settings, channels: Sequence[str]) -> None:
        """One member of the group, for ever."""
        consumer = AIOKafkaConsumer(
            *(alerts_topic(channel).prefixed(settings.topic_prefix) for channel in channels),
            **client_options(settings),
            group_id=f"{settings.topic_prefix}-{self.name}",
            isolation_level="read_committed",
            auto_offset_reset="earliest",
            enable_auto_commit=False,
        )
        await consumer.start()
        try:
            while True:
                with contextlib.suppress(KafkaError):
                    await self._portion(consumer)
        finally:
            with contextlib.suppress(KafkaError):
                await consumer.stop()

    async def _portion(self, consumer: AIOKafkaConsumer) -> None:
        for part, records in (await consumer.getmany(timeout_ms=500)).items():
            for record in records:
                self.places[orjson.loads(record.value)["id"]].add((part.topic, part.partition, record.offset))
        await consumer.commit()


@asynccontextmanager
async def reading(settings: Settings, channels: Sequence[str]) -> AsyncIterator[tuple[Group, ...]]:
    """Two groups: one of two members, one of one."""
    groups = Group("day-desk"), Group("night-desk")
    async with beside(*(group.read(settings, channels) for group in (*groups, groups[0]))) as members:
        yield groups
        for member in members:
            if member.done():
                await member  # raises what broke it


class Notifier:
    """The notifier's process."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.kills = 0
        self._child: Child | None = None

    async def start(self) -> None:
        self._child = await Child.start(notifier_spec(self._settings))

    async def until_joined(self, *targets: str, timeout_s: float = 90.0) -> None:
        assert self._child is not None
        path = heartbeat_path(self._settings, ["notifier"])
        async with asyncio.timeout(timeout_s):
            while True:
                sign = read_heartbeat(path)
                agents = sign.agents if sign and sign.pid == self._child.pid else {}
                if all(agents.get(f"notifier.{one}", {}).get("joined") for one in targets):
                    return
                await asyncio.sleep(0.1)

    async def kill(self) -> None:
        assert self._child is not None
        self.kills += 1
        self._child.kill()
        await self._child.wait()

    async def stop(self) -> None:
        assert self._child is not None
        await self._child.stop()


def repeats(receiver: Receiver) -> int:
    """Deliveries beyond the first of each idempotency key."""
    return len(receiver.ids) - len(set(receiver.ids))


@asynccontextmanager
async def notifying(settings: Settings, *targets: str, **keys: Any) -> AsyncIterator[tuple[Notifier, list[Receiver]]]:
    """A notifier that has joined its groups, so that what is raised from now on is delivered, and the receivers of its
    webhooks.

    Args:
        keys: further keys of each target.
    """
    assert settings.notify_file is not None
    folder = settings.notify_file.parent
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "hook.secret").write_text(f"{SECRET}\n")
    async with AsyncExitStack() as stack:
        receivers = [await stack.enter_async_context(serving()) for _ in targets]
        tables = [webhook_toml(*one, **keys) for one in zip(targets, receivers, strict=True)]
        settings.notify_file.write_text("\n".join(tables))
        notifier = Notifier(settings)
        await notifier.start()
        stack.push_async_callback(notifier.stop)
        await notifier.until_joined(*targets)
        yield notifier, receivers
