"""The index on the server: made, checked, removed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from elasticsearch import AsyncElasticsearch, BadRequestError

from agents.index.elasticsearch.client import open_client, translated
from agents.index.elasticsearch.document import index_mapping
from agents.index.errors import IndexMissingError, IndexSchemaError
from agents.settings import Settings
from schemas.mapping import build_settings, current_index_name, parse_index_name

_REBUILD = "stop the indexers and run `tocsin reindex`, which builds the index anew from the topic of enriched articles"


async def check_index(client: AsyncElasticsearch, settings: Settings) -> None:
    """Return when the alias stands for an index that this release reads.

    Raises:
        IndexMissingError: there is none.
        IndexSchemaError: another version made it.
    """
    found = await _found(client, settings.index_alias)
    problem = _problem(found, settings.index_alias)
    if problem:
        raise IndexSchemaError(problem)
    if settings.index_alias not in _aliases(found, settings.index_alias):
        raise IndexMissingError(f"there is no index {settings.index_alias} yet; `tocsin up` makes one")


async def set_up_index(client: AsyncElasticsearch, settings: Settings) -> None:
    """Create the index, its alias and fields that came with this release, whichever is missing.

    Raises:
        IndexSchemaError: another version made what is there.
    """
    alias, name = settings.index_alias, current_index_name(settings.index_alias)
    found = await _found(client, alias)
    if not found:
        await _create(client, settings, name)
        found = await _found(client, alias)
    problem = _problem(found, alias)
    if problem:
        raise IndexSchemaError(problem)
    if alias not in _aliases(found, alias):
        await client.indices.put_alias(index=name, name=alias, is_write_index=True)
    absent = _absent(found[name]["mappings"])
    if absent:
        await client.indices.put_mapping(index=name, properties=absent, meta=index_mapping()["_meta"])


async def remove_indices(settings: Settings) -> bool:
    """Delete every index of ours with its documents; return whether there was one.

    Raises:
        IndexSchemaError: what stands there is not ours.
        IndexUnavailableError: the server cannot be reached; nothing was deleted.
    """
    client = open_client(settings)
    try:
        with translated(settings.index_url):
            found = await _found(client, settings.index_alias)
            strangers = [name for name in found if parse_index_name(name, settings.index_alias) is None]
            if strangers:
                raise IndexSchemaError(_stranger(strangers[0], settings.index_alias))
            for name in found:
                await client.indices.delete(index=name)
            return bool(found)
    finally:
        await client.close()


async def _found(client: AsyncElasticsearch, alias: str) -> dict[str, Any]:
    """The indices behind the alias and those with our names, each with its aliases and mapping."""
    answer = await client.indices.get(
        index=[alias, f"{alias}-v*"], ignore_unavailable=True, allow_no_indices=True, expand_wildcards="open,closed"
    )
    found = dict(answer.body)
    behind = {name for name, one in found.items() if alias in one["aliases"] or name == alias}
    ours = {name for name in found if parse_index_name(name, alias) is not None}
    return {name: found[name] for name in sorted(behind | ours)}


def _aliases(found: Mapping[str, Any], alias: str) -> set[str]:
    one = found.get(current_index_name(alias))
    return set(one["aliases"]) if one else set()


def _problem(found: Mapping[str, Any], alias: str) -> str | None:
    """Why this release must not use what is there. None when it may."""
    current = current_index_name(alias)
    for name, one in found.items():
        if parse_index_name(name, alias) is None:
            return _stranger(name, alias)
        if name != current and alias in one["aliases"]:
            return f"{alias} stands for {name}, which another version of Tocsin made; {_REBUILD}"
    if current not in found:
        return None
    changed = _changed(found[current]["mappings"])
    if changed:
        return f"{current} was made by another version of Tocsin: it maps {', '.join(changed)} otherwise; {_REBUILD}"
    return None


def _stranger(name: str, alias: str) -> str:
    return f"{name} stands where {alias} belongs and is none of Tocsin's; delete it or choose another index_alias"


async def _create(client: AsyncElasticsearch, settings: Settings, name: str) -> None:
    try:
        await client.indices.create(
            index=name,
            mappings=index_mapping(),
            settings=build_settings(shards=settings.index_shards, replicas=settings.index_replicas),
            aliases={settings.index_alias: {"is_write_index": True}},
        )
    except BadRequestError as error:
        if error.error != "resource_already_exists_exception":
            raise
        # Another worker was faster.


def _absent(mapping: Mapping[str, Any]) -> dict[str, Any]:
    there = mapping.get("properties", {})
    return {name: wanted for name, wanted in index_mapping()["properties"].items() if name not in there}


def _changed(mapping: Mapping[str, Any]) -> list[str]:
    """Fields that are mapped otherwise than this release does; the server gives back what it was given."""
    there = mapping.get("properties", {})
    wrong = [name for name, wanted in index_mapping()["properties"].items() if there.get(name, wanted) != wanted]
    return wrong if mapping.get("dynamic") == "strict" else ["unknown fields", *wrong]
