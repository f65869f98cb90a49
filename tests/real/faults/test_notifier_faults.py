"""Receivers that are away for ten minutes: they get each alert once they are back, and nobody waits for them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from agents.kafka import open_producer
from agents.settings import Settings
from agents.topics import ensure_topics
from schemas.topics import alerts_topic
from tests.agents.notifier.conftest import Receiver, alert
from tests.e2e.deployment import Deployment, make_settings
from tests.real.faults.servers import kafka_server, running, server_folder
from tests.real.faults.subscribers import notifying, repeats

pytestmark = [pytest.mark.soak]

OUTAGE_S = 600
EVERY_S = 3
CHANNEL = "water"


def failing(over: asyncio.Event) -> Callable[[int], Awaitable[web.StreamResponse]]:
    async def answer(_: int) -> web.StreamResponse:
        return web.Response(status=200 if over.is_set() else 500)

    return answer


def hanging(over: asyncio.Event) -> Callable[[int], Awaitable[web.StreamResponse]]:
    async def answer(_: int) -> web.StreamResponse:
        if not over.is_set():
            await over.wait()
            return web.Response(status=500)
        return web.Response()

    return answer


def breaking_off(over: asyncio.Event) -> Callable[[int], Awaitable[web.StreamResponse]]:
    async def answer(_: int) -> web.StreamResponse:
        if not over.is_set():
            raise asyncio.CancelledError
        return web.Response()

    return answer


async def raise_one(settings: Settings, number: int) -> str:
    one = alert(number, channel=CHANNEL)
    topic = alerts_topic(CHANNEL).prefixed(settings.topic_prefix)
    async with open_producer(settings) as producer:
        await producer.send_and_wait(topic, one.model_dump_json().encode(), key=b"flood\x1fKZ")
    return one.id


async def until_told(receivers: Sequence[Receiver], ids: Sequence[str]) -> None:
    async with asyncio.timeout(300):
        while not all(set(ids) <= set(receiver.ids) for receiver in receivers):
            await asyncio.sleep(0.2)


def firsts(receiver: Receiver) -> list[str]:
    """What it took, in order, by idempotency key."""
    return list(dict.fromkeys(receiver.ids))


@asynccontextmanager
async def broker(engine: str, folder: Path) -> AsyncIterator[Settings]:
    """A broker with the topics."""
    async with AsyncExitStack() as stack:
        changes: dict[str, object] = {"notify_file": folder / "targets.toml"}
        if engine == "kafka":
            kafka = kafka_server(stack.enter_context(server_folder()))
            await stack.enter_async_context(running(kafka))
            changes["kafka_url"] = kafka.url
        settings = make_settings(folder, **changes)
        await stack.enter_async_context(Deployment(settings, workers=()))
        await ensure_topics(settings, [CHANNEL])
        yield settings


@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("engine", ["embedded", pytest.param("kafka", marks=pytest.mark.java)])
async def test_receivers_that_are_away_for_ten_minutes_get_each_alert_and_nobody_waits_for_them(
    tmp_path: Path, engine: str
) -> None:
    over, ids = asyncio.Event(), list[str]()
    async with (
        broker(engine, tmp_path) as settings,
        notifying(settings, "fails", "hangs", "breaks", "well") as (notifier, receivers),
    ):
        *away, well = receivers
        for receiver, trouble in zip(away, (failing, hanging, breaking_off), strict=True):
            receiver.answer = trouble(over)
        until = time.monotonic() + OUTAGE_S
        while time.monotonic() < until:
            ids.append(await raise_one(settings, len(ids)))
            if not notifier.kills and time.monotonic() > until - OUTAGE_S / 2:
                await notifier.kill()
                await notifier.start()
            await until_told([well], ids)  # of each while the others are still away
            await asyncio.sleep(EVERY_S)
        assert all(receiver.taken == [] for receiver in away)
        assert all({one.id for one in receiver.attempts} == {ids[0]} for receiver in away), "in order, each tried again"
        over.set()
        await until_told(receivers, ids)
        counts = [f"{len(one.attempts)} attempts, {len(one.taken)} taken" for one in receivers]
        print(f"{len(ids)} alerts in {OUTAGE_S} s; {'; '.join(counts)}; notifier killed {notifier.kills}", flush=True)
        assert [firsts(receiver) for receiver in receivers] == [ids] * len(receivers)
        assert sum(repeats(receiver) for receiver in receivers) <= notifier.kills
