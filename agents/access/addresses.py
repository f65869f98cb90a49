"""Addresses that strangers chose must not lead inside our own network.

Each connection resolves the name anew, and dials only addresses that this very answer holds and that are public: a name
that is public when it is checked and private when it is used (DNS rebinding) finds nothing between the two.
"""

from __future__ import annotations

import errno
import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet; wrapped IPv4 addresses are looked into.

    Raises:
        ValueError: it is no IP address.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            ip = ip.ipv4_mapped
        elif ip.sixtofour:
            ip = ip.sixtofour
        elif ip in _NAT64:
            ip = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
    return ip.is_global and not ip.is_multicast


@dataclass
class GuardedResolver(AbstractResolver):
    """Resolves names and gives only public addresses, unless the operator allowed the host."""

    is_allowed: Callable[[str, int], bool]
    """Of a host and a port."""
    advice: str
    """Where the operator allows a host; ends the error."""
    inner: AbstractResolver = field(default_factory=ThreadedResolver)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        found = await self.inner.resolve(host, port, family)
        if self.is_allowed(host, port):
            return found
        public = [result for result in found if is_public(result["host"])]
        if not public:
            raise OSError(errno.EHOSTUNREACH, f"{host} resolves to no public address{self.advice}")
        return public

    async def close(self) -> None:
        await self.inner.close()
