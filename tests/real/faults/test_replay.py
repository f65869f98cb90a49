"""Articles that come twice alert once, whatever dies meanwhile; `make faults` runs the small form, `make soak` the
long one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.real.faults.replay import ALL, DEATHS, Plan, replay_drill
from tests.real.faults.test_soak import number_of, seed

pytestmark = [pytest.mark.java]


@pytest.mark.faults
@pytest.mark.timeout(900)
async def test_row_11_a_replay_under_deaths_adds_no_alert_and_tells_everybody_once(tmp_path: Path) -> None:
    plan = Plan(seed=seed(), count=2_000, faults=DEATHS, rounds=1)
    assert await replay_drill(tmp_path, plan) == []


@pytest.mark.soak
@pytest.mark.timeout(7_200)
async def test_row_11_a_long_replay_under_deaths_adds_no_alert_and_tells_everybody_once(tmp_path: Path) -> None:
    plan = Plan(seed=seed(), count=number_of("SOAK_ARTICLES", 50_000), faults=ALL, rounds=3)
    assert await replay_drill(tmp_path, plan) == []
