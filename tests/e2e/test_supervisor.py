"""`tocsin up`: what dies is started again, what is wedged is ended, and nothing outlives it."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from agents.errors import UnavailableError
from agents.kafka import bootstrap_servers, open_producer
from agents.settings import Settings
from agents.supervision.child import environment_of
from agents.supervision.heartbeat import heartbeat_path, read_heartbeat
from agents.supervision.progress import read_progress
from agents.supervision.supervisor import run_up
from tests.e2e.deployment import make_settings

pytestmark = [pytest.mark.timeout(240), pytest.mark.usefixtures("misbehaving")]

UP = """
from agents.logs import configure_logging
from agents.settings import load_settings
from agents.supervision.supervisor import run_up
settings = load_settings()
configure_logging(settings)
run_up(settings)
"""


@pytest.fixture
async def settings(tmp_path: Path) -> Settings:
    return make_settings(tmp_path, wedge_timeout_s=6.0)


@pytest.fixture
async def up(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[psutil.Process]:
    """The supervisor's process, when all agents are at work."""
    for name, value in environment_of(settings).items():
        monkeypatch.setenv(name, value)
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", UP)
    supervisor = psutil.Process(process.pid)
    await until_worker(settings, None)
    yield supervisor
    if process.returncode is None:
        process.terminate()
    await process.wait()


async def until_worker(settings: Settings, other_than: int | None) -> int:
    """Pid of a worker whose loop turns, and which is not *other_than*."""
    async with asyncio.timeout(120):
        while True:
            sign = read_heartbeat(heartbeat_path(settings))
            if sign is not None and sign.pid != other_than and psutil.pid_exists(sign.pid) and sign.tick > 1:
                return sign.pid
            await asyncio.sleep(0.1)


async def until_done(settings: Settings, number: int) -> None:
    """Send an article, as soon as a broker takes it, and wait until every agent has acknowledged all there is."""
    sent = False
    async with asyncio.timeout(120):
        while True:
            with contextlib.suppress(UnavailableError):
                if not sent:
                    async with open_producer(settings) as producer:
                        await producer.send_and_wait("tocsin.articles", b'{"body": "Article %d"}' % number)
                    sent = True
                if not any(part.lag for part in await read_progress(settings)):
                    return
            await asyncio.sleep(0.2)


async def until_gone(processes: list[psutil.Process]) -> list[Any]:
    _, alive = await asyncio.to_thread(psutil.wait_procs, processes, timeout=60)
    return list(alive)


def broker_of(up: psutil.Process) -> psutil.Process:
    return next(child for child in up.children() if "agents.supervision.broker_process" in child.cmdline())


async def test_a_killed_worker_and_a_killed_broker_are_started_again(up: psutil.Process, settings: Settings) -> None:
    await until_done(settings, 1)
    worker, address = await until_worker(settings, None), bootstrap_servers(settings)
    psutil.Process(worker).kill()
    worker = await until_worker(settings, worker)
    await until_done(settings, 2)
    broker_of(up).kill()
    await asyncio.sleep(1)
    await until_done(settings, 3)
    assert bootstrap_servers(settings) == address


async def test_a_wedged_worker_is_ended_and_replaced(up: psutil.Process, settings: Settings) -> None:
    await until_done(settings, 1)
    worker = await until_worker(settings, None)
    psutil.Process(worker).suspend()
    assert await until_worker(settings, worker) != worker
    await until_done(settings, 2)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
async def test_nothing_outlives_the_supervisor(up: psutil.Process, settings: Settings, number: int) -> None:
    async with asyncio.timeout(120):
        while len(family := up.children(recursive=True)) < 4:  # broker, worker and two enrichment processes
            await asyncio.sleep(0.1)
    up.send_signal(number)
    assert await until_gone(family) == []


def test_a_second_supervisor_of_one_folder_is_refused(settings: Settings, up: psutil.Process) -> None:
    with pytest.raises(UnavailableError, match="did not start"):
        run_up(settings)
