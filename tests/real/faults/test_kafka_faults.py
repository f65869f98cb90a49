"""Kafka dies, stays away, refuses: nothing is lost, nothing doubled, nobody has to help. Rows as in the fault table."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from agents.kafka import open_admin
from agents.supervision.progress import read_progress
from schemas.article import Article
from schemas.topics import ARTICLES, DEAD_LETTERS, ENRICHED, Topic
from tests.agents import misbehave
from tests.e2e.checker import find_problems, read_alerts, read_letters
from tests.e2e.deployment import Deployment
from tests.e2e.workload import messages
from tests.real.faults.conftest import Servers

pytestmark = [
    pytest.mark.java,
    pytest.mark.elasticsearch,
    pytest.mark.faults,
    pytest.mark.timeout(300),
    pytest.mark.asyncio(loop_scope="module"),
]

_LARGE = 60_000
"""Bytes of an article's text that a topic is made to refuse."""


def is_large(article: Article) -> bool:
    return len(article.body) >= _LARGE


def article(body: str, number: int, **fields: object) -> bytes:
    given = {"body": body, "title": "A fire", "url": f"https://news.example/odd/{number}", "tags": ["flood"]}
    return json.dumps(given | fields).encode()


async def set_option(deployment: Deployment, topic: Topic, name: str, value: str | int) -> None:
    """Change one option of a topic on the broker; the others fall back to the broker's own."""
    resource = ConfigResource(
        ConfigResourceType.TOPIC, topic.prefixed(deployment.settings.topic_prefix), configs={name: str(value)}
    )
    async with open_admin(deployment.settings) as admin:
        for response in await admin.alter_configs([resource]):
            assert all(one[0] == 0 for one in response.resources), response


@asynccontextmanager
async def limited(deployment: Deployment, topic: Topic, max_bytes: int) -> AsyncIterator[None]:
    """The broker takes no larger messages on this topic."""
    await set_option(deployment, topic, "max.message.bytes", max_bytes)
    try:
        yield
    finally:
        await set_option(deployment, topic, "max.message.bytes", deployment.settings.max_message_bytes)


async def _away(servers: Servers, seconds: float) -> None:
    await asyncio.to_thread(servers.kafka.kill)
    await asyncio.sleep(seconds)
    await asyncio.to_thread(servers.kafka.start)


async def test_row_2_a_broker_that_is_killed_under_load_is_found_again(
    deployment: Deployment, servers: Servers
) -> None:
    writing = asyncio.create_task(deployment.write(messages(seed=21, count=400)))
    await deployment.until_at_work()
    await _away(servers, 4)
    await writing
    await deployment.until_settled()
    assert await find_problems(deployment) == []


async def test_row_2_a_broker_that_is_away_for_a_minute_is_found_again(
    deployment: Deployment, servers: Servers
) -> None:
    writing = asyncio.create_task(deployment.write(messages(seed=22, count=400, first=1_000)))
    await deployment.until_at_work()
    await _away(servers, 60)
    await writing
    await deployment.until_settled()
    assert await find_problems(deployment) == []


async def test_rows_11_and_12_duplicate_and_late_revisions_leave_the_latest_document_and_one_alert(
    deployment: Deployment,
) -> None:
    revisions = [
        article(f"Revision {revision}", number, revision=revision, observed_at=f"2024-06-01T00:00:0{revision}Z")
        for number in range(100, 150)
        for revision in range(4)
    ]
    random.Random(12).shuffle(revisions)
    await deployment.pour(revisions)
    await deployment.until_settled()
    before = await read_alerts(deployment)
    await deployment.write([message.value for message in await deployment.read(ARTICLES.name)])
    await deployment.until_settled()
    assert len(await read_alerts(deployment)) == len(before) > 20
    assert await find_problems(deployment) == []


async def test_row_22_while_no_dead_letter_can_be_written_its_message_stays_uncommitted(
    deployment: Deployment,
) -> None:
    await deployment.until_settled()
    async with limited(deployment, DEAD_LETTERS, 200):
        await deployment.write([article(misbehave.RAISE, 201), b"no json", article("good", 202)])
        await deployment.until(lambda: deployment.tally("enricher").get("retries", 0) >= 2)
        assert any(part.lag for part in await read_progress(deployment.settings) if part.agent == "enricher")
    await deployment.until_settled()
    assert await find_problems(deployment) == []


async def test_row_10_a_result_that_the_broker_refuses_harms_no_neighbour(deployment: Deployment) -> None:
    await deployment.until_settled()
    waits = deployment.tally("enricher").get("retries", 0)
    inputs = [article("x" * _LARGE if number % 10 == 5 else "small", number) for number in range(40)]
    async with limited(deployment, ENRICHED, _LARGE), limited(deployment, DEAD_LETTERS, _LARGE // 2):
        await deployment.write(inputs)
        await deployment.until_settled()
    assert await find_problems(deployment, too_large=is_large) == []
    cut = [one for one in await read_letters(deployment) if one.reason == "too_large"]
    assert len(cut) == 4
    assert all(0 < len(one.raw) < one.raw_size for one in cut)
    assert deployment.tally("enricher")["retries"] == waits  # the refusal left a producer that the broker still takes
