"""The soak on real servers, in a full and a shorter form, both by `make soak`."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.real.faults.soak import soak

pytestmark = [pytest.mark.java, pytest.mark.elasticsearch]


def number_of(variable: str, default: int) -> int:
    return int(os.environ.get(variable) or default)


def seed() -> int:
    """Printed by each run; the variable SOAK_SEED gives one again."""
    return number_of("SOAK_SEED", random.SystemRandom().randrange(1_000_000))


@pytest.mark.soak
@pytest.mark.timeout(7_200)
async def test_row_27_nothing_is_lost_or_doubled_in_a_long_run(tmp_path: Path) -> None:
    assert await soak(tmp_path, seed=seed(), count=number_of("SOAK_ARTICLES", 200_000), every_s=10) == []


@pytest.mark.soak
@pytest.mark.timeout(1_800)
async def test_row_27_nothing_is_lost_or_doubled_under_faults(tmp_path: Path) -> None:
    assert await soak(tmp_path, seed=seed(), count=number_of("SOAK_ARTICLES", 20_000), every_s=5) == []
