"""Every hit of a query comes once, in order, whatever the size of a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from agents.index import IndexDocument, open_index
from agents.index.paging import pages
from agents.settings import Settings
from pipeline.query import parse


@pytest.mark.parametrize("size", [1, 3, 7, 10, 100])
async def test_all_hits_come_once_latest_first_and_no_page_is_empty(tmp_path: Path, size: int) -> None:
    index = await open_index(Settings(data_dir=tmp_path))
    documents = [
        IndexDocument(
            id=f"a{n}",
            version=1,
            # Pairs of documents share a time, so that a page may end between them.
            body={"id": f"a{n}", "@timestamp": f"2026-03-01T00:00:0{n // 2}.000Z", "title": "fire" if n else "calm"},
        )
        for n in range(10)
    ]
    await index.write(documents)
    found = [page async for page in pages(index, parse("title:fire"), size=size)]
    await index.close()
    assert all(found)
    assert [hit.id for page in found for hit in page] == ["a8", "a9", "a6", "a7", "a4", "a5", "a2", "a3", "a1"]
