"""An Atom feed file for each channel, in the data folder: whole or not at all, and rebuilt from the alert topics."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterable, Sequence
from pathlib import Path
from typing import Final

from agents.notifier.means import DeliveryError
from agents.replacing import replace_content
from agents.settings import Settings
from pipeline.notifying.atom import newest, render_feed
from pipeline.notifying.target import Target
from schemas.alert import Alert

_CHANNEL: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
"""A channel becomes a file name, and whoever writes to the alert topic chooses it."""


def feeds_folder(settings: Settings, target: Target) -> Path:
    return settings.data_dir / "feeds" / target.id


class Feed:
    """The feed files of one target."""

    def __init__(self, target: Target, folder: Path, *, deployment: str) -> None:
        self._target, self._folder, self._deployment = target, folder, deployment
        self._alerts: dict[str, tuple[Alert, ...]] = {}

    async def close(self) -> None:
        """Nothing is open between two writes."""

    async def load(self, alerts: AsyncIterable[Alert]) -> None:
        """Take what the topics hold as the feeds' content, and write it."""
        async for alert in alerts:
            if _CHANNEL.fullmatch(alert.channel):
                self._add(alert)
        for channel in self._alerts:
            await self._write(channel)

    async def tell(self, alert: Alert) -> None:
        if not _CHANNEL.fullmatch(alert.channel):
            raise DeliveryError(f"the channel {alert.channel[:64]!r} is no file name", refused=True)
        self._add(alert)
        await self._write(alert.channel)

    async def tell_digest(self, id: str, alerts: Sequence[Alert]) -> None:
        for alert in alerts:
            await self.tell(alert)

    def _add(self, alert: Alert) -> None:
        known = self._alerts.get(alert.channel, ())
        self._alerts[alert.channel] = newest((alert, *known), self._target.entries)

    async def _write(self, channel: str) -> None:
        content = render_feed(channel, self._alerts[channel], deployment=self._deployment)
        try:
            await asyncio.to_thread(_replace, self._folder / f"{channel}.atom.xml", content)
        except OSError as error:
            raise DeliveryError(f"the feed cannot be written: {error.strerror}") from error


def _replace(path: Path, content: bytes) -> None:
    """After a power cut it is rebuilt from the topics."""
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_content(path, content)
