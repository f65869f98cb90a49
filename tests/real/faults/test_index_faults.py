"""Elasticsearch dies, freezes, refuses, loses answers: articles wait, alerts do not. Rows as in the fault table."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count

import pytest
from elasticsearch import ApiError, AsyncElasticsearch, TransportError

from agents.supervision.progress import read_progress
from schemas.article import Article
from schemas.topics import ENRICHED
from tests.e2e.checker import find_problems, read_alerts, read_letters
from tests.e2e.deployment import Deployment
from tests.e2e.workload import messages
from tests.real.faults.conftest import Servers
from tests.real.faults.proxy import Proxy

pytestmark = [
    pytest.mark.java,
    pytest.mark.elasticsearch,
    pytest.mark.faults,
    pytest.mark.timeout(400),
    pytest.mark.asyncio(loop_scope="module"),
]

_LONGEST_TERM = 32_766
"""Lucene's limit, bytes. The name of a producer's own field becomes part of a term."""


def is_rejected(article: Article) -> bool:
    return any(len(name) > _LONGEST_TERM for name in article.extra)


async def settled(deployment: Deployment) -> list[str]:
    await deployment.until_settled()
    return await find_problems(deployment, index_rejects=is_rejected)


@asynccontextmanager
async def alerts_still_flow(deployment: Deployment) -> AsyncIterator[None]:
    """Whatever happens to the index inside, alerts are raised meanwhile."""
    before = len(await read_alerts(deployment))
    yield
    async with asyncio.timeout(60):
        while len(await read_alerts(deployment)) == before:
            await asyncio.sleep(0.2)


async def test_row_5_while_elasticsearch_is_killed_articles_wait_and_alerts_do_not(
    deployment: Deployment, servers: Servers
) -> None:
    await deployment.write(messages(seed=50, count=100))
    await deployment.until_at_work()
    await asyncio.to_thread(servers.elasticsearch.kill)
    async with alerts_still_flow(deployment):
        await deployment.write(messages(seed=51, count=200, first=100))
        await deployment.until_waiting("indexer")
    await asyncio.to_thread(servers.elasticsearch.start)
    assert await settled(deployment) == []


async def test_row_5_while_elasticsearch_is_frozen_articles_wait_and_alerts_do_not(
    deployment: Deployment, servers: Servers
) -> None:
    servers.elasticsearch.freeze()
    try:
        async with alerts_still_flow(deployment):
            await deployment.write(messages(seed=52, count=200, first=300))
            await deployment.until_waiting("indexer")
    finally:
        servers.elasticsearch.thaw()
    assert await settled(deployment) == []


@pytest.mark.soak
async def test_row_5_an_index_that_is_away_for_long_costs_neither_alerts_nor_memory(
    deployment: Deployment, proxy: Proxy
) -> None:
    """Ten minutes in little: what counts is how many articles wait, more than three times what the worker may hold."""
    await deployment.until_settled()
    await proxy.close()
    sizes: list[int] = []
    for part in range(8):
        async with alerts_still_flow(deployment):
            await deployment.pour(messages(seed=500 + part, count=2_000, first=10_000 + part * 2_000))
            await _until_done_by(deployment, "enricher", "matcher", "alerter")
        sizes.append(_memory_of_worker(deployment))
    await proxy.open()
    print(f"worker, MiB, after each 2,000 articles: {[size >> 20 for size in sizes]}")
    assert await settled(deployment) == []
    assert sizes[-1] - sizes[3] < 24 * 2**20


async def _until_done_by(deployment: Deployment, *agents: str) -> None:
    async with asyncio.timeout(240):
        while any(part.lag for part in await read_progress(deployment.settings) if part.agent in agents):
            await asyncio.sleep(0.5)


def _memory_of_worker(deployment: Deployment) -> int:
    """Resident bytes of the process with the agents, without watchdog and enrichment."""
    return max(one.memory_info().rss for one in deployment.family() if "agents.worker" in one.cmdline())


async def test_row_6_an_answer_that_is_lost_after_the_write_makes_no_second_document(
    deployment: Deployment, proxy: Proxy
) -> None:
    proxy.to_lose, before = 5, proxy.lost
    await deployment.write(messages(seed=60, count=200, first=500))
    await deployment.until(lambda: proxy.lost == before + 5)
    assert await settled(deployment) == []


async def test_row_6_an_answer_that_comes_too_late_makes_no_second_document(
    deployment: Deployment, proxy: Proxy
) -> None:
    proxy.delay_s = deployment.settings.index_timeout_s * 2
    await deployment.write(messages(seed=61, count=100, first=700))
    await deployment.until_waiting("indexer")
    proxy.delay_s = 0.0
    assert await settled(deployment) == []


async def test_row_4_items_that_a_full_queue_refuses_are_written_later(
    deployment: Deployment, servers: Servers
) -> None:
    async with flooded(servers):
        refused = asyncio.create_task(deployment.until_waiting("indexer"))
        # A portion may slip through, so there is always another one.
        for first in count(30_000, 20):
            await deployment.write(messages(seed=40, count=20, first=first))
            if refused.done():
                break
            await asyncio.sleep(0.5)
        await refused
    assert await settled(deployment) == []


@asynccontextmanager
async def flooded(servers: Servers) -> AsyncIterator[None]:
    """Bulk requests of another program, as many as are taken."""
    async with AsyncElasticsearch(servers.elasticsearch.url, request_timeout=60, max_retries=0) as client:
        flood = [asyncio.create_task(_flood(client)) for _ in range(16)]
        try:
            yield
        finally:
            for task in flood:
                task.cancel()
            await asyncio.gather(*flood, return_exceptions=True)


async def _flood(client: AsyncElasticsearch) -> None:
    lines = [json.dumps({"text": "word " * 400}) for _ in range(100)]
    operations = [line for text in lines for line in ('{"index": {}}', text)]
    while True:
        with suppress(ApiError, TransportError):
            await client.bulk(index="noise", operations=operations)


async def test_row_19_a_read_only_block_from_a_full_disk_is_waited_out(
    deployment: Deployment, servers: Servers
) -> None:
    block = "index.blocks.read_only_allow_delete"
    async with AsyncElasticsearch(servers.elasticsearch.url, request_timeout=60) as client:
        await client.indices.put_settings(index=deployment.settings.index_alias, settings={block: True})
        async with alerts_still_flow(deployment):
            await deployment.write(messages(seed=19, count=100, first=1_200))
            await deployment.until_waiting("indexer", 2)
        await client.indices.put_settings(index=deployment.settings.index_alias, settings={block: None})
    assert await settled(deployment) == []


async def test_row_7_a_document_that_the_mapping_rejects_becomes_a_dead_letter_and_its_neighbours_are_indexed(
    deployment: Deployment,
) -> None:
    bad = [
        json.dumps({"title": "Odd", "body": "word", "url": f"https://news.example/odd/{n}", "k" * 33_000: "v"}).encode()
        for n in range(3)
    ]
    good = list(messages(seed=7, count=90, first=1_300))
    await deployment.write([*good[:30], bad[0], *good[30:60], *bad[1:], *good[60:]])
    assert await settled(deployment) == []
    rejected = [one for one in await read_letters(deployment) if one.topic.endswith(ENRICHED.name)]
    assert len(rejected) == 3
    assert all("32766" in one.detail for one in rejected)
