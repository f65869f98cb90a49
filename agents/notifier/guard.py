"""Keeping a webhook's address from leading inside our own network.

Each connection resolves the name anew, and dials only addresses that this very answer holds and that are public: a name
that is public when it is checked and private when it is used (DNS rebinding) finds nothing between the two.
"""

from __future__ import annotations

import errno
import socket
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from agents.notifier.means import DeliveryError
from agents.polling.fetch import is_public
from pipeline.notifying.target import is_allowed


def check_literal(url: str, allow_hosts: tuple[str, ...]) -> None:
    """Refuse an address that is written as a number and is not public; names are checked when they are resolved.

    Raises:
        DeliveryError: it is such a one.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if is_allowed(host, parts.port or (443 if parts.scheme == "https" else 80), allow_hosts):
        return
    try:
        public = is_public(host)
    except ValueError:
        return  # a name
    if not public:
        raise DeliveryError(f"{host} is not a public address; name it in allow_hosts if it is meant")


@dataclass
class GuardedResolver(AbstractResolver):
    """Gives only public addresses, unless the target's allow_hosts names the host."""

    allow_hosts: tuple[str, ...]
    inner: AbstractResolver = field(default_factory=ThreadedResolver)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        found = await self.inner.resolve(host, port, family)
        if is_allowed(host, port, self.allow_hosts):
            return found
        public = [result for result in found if is_public(result["host"])]
        if not public:
            raise OSError(errno.EHOSTUNREACH, f"{host} resolves to no public address; see allow_hosts")
        return public

    async def close(self) -> None:
        await self.inner.close()
