"""`tocsin demo --once`: the same result twice, and the second run adds nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline.alerting import parse_rule

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.timeout(300)


def _tocsin(data_dir: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TOCSIN_")}
    environment |= {"TOCSIN_DATA_DIR": str(data_dir), "TOCSIN_BROKER_PORT": "0"}
    command = [sys.executable, "-m", "agents.cli.main", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=200, check=False)


def _demo(data_dir: Path) -> dict[str, Any]:
    done = _tocsin(data_dir, "demo", "--once", "--json")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == 1, "one object on one line"
    report: dict[str, Any] = json.loads(lines[0])
    return report


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("two")


@pytest.fixture(scope="module")
def reports(folders: tuple[Path, Path]) -> list[dict[str, Any]]:
    """Two runs over one folder and one over another."""
    return [_demo(folders[0]), _demo(folders[0]), _demo(folders[1])]


def test_every_sample_ends_indexed_or_as_a_dead_letter(reports: list[dict[str, Any]]) -> None:
    first = reports[0]
    assert first["dead_letters"] == 1
    assert 0 < first["indexed"] == first["new_documents"] <= first["articles"] - 1


def test_every_rule_that_one_sample_can_satisfy_raises_an_alert(reports: list[dict[str, Any]]) -> None:
    """The samples come file by file, days out of order: what windows make of that is tested on their own."""
    samples = json.loads((ROOT / "tests/data/alerting/samples.json").read_text("utf-8"))
    rules = [parse_rule(path.read_text("utf-8"), path) for path in (ROOT / "seeds/rules").glob("*.toml")]
    of_one_article = {rule.id for rule in rules if rule.window_condition is None and samples[rule.id]["fires"]}
    of_the_list = {"newly_listed", "delisted", "listed_name"}
    raised = set(reports[0]["alerts"])
    assert raised >= of_one_article | of_the_list
    assert raised <= {rule.id for rule in rules if rule.enabled} | of_the_list


def test_a_second_run_adds_no_document_and_no_alert(reports: list[dict[str, Any]]) -> None:
    second = reports[1]
    assert (second["new_documents"], second["new_alerts"]) == (0, 0)
    same = ("articles", "indexed", "dead_letters", "alerts")
    assert {name: second[name] for name in same} == {name: reports[0][name] for name in same}


def test_a_run_elsewhere_raises_the_same_alerts(reports: list[dict[str, Any]], folders: tuple[Path, Path]) -> None:
    assert reports[2]["alerts"] == reports[0]["alerts"]


def _search(data_dir: Path, *arguments: str) -> dict[str, Any]:
    done = _tocsin(data_dir, "search", *arguments, "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_listed_name_is_found_with_the_reasons(folders: tuple[Path, Path], reports: list[dict[str, Any]]) -> None:
    found = _search(folders[0], 'lists.matches.entry:"sample/SAMPLE-1"')
    (hit,) = found["hits"]
    assert "all 2 words match: orvo kaldery" in json.dumps(hit)


def test_who_was_named_before_being_listed_is_told_with_the_lead_time(
    folders: tuple[Path, Path], reports: list[dict[str, Any]]
) -> None:
    found = _search(folders[0], "rule_id:newly_listed", "--in", "alerts")
    (alert,) = found["hits"]
    assert alert["title"].endswith("named in 2 articles, first 56 days before")


def test_without_a_running_system_each_command_says_what_to_start(folders: tuple[Path, Path]) -> None:
    done = _tocsin(folders[0], "status")
    assert done.returncode == 69
    assert "tocsin up" in done.stderr


def test_the_index_can_be_searched_while_nothing_runs(
    folders: tuple[Path, Path], reports: list[dict[str, Any]]
) -> None:
    done = _tocsin(folders[0], "search", "*:*", "--size", "0", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["total"] == reports[0]["indexed"]
