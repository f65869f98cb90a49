"""`tocsin status --expect`, which the containers' health checks ask."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from typer.testing import CliRunner

import agents.status
from agents.cli.main import app
from agents.errors import UsageError
from agents.settings import Settings
from agents.status import AgentStatus, Status

Check = Callable[..., int]
READS = {"joined": 1}


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch) -> Check:
    """Exit code of the command where the enricher reads, the indexer starts and nothing else runs."""
    found = Status(
        broker="127.0.0.1:9092",
        topics={},
        agents=(
            AgentStatus("enricher", 0, "0", READS),
            AgentStatus("indexer", 0, "0", {"joined": 0}),
            AgentStatus("matcher", 7, None),
        ),
    )

    async def read_status(_settings: Settings) -> Status:
        return found

    monkeypatch.setattr(agents.status, "read_status", read_status)

    def run(*arguments: str) -> int:
        return CliRunner().invoke(app, ["status", *arguments], catch_exceptions=False).exit_code

    return run


def test_container_whose_agent_reads_is_healthy(check: Check) -> None:
    assert check("--expect", "enricher") == 0


@pytest.mark.parametrize("agent", ["indexer", "matcher"])
def test_container_whose_agent_does_not_read_yet_is_not(check: Check, agent: str) -> None:
    assert check("--expect", agent) == 1
    assert check("--expect", "enricher", "--expect", agent, "--json") == 1


def test_nothing_expected_is_never_amiss(check: Check) -> None:
    assert check() == 0


def test_misspelt_agent_is_refused(check: Check) -> None:
    with pytest.raises(UsageError, match="enrichr"):
        check("--expect", "enrichr")
