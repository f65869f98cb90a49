"""The sample list of the demo: one version before the sample articles, a later one after them."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, date, datetime
from typing import Final

from agents.errors import UnavailableError
from agents.lists.folder import index_in_use, index_name
from agents.lists.importing import ImportOptions, import_list
from agents.lists.rescreening import rescreen
from agents.lists.store import load_lists
from agents.seeds import seeds_dir
from agents.settings import Settings

LIST: Final = "sample"
_FIRST: Final = ("sample.csv", date(2026, 3, 1))
_CHANGED: Final = ("sample-changed.csv", date(2026, 4, 2))
_SINCE: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""Before the first sample article."""
_IN_USE_TIMEOUT_S: Final = 60.0
_LOOK_S: Final = 0.2


async def import_sample(settings: Settings) -> None:
    """Put the first version in use, also where an earlier demo left the later one, and wait until articles are screened
    against it.

    Raises:
        UnavailableError: the enricher of this data folder does not take it.
    """
    await _import(settings, *_FIRST)
    await _until_in_use(settings)


async def change_sample(settings: Settings) -> None:
    """Put the later version in use, and screen the articles again."""
    await _import(settings, *_CHANGED)
    await rescreen(settings, LIST, _SINCE)


async def _import(settings: Settings, name: str, day: date) -> None:
    options = ImportOptions(list_id=LIST, snapshot=day, may_be_older=True)
    await import_list(settings, [seeds_dir() / "lists" / name], options)


async def _until_in_use(settings: Settings) -> None:
    wanted = index_name(list((await load_lists(settings)).current.values()))
    deadline = time.monotonic() + _IN_USE_TIMEOUT_S
    while index_in_use(settings) != wanted:
        if time.monotonic() > deadline:
            raise UnavailableError(
                f"the enricher of worker {settings.worker_id!r} does not take the sample list; its log says why"
            )
        await asyncio.sleep(_LOOK_S)
