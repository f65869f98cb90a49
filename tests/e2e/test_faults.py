"""Whatever comes in and whatever dies, every message ends in one outcome and every alert is raised once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from agents.dead_letters import read_dead_letters, replay
from agents.stage import LEFT_BLOCKED
from agents.worker import STOPPED
from schemas.alert import Alert
from schemas.topics import ARTICLES, BACKFILL, ENRICHED
from tests.e2e.checker import find_problems, find_truth, read_alerts
from tests.e2e.deployment import Deployment, make_settings
from tests.e2e.workload import messages

pytestmark = [pytest.mark.timeout(240), pytest.mark.usefixtures("misbehaving")]


def article(body: str, **fields: object) -> bytes:
    return json.dumps({"body": body, "title": "A fire"} | fields).encode()


def _id(alert: Alert) -> str:
    return alert.id


async def test_every_bad_message_is_a_dead_letter_and_its_neighbours_are_indexed(tmp_path: Path) -> None:
    bad = {
        "invalid_encoding": b'{"body": "\xff"}',
        "invalid_json": b'{"body": "cut',
        "invalid_record": b'{"body": ["wrong"]}',
        "too_large": b'{"body": "' + b"x" * 20_000_000 + b'"}',
        "too_deep": b'{"body": "x", "a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        "unsupported_schema": b'{"body": "x", "schema_version": "2.0"}',
        "enrichment_timeout": article("HANG"),
        "enrichment_crash": article("SEGFAULT"),
        "enrichment_failed": article("RAISE"),
    }
    inputs: list[bytes] = []
    for number, one in enumerate([*bad.values(), b"{}", article("HOG")]):
        inputs += [article(f"Before {number}"), one, article(f"After {number}")]
    async with Deployment(make_settings(tmp_path)) as deployment:
        await deployment.write(inputs)
        await deployment.write([article("A backfill"), b"no json"], BACKFILL.name)
        await deployment.until_settled()
        truth = await find_truth(deployment)
        assert set(truth.refused.values()) == set(bad)
        assert len(truth.articles) == 23
        assert await find_problems(deployment) == []


async def test_a_dead_letter_is_replayed_once_its_cause_is_mended(tmp_path: Path) -> None:
    cure = tmp_path / "cured"
    settings = make_settings(tmp_path, max_attempts=1)
    async with Deployment(settings) as deployment:
        # Dies on its first try, of which there is only one; the second life finds the file and lives.
        await deployment.write([article(f"ONCE {cure}", id="patient"), article("Healthy")])
        await deployment.until_settled()
        (stored,) = await read_dead_letters(settings)
        assert stored.letter.reason == "enrichment_crash"
        (result,) = await replay(settings, [stored])
        assert result.outcome == "sent"
        await deployment.until_settled()
        assert "patient" in {(message.key or b"").decode() for message in await deployment.read(ENRICHED.name)}
        assert [one.is_open for one in await read_dead_letters(settings)] == [False]


async def test_a_second_reading_of_all_messages_adds_no_document_and_no_alert(tmp_path: Path) -> None:
    async with Deployment(make_settings(tmp_path)) as deployment:
        await deployment.write(messages(seed=11, count=300))
        await deployment.until_settled()
        assert await find_problems(deployment) == []
        alerts = await read_alerts(deployment)
        assert len(alerts) > 20
        await deployment.write([message.value for message in await deployment.read(ARTICLES.name)])
        await deployment.until_settled()
        assert await find_problems(deployment) == []
        assert sorted(await read_alerts(deployment), key=_id) == sorted(alerts, key=_id)


async def test_a_killed_worker_takes_up_where_it_was(tmp_path: Path) -> None:
    async with Deployment(make_settings(tmp_path)) as deployment:
        await deployment.write(messages(seed=12, count=200))
        await deployment.kill_worker()
        await deployment.write(messages(seed=13, count=100, first=200))
        await deployment.start_worker()
        await deployment.until_settled()
        assert await find_problems(deployment) == []


async def test_a_killed_broker_is_found_again(tmp_path: Path) -> None:
    async with Deployment(make_settings(tmp_path)) as deployment:
        await deployment.write(messages(seed=14, count=150))
        await deployment.kill_broker()
        await deployment.start_broker()
        await deployment.write(messages(seed=15, count=150, first=150))
        await deployment.until_settled()
        assert await find_problems(deployment) == []
        assert await deployment.stop_worker() == 0


async def test_a_broker_that_dies_while_the_worker_joins_is_found_again(tmp_path: Path) -> None:
    async with Deployment(make_settings(tmp_path)) as deployment:
        await deployment.write(messages(seed=16, count=60))
        await deployment.until_at_work()
        await deployment.kill_worker()
        await deployment.write(messages(seed=17, count=60, first=60))
        await deployment.start_worker()
        await deployment.until_alive()
        await deployment.kill_broker()
        await deployment.start_broker()
        await deployment.until_settled()
        assert await find_problems(deployment) == []


async def test_a_worker_without_broker_still_stops_when_told(tmp_path: Path) -> None:
    async with Deployment(make_settings(tmp_path, stop_timeout_s=4.0)) as deployment:
        await deployment.write(messages(seed=18, count=40))
        await deployment.until_at_work()
        await deployment.kill_broker()
        assert await deployment.stop_worker() in (STOPPED, LEFT_BLOCKED)
        await deployment.start_broker()
        await deployment.start_worker()
        await deployment.until_settled()
        assert await find_problems(deployment) == []
