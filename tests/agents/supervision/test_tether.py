"""Child processes end with their parent, however it ends."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

import psutil
import pytest

from agents.settings import Settings, load_settings
from agents.supervision.child import Child, ChildSpec, environment_of

SLEEPER = """
import signal, sys, time
if "stubborn" in sys.argv:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
open(sys.argv[1], "w").write("ready")
time.sleep(600)
"""

PARENT = """
import asyncio, sys
from agents.supervision.child import Child, ChildSpec
async def main():
    child = await Child.start(ChildSpec(name="s", module="sleeper", arguments=tuple(sys.argv[1:]), stop_timeout_s=0.5))
    await child.wait()
asyncio.run(main())
"""


@pytest.fixture(autouse=True)
def _sleeper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sleeper.py").write_text(SLEEPER)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


async def until(path: Path) -> None:
    async with asyncio.timeout(30):
        while not path.exists() or path.read_text() != "ready":
            await asyncio.sleep(0.02)


def spec(*arguments: str) -> ChildSpec:
    return ChildSpec(name="s", module="sleeper", arguments=arguments, stop_timeout_s=0.5)


async def test_a_child_is_asked_to_stop(tmp_path: Path) -> None:
    child = await Child.start(spec(str(tmp_path / "ready")))
    await until(tmp_path / "ready")
    assert child.code is None
    assert await child.stop() == -signal.SIGTERM


async def test_a_child_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    child = await Child.start(spec(str(tmp_path / "ready"), "stubborn"))
    await until(tmp_path / "ready")
    assert await child.stop() == -signal.SIGKILL


@pytest.mark.parametrize("manner", ["polite", "stubborn"])
async def test_a_child_ends_when_its_parent_is_killed(tmp_path: Path, manner: str) -> None:
    command = [sys.executable, "-c", PARENT, str(tmp_path / "ready"), manner]
    parent = await asyncio.create_subprocess_exec(*command)
    await until(tmp_path / "ready")
    (child,) = psutil.Process(parent.pid).children()
    parent.kill()
    await parent.wait()
    _, alive = await asyncio.to_thread(psutil.wait_procs, [child], timeout=20)
    assert alive == []


def test_a_child_builds_the_settings_of_its_parent(tmp_path: Path) -> None:
    settings = Settings(
        data_dir=tmp_path, poll_feeds=True, fetch_allow_hosts=("a.example", "b.example:81"), wedge_timeout_s=7.5
    )
    assert load_settings(environ=environment_of(settings)) == settings
