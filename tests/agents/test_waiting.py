"""Waiting for a server: said once, tried ever more seldom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs
from typer.testing import CliRunner

from agents.cli.main import app
from agents.doctor import examine
from agents.errors import AccessError, UnavailableError
from agents.kafka import bootstrap_servers
from agents.live_rules import LiveRules
from agents.metrics import Tally
from agents.rules import load_rules
from agents.settings import Settings
from agents.waiting import Waiting


def said(*errors: Exception) -> tuple[list[Any], list[float]]:
    """Log lines and pauses of these failed attempts."""
    waiting = Waiting("the broker", chance=lambda: 1.0)
    with capture_logs() as lines:
        pauses = [waiting.pause_s(error) for error in errors]
    return lines, pauses


def test_a_reason_is_said_once_and_another_one_again() -> None:
    lines, _ = said(*[UnavailableError("nobody answers")] * 5, AccessError("wrong password"), UnavailableError("x"))
    assert [(line["log_level"], line["error"]) for line in lines] == [
        ("warning", "nobody answers"),
        ("error", "wrong password"),
        ("warning", "x"),
    ]
    assert all("waiting for the broker" in line["event"] for line in lines)


def test_pauses_grow_to_a_bound() -> None:
    _, pauses = said(*[UnavailableError("nobody answers")] * 12)
    assert pauses == sorted(pauses)
    assert pauses[0] < 1 < pauses[-1] <= 10


def test_an_error_without_words_is_said_by_its_name() -> None:
    lines, _ = said(TimeoutError())
    assert lines[0]["error"] == "TimeoutError"


def test_a_folder_without_rules_is_said(tmp_path: Path) -> None:
    with capture_logs() as lines:
        assert not load_rules(Settings(rules_dir=tmp_path)).channels
    assert [(line["log_level"], line["rules_dir"]) for line in lines] == [("warning", str(tmp_path))]
    assert "nothing raises an alert" in lines[0]["event"]


def test_a_worker_whose_folder_of_rules_is_empty_says_so(tmp_path: Path) -> None:
    settings = Settings(rules_dir=tmp_path / "rules", data_dir=tmp_path)
    (tmp_path / "rules").mkdir()
    with capture_logs() as lines:
        LiveRules(settings, Tally())
    assert ["nothing raises an alert" in line["event"] for line in lines] == [True]


@pytest.mark.parametrize("name", ["list", "check"])
def test_commands_about_rules_say_that_there_are_none(tmp_path: Path, name: str) -> None:
    result = CliRunner().invoke(app, ["rules", name, str(tmp_path)])
    assert f"no rule file (*.toml) in {tmp_path}" in result.stderr


async def test_doctor_warns_of_a_folder_without_rules_and_of_an_open_secret(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("abc")
    key.chmod(0o644)
    settings = Settings(data_dir=tmp_path, rules_dir=tmp_path, index_url="https://127.0.0.1:1", index_api_key_file=key)
    found = {check.name: check for check in await examine(settings)}
    assert found["rules"].state == "warning"
    assert str(tmp_path) in found["rules"].said
    assert found["secrets"].state == "warning"
    assert str(key) in found["secrets"].said


def test_an_address_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    settings.broker_dir.mkdir(parents=True)
    for text in ("", "{}", "[1]", '{"host": "127.0.0.1", "port": 1}'):
        (settings.broker_dir / "address.json").write_text(text)
        with pytest.raises(UnavailableError, match="no embedded broker runs"):
            bootstrap_servers(settings)
