"""Single sentences with the mention that they hold, or with none: data in tests/data/sanctions."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.findings import Findings

DATA = Path(__file__).parents[2] / "data" / "sanctions"


def _cases(name: str) -> list[Any]:
    rows = [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text("utf-8").splitlines()]
    return [pytest.param(row, id=row["id"]) for row in rows]


def _check(case: dict[str, Any], mode: str, found: Findings) -> None:
    at = case["text"].lower().index(case["words"].lower())
    touching = [m for m in found.sanctions.mentions if m.span.start < at + len(case["words"]) and at < m.span.end]
    assert [
        (m.measure, m.stage, m.mode, sorted(m.issuers), sorted(m.targets))
        for m in touching
        if m.measure == case["measure"]
    ] == [(case["measure"], case["stage"], mode, sorted(case["issuers"]), sorted(case["targets"]))]


@pytest.mark.parametrize("case", _cases("explicit"))
def test_measure_stage_and_parties_are_read(case: dict[str, Any], read: Callable[..., Findings]) -> None:
    _check(case, "explicit", read(case["text"]))


@pytest.mark.parametrize("case", _cases("implicit"))
def test_hint_is_read_as_implicit(case: dict[str, Any], read: Callable[..., Findings]) -> None:
    found = read(case["text"])
    _check(case, "implicit", found)
    assert found.sanctions.mode == "implicit"


@pytest.mark.parametrize("case", _cases("exclusions"))
def test_other_business_is_not_flagged(case: dict[str, Any], read: Callable[..., Findings]) -> None:
    assert read(case["text"]).sanctions.mentions == ()


@pytest.mark.parametrize("case", _cases("explicit"))
def test_capitals_change_nothing_about_the_flag(case: dict[str, Any], read: Callable[..., Findings]) -> None:
    found = read("", title=case["text"].upper())
    assert found.sanctions.flagged
    assert all(mention.span.field == "title" for mention in found.sanctions.mentions)
