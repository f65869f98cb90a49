"""Every hit of a query comes once, in order, whatever the size of a page, on every engine."""

from __future__ import annotations

import asyncio

import pytest

from agents.index import Index, IndexDocument, SearchRequest, SearchResult
from agents.index.paging import pages
from pipeline.query import parse


def burning(number: int) -> IndexDocument:
    """Pairs of documents share a time, so that a page may end between them."""
    body = {"@timestamp": f"2026-03-01T00:00:{number // 2:02d}.000Z", "title": "fire" if number else "calm"}
    return IndexDocument(id=f"a{number}", version=1, body=body)


@pytest.mark.parametrize("size", [1, 3, 7, 10, 100])
async def test_all_hits_come_once_latest_first_and_no_page_is_empty(index: Index, size: int) -> None:
    await index.write([burning(number) for number in range(10)])
    found = [page async for page in pages(index, parse("title:fire"), size=size)]
    assert all(found)
    assert [hit.id for page in found for hit in page] == ["a8", "a9", "a6", "a7", "a4", "a5", "a2", "a3", "a1"]


async def test_now_is_the_same_moment_on_every_page(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[SearchRequest] = []
    search = index.search

    async def slow(request: SearchRequest) -> SearchResult:
        asked.append(request)
        await asyncio.sleep(0.005)  # later pages are asked for at other milliseconds
        return await search(request)

    monkeypatch.setattr(index, "search", slow)
    await index.write([burning(number) for number in range(6)])
    found = [hit.id async for page in pages(index, parse("@timestamp:<now"), size=2) for hit in page]
    assert len(found) == 6 and len(asked) == 4
    assert len({(request.query, request.now) for request in asked}) == 1
