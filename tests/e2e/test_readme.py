"""The README's own lines, run: a plain client's article is found and its alert read."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from agents.alert_topics import tail_alerts
from agents.demo import running_system, until_idle
from agents.index import SearchRequest, open_index
from agents.kafka import bootstrap_servers
from agents.settings import Settings
from pipeline.query import parse
from schemas.alert import Alert

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
DEFAULT_ADDRESS = "127.0.0.1:19092"

pytestmark = pytest.mark.timeout(200)


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[Settings]:
    settings = Settings(data_dir=tmp_path, broker_port=0, log_level="warning")
    async with running_system(settings):
        yield settings


def _snippet() -> str:
    found = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert found, "the README shows a plain client"
    return found[1]


async def test_the_plain_client_of_the_readme_is_found_and_alerts(running: Settings) -> None:
    assert Settings().broker_port == int(DEFAULT_ADDRESS.rpartition(":")[2])
    code = _snippet().replace(DEFAULT_ADDRESS, bootstrap_servers(running))
    assert len(code.splitlines()) <= 6
    listening = asyncio.create_task(_first_alert(running))
    await asyncio.sleep(1)  # the subscriber has its position
    done = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    alert = await asyncio.wait_for(listening, 60)
    assert (alert.rule_id, alert.group) == ("mass_detention", "PE")
    await until_idle(running)
    assert await _count(running, "toll.detained.best:>=1000 AND countries:PE") == 1


async def _first_alert(settings: Settings) -> Alert:
    async for alert in tail_alerts(settings, ["human-rights"]):
        return alert
    raise AssertionError("the topic ended")


async def _count(settings: Settings, query: str) -> int:
    index = await open_index(settings, read_only=True)
    try:
        return (await index.search(SearchRequest(query=parse(query), size=0))).total
    finally:
        await index.close()


@pytest.mark.parametrize("command", re.findall(r"(?<![\w-])tocsin ([a-z][a-z-]*)", README))
def test_every_command_the_readme_names_exists(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "agents.cli.main", command, "--help"], capture_output=True, check=False
    )
    assert done.returncode == 0
