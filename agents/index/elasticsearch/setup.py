"""The indices on the server: made, checked, swapped, removed. `target.py` says which names there are."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

import structlog
from elasticsearch import AsyncElasticsearch, BadRequestError, NotFoundError

from agents.index.elasticsearch.client import open_client, translated
from agents.index.elasticsearch.document import index_mapping
from agents.index.elasticsearch.target import Target, target_of
from agents.index.errors import IndexMissingError, IndexSchemaError
from agents.index.standing import Standing
from agents.settings import Settings
from schemas.collections import Collection
from schemas.mapping import build_settings, parse_index_name

log = structlog.get_logger(__name__)

Found = Mapping[str, Mapping[str, Any]]
"""Indices by name, each with its aliases and mapping."""

_REBUILD: Final = "stop the indexers and run `tocsin reindex --rebuild`, which builds it anew from the topics"


async def check_index(client: AsyncElasticsearch, target: Target) -> None:
    """Return when the alias stands for an index that this release can read: its own version, or another while its own
    is being filled.

    Raises:
        IndexMissingError: there is none.
        IndexSchemaError: what is there is not ours, or was made by something else.
    """
    found = await find_indices(client, target)
    _check(found, target)
    if searched_index(found, target) is None:
        with suppress(NotFoundError):
            await client.indices.get(index=target.alias)  # refused if we may not see it, which looked like missing
        raise IndexMissingError(f"there is no index {target.alias} yet; `tocsin setup` or `tocsin up` makes one")


async def set_up_index(client: AsyncElasticsearch, settings: Settings, target: Target) -> None:
    """Create the index of this release, its aliases and fields that came with it, whichever is missing.

    Searches go on to find another version that is there; `tocsin reindex` swaps.

    Raises:
        IndexSchemaError: something else stands there.
    """
    found = await find_indices(client, target)
    check_strangers(found, target)
    if target.index not in found:
        await _create(client, settings, target, is_searched=searched_index(found, target) is None)
        found = await find_indices(client, target)
    _check(found, target)
    await _complete(client, target, found)
    searched = searched_index(found, target)
    if searched not in (None, target.index):
        log.warning("searches find another version until `tocsin reindex`", searched=searched, written=target.index)


async def _complete(client: AsyncElasticsearch, target: Target, found: Found) -> None:
    """Aliases that were taken away, and fields that came with this release."""
    if target.written not in found[target.index]["aliases"]:
        await client.indices.put_alias(index=target.index, name=target.written)
    if searched_index(found, target) is None:
        await client.indices.put_alias(index=target.index, name=target.alias)
    if absent := absent_fields(found[target.index]["mappings"], target):
        meta = index_mapping(target.collection)["_meta"]
        await client.indices.put_mapping(index=target.index, properties=absent, meta=meta)


async def read_standing(settings: Settings, collection: Collection) -> Standing:
    """Which indices of *collection* there are, and which of them is searched.

    Raises:
        IndexUnavailableError: the server cannot be reached.
    """
    target = target_of(settings, collection)
    async with open_client(settings) as client:
        with translated(settings.index_url):
            found = await find_indices(client, target)
    there = tuple(name for name in found if parse_index_name(name, target.alias) is not None)
    return Standing(own=target.index, there=there, searched=searched_index(found, target))


async def swap_alias(settings: Settings, collection: Collection) -> None:
    """Let searches find the index of this release, in one step in which they always find one of the two.

    Raises:
        IndexMissingError: there is no index of this release.
        IndexUnavailableError: the server cannot be reached.
    """
    target = target_of(settings, collection)
    add = {"add": {"index": target.index, "alias": target.alias}}
    async with open_client(settings) as client:
        with translated(settings.index_url):
            found = await find_indices(client, target)
            before = [name for name, one in found.items() if target.alias in one["aliases"] and name != target.index]
            removals = [{"remove": {"index": name, "alias": target.alias}} for name in before]
            # What was written since its last refresh is there for nobody yet: searches would find less for a moment.
            await client.indices.refresh(index=target.index)
            await client.indices.update_aliases(actions=[*removals, add])


async def remove_named(settings: Settings, collection: Collection, name: str) -> None:
    """Delete the index *name*, which nobody searches any more.

    Raises:
        UsageError: there is none, or it is searched or written.
        IndexUnavailableError: the server cannot be reached.
    """
    standing = await read_standing(settings, collection)
    standing.check_removable(name)
    async with open_client(settings) as client:
        with translated(settings.index_url):
            await client.indices.delete(index=name)


async def remove_indices(settings: Settings, collection: Collection) -> bool:
    """Delete every index of *collection* with its documents; return whether there was one.

    Raises:
        IndexSchemaError: what stands there is not ours.
        IndexUnavailableError: the server cannot be reached; nothing was deleted.
    """
    target = target_of(settings, collection)
    async with open_client(settings) as client:
        with translated(settings.index_url):
            found = await find_indices(client, target)
            check_strangers(found, target)
            for name in found:
                await client.indices.delete(index=name)
            return bool(found)


async def find_indices(client: AsyncElasticsearch, target: Target) -> Found:
    """The indices behind the alias and those with our names, each with its aliases and mapping."""
    answer = await client.indices.get(
        index=[target.alias, f"{target.alias}-v*"],
        ignore_unavailable=True,
        allow_no_indices=True,
        expand_wildcards="open,closed",
    )
    found = dict(answer.body)
    behind = {name for name, one in found.items() if target.alias in one["aliases"] or name == target.alias}
    ours = {name for name in found if parse_index_name(name, target.alias) is not None}
    return {name: found[name] for name in sorted(behind | ours)}


def searched_index(found: Found, target: Target) -> str | None:
    """The index behind the alias of searches."""
    return next((name for name, one in found.items() if target.alias in one["aliases"]), None)


def _check(found: Found, target: Target) -> None:
    """
    Raises:
        IndexSchemaError: this release must not use what is there.
    """
    check_strangers(found, target)
    changed = changed_fields(found[target.index]["mappings"], target) if target.index in found else []
    if changed:
        raise IndexSchemaError(
            f"{target.index} was made by another version of Tocsin: it maps {', '.join(changed)} otherwise; {_REBUILD}"
        )


def check_strangers(found: Found, target: Target) -> None:
    """
    Raises:
        IndexSchemaError: what stands where ours belongs is not ours.
    """
    for name in found:
        if parse_index_name(name, target.alias) is None:
            raise IndexSchemaError(
                f"{name} stands where {target.alias} belongs and is none of Tocsin's; delete it or choose another "
                "index_alias"
            )


async def _create(client: AsyncElasticsearch, settings: Settings, target: Target, *, is_searched: bool) -> None:
    names = (target.written, target.alias) if is_searched else (target.written,)
    try:
        await client.indices.create(
            index=target.index,
            mappings=index_mapping(target.collection),
            settings=wanted_settings(settings, target),
            aliases={name: {} for name in names},
        )
    except BadRequestError as error:
        if error.error != "resource_already_exists_exception":
            raise
        # Another worker was faster.


def wanted_settings(settings: Settings, target: Target) -> dict[str, Any]:
    return build_settings(target.collection, shards=settings.index_shards, replicas=settings.index_replicas)


def absent_fields(mapping: Mapping[str, Any], target: Target) -> dict[str, Any]:
    """Fields that came with this release, with their mappings."""
    there = mapping.get("properties", {})
    wanted = index_mapping(target.collection)["properties"]
    return {name: mapped for name, mapped in wanted.items() if name not in there}


def changed_fields(mapping: Mapping[str, Any], target: Target) -> list[str]:
    """Fields that are mapped otherwise than this release does; the server gives back what it was given."""
    there = mapping.get("properties", {})
    wanted = index_mapping(target.collection)["properties"]
    wrong = [name for name, mapped in wanted.items() if there.get(name, mapped) != mapped]
    return wrong if mapping.get("dynamic") == "strict" else ["unknown fields", *wrong]
