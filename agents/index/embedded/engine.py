"""The embedded index as an `Index`: the blocking store, called off the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

import orjson
import tantivy

from agents.index.checks import is_id
from agents.index.embedded.compile import term
from agents.index.embedded.folders import Folders
from agents.index.embedded.schema import ID, SOURCE, VERSION
from agents.index.embedded.search import Search
from agents.index.embedded.store import Store, count_of, live, translated
from agents.index.protocol import IndexDocument, Outcome, SearchRequest, SearchResult, StoredDocument
from schemas.collections import ARTICLES, Collection


class EmbeddedIndex:
    """An `Index` in a folder. One process may write; others open it with `read_only` and see what was committed."""

    def __init__(
        self,
        folder: Path,
        collection: Collection = ARTICLES,
        *,
        heap_bytes: int,
        read_only: bool = False,
        folders: Folders | None = None,
    ) -> None:
        """
        Args:
            folders: where other versions may stand. A writer keeps what searches read there; a reader may read one.
        """
        is_foreign = read_only and folders is not None and folder != folders.own
        self._folder = folder
        self._folders = folders
        self._read_only = read_only
        self._store = Store(folder, collection, heap_bytes=heap_bytes, read_only=read_only, is_foreign=is_foreign)

    async def set_up(self) -> None:
        """Raises:
        IndexLockedError: another process writes the index.
        IndexMissingError: there is none, and it was opened for reading only.
        IndexSchemaError: it was made by another version.
        """
        await asyncio.to_thread(self._set_up)

    async def write(self, documents: Sequence[IndexDocument]) -> list[Outcome]:
        return await asyncio.to_thread(self._store.write, documents)

    async def get(self, id: str) -> StoredDocument | None:
        return await asyncio.to_thread(self._get, id) if is_id(id) else None

    async def search(self, request: SearchRequest) -> SearchResult:
        return await asyncio.to_thread(self._search, request)

    async def scan(self) -> AsyncIterator[StoredDocument]:
        pages = await asyncio.to_thread(self._scan)
        while page := await asyncio.to_thread(next, pages, None):
            for document in page:
                yield document

    async def delete(self, ids: Sequence[str]) -> int:
        return await asyncio.to_thread(self._store.delete, [id for id in ids if is_id(id)])

    async def count(self) -> int:
        return await asyncio.to_thread(self._count)

    async def close(self) -> None:
        await asyncio.to_thread(self._store.close)

    def _set_up(self) -> None:
        if self._folders is not None and not self._read_only:
            self._folders.keep_searched()
        self._store.set_up()

    def _scan(self) -> Iterator[list[StoredDocument]]:
        searcher = self._store.searcher()
        with translated(self._folder):
            yield from Search(searcher, self._store.schema).scan()

    def _search(self, request: SearchRequest) -> SearchResult:
        searcher = self._store.searcher()
        with translated(self._folder):
            return Search(searcher, self._store.schema).run(request)

    def _get(self, id: str) -> StoredDocument | None:
        searcher, schema = self._store.searcher(), self._store.schema
        with translated(self._folder):
            found = searcher.search(live(term(schema, ID, id), schema), limit=1, count=False).hits
            if not found:
                return None
            address = found[0][1]
            (version,) = searcher.fast_field_values(VERSION, [address])
            return StoredDocument(id, int(version or 0), orjson.loads(searcher.doc(address)[SOURCE][0]))

    def _count(self) -> int:
        searcher, schema = self._store.searcher(), self._store.schema
        with translated(self._folder):
            return count_of(searcher, live(tantivy.Query.all_query(), schema))
