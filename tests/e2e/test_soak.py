"""The fault run: a seeded schedule kills worker and broker while articles arrive; then the checker looks.

`make test` runs the small form, `make faults` the long one. A failure prints its schedule, which its seed gives again.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from schemas.topics import ENRICHED
from tests.e2e.checker import find_problems
from tests.e2e.deployment import Deployment, make_settings
from tests.e2e.workload import messages

pytestmark = pytest.mark.usefixtures("misbehaving")

SLICE = 50


@dataclass(frozen=True)
class Fault:
    """What happens after how many messages were written."""

    after: int
    action: str


def schedule(seed: int, count: int, kills: int) -> list[Fault]:
    """Kills of the worker spread over the run, one polite stop and one kill of the broker between them."""
    chance = random.Random(seed)
    actions = ["kill worker"] * kills + ["stop worker", "kill broker"]
    chance.shuffle(actions)
    step = count / (len(actions) + 1)
    return [Fault(round(step * (i + chance.uniform(0.6, 1.0))), action) for i, action in enumerate(actions)]


async def strike(deployment: Deployment, action: str) -> None:
    await deployment.until_at_work()
    if action == "kill broker":
        await deployment.kill_broker()
        await deployment.start_broker()
        return
    if action == "kill worker":
        await deployment.kill_worker()
    else:
        await deployment.stop_worker()
    await deployment.start_worker()


def _slices(items: list[bytes]) -> Iterator[list[bytes]]:
    return (items[start : start + SLICE] for start in range(0, len(items), SLICE))


async def soak(folder: Path, *, seed: int, count: int, kills: int, rate: float) -> list[str]:
    """Write *count* messages at *rate* a second under faults; what is wrong after the system has come to rest."""
    faults = schedule(seed, count, kills)
    print(f"seed {seed}: {faults}")
    async with Deployment(make_settings(folder)) as deployment:
        written = 0
        striking = asyncio.create_task(asyncio.sleep(0))
        for part in _slices(list(messages(seed, count))):
            await deployment.write(part)
            written += len(part)
            await asyncio.sleep(len(part) / rate)
            if faults and written >= faults[0].after:
                await striking
                striking = asyncio.create_task(strike(deployment, faults.pop(0).action))
        await striking
        await deployment.until_settled(timeout_s=300)
        keys = [message.key for message in await deployment.read(ENRICHED.name)]
        print(f"{len(keys)} enriched messages for {len(set(keys))} articles")
        return await find_problems(deployment)


@pytest.mark.timeout(300)
async def test_no_message_is_lost_and_no_alert_repeated_under_faults(tmp_path: Path) -> None:
    assert await soak(tmp_path, seed=20240501, count=1_000, kills=3, rate=60) == []


@pytest.mark.faults
@pytest.mark.timeout(1_200)
async def test_no_message_is_lost_and_no_alert_repeated_in_a_long_run(tmp_path: Path) -> None:
    assert await soak(tmp_path, seed=1, count=12_000, kills=12, rate=200) == []
