"""Fetching from addresses that strangers chose, without being led inside our own network.

Every connection goes to an address that was checked after resolution and is the one dialled, so that a name cannot
answer differently the second time. Redirects are followed one by one under the same rules. Sizes are counted after
decompression, while streaming.
"""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from functools import partial
from typing import Final
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver
from aiohttp.resolver import ThreadedResolver

from agents.access.addresses import GuardedResolver, is_public

MAX_BYTES: Final = 10 * 1024 * 1024
"""Feeds above this, decompressed, are refused; readers in wide use cap at 15 MiB."""
MAX_RATIO: Final = 100
"""XML compresses 5 to 20 times; a hundred is an attack."""
MAX_REDIRECTS: Final = 5
TIMEOUT: Final = aiohttp.ClientTimeout(total=30, connect=5)
_PORTS: Final = {"http": 80, "https": 443}
_CHUNK: Final = 65_536


class FetchError(Exception):
    """The address could not or must not be fetched, and why. `retry_after`: seconds that the server asked for."""

    def __init__(self, message: str, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. `content` is decompressed; empty when the server said that nothing changed."""

    status: int
    url: str
    content: bytes
    content_type: str
    etag: str | None
    last_modified: str | None

    @property
    def unchanged(self) -> bool:
        return self.status == 304


def check_url(url: str, allow: Collection[str] = ()) -> None:
    """Refuse an address that must not be fetched. Names are checked later, when they are resolved.

    Args:
        allow: `host` or `host:port` that the operator trusts.

    Raises:
        FetchError: another scheme, credentials, a port other than the usual, or a literal address that is not public.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise FetchError(f"{url[:200]} is no valid address: {error}") from error
    if parts.scheme not in _PORTS or not parts.hostname:
        raise FetchError(f"{url[:200]}: only http and https addresses are fetched")
    if parts.username or parts.password:
        raise FetchError(f"{parts.hostname}: addresses with a user name or password are not fetched")
    if allowed(parts.hostname, port, allow):
        return
    if port != _PORTS[parts.scheme]:
        raise FetchError(f"{parts.hostname}:{port}: only the usual ports are fetched (setting fetch_allow_hosts)")
    try:
        literal = is_public(parts.hostname)
    except ValueError:
        return  # a name
    if not literal:
        raise FetchError(f"{parts.hostname} is not a public address (setting fetch_allow_hosts)")


def allowed(host: str, port: int, allow: Collection[str]) -> bool:
    return host in allow or f"{host}:{port}" in allow


def open_session(
    *, allow: Collection[str] = (), contact: str | None = None, resolver: AbstractResolver | None = None
) -> aiohttp.ClientSession:
    """A session for `fetch`. It takes no proxy, cookie or credential from its surroundings."""
    inner = resolver or ThreadedResolver()
    guarded = GuardedResolver(partial(allowed, allow=allow), " (setting fetch_allow_hosts)", inner)
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(resolver=guarded, use_dns_cache=False, limit_per_host=2),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": f"Tocsin/0.1 ({contact})" if contact else "Tocsin/0.1", "Accept-Encoding": "gzip"},
        timeout=TIMEOUT,
        trust_env=False,
        auto_decompress=False,
        max_line_size=16_384,
    )


async def fetch(
    session: aiohttp.ClientSession,
    url: str,
    *,
    allow: Collection[str] = (),
    etag: str | None = None,
    last_modified: str | None = None,
) -> Fetched:
    """Get *url*, under the limits of this module.

    Raises:
        FetchError: anything that kept it from coming; the message is for the operator.
    """
    headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    conditional = {name: value for name, value in headers.items() if value}
    for _ in range(MAX_REDIRECTS + 1):
        check_url(url, allow)
        try:
            async with session.get(url, headers=conditional, allow_redirects=False) as response:
                location = response.headers.get("Location")
                if response.status in (301, 302, 303, 307, 308) and location:
                    url = urljoin(url, location)
                    continue
                return await _read(response)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise FetchError(f"{urlsplit(url).hostname}: {type(error).__name__}: {error}"[:500]) from error
    raise FetchError(f"{urlsplit(url).hostname}: more than {MAX_REDIRECTS} redirects")


async def _read(response: aiohttp.ClientResponse) -> Fetched:
    if response.status not in (200, 304):
        retry_after = response.headers.get("Retry-After", "")
        wait = int(retry_after) if retry_after.isascii() and retry_after.isdigit() else None
        raise FetchError(f"{response.url.host} answered {response.status} {response.reason}"[:200], wait)
    content = b"" if response.status == 304 else await _content(response)
    return Fetched(
        status=response.status,
        url=str(response.url),
        content=content,
        content_type=response.headers.get("Content-Type", ""),
        etag=response.headers.get("ETag"),
        last_modified=response.headers.get("Last-Modified"),
    )


async def _content(response: aiohttp.ClientResponse) -> bytes:
    encoding = response.headers.get("Content-Encoding", "identity").lower()
    if encoding not in ("identity", "", "gzip", "x-gzip"):
        raise FetchError(f"{response.url.host} answered with encoding {encoding[:40]!r}, which was not asked for")
    chunks = response.content.iter_chunked(_CHUNK)
    if encoding in ("identity", ""):
        return await _bounded(chunks, response.url.host)
    return await _bounded(_inflate(chunks, response.url.host), response.url.host)


async def _bounded(chunks: AsyncIterator[bytes], host: str | None) -> bytes:
    parts, size = [], 0
    async for chunk in chunks:
        size += len(chunk)
        if size > MAX_BYTES:
            raise FetchError(f"{host}: larger than {MAX_BYTES // 2**20} MiB")
        parts.append(chunk)
    return b"".join(parts)


async def _inflate(chunks: AsyncIterator[bytes], host: str | None) -> AsyncIterator[bytes]:
    """Decompress in steps of bounded size; one chunk of a bomb would otherwise become a thousand times as large."""
    inflater = zlib.decompressobj(wbits=31)
    taken = given = 0
    async for chunk in chunks:
        taken += len(chunk)
        data = chunk
        while data and not inflater.eof:
            try:
                part = inflater.decompress(data, _CHUNK)
            except zlib.error as error:
                raise FetchError(f"{host}: broken gzip: {error}") from error
            data = inflater.unconsumed_tail
            given += len(part)
            if given > MAX_RATIO * taken:
                raise FetchError(f"{host}: compressed more than {MAX_RATIO} times, which no feed is")
            yield part
    if not inflater.eof:
        raise FetchError(f"{host}: the compressed answer was cut off")
