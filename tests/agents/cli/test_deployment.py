"""`tocsin setup`, `reindex`, `reenrich` and `search --in`, as a person calls them."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from agents.broker.config import BrokerConfig
from agents.broker.server import Broker
from agents.errors import UsageError
from agents.index import open_index
from agents.recorder import RecordStep
from agents.settings import Settings
from tests.agents.test_recorder import alert_message, letter_message


@pytest.fixture
async def settings(tmp_path: Path) -> AsyncIterator[Settings]:
    found = Settings(data_dir=tmp_path / "data", broker_port=0)
    broker = Broker(BrokerConfig(data_dir=found.broker_dir))
    await broker.start()
    yield found
    await broker.stop()


@dataclass(frozen=True)
class Result:
    exit_code: int
    stdout: str
    stderr: str


async def tocsin(settings: Settings, *arguments: str) -> Result:
    """The command in a process of its own: a second event loop in a thread of this one would take the signals of the
    children that other tests wait for."""
    command = [sys.executable, "-m", "agents.cli.main", "--data-dir", str(settings.data_dir), *arguments]
    environment = os.environ | {"COLUMNS": "300"}
    process = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=PIPE, env=environment)
    out, err = await process.communicate()
    assert process.returncode is not None
    return Result(process.returncode, out.decode(), err.decode())


def lines(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


async def test_setting_up_twice_changes_nothing(settings: Settings) -> None:
    would = lines(await tocsin(settings, "setup", "--dry-run", "--json"))
    assert {part["state"] for part in would} == {"missing", "ok"}
    assert not settings.index_dir.exists()
    made = lines(await tocsin(settings, "setup", "--json"))
    assert {part["name"] for part in made if part["done"]} == {part["name"] for part in would if part["state"] != "ok"}
    again = lines(await tocsin(settings, "setup", "--json"))
    assert {(part["state"], part["done"]) for part in again} == {("ok", "")}
    said = await tocsin(settings, "setup")
    assert f"{len(made)} parts, 0 created or changed, 0 to look at" in said.stdout


async def test_what_must_not_be_used_as_it_is_has_an_exit_code(settings: Settings) -> None:
    await tocsin(settings, "setup")
    (settings.index_dir / "tocsin-alerts-v1" / "tocsin-index.json").write_text("{}")
    result = await tocsin(settings, "setup")
    assert result.exit_code == 1
    assert "tocsin-alerts-v1  wrong" in result.stdout
    assert "reindex --rebuild" in result.stdout
    assert lines(await tocsin(settings, "reindex", "alerts", "--rebuild", "--json"))[0]["index"] == "tocsin-alerts-v1"
    assert (await tocsin(settings, "setup")).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("setup", "--dry-run", "--apply"), "choose one"),
        (("reindex", "articles", "events"), "no collection 'events'"),
        (("reindex", "--rebuild", "--from-index"), "choose one"),
        (("reindex", "--remove-old", "x", "--rebuild"), "run it alone"),
        (("reindex", "--remove-old", "tocsin-articles-v7"), "there is no index tocsin-articles-v7"),
        (("search", "*:*", "--in", "events"), "must be one of articles, alerts, dead-letters"),
        (("search", "body:x", "--in", "alerts"), "there is no field 'body'"),
    ],
)
async def test_what_cannot_be_asked_for_is_refused(settings: Settings, arguments: tuple[str, ...], said: str) -> None:
    result = await tocsin(settings, *arguments)
    assert result.exit_code == UsageError.exit_code
    assert said in result.stderr


async def test_reindexing_everything_tells_of_each_collection(settings: Settings) -> None:
    told = lines(await tocsin(settings, "reindex", "--json"))
    assert [(one["collection"], one["read"], one["index"]) for one in told] == [
        ("articles", 0, "tocsin-articles-v1"),
        ("alerts", 0, "tocsin-alerts-v1"),
        ("dead-letters", 0, "tocsin-dead-letters-v1"),
    ]
    assert "searches find tocsin-alerts-v1" in (await tocsin(settings, "reindex", "alerts")).stdout


async def test_nothing_to_enrich_anew(settings: Settings) -> None:
    assert lines(await tocsin(settings, "reenrich", "--json")) == [{"sent": 0, "current": 0, "unreadable": 0}]
    await (await open_index(settings)).close()
    assert "0 articles sent" in (await tocsin(settings, "reenrich", "--from-index")).stdout


async def test_alerts_and_dead_letters_are_searched_like_articles(settings: Settings) -> None:
    step = RecordStep(settings)
    await step([alert_message(), letter_message()])
    await step.close()
    alerts = await tocsin(settings, "search", "river", "--in", "alerts", "--facet", "severity")
    assert "high     flood KZ  River rises  x1" in alerts.stdout
    assert "1 of 1 alerts" in alerts.stdout
    assert "severity: high 1" in alerts.stdout
    letters = await tocsin(settings, "search", "stage:enricher", "--in", "dead-letters")
    assert "enricher   invalid_json       tocsin.articles/0/7  unexpected end of data" in letters.stdout
    (found,) = lines(await tocsin(settings, "search", "open:true", "--in", "dead-letters", "--json"))
    assert (found["total"], found["hits"][0]["offset"]) == (1, 7)
