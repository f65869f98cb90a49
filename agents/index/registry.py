"""Which engine a setting names."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from agents.errors import SettingsError
from agents.index.embedded import EmbeddedIndex, remove_folder
from agents.index.protocol import Index
from agents.settings import Settings
from schemas.mapping import current_index_name


class Engine(NamedTuple):
    """How an index of one kind is opened and removed."""

    make: Callable[[Settings, bool], Index]
    """From the settings and whether it is for reading only; not set up yet."""
    remove: Callable[[Settings], bool]
    """Delete the index with all its documents; whether there was one. Blocking."""


def _folder(settings: Settings) -> Path:
    return settings.index_dir / current_index_name()


def _embedded(settings: Settings, read_only: bool) -> Index:
    return EmbeddedIndex(_folder(settings), heap_bytes=settings.index_heap_bytes, read_only=read_only)


def _elasticsearch(settings: Settings, read_only: bool) -> Index:
    from agents.index.elasticsearch import ElasticsearchIndex  # noqa: PLC0415, its client takes a second to import

    return ElasticsearchIndex(settings, read_only=read_only)


def _remove_elasticsearch(settings: Settings) -> bool:
    from agents.index.elasticsearch import remove_indices  # noqa: PLC0415

    return asyncio.run(remove_indices(settings))  # in a thread of its own, where no loop runs


ENGINES: Final[dict[str, Engine]] = {
    "embedded": Engine(_embedded, lambda settings: remove_folder(_folder(settings))),
    "http": Engine(_elasticsearch, _remove_elasticsearch),
    "https": Engine(_elasticsearch, _remove_elasticsearch),
}
"""By scheme of `index_url`."""


async def open_index(settings: Settings, *, read_only: bool = False) -> Index:
    """Open the index that the settings name, ready for use; close it after.

    Args:
        read_only: several processes may read the embedded index beside the one that writes it.

    Raises:
        SettingsError: no engine has the scheme of `index_url`.
        IndexUnavailableError: it cannot be reached, does not exist (read-only) or is written by another process.
        IndexSchemaError: it was made by another version and must be rebuilt.
    """
    index = _engine(settings).make(settings, read_only)
    try:
        await index.set_up()
    except BaseException:
        await index.close()
        raise
    return index


async def remove_index(settings: Settings) -> bool:
    """Delete the index that the settings name with all its documents, to build it anew; return whether there was one.

    Raises:
        SettingsError: no engine has the scheme of `index_url`.
        IndexUnavailableError: it cannot be reached, or a process writes it; nothing was deleted.
    """
    return await asyncio.to_thread(_engine(settings).remove, settings)


def _engine(settings: Settings) -> Engine:
    scheme = urlsplit(settings.index_url).scheme
    if scheme not in ENGINES:
        known = ", ".join(f"{name}://" for name in ENGINES)
        raise SettingsError(f"index_url: no index engine for {scheme or 'a URL without scheme'}; known are {known}")
    return ENGINES[scheme]
