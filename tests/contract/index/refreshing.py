"""Elasticsearch finds a document within a second of its write; a test does not wait, it asks for it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from elasticsearch import AsyncElasticsearch

from agents.index import Index, IndexDocument, Outcome, SearchRequest, SearchResult, StoredDocument
from agents.settings import Settings
from schemas.collections import ARTICLES, Collection
from schemas.mapping import alias_of


class Refreshing:
    """An `Index` that is refreshed before a search of what was written since the last one."""

    def __init__(self, index: Index, settings: Settings, collection: Collection = ARTICLES) -> None:
        self._index = index
        self._settings = settings
        self._alias = alias_of(collection, settings.index_alias)
        self._is_stale = True

    async def _refresh(self) -> None:
        if not self._is_stale:
            return
        self._is_stale = False
        async with AsyncElasticsearch(self._settings.index_url) as client:
            await client.indices.refresh(index=self._alias)

    async def set_up(self) -> None:
        await self._index.set_up()

    async def write(self, documents: Sequence[IndexDocument]) -> list[Outcome]:
        self._is_stale = True
        return await self._index.write(documents)

    async def get(self, id: str) -> StoredDocument | None:
        return await self._index.get(id)

    async def search(self, request: SearchRequest) -> SearchResult:
        await self._refresh()
        return await self._index.search(request)

    async def scan(self) -> AsyncIterator[StoredDocument]:
        await self._refresh()
        async for document in self._index.scan():
            yield document

    async def delete(self, ids: Sequence[str]) -> int:
        self._is_stale = True
        return await self._index.delete(ids)

    async def count(self) -> int:
        await self._refresh()
        return await self._index.count()

    async def close(self) -> None:
        await self._index.close()
