"""The engines that must pass. A test gets `index` (set up, empty) and `reopened` (closed, then opened again)."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from agents.index import ENGINES, Index, IndexDocument, open_index
from agents.settings import Settings

DATA = Path(__file__).parents[2] / "data"
SAMPLES: list[dict[str, Any]] = json.loads((DATA / "index/documents.json").read_text("utf-8"))
TESTED = ["embedded"]
"""Schemes; an engine that is missing here fails `test_every_engine_is_tested`."""


def document(id: str = "a", version: int = 1, **body: Any) -> IndexDocument:
    return IndexDocument(
        id=id, version=version, body={"@timestamp": "2026-03-01T00:00:00.000Z", "title": "flood"} | body
    )


def samples() -> list[IndexDocument]:
    return [IndexDocument(id=body["id"], version=1, body=body) for body in SAMPLES]


@pytest.fixture(params=TESTED)
def engine_settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    assert request.param in ENGINES
    return Settings(data_dir=tmp_path, index_url=f"{request.param}://", index_heap_bytes=16_777_216)


@pytest.fixture
async def index(engine_settings: Settings) -> AsyncIterator[Index]:
    opened = await open_index(engine_settings)
    yield opened
    await opened.close()


@pytest.fixture
async def reopened(index: Index, engine_settings: Settings) -> AsyncIterator[Callable[[], Awaitable[Index]]]:
    opened: list[Index] = []

    async def reopen() -> Index:
        await index.close()
        opened.append(await open_index(engine_settings))
        return opened[-1]

    yield reopen
    for one in opened:
        await one.close()
