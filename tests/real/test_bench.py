"""`tocsin bench` on real engines says what it measured, and leaves nothing behind."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path

import pytest
from typer.testing import CliRunner

from agents.cli.main import app
from agents.kafka import open_admin
from agents.settings import Settings

pytestmark = [pytest.mark.java, pytest.mark.elasticsearch, pytest.mark.timeout(400)]


@pytest.fixture
def engines(kafka: Settings, elasticsearch: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings with both servers, which the command line finds in the environment."""
    monkeypatch.setenv("TOCSIN_KAFKA_URL", kafka.kafka_url)
    monkeypatch.setenv("TOCSIN_INDEX_URL", elasticsearch.index_url)
    return kafka.model_copy(update={"index_url": elasticsearch.index_url})


async def _topics(settings: Settings) -> list[str]:
    async with open_admin(settings) as admin:
        return [name for name in await admin.list_topics() if name.startswith("bench-")]


def _indices(settings: Settings) -> list[str]:
    with urllib.request.urlopen(f"{settings.index_url}/bench-*", timeout=30) as answer:
        return list(json.load(answer))


def test_a_run_on_real_engines_gives_ceilings_share_and_latencies_and_leaves_nothing(
    engines: Settings, tmp_path: Path
) -> None:
    arguments = [
        "bench",
        "throughput",
        "latency",
        "--engine",
        "configured",
        "--count",
        "40",
        "--seconds",
        "2",
        "--json",
    ]
    result = CliRunner().invoke(app, ["--data-dir", str(tmp_path), *arguments])
    assert result.exit_code == 0, (result.output, result.exception)
    found = json.loads(result.stdout)
    throughput, latency = found["throughput"], found["latency"]
    lower = min(throughput["ceilings"].values())
    assert throughput["share_of_the_lower_ceiling"] == pytest.approx(
        throughput["articles_per_second"] / lower, abs=0.01
    )
    for name in ("write_to_alert_ms", "write_to_searchable_ms"):
        assert latency[name]["missing"] == 0
        assert 0 < latency[name]["p50"] <= latency[name]["p99"]
    assert _indices(engines) == []


@pytest.mark.java
async def test_the_topics_of_a_run_are_gone(engines: Settings) -> None:
    assert await _topics(engines) == []


def test_engines_that_are_not_configured_are_asked_for(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["--data-dir", str(tmp_path), "bench", "latency", "--engine", "configured"])
    assert "TOCSIN_KAFKA_URL" in str(result.exception)
