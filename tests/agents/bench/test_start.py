"""The start of a process is measured in processes of its own, whatever this one has loaded."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from agents.bench.start import measure_start


def test_import_and_first_article_are_measured_in_a_new_process() -> None:
    found = measure_start(processes=1)
    assert set(found) == {"ms_import", "ms_first_in_process"}
    assert min(found.values()) > 0


def test_the_least_of_several_counts_and_the_first_one_never(monkeypatch: pytest.MonkeyPatch) -> None:
    printed = iter(["0.001 0.001", "0.300 0.040", "0.200 0.050"])

    def run(_command: Sequence[str], env: dict[str, str], **_: Any) -> Any:
        assert "PYTHONDONTWRITEBYTECODE" not in env
        return SimpleNamespace(stdout=next(printed))

    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setattr(subprocess, "run", run)
    assert measure_start(processes=2) == {"ms_import": 200.0, "ms_first_in_process": 40.0}
