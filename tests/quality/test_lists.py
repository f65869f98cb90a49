"""Scores of list matching on the development data never sink below what was once reached (`floors.json`)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.mark.quality
@pytest.mark.timeout(900)
def test_no_list_score_is_below_its_floor(shared: Path, tmp_path: Path) -> None:
    command = [
        sys.executable,
        str(shared / "quality" / "score.py"),
        *("--predict", "pipeline.enrich:enrich_text"),
        *("--tasks", "lists"),
        *("--floors", str(HERE / "floors.json")),
        *("--json", str(tmp_path / "report.json")),
    ]
    done = subprocess.run(command, cwd=HERE.parents[1], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
