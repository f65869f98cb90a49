"""Chat, mail and push through apprise, in a thread of the target's own: its plug-ins block."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from typing import Any, Final

from agents.errors import UsageError
from agents.notifier.means import DeliveryError
from pipeline.notifying.message import Message, alert_message, digest_message
from pipeline.notifying.target import Target
from schemas.alert import Alert

_WITHOUT_SIGNATURE: Final = frozenset({"json", "jsons", "xml", "xmls", "form", "forms"})
"""Plain HTTP of apprise; `kind = "webhook"` does that signed and guarded."""
_TALKATIVE: Final = ("urllib3", "requests", "requests_oauthlib", "oauthlib")
"""Loggers that may tell addresses, and with them tokens."""
_STATUS: Final = re.compile(r"error=(\d{3})\b")


_said: Final[ContextVar[list[str] | None]] = ContextVar("said", default=None)


def _overhear(record: logging.LogRecord) -> bool:
    """Keep what apprise logs, which may hold an address, for `_notify`, and from every handler."""
    said = _said.get()
    if said is not None:
        said.append(record.getMessage())
    return False


def _hush() -> None:
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    logging.getLogger("apprise").setLevel(logging.WARNING)
    logging.getLogger("apprise").addFilter(_overhear)  # adding it again is without effect


class Chat:
    """One service of apprise's."""

    def __init__(self, target: Target, url: str) -> None:
        """
        Raises:
            UsageError: apprise knows no such service, or it is plain HTTP; never quotes the address.
        """
        from apprise import Apprise, AppriseAsset  # noqa: PLC0415, an import of 0.2 s that few need

        _hush()
        if url.partition("://")[0].lower() in _WITHOUT_SIGNATURE:
            raise UsageError(f'target {target.id}: plain HTTP is kind = "webhook", which signs')
        self._service: Any = Apprise(asset=AppriseAsset(app_id="Tocsin", app_desc="news alerts"))
        if not self._service.add(url) or len(self._service) != 1:
            raise UsageError(f"target {target.id}: url_file holds no address that apprise understands, or several")
        self._target = target
        # The plug-in itself waits between two messages, as its service asks; that is no part of the service's time.
        self._patience_s = target.timeout_s + max(float(one.request_rate_per_sec) for one in self._service)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=f"notify-{target.id}")

    async def close(self) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def tell(self, alert: Alert) -> None:
        await self._send(alert_message(alert), alert.severity in ("high", "critical"))

    async def tell_digest(self, id: str, alerts: Sequence[Alert]) -> None:
        await self._send(digest_message(alerts), any(one.severity in ("high", "critical") for one in alerts))

    async def _send(self, message: Message, warns: bool) -> None:
        # After a time-out the thread may still hang in the call; the next one then waits behind it, in order.
        call = asyncio.get_running_loop().run_in_executor(self._thread, self._notify, message, warns)
        try:
            status = await asyncio.wait_for(call, self._patience_s)
        except TimeoutError:
            raise DeliveryError(f"no answer within {self._patience_s:g} s") from None
        if status is not None:
            raise DeliveryError(status)

    def _notify(self, message: Message, warns: bool) -> str | None:
        """Why it did not arrive, in words that hold no part of the address. None: it did."""
        said: list[str] = []
        _said.set(said)
        try:
            done = self._service.notify(
                title=message.title,
                body=message.body,
                notify_type="warning" if warns else "info",
                body_format="text",
            )
        except Exception as error:  # plug-ins raise what they like
            return f"apprise failed with {type(error).__name__}"
        if done:
            return None
        code = next((found[1] for one in said if (found := _STATUS.search(one))), None)
        return f"the service answered {code}" if code else "the service did not take it, or was not reached"
