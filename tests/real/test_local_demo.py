"""`tocsin demo --engine local`: the whole demo on real Kafka and Elasticsearch, and nothing is left of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

pytestmark = [pytest.mark.java, pytest.mark.elasticsearch, pytest.mark.faults, pytest.mark.timeout(900)]


@pytest.fixture
def folder() -> Iterator[Path]:
    """Outside pytest's own folder, which the user whom root starts Elasticsearch as may not enter."""
    with tempfile.TemporaryDirectory(prefix="tocsin-demo-") as name:
        Path(name).chmod(0o711)
        yield Path(name)
        _tocsin(Path(name), "services", "down")


def _tocsin(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TOCSIN_")}
    command = [sys.executable, "-m", "agents.cli.main", "--data-dir", str(folder), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600, check=False)


def _demo(folder: Path) -> dict[str, Any]:
    done = _tocsin(folder, "demo", "--engine", "local", "--once", "--json")
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def _processes(folder: Path) -> list[str]:
    lines = (" ".join(one.info["cmdline"] or []) for one in psutil.process_iter(["cmdline"]))
    return [line for line in lines if str(folder) in line]


def test_the_demo_runs_on_real_servers_twice_alike_and_services_down_leaves_no_process(folder: Path) -> None:
    assert _tocsin(folder, "services", "up").returncode == 0
    first, second = _demo(folder), _demo(folder)
    assert first["dead_letters"] == 1
    assert 0 < first["indexed"] == first["new_documents"]
    assert (second["new_documents"], second["new_alerts"]) == (0, 0)
    assert second["alerts"] == first["alerts"]
    assert _processes(folder) != []
    assert _tocsin(folder, "services", "down").returncode == 0
    assert _processes(folder) == []
