"""Kafka dies, stays away, refuses: nothing is lost, nothing doubled, nobody has to help. Rows as in the fault table."""

from __future__ import annotations

import asyncio

import pytest

from tests.e2e.checker import find_problems
from tests.e2e.deployment import Deployment
from tests.e2e.workload import messages
from tests.real.faults.conftest import Servers

pytestmark = [
    pytest.mark.java,
    pytest.mark.elasticsearch,
    pytest.mark.timeout(240),
    pytest.mark.asyncio(loop_scope="module"),
]


async def _away(servers: Servers, seconds: float) -> None:
    await asyncio.to_thread(servers.kafka.kill)
    await asyncio.sleep(seconds)
    await asyncio.to_thread(servers.kafka.start)


async def test_row_2_a_broker_that_is_killed_under_load_is_found_again(
    deployment: Deployment, servers: Servers
) -> None:
    await deployment.until_alive(joined=1)
    writing = asyncio.create_task(deployment.write(messages(seed=21, count=600)))
    await deployment.until_at_work()
    await _away(servers, 4)
    await writing
    await deployment.until_settled()
    assert await find_problems(deployment) == []
