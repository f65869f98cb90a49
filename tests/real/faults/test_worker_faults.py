"""Workers are killed, told to stop, joined and left by others: nothing is lost or doubled. Rows as in the table."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from itertools import count
from pathlib import Path

import pytest
import pytest_asyncio

from agents.stage import LEFT_BLOCKED
from agents.worker import STOPPED
from tests.agents import misbehave
from tests.e2e.checker import find_problems
from tests.e2e.deployment import Deployment
from tests.e2e.workload import messages
from tests.real.faults.proxy import Proxy

pytestmark = [
    pytest.mark.java,
    pytest.mark.elasticsearch,
    pytest.mark.faults,
    pytest.mark.timeout(400),
    pytest.mark.asyncio(loop_scope="module"),
]

DEATHS = Path(__file__).with_name("deaths")
ROOT = Path(__file__).parents[3]
_numbers = count(0, 1_000_000)  # a load goes on until it is told to stop
"""Where the next test's articles begin."""


@pytest.fixture(scope="module")
def seed() -> int:
    """Of the deaths; printed, and given again by the variable FAULT_SEED."""
    chosen = int(os.environ.get("FAULT_SEED") or random.SystemRandom().randrange(1_000_000))
    print(f"FAULT_SEED={chosen}")
    return chosen


@pytest_asyncio.fixture(autouse=True, loop_scope="module")
async def _at_work(deployment: Deployment, proxy: Proxy) -> None:
    """Whatever an earlier test has left: a worker that reads, and its index."""
    if not proxy.is_open:
        await proxy.open()
    if deployment.exit_code("0") is not None:
        await deployment.start_worker()
    await deployment.until_alive(joined=1)


async def settled(deployment: Deployment) -> list[str]:
    await deployment.until_settled()
    return await find_problems(deployment)


@asynccontextmanager
async def load(deployment: Deployment, rate: float, seed: int) -> AsyncIterator[None]:
    """About *rate* messages a second for as long as the block lasts."""

    async def pour() -> None:
        for first in count(next(_numbers), 10):
            await deployment.pour(messages(seed, 10, first))
            await asyncio.sleep(10 / rate)

    task = asyncio.create_task(pour())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_row_16_a_worker_that_is_told_to_stop_finishes_its_batch_and_leaves_the_rest(
    deployment: Deployment,
) -> None:
    await deployment.pour(messages(seed=160, count=400, first=next(_numbers)))
    await deployment.until_at_work()
    assert await deployment.stop_worker() == STOPPED
    await deployment.pour(messages(seed=161, count=50, first=next(_numbers)))
    await deployment.start_worker()
    assert await settled(deployment) == []


async def test_row_16_a_worker_that_is_told_to_stop_while_it_waits_for_the_index_leaves_at_once(
    deployment: Deployment, proxy: Proxy
) -> None:
    await proxy.close()
    await deployment.pour(messages(seed=162, count=50, first=next(_numbers)))
    await deployment.until_waiting("indexer")
    assert await deployment.stop_worker() == LEFT_BLOCKED
    await proxy.open()
    await deployment.start_worker()
    assert await settled(deployment) == []


async def come_and_go(deployment: Deployment, times: int, seconds: float) -> None:
    """A second worker joins and leaves, in turn politely and dead."""
    for number in range(times):
        await deployment.start_worker("second")
        with suppress(TimeoutError):
            async with asyncio.timeout(30):
                await deployment.until_alive(joined=1, name="second")
        await asyncio.sleep(seconds)
        await (deployment.kill_worker("second") if number % 2 else deployment.stop_worker("second"))


async def test_row_14_a_worker_that_joins_and_leaves_under_load_costs_nothing(deployment: Deployment) -> None:
    async with load(deployment, 40, seed=140):
        await come_and_go(deployment, 2, 1)
    assert await settled(deployment) == []


def floods(day: int, hour: int) -> list[bytes]:
    """One article for each of twelve countries, which are as many groups of a rule that alerts once in six hours."""
    when = f"2024-07-{day:02}T{hour:02}:00:00Z"
    return [
        json.dumps(
            {
                "url": f"https://news.example/floods/{day}/{hour}/{country}",
                "title": "Water",
                "body": "The river rose.",
                "tags": ["flood"],
                "source": {"id": "paper", "country": country},
                "published_at": when,
                "observed_at": when,
            }
        ).encode()
        for country in "AR BO CL CO CR CU EC GT HN MX PA PY".split()
    ]


