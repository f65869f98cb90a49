"""Signed webhooks: one POST for each alert, never redirected, answered within the target's time."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import aiohttp
from aiohttp.abc import AbstractResolver
from aiohttp.resolver import ThreadedResolver

from agents.access.addresses import GuardedResolver
from agents.notifier.guard import check_literal
from agents.notifier.means import DeliveryError
from pipeline.notifying.target import Target, is_allowed
from pipeline.notifying.webhook import Event, alert_event, digest_event, headers
from schemas.alert import Alert

_REFUSALS: Final = frozenset({400, 413, 415, 422})
"""The receiver read the message and calls it wrong; other errors are about the receiver, and pass."""
_READ: Final = 4_096
"""So much of an answer is read, so that the connection can be used again; nobody needs its words."""


def _delay(text: str | None) -> float | None:
    """Seconds of a Retry-After header; a date is not read, our own pauses are short enough."""
    return float(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


class Webhook:
    """One receiver."""

    def __init__(
        self,
        target: Target,
        keys: Sequence[bytes],
        *,
        source: str,
        context: ssl.SSLContext,
        resolver: AbstractResolver | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """
        Args:
            keys: what signs, each.
            source: URI reference of this deployment.
            context: whom to trust with TLS.
            resolver: for tests.
        """
        self._target, self._keys, self._source, self._clock = target, tuple(keys), source, clock
        allowed = partial(is_allowed, allow_hosts=target.allow_hosts)
        guarded = GuardedResolver(allowed, "; see allow_hosts", resolver or ThreadedResolver())
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(resolver=guarded, use_dns_cache=False, ssl=context, limit=1),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": "Tocsin", "Accept-Encoding": "identity"},
            timeout=aiohttp.ClientTimeout(total=target.timeout_s),
            trust_env=False,
        )

    async def close(self) -> None:
        await self._session.close()

    async def tell(self, alert: Alert) -> None:
        await self._send(alert_event(alert))

    async def tell_digest(self, id: str, alerts: Sequence[Alert]) -> None:
        await self._send(digest_event(id, self._target.id, alerts))

    async def _send(self, event: Event) -> None:
        url = self._target.url or ""
        check_literal(url, self._target.allow_hosts)
        signed = headers(event, source=self._source, keys=self._keys, timestamp=int(self._clock()))
        try:
            async with self._session.post(url, data=event.body, headers=signed, allow_redirects=False) as response:
                await response.content.read(_READ)
                if not response.content.at_eof():
                    response.close()
                _judge(response.status, response.headers.get("Retry-After"))
        except TimeoutError:
            raise DeliveryError(f"no answer within {self._target.timeout_s:g} s") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise DeliveryError(_words(error)) from None


def _judge(status: int, retry_after: str | None) -> None:
    """
    Raises:
        DeliveryError: the answer is not 2xx.
    """
    if 200 <= status < 300:
        return
    if 300 <= status < 400:
        raise DeliveryError(f"answered {status}; redirects are not followed, give the final address")
    raise DeliveryError(f"answered {status}", refused=status in _REFUSALS, asked_s=_delay(retry_after))


def _words(error: Exception) -> str:
    """What went wrong, without the address: its path may be a secret after all."""
    if isinstance(error, aiohttp.ClientConnectorError):
        return f"{type(error).__name__}: {error.os_error}"[:300]
    return type(error).__name__ if isinstance(error, aiohttp.ClientError | ValueError) else str(error)[:300]
