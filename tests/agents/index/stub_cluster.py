"""A server that speaks as much of Elasticsearch as a writer needs, keeps versions as it does, and fails on demand."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
from aiohttp import web

from agents.index.elasticsearch.document import index_mapping
from agents.settings import Settings
from schemas.mapping import ALIAS, current_index_name, write_alias

HEADERS = {"X-Elastic-Product": "Elasticsearch"}


@dataclass
class Bulk:
    """One bulk request: the items as (action, source), and the server's answer to each, which a fault may change."""

    items: list[tuple[dict[str, Any], bytes]]
    answers: list[dict[str, Any] | None]
    """None: not done yet; the server will."""


Fault = Callable[[Bulk], web.StreamResponse | None]
"""Called before a bulk request is applied. A response that it returns is sent instead of doing anything."""


@dataclass
class StubCluster:
    scheme: str = "http"
    port: int = 0
    faults: list[Fault] = field(default_factory=list)
    """One for each of the next bulk requests, in order of arrival."""
    always: Fault | None = None
    """For each request that `faults` has none for."""
    after: list[str] = field(default_factory=list)
    """For each of the next requests, once applied: `drop` the connection or `cut` the answer instead of sending it."""
    documents: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    bulks: list[Bulk] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    requests: int = 0
    largest: int = 0
    active: int = 0
    most_active: int = 0

    def settings(self, **changes: Any) -> Settings:
        return Settings(index_url=f"{self.scheme}://127.0.0.1:{self.port}", index_replicas=0, **changes)

    def sent(self) -> list[list[str]]:
        """The ids of each bulk request."""
        return [[action["_id"] for action, _ in bulk.items] for bulk in self.bulks]

    async def found(self, _: web.Request) -> web.Response:
        self.requests += 1
        name = current_index_name()
        aliases: dict[str, Any] = {ALIAS: {}, write_alias(name): {}}
        return answer({name: {"aliases": aliases, "mappings": index_mapping()}})

    async def bulk(self, request: web.Request) -> web.StreamResponse:
        self.active += 1
        self.most_active = max(self.active, self.most_active)
        try:
            return await self._bulk(request, await request.read())
        finally:
            self.active -= 1

    async def _bulk(self, request: web.Request, body: bytes) -> web.StreamResponse:
        await asyncio.sleep(0)  # let another request arrive
        self.largest = max(self.largest, len(body))
        self.keys.append(request.headers.get("Authorization"))
        lines = body.split(b"\n")[:-1]
        items = [(orjson.loads(a)["index"], s) for a, s in zip(lines[::2], lines[1::2], strict=True)]
        bulk = Bulk(items, [None] * len(items))
        self.bulks.append(bulk)
        fault = self.faults.pop(0) if self.faults else self.always
        if fault is not None and (response := fault(bulk)) is not None:
            return response
        answers = [one or self._apply(*item) for item, one in zip(items, bulk.answers, strict=True)]
        return await self._answered(request, answers)

    async def _answered(self, request: web.Request, answers: list[dict[str, Any]]) -> web.StreamResponse:
        how = self.after.pop(0) if self.after else "send"
        whole = orjson.dumps({"items": [{"index": answer} for answer in answers]})
        if how == "drop":
            assert request.transport is not None
            request.transport.close()
        return answer(whole[: len(whole) // 2] if how == "cut" else whole)

    def _apply(self, action: dict[str, Any], source: bytes) -> dict[str, Any]:
        there = self.documents.get(action["_id"])
        if there is not None and there[0] >= action["version"]:
            return {"status": 409, "error": {"type": "version_conflict_engine_exception", "reason": "stale"}}
        self.documents[action["_id"]] = (action["version"], source)
        return {"status": 200 if there else 201}


def answer(value: Any) -> web.Response:
    """*value* as the server sends it."""
    body = value if isinstance(value, bytes) else orjson.dumps(value)
    return web.Response(body=body, headers=HEADERS, content_type="application/json")


@asynccontextmanager
async def stub_cluster(port: int = 0, context: ssl.SSLContext | None = None) -> AsyncIterator[StubCluster]:
    """A running stub; *port* brings one back where it was, with *context* it speaks TLS."""
    stub = StubCluster(scheme="https" if context else "http")
    app = web.Application(client_max_size=200 * 1024 * 1024)
    app.router.add_post("/{alias}/_bulk", stub.bulk)
    app.router.add_put("/{alias}/_bulk", stub.bulk)
    app.router.add_get("/{names}", stub.found)
    runner = web.AppRunner(app, shutdown_timeout=0.5)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port, ssl_context=context)
    await site.start()
    stub.port = runner.addresses[0][1]
    try:
        yield stub
    finally:
        await runner.cleanup()


def fails(status: int, error: str, ids: Callable[[str], bool] = lambda _: True) -> Fault:
    """The items with such ids fail."""

    def fault(bulk: Bulk) -> None:
        for n, (action, _) in enumerate(bulk.items):
            if ids(action["_id"]):
                bulk.answers[n] = {"status": status, "error": {"type": error, "reason": "by the test"}}

    return fault


def refuses(status: int, error: str) -> Fault:
    """The whole request is refused."""

    def fault(_: Bulk) -> web.Response:
        body = {"error": {"type": error, "reason": "by the test"}, "status": status}
        return web.json_response(body, status=status, headers=HEADERS)

    return fault


def html(status: int) -> Fault:
    """A proxy in between answers."""
    return lambda _: web.Response(text="<html>Bad gateway</html>", content_type="text/html", status=status)
