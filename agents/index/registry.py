"""Which engine a setting names."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from agents.errors import SettingsError
from agents.index.embedded import EmbeddedIndex, Folders
from agents.index.protocol import Index
from agents.index.standing import Standing
from agents.settings import Settings
from schemas.collections import ARTICLES, Collection


class Engine(NamedTuple):
    """How the indices of one kind are opened, told apart, swapped and removed."""

    make: Callable[[Settings, Collection, bool, str | None], Index]
    """From the settings, the collection, whether it is for reading only, and the name of another version to read; not
    set up yet."""
    remove: Callable[[Settings, Collection], Awaitable[bool]]
    """Delete all versions with all documents; whether there was one."""
    standing: Callable[[Settings, Collection], Awaitable[Standing]]
    swap: Callable[[Settings, Collection], Awaitable[None]]
    """Let searches find this release's version."""
    remove_named: Callable[[Settings, Collection, str], Awaitable[None]]


def _folders(settings: Settings, collection: Collection) -> Folders:
    return Folders(settings.index_dir, collection)


def _embedded(settings: Settings, collection: Collection, read_only: bool, name: str | None) -> Index:
    folders = _folders(settings, collection)
    named = folders.root / name if name else None
    folder = named or (folders.searched if read_only else folders.own)
    heap = settings.index_heap_bytes
    return EmbeddedIndex(folder, collection, heap_bytes=heap, read_only=read_only, folders=folders)


async def _remove_embedded(settings: Settings, collection: Collection) -> bool:
    return await asyncio.to_thread(_folders(settings, collection).remove_all)


async def _embedded_standing(settings: Settings, collection: Collection) -> Standing:
    return await asyncio.to_thread(_folders(settings, collection).standing)


async def _swap_embedded(settings: Settings, collection: Collection) -> None:
    await asyncio.to_thread(_folders(settings, collection).swap)


async def _remove_named_embedded(settings: Settings, collection: Collection, name: str) -> None:
    await asyncio.to_thread(_folders(settings, collection).remove_named, name)


# Elasticsearch's client takes a second to import: only who uses it pays.
def _elasticsearch(settings: Settings, collection: Collection, read_only: bool, name: str | None) -> Index:
    from agents.index.elasticsearch import ElasticsearchIndex  # noqa: PLC0415

    return ElasticsearchIndex(settings, collection, read_only=read_only, name=name)


async def _remove_elasticsearch(settings: Settings, collection: Collection) -> bool:
    from agents.index.elasticsearch import remove_indices  # noqa: PLC0415

    return await remove_indices(settings, collection)


async def _elasticsearch_standing(settings: Settings, collection: Collection) -> Standing:
    from agents.index.elasticsearch import read_standing  # noqa: PLC0415

    return await read_standing(settings, collection)


async def _swap_elasticsearch(settings: Settings, collection: Collection) -> None:
    from agents.index.elasticsearch import swap_alias  # noqa: PLC0415

    await swap_alias(settings, collection)


async def _remove_named_elasticsearch(settings: Settings, collection: Collection, name: str) -> None:
    from agents.index.elasticsearch import remove_named  # noqa: PLC0415

    await remove_named(settings, collection, name)


_ELASTICSEARCH: Final = Engine(
    make=_elasticsearch,
    remove=_remove_elasticsearch,
    standing=_elasticsearch_standing,
    swap=_swap_elasticsearch,
    remove_named=_remove_named_elasticsearch,
)

ENGINES: Final[dict[str, Engine]] = {
    "embedded": Engine(
        make=_embedded,
        remove=_remove_embedded,
        standing=_embedded_standing,
        swap=_swap_embedded,
        remove_named=_remove_named_embedded,
    ),
    "http": _ELASTICSEARCH,
    "https": _ELASTICSEARCH,
}
"""By scheme of `index_url`."""


async def open_index(
    settings: Settings, collection: Collection = ARTICLES, *, read_only: bool = False, name: str | None = None
) -> Index:
    """Open the index that the settings name, ready for use; close it after.

    Args:
        read_only: several processes may read the embedded index beside the one that writes it. What is read is the
            version that searches are to find; a writer reads and writes its own release's.
        name: another version to read (with *read_only*).

    Raises:
        SettingsError: no engine has the scheme of `index_url`.
        IndexUnavailableError: it cannot be reached, does not exist (read-only) or is written by another process.
        IndexSchemaError: it was made by another version and must be rebuilt.
    """
    index = _engine(settings).make(settings, collection, read_only, name)
    try:
        await index.set_up()
    except BaseException:
        await index.close()
        raise
    return index


async def read_standing(settings: Settings, collection: Collection = ARTICLES) -> Standing:
    """Which versions of the index there are and which one is searched.

    Raises:
        SettingsError: no engine has the scheme of `index_url`.
        IndexUnavailableError: it cannot be reached.
    """
    return await _engine(settings).standing(settings, collection)


async def swap_index(settings: Settings, collection: Collection = ARTICLES) -> None:
    """Let searches find this release's version of the index, in one step.

    Raises:
        SettingsError: no engine has the scheme of `index_url`.
        IndexMissingError: there is none of this release.
        IndexUnavailableError: it cannot be reached.
    """
    await _engine(settings).swap(settings, collection)


async def remove_index(settings: Settings, collection: Collection = ARTICLES) -> bool:
    """Delete all versions of the index with all documents, to build it anew; return whether there was one.

    Raises:
        SettingsError: no engine has the scheme of `index_url`.
        IndexUnavailableError: it cannot be reached, or a process writes it; nothing was deleted.
    """
    return await _engine(settings).remove(settings, collection)


async def remove_version(settings: Settings, name: str, collection: Collection = ARTICLES) -> None:
    """Delete one version of the index that is neither searched nor written by this release.

    Raises:
        SettingsError: no engine has the scheme of `index_url`.
        UsageError: there is no such version, or it is needed.
        IndexUnavailableError: it cannot be reached, or a process writes it.
    """
    await _engine(settings).remove_named(settings, collection, name)


def _engine(settings: Settings) -> Engine:
    scheme = urlsplit(settings.index_url).scheme
    if scheme not in ENGINES:
        known = ", ".join(f"{name}://" for name in ENGINES)
        raise SettingsError(f"index_url: no index engine for {scheme or 'a URL without scheme'}; known are {known}")
    return ENGINES[scheme]
