"""Short articles of our own and the toll that a reader would take from them: `tests/data/figures/tolls.jsonl`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.enrich import enrich_text

CASES: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "data/figures/tolls.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: (case.get("title") or case["body"])[:60])
def test_toll_is_what_a_reader_takes_from_the_article(case: dict[str, Any]) -> None:
    toll = enrich_text(case["body"], case.get("title"), "2024-05-08")["toll"]
    assert {kind: one["best"] for kind, one in toll.items() if one["status"] != "not_reported"} == case["toll"]
