"""Elasticsearch as an `Index`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

from elasticsearch import ApiError, AsyncElasticsearch, NotFoundError

from agents.index.checks import is_id
from agents.index.elasticsearch.bulk import index_lines, reason_of
from agents.index.elasticsearch.client import open_client, request_timeout_s, translated
from agents.index.elasticsearch.document import TIMESTAMP, TOMBSTONE, from_source, is_tombstone
from agents.index.elasticsearch.search import LIVE, read_result, search_body
from agents.index.elasticsearch.setup import check_index, set_up_index
from agents.index.elasticsearch.target import target_of
from agents.index.elasticsearch.write import BulkWrite, item_failure, send_bulk
from agents.index.errors import (
    IndexAccessError,
    IndexMissingError,
    IndexReadOnlyError,
    SearchRefusedError,
)
from agents.index.protocol import IndexDocument, Outcome, SearchRequest, SearchResult, StoredDocument
from agents.settings import Settings
from schemas.collections import ARTICLES, Collection

_DELETE_AT_ONCE: Final = 500
_SCAN_PAGE: Final = 500
_KEEP_ALIVE: Final = "5m"
"""How long the server keeps a scan's point in time from one page to the next."""


class ElasticsearchIndex:
    """An `Index` on a cluster. Any number of processes may write and read it.

    A writer needs the rights `index`, `read`, `view_index_metadata`, and `manage` to create the index or its newer
    fields; a reader needs `read` and `view_index_metadata`.
    """

    def __init__(
        self, settings: Settings, collection: Collection = ARTICLES, *, read_only: bool = False, name: str | None = None
    ) -> None:
        """
        Args:
            name: an index to read from that is neither searched nor written by this release.
        """
        self._settings = settings
        self._read_only = read_only
        self._where = settings.index_url
        self._target = target_of(settings, collection)
        self._name = name or (self._target.alias if read_only else self._target.written)
        self._client: AsyncElasticsearch | None = None
        self._is_set_up = False
        self._settled: dict[tuple[str, int], Outcome] = {}
        """What an interrupted write has settled, by id and version: asked again, the answer would be "unchanged"."""

    async def set_up(self) -> None:
        """Raises:
        IndexMissingError: there is no index, and it was opened for reading only.
        IndexSchemaError: another version made it.
        """
        async with self._asking() as client:
            if self._read_only:
                await check_index(client, self._target)
            else:
                await set_up_index(client, self._settings, self._target)
        self._is_set_up = True

    async def write(self, documents: Sequence[IndexDocument]) -> list[Outcome]:
        self._check_may_write()
        try:
            return await self._write(documents) if documents else []
        except IndexAccessError:
            await self._disconnect()
            raise
        except IndexMissingError:
            # Deleted while we ran: nothing of what was settled is there any more.
            self._is_set_up = False
            self._settled.clear()
            raise

    async def _write(self, documents: Sequence[IndexDocument]) -> list[Outcome]:
        if not self._is_set_up:
            await self.set_up()
        known = [self._settled.get((one.id, one.version)) for one in documents]
        writing = BulkWrite(self._connected(), self._target, self._where, documents, known)
        await writing.run(request_timeout_s(self._settings))
        self._settled.clear()
        if writing.failure is not None:
            self._settled.update(_settled(documents, writing.outcomes))
            raise writing.failure
        return [outcome for outcome in writing.outcomes if outcome is not None]

    async def get(self, id: str) -> StoredDocument | None:
        if not is_id(id):
            return None
        try:
            async with self._asking() as client:
                found: Any = await _get(client, self._name, id)
        except _NoDocumentError:
            return None
        if is_tombstone(found["_source"]):
            return None
        return StoredDocument(found["_id"], found["_version"], from_source(found["_source"]))

    async def search(self, request: SearchRequest) -> SearchResult:
        async with self._asking() as client:
            try:
                # A shard that does not answer would leave out hits without a word.
                answer = await client.search(
                    index=self._name, allow_partial_search_results=False, **_parameters(request)
                )
            except ApiError as error:
                if _asks_for_too_much(error):
                    raise SearchRefusedError(f"the index cannot search this: {reason_of(_cause(error))}") from error
                raise
        return await asyncio.to_thread(read_result, answer.body, request)

    async def scan(self) -> AsyncIterator[StoredDocument]:
        """By a point in time, which keeps to what was there when it was opened."""
        async with self._asking() as client:
            point = (await client.open_point_in_time(index=self._name, keep_alive=_KEEP_ALIVE))["id"]
        after: Any = None
        while True:
            async with self._asking() as client:
                answer = await client.search(
                    pit={"id": point, "keep_alive": _KEEP_ALIVE},
                    query=LIVE,
                    sort=["_shard_doc"],
                    search_after=after,
                    size=_SCAN_PAGE,
                    version=True,
                    track_total_hits=False,
                    allow_partial_search_results=False,
                )
            hits = answer["hits"]["hits"]
            for hit in hits:
                yield StoredDocument(hit["_id"], hit["_version"], from_source(hit["_source"]))
            if len(hits) < _SCAN_PAGE:
                break
            after, point = hits[-1]["sort"], answer["pit_id"]
        async with self._asking() as client:
            await client.close_point_in_time(id=point)

    async def delete(self, ids: Sequence[str]) -> int:
        """A tombstone takes the place of each document, as the server forgets deleted versions after a minute."""
        self._check_may_write()
        wanted = [id for id in dict.fromkeys(ids) if is_id(id)]
        parts = [wanted[first : first + _DELETE_AT_ONCE] for first in range(0, len(wanted), _DELETE_AT_ONCE)]
        return sum([await self._delete(part) for part in parts])

    async def _delete(self, ids: Sequence[str]) -> int:
        async with self._asking() as client:
            answer = await client.mget(index=self._name, ids=ids, source_includes=[TIMESTAMP])
        there = {one["_id"]: one["_version"] for one in answer["docs"] if one.get("found") and one["_source"]}
        if not there:
            return 0
        lines = [index_lines(id, version, TOMBSTONE, replace_equal=True) for id, version in there.items()]
        for verdict in await send_bulk(self._connected(), self._target.written, self._where, lines):
            if verdict.kind in ("again", "rejected"):
                raise item_failure(verdict, self._where)
        return len(there)

    async def count(self) -> int:
        async with self._asking() as client:
            answer = await client.count(index=self._name, query=LIVE)
        return int(answer["count"])

    async def close(self) -> None:
        await self._disconnect()

    @asynccontextmanager
    async def _asking(self) -> AsyncIterator[AsyncElasticsearch]:
        """The client for one exchange. After a refusal the next client is a new one, which reads the key's file."""
        try:
            with translated(self._where):
                yield self._connected()
        except IndexAccessError:
            await self._disconnect()
            raise

    def _connected(self) -> AsyncElasticsearch:
        if self._client is None:
            self._client = open_client(self._settings)
        return self._client

    async def _disconnect(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    def _check_may_write(self) -> None:
        if self._read_only:
            raise IndexReadOnlyError(f"the index at {self._where} was opened for reading only")


class _NoDocumentError(Exception):
    pass


async def _get(client: AsyncElasticsearch, name: str, id: str) -> Any:
    try:
        return await client.get(index=name, id=id)
    except NotFoundError as error:
        if isinstance(error.body, dict) and error.body.get("found") is False:
            raise _NoDocumentError from None
        raise  # the index itself is missing


def _settled(documents: Sequence[IndexDocument], outcomes: Sequence[Outcome | None]) -> dict[tuple[str, int], Outcome]:
    """Rejected ones are left out: another document of the same id and version may be a good one."""
    return {
        (document.id, document.version): outcome
        for document, outcome in zip(documents, outcomes, strict=True)
        if outcome is not None and outcome.status != "rejected"
    }


def _parameters(request: SearchRequest) -> dict[str, Any]:
    body = search_body(request)
    return {{"from": "from_"}.get(name, name): value for name, value in body.items()}


def _cause(error: ApiError) -> Any:
    return error.body.get("error") if isinstance(error.body, dict) else str(error.body)


def _asks_for_too_much(error: ApiError) -> bool:
    return error.status_code == 400 or "too_many_buckets_exception" in str(error.body)
