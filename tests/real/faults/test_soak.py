"""The soak on real servers: its full form by `make soak`, a shorter one by `make faults`."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.real.faults.soak import soak

pytestmark = [pytest.mark.java, pytest.mark.elasticsearch]


def seed() -> int:
    """Given again by the variable SOAK_SEED."""
    return int(os.environ.get("SOAK_SEED") or random.SystemRandom().randrange(1_000_000))


@pytest.mark.soak
@pytest.mark.timeout(7_200)
async def test_row_27_nothing_is_lost_or_doubled_in_a_long_run(tmp_path: Path) -> None:
    assert await soak(tmp_path, seed=seed(), count=200_000, every_s=10) == []


@pytest.mark.faults
@pytest.mark.timeout(1_800)
async def test_row_27_nothing_is_lost_or_doubled_under_faults(tmp_path: Path) -> None:
    count = int(os.environ.get("SOAK_ARTICLES") or 20_000)
    assert await soak(tmp_path, seed=seed(), count=count, every_s=5) == []
