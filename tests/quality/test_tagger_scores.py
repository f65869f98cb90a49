"""Cross-validated scores of the tagger, and its file made again: minutes each, so only in long runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from deploy.tagger.__main__ import cross_validate, main

FLOORS = Path(__file__).parent / "crossvalidation.json"


@pytest.mark.soak
@pytest.mark.quality
@pytest.mark.timeout(7200)
def test_no_cross_validated_score_is_below_its_floor(shared: Path) -> None:
    scores = cross_validate()
    floors: dict[str, dict[str, float]] = json.loads(FLOORS.read_text("utf-8"))
    ceilings = floors.pop("expected calibration error")
    assert scores["expected calibration error"]["calibrated"] <= ceilings["calibrated"]
    low = [
        (name, measure, scores[name][measure], floor)
        for name, measures in floors.items()
        for measure, floor in measures.items()
        if scores[name][measure] < floor
    ]
    assert low == []
    assert shared.is_dir()


@pytest.mark.soak
@pytest.mark.quality
@pytest.mark.timeout(3600)
def test_training_again_gives_the_packaged_file(shared: Path) -> None:
    assert main(["check"]) == 0
    assert shared.is_dir()
