"""One versioned index with as many shards as it needs: a revision reaches its own document, however old that is."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from elasticsearch import AsyncElasticsearch
from typer.testing import CliRunner

from agents.cli.main import app
from agents.index import IndexDocument, open_index
from agents.settings import Settings
from tests.contract.index.conftest import REAL, document, samples

pytestmark = REAL
YEARS = range(1995, 2027)


def article(n: int, year: int, version: int, title: str) -> IndexDocument:
    return document(f"d{n}", version, **{"@timestamp": f"{year}-03-01T00:00:00.000Z", "title": title})


@pytest.mark.parametrize("shards", [1, 5])
async def test_revisions_of_articles_of_thirty_years_replace_their_own_documents(
    own_index: Settings, shards: int
) -> None:
    """With an index for each month or size, `_id` is unique only inside one, and a revision that comes after a rollover
    (or whose date was corrected) would stand beside what it replaces."""
    index = await open_index(own_index.model_copy(update={"index_shards": shards}))
    first = [article(n, year, 1, "first") for n, year in enumerate(YEARS)]
    corrected = [article(n, 2026 - year % 7, 2, "revised") for n, year in enumerate(YEARS)]
    assert {one.status for one in await index.write(first)} == {"written"}
    assert {one.status for one in await index.write(corrected)} == {"written"}
    assert {one.status for one in await index.write(first)} == {"unchanged"}
    await index.close()
    async with AsyncElasticsearch(own_index.index_url) as client:
        await client.indices.refresh(index=own_index.index_alias)
        found = await client.search(index=own_index.index_alias, size=100)
        settings = await client.indices.get_settings(index=own_index.index_alias)
    assert {hit["_source"]["title"] for hit in found["hits"]["hits"]} == {"revised"}
    assert found["hits"]["total"]["value"] == len(YEARS)
    assert [one["settings"]["index"]["number_of_shards"] for one in settings.body.values()] == [str(shards)]


QUERIES = (
    "almaty",
    '"state of emergency"',
    "countries:KZ AND NOT language:ru",
    "sanctions.stage:adopted OR events.type:disaster",
    "title:protest* AND @timestamp:[2026-01-01 TO 2026-12-31]",
    "toll.killed.best:>=1",
    "*:*",
)


async def by_curl(settings: Settings, query: str) -> dict[str, Any]:
    """`GET alias/_search?q=...`, as a person types it: the server's own reading of the query, in its own fields."""
    async with AsyncElasticsearch(settings.index_url) as client:
        parameters = {"q": query, "size": 100, "sort": "@timestamp:desc", "track_total_hits": "true"}
        answer = await client.perform_request(
            "GET", f"/{settings.index_alias}/_search", params=parameters, headers={"accept": "application/json"}
        )
    return dict(answer.body)


async def test_the_server_is_asked_directly_and_finds_what_the_command_line_finds(own_index: Settings) -> None:
    index = await open_index(own_index)
    await index.write(samples())
    await index.close()
    async with AsyncElasticsearch(own_index.index_url) as client:
        await client.indices.refresh(index=own_index.index_alias)
    found_anything = 0
    for query in QUERIES:
        curl = await by_curl(own_index, query)
        by_command = search(own_index, query)
        assert by_command["total"] == curl["hits"]["total"]["value"], query
        assert {hit["id"] for hit in by_command["hits"]} == {hit["_id"] for hit in curl["hits"]["hits"]}, query
        found_anything += curl["hits"]["total"]["value"] > 0
    assert found_anything >= len(QUERIES) - 1


def search(settings: Settings, query: str) -> dict[str, Any]:
    """`tocsin search --json`, in a thread's own loop."""
    environment = {"TOCSIN_INDEX_URL": settings.index_url, "TOCSIN_INDEX_ALIAS": settings.index_alias}
    arguments = ["search", query, "--size", "100", "--json"]
    with ThreadPoolExecutor(1) as pool:
        result = pool.submit(CliRunner().invoke, app, arguments, env=environment).result()
    assert result.exit_code == 0, result.output
    return dict(json.loads(result.stdout))
