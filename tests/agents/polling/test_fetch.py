"""Fetching: what is refused before a byte is sent, and what is cut off while it comes."""

from __future__ import annotations

import gzip
import socket
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from agents.access.addresses import is_public
from agents.polling import fetch as module
from agents.polling.fetch import FetchError, check_url, fetch, open_session


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "198.18.0.1", "::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
    ],
)  # fmt: skip
def test_addresses_inside_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1"])
def test_addresses_outside_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("gopher://example.org/", "only http and https"),
        ("http://user:secret@example.org/", "user name or password"),
        ("http://example.org:22/", "usual ports"),
        ("http://example.org:notaport/", "no valid address"),
        ("http://127.0.0.1/", "not a public address"),
        ("http://[::1]/", "not a public address"),
        ("http://[::ffff:10.0.0.1]/", "not a public address"),
        ("http:///nothing", "only http and https"),
    ],
)
def test_an_address_that_must_not_be_fetched_is_refused(url: str, said: str) -> None:
    with pytest.raises(FetchError, match=said) as caught:
        check_url(url)
    assert "secret" not in str(caught.value)


def test_the_operator_may_allow_a_host() -> None:
    check_url("http://127.0.0.1:8080/", ["127.0.0.1:8080"])
    check_url("http://intranet:8080/", ["intranet"])


class Names(AbstractResolver):
    """Answers every name with loopback, as a rebinding attacker would."""

    async def resolve(self, host: str, port: int = 0, family: Any = socket.AF_INET) -> list[ResolveResult]:
        return [ResolveResult(hostname=host, host="127.0.0.1", port=port, family=socket.AF_INET, proto=0, flags=0)]

    async def close(self) -> None:
        """Nothing to close."""


@pytest.fixture
async def server() -> AsyncIterator[str]:
    """A local server; the fixture's value is `host:port`."""

    async def answer(request: web.Request) -> web.StreamResponse:
        where = request.path
        if where == "/conditional" and request.headers.get("If-None-Match") == '"v1"':
            return web.Response(status=304)
        if where == "/redirect":
            raise web.HTTPFound(request.query["to"])
        if where == "/loop":
            raise web.HTTPFound("/loop")
        if where == "/bomb":
            body = gzip.compress(b"0" * 30_000_000)
            return web.Response(body=body, headers={"Content-Encoding": "gzip"})
        if where == "/cut":
            return web.Response(body=gzip.compress(b"x" * 1000)[:-9], headers={"Content-Encoding": "gzip"})
        if where == "/broken":
            return web.Response(body=b"no gzip", headers={"Content-Encoding": "gzip"})
        if where == "/brotli":
            return web.Response(body=b"xx", headers={"Content-Encoding": "br"})
        if where == "/large":
            return web.Response(body=b"x" * (module.MAX_BYTES + 1))
        if where == "/busy":
            return web.Response(status=429, headers={"Retry-After": "120"})
        packed = gzip.compress(b"<rss/>")
        return web.Response(
            body=packed, headers={"Content-Encoding": "gzip", "ETag": '"v1"', "Content-Type": "text/xml"}
        )

    application = web.Application()
    application.router.add_get("/{tail:.*}", answer)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    yield f"127.0.0.1:{port}"
    await runner.cleanup()


async def test_an_answer_comes_unpacked_with_its_validators(server: str) -> None:
    async with open_session(allow=[server]) as session:
        answer = await fetch(session, f"http://{server}/feed", allow=[server])
    assert (answer.content, answer.etag, answer.content_type, answer.unchanged) == (
        b"<rss/>",
        '"v1"',
        "text/xml",
        False,
    )


async def test_an_unchanged_feed_has_no_content(server: str) -> None:
    async with open_session(allow=[server]) as session:
        answer = await fetch(session, f"http://{server}/conditional", allow=[server], etag='"v1"')
    assert (answer.unchanged, answer.content) == (True, b"")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("bomb", "compressed more than 100 times"),
        ("cut", "cut off"),
        ("broken", "broken gzip"),
        ("brotli", "was not asked for"),
        ("large", "larger than 10 MiB"),
        ("loop", "more than 5 redirects"),
        ("redirect?to=http://10.0.0.1/", "not a public address"),
        ("redirect?to=file:///etc/passwd", "only http and https"),
    ],
)
async def test_a_hostile_answer_is_refused(server: str, path: str, said: str) -> None:
    async with open_session(allow=[server]) as session:
        with pytest.raises(FetchError, match=said):
            await fetch(session, f"http://{server}/{path}", allow=[server])


async def test_the_wait_a_busy_server_asks_for_is_told(server: str) -> None:
    async with open_session(allow=[server]) as session:
        with pytest.raises(FetchError, match="429") as caught:
            await fetch(session, f"http://{server}/busy", allow=[server])
    assert caught.value.retry_after == 120


async def test_a_name_that_resolves_inside_is_not_connected_to() -> None:
    async with open_session(resolver=Names()) as session:
        with pytest.raises(FetchError, match="no public address"):
            await fetch(session, "http://news.example/")


async def test_a_server_that_is_not_there_is_an_error_with_its_name() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    async with open_session(allow=[address]) as session:
        with pytest.raises(FetchError, match=r"127\.0\.0\.1"):
            await fetch(session, f"http://{address}/", allow=[address])
