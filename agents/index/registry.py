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
from agents.setup.part import Part
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
    prepare: Callable[[Settings, Collection, bool, bool], Awaitable[list[Part]]]
    """Create what is missing and compare the rest; whether to change nothing, whether to mend."""


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


async def _prepare_embedded(settings: Settings, collection: Collection, dry_run: bool, _apply: bool) -> list[Part]:
    return await asyncio.to_thread(_folders(settings, collection).prepare, dry_run, settings.index_heap_bytes)


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


async def _prepare_elasticsearch(settings: Settings, collection: Collection, dry_run: bool, apply: bool) -> list[Part]:
    from agents.index.elasticsearch import prepare  # noqa: PLC0415

    return await prepare(settings, collection, dry_run=dry_run, apply=apply)


_ELASTICSEARCH: Final = Engine(
    make=_elasticsearch,
    remove=_remove_elasticsearch,
    standing=_elasticsearch_standing,
    swap=_swap_elasticsearch,
    remove_named=_remove_named_elasticsearch,
    prepare=_prepare_elasticsearch,
)

ENGINES: Final[dict[str, Engine]] = {
    "embedded": Engine(
        make=_embedded,
        remove=_remove_embedded,
        standing=_embedded_standing,
        swap=_swap_embedded,
        remove_named=_remove_named_embedded,
        prepare=_prepare_embedded,
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


async def prepare_index(
    settings: Settings, collection: Collection = ARTICLES, *, dry_run: bool = False, apply: bool = False
) -> list[Part]:
    """Create what the index of *collection* needs where it is missing, and compare what is there.

    Args:
        dry_run: change nothing.
        apply: also change settings that differ and can be changed.

    Raises:
        SettingsError: no engine has the scheme of `index_url`.
        IndexSchemaError: something that is none of Tocsin's stands there.
        IndexUnavailableError: it cannot be reached, or it refuses us.
    """
    return await _engine(settings).prepare(settings, collection, dry_run, apply)


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
