"""The engines that must pass. A test gets `index` (set up, empty) and `reopened` (closed, then opened again)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from agents.index import ENGINES, Index, IndexDocument, open_index, remove_index
from agents.settings import Settings
from schemas.collections import ARTICLES, COLLECTIONS, Collection
from tests.contract.index.refreshing import Refreshing

DATA = Path(__file__).parents[2] / "data"
SAMPLES: list[dict[str, Any]] = json.loads((DATA / "index/documents.json").read_text("utf-8"))
REAL = pytest.mark.elasticsearch
"""Mark of tests that need a real Elasticsearch."""
TESTED = {"embedded": (), "http": (REAL,)}
"""Schemes; an engine that is missing here fails `test_every_engine_is_tested`."""


def document(id: str = "a", version: int = 1, **body: Any) -> IndexDocument:
    return IndexDocument(
        id=id, version=version, body={"@timestamp": "2026-03-01T00:00:00.000Z", "title": "flood"} | body
    )


def samples() -> list[IndexDocument]:
    return [IndexDocument(id=body["id"], version=1, body=body) for body in SAMPLES]


def named_index(elasticsearch: Settings) -> Settings:
    """Settings of a new index on the server."""
    return elasticsearch.model_copy(update={"index_alias": f"test-{uuid4().hex}", "index_replicas": 0})


@pytest.fixture
def own_index(elasticsearch: Settings) -> Iterator[Settings]:
    """Settings of an index of the test's own on the real Elasticsearch."""
    settings = named_index(elasticsearch)
    yield settings
    for collection in COLLECTIONS:
        asyncio.run(remove_index(settings, collection))


@pytest.fixture(params=[pytest.param(scheme, marks=marks) for scheme, marks in TESTED.items()])
def engine_settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    assert request.param in ENGINES
    if request.param == "http":
        found: Settings = request.getfixturevalue("own_index")
        return found
    return Settings(data_dir=tmp_path, index_url=f"{request.param}://", index_heap_bytes=16_777_216)


async def opened(settings: Settings, collection: Collection = ARTICLES) -> Index:
    """An index whose searches find what was written before them."""
    index = await open_index(settings, collection)
    return index if settings.index_url.startswith("embedded:") else Refreshing(index, settings, collection)


@pytest.fixture
async def index(engine_settings: Settings) -> AsyncIterator[Index]:
    made = await opened(engine_settings)
    yield made
    await made.close()


@pytest.fixture
async def reopened(index: Index, engine_settings: Settings) -> AsyncIterator[Callable[[], Awaitable[Index]]]:
    again: list[Index] = []

    async def reopen() -> Index:
        await index.close()
        again.append(await opened(engine_settings))
        return again[-1]

    yield reopen
    for one in again:
        await one.close()
