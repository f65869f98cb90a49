"""Three Kafka servers lose one: nothing is lost, nothing doubled, nobody has to help."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from agents.kafka import open_admin
from tests.e2e.checker import find_problems
from tests.e2e.deployment import Deployment
from tests.e2e.workload import messages
from tests.real.faults.cluster import kafka_cluster
from tests.real.faults.conftest import Servers
from tests.real.faults.servers import Server, running, server_folder

pytestmark = [pytest.mark.java, pytest.mark.elasticsearch, pytest.mark.faults, pytest.mark.timeout(600)]


async def _leader_of_first(deployment: Deployment) -> int:
    """Number of the broker that leads the first partition of the articles."""
    async with open_admin(deployment.settings) as admin:
        (topic,) = await admin.describe_topics([f"{deployment.settings.topic_prefix}.articles"])
    return next(int(part["leader"]) for part in topic["partitions"] if part["partition"] == 0)


async def test_row_1_one_broker_of_three_dies_after_the_other_and_nobody_has_to_help(
    servers: Servers, misbehaving: None, tmp_path: Path
) -> None:
    with server_folder() as folder:
        cluster = kafka_cluster(folder)
        async with running(*cluster):
            addresses = ",".join(server.url.removeprefix("kafka://") for server in cluster)
            settings = servers.settings(tmp_path, kafka_url=f"kafka://{addresses}", replication=3, partitions=3)
            async with Deployment(settings) as deployment:
                for round_ in range(2):
                    await _lose_the_leader(deployment, cluster, 101 + round_, first=round_ * 1_000)
                await deployment.until_settled(timeout_s=240)
                assert await find_problems(deployment) == []


async def _lose_the_leader(deployment: Deployment, cluster: list[Server], seed: int, first: int) -> None:
    writing = asyncio.create_task(deployment.write(messages(seed, 300, first)))
    await deployment.until_at_work()
    server = cluster[await _leader_of_first(deployment) - 1]
    await asyncio.to_thread(server.kill)
    await writing  # two of three acknowledge
    await deployment.until_settled(timeout_s=240)
    await asyncio.to_thread(server.start)
