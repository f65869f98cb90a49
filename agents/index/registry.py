"""Which engine a setting names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from agents.errors import SettingsError
from agents.index.embedded import EmbeddedIndex
from agents.index.protocol import Index
from agents.settings import Settings
from schemas.mapping import current_index_name


def _embedded(settings: Settings, read_only: bool) -> Index:
    folder = settings.index_dir / current_index_name()
    return EmbeddedIndex(folder, heap_bytes=settings.index_heap_bytes, read_only=read_only)


ENGINES: Final[dict[str, Callable[[Settings, bool], Index]]] = {
    "embedded": _embedded,
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
    scheme = urlsplit(settings.index_url).scheme
    make = ENGINES.get(scheme)
    if make is None:
        known = ", ".join(f"{name}://" for name in ENGINES)
        raise SettingsError(f"index_url: no index engine for {scheme or 'a URL without scheme'}; known are {known}")
    index = make(settings, read_only)
    await index.set_up()
    return index
