"""One Faust worker with two agents, killed in the middle of its work and started again under the same name."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

VALUES = [b"%d" % number for number in range(1500)]


@pytest.fixture
def start_worker(broker, tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    workers: list[subprocess.Popen[bytes]] = []
    (tmp_path / "faust").mkdir()

    def start() -> subprocess.Popen[bytes]:
        script = str(Path(__file__).with_name("faust_process.py"))
        with (tmp_path / "faust.log").open("ab") as log:
            command = [sys.executable, script, broker.address, str(tmp_path / "faust")]
            workers.append(subprocess.Popen(command, stdout=log, stderr=log))
        return workers[-1]

    yield start
    for worker in workers:
        worker.kill()
        worker.wait(60)


@pytest.mark.own_broker
async def test_a_killed_worker_takes_up_its_work_at_once_and_loses_nothing(helper, start_worker, tmp_path) -> None:
    worker = start_worker()
    for topic in ("in", "out"):  # the worker declares them when it starts
        async with asyncio.timeout(60):
            while await helper.produce_to_nowhere(topic) != "none" and worker.poll() is None:
                await asyncio.sleep(0.2)
    assert worker.poll() is None, (tmp_path / "faust.log").read_text()
    await helper.produce("in", VALUES[:1000], keys=VALUES[:1000])
    await helper.consume("out", 200, group="watch early")
    worker.send_signal(signal.SIGKILL)
    worker.wait(60)
    await helper.produce("in", VALUES[1000:], keys=VALUES[1000:])
    start_worker()
    found: set[bytes] = set()
    async with asyncio.timeout(60):
        while not found >= set(VALUES):
            found |= {m.value for m in await helper.consume("out", len(VALUES), group="watch late")}
    assert found - {b"x"} == set(VALUES)
