"""End-to-end tests run real processes with an enrichment that does what an article tells it."""

from __future__ import annotations

from pathlib import Path

import pytest

from agents.enricher import FUNCTION_VARIABLE


@pytest.fixture
def misbehaving(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the workers' enrichment processes run `tests.agents.misbehave`."""
    monkeypatch.setenv(FUNCTION_VARIABLE, "tests.agents.misbehave:enrich")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