async def test_row_14_a_worker_knows_what_another_has_alerted_before_it(deployment: Deployment) -> None:
    await deployment.pour(floods(day=1, hour=0))
    await deployment.until_settled()
    await deployment.start_worker("second")
    await deployment.until_alive(joined=1, name="second")
    await deployment.pour(floods(day=9, hour=0))
    await deployment.until_settled()
    assert deployment.tally("alerter", "second")["done"] > 0
    joined = deployment.tally("alerter")["joined"]
    await deployment.stop_worker("second")
    await deployment.until(lambda: deployment.tally("alerter").get("joined", 0) > joined)
    await deployment.pour(floods(day=9, hour=2))
    assert await settled(deployment) == []


@pytest.mark.soak
async def test_row_14_rebalances_every_five_seconds_cost_nothing(deployment: Deployment) -> None:
    async with load(deployment, 40, seed=141):
        await come_and_go(deployment, 6, 5)
    assert await settled(deployment) == []


@contextmanager
def haunted(**variables: str) -> Iterator[None]:
    """Processes that start inside run `deaths/sitecustomize.py` first."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", f"{DEATHS}{os.pathsep}{ROOT}")
        for name, value in variables.items():
            patch.setenv(name, value)
        yield


async def one_life(deployment: Deployment, proxy: Proxy, seed: int) -> None:
    """What a worker meets in its life: articles, revisions, messages that are none, a bug, an answer that is lost."""
    proxy.to_lose = 1
    poison = {"body": misbehave.RAISE, "url": f"https://news.example/poison/{seed}"}
    await deployment.pour([*messages(seed, 24, next(_numbers)), b"no json", json.dumps(poison).encode()])


async def find_points(deployment: Deployment, proxy: Proxy, folder: Path) -> list[str]:
    """The await points that a worker passes in its life."""
    path = folder / "points"
    await one_life(deployment, proxy, seed=1_301)
    with haunted(_DEATH_LIST=str(path)):
        await deployment.start_worker(watched=False)
    await deployment.until_settled()
    await one_life(deployment, proxy, seed=1_302)
    await deployment.until_settled()
    assert await deployment.stop_worker() == STOPPED
    return sorted(path.read_text().split())


async def dies_at(deployment: Deployment, proxy: Proxy, point: str, passage: int, seed: int) -> bool:
    """Whether a worker came to the point and died there."""
    await one_life(deployment, proxy, seed)
    with haunted(_DEATH_POINT=point, _DEATH_PASS=str(passage)):
        await deployment.start_worker(watched=False)
    with suppress(TimeoutError):
        async with asyncio.timeout(40):
            return await deployment.worker.wait() == -signal.SIGKILL
    await deployment.kill_worker()
    return False


def before_or_after(points: list[str], chance: random.Random) -> list[str]:
    """Each point either as its coroutine goes to sleep or as it wakes up, in any order."""
    chosen = [chance.choice((point, point.replace(":asleep", ":awake"))) for point in points]
    chance.shuffle(chosen)
    return chosen


async def die_and_die_again(deployment: Deployment, proxy: Proxy, folder: Path, seed: int, most: int) -> None:
    chance = random.Random(seed)
    await deployment.stop_worker()
    points = await find_points(deployment, proxy, folder)
    assert len(points) > 20
    chosen = before_or_after(points, chance)[:most]
    died = [await dies_at(deployment, proxy, point, chance.randint(1, 2), seed + n) for n, point in enumerate(chosen)]
    await deployment.start_worker()
    problems = await settled(deployment)
    print(f"FAULT_SEED={seed}: {len(points)} await points; died at {sum(died)} of {len(chosen)}: {chosen}")
    assert problems == []
    assert sum(died) >= len(chosen) / 2  # a point may need what a short life does not bring, as a second batch


async def test_row_13_a_worker_that_is_killed_at_an_await_point_loses_nothing(
    deployment: Deployment, proxy: Proxy, tmp_path: Path, seed: int
) -> None:
    await die_and_die_again(deployment, proxy, tmp_path, seed, most=4)


@pytest.mark.soak
async def test_row_13_a_worker_that_is_killed_at_every_await_point_loses_nothing(
    deployment: Deployment, proxy: Proxy, tmp_path: Path, seed: int
) -> None:
    await die_and_die_again(deployment, proxy, tmp_path, seed, most=1_000)
