"""`tocsin setup` of the indices, on every engine: made, compared, never changed by a dry run."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from elasticsearch import AsyncElasticsearch

from agents.index import IndexSchemaError, open_index, prepare_index, read_standing
from agents.index.elasticsearch.document import index_mapping
from agents.settings import Settings
from agents.setup.part import Part
from schemas.collections import ALERTS, ARTICLES, COLLECTIONS, Collection
from schemas.fields import Field
from schemas.mapping import alias_of, build_settings, current_index_name
from tests.contract.index.conftest import REAL, document


async def by_kind(settings: Settings, collection: Collection = ARTICLES, **options: bool) -> dict[str, Part]:
    return {part.kind: part for part in await prepare_index(settings, collection, **options)}


@pytest.mark.parametrize("collection", COLLECTIONS, ids=lambda one: one.name)
async def test_what_is_missing_is_made_once(engine_settings: Settings, collection: Collection) -> None:
    dry = await by_kind(engine_settings, collection, dry_run=True)
    assert dry["index"].state == "missing"
    assert (await read_standing(engine_settings, collection)).there == ()
    made = await by_kind(engine_settings, collection)
    assert (made["index"].state, made["index"].done) == ("ok", "created")
    again = await by_kind(engine_settings, collection)
    assert {(part.state, part.done) for part in again.values()} == {("ok", "")}
    assert (await read_standing(engine_settings, collection)).is_current
    index = await open_index(engine_settings, collection, read_only=True)
    assert await index.count() == 0
    await index.close()


async def test_an_index_that_is_written_now_is_compared(engine_settings: Settings) -> None:
    writer = await open_index(engine_settings)
    await writer.write([document("a")])
    again = await by_kind(engine_settings)
    assert (again["index"].state, again["alias"].state) == ("ok", "ok")
    assert await writer.get("a")
    await writer.close()


async def test_searches_of_another_version_are_pointed_out(engine_settings: Settings) -> None:
    await prepare_index(engine_settings)
    following = replace(ARTICLES, version=2)
    parts = await by_kind(engine_settings, following)
    assert (parts["index"].done, parts["alias"].state) == ("created", "differs")
    assert "tocsin reindex" in parts["alias"].mend
    assert "-v1" in parts["alias"].said


async def test_an_embedded_index_of_other_fields_is_wrong(tmp_path: Any) -> None:
    settings = Settings(data_dir=tmp_path)
    await prepare_index(settings)
    more = replace(ARTICLES, fields=(*ARTICLES.fields, Field(name="grade", type="keyword", meaning="new")))
    parts = await by_kind(settings, more)
    assert (parts["index"].state, parts["index"].mend) == ("wrong", "`tocsin reindex --rebuild`")


@pytest.fixture
async def client(own_index: Settings) -> AsyncIterator[AsyncElasticsearch]:
    async with AsyncElasticsearch(own_index.index_url) as connected:
        yield connected
        for collection in COLLECTIONS:
            name = current_index_name(alias_of(collection, own_index.index_alias), collection)
            await connected.options(ignore_status=404).indices.delete_index_template(name=name)


@REAL
async def test_whoever_makes_the_index_gets_our_mapping(own_index: Settings, client: AsyncElasticsearch) -> None:
    await prepare_index(own_index, ALERTS)
    name = current_index_name(alias_of(ALERTS, own_index.index_alias), ALERTS)
    await client.indices.delete(index=name)
    await client.index(index=name, document={"@timestamp": "2026-03-01T00:00:00Z", "rule_id": "x"}, refresh=True)
    mapping = (await client.indices.get_mapping(index=name))[name]["mappings"]
    assert (mapping["dynamic"], mapping["properties"]["rule_id"]["type"]) == ("strict", "keyword")
    parts = await by_kind(own_index, ALERTS)
    assert (parts["template"].state, parts["index"].state) == ("ok", "ok")
    assert (await read_standing(own_index, ALERTS)).is_current


@REAL
async def test_settings_that_differ_are_said_and_set_when_asked_to(
    own_index: Settings, client: AsyncElasticsearch
) -> None:
    await prepare_index(own_index)
    more = own_index.model_copy(update={"index_shards": 2, "index_replicas": 1})
    for dry_run in (True, False):
        parts = await by_kind(more, dry_run=dry_run)
        assert parts["index"].state == "differs"
        assert "number_of_shards is 1 instead of 2; number_of_replicas is 0 instead of 1" in parts["index"].said
    assert parts["template"].done == "replaced"
    applied = (await by_kind(more, apply=True))["index"]
    assert (applied.done, applied.said) == ("settings set", "number_of_shards is 1 instead of 2")
    name = current_index_name(own_index.index_alias)
    there = (await client.indices.get_settings(index=name))[name]["settings"]["index"]
    assert (there["number_of_shards"], there["number_of_replicas"]) == ("1", "1")


@REAL
async def test_a_mapping_of_another_version_is_wrong_and_left_alone(
    own_index: Settings, client: AsyncElasticsearch
) -> None:
    other = index_mapping()
    other["properties"]["title"] = {"type": "keyword"}
    name = current_index_name(own_index.index_alias)
    await client.indices.create(index=name, mappings=other, settings=build_settings(replicas=0))
    part = (await by_kind(own_index, apply=True))["index"]
    assert (part.state, part.done) == ("wrong", "")
    assert "maps title otherwise" in part.said
    assert "reindex --rebuild" in part.mend


@REAL
async def test_fields_that_came_with_this_release_are_added(own_index: Settings, client: AsyncElasticsearch) -> None:
    older = index_mapping()
    del older["properties"]["mode"]
    name = current_index_name(own_index.index_alias)
    await client.indices.create(index=name, mappings=older, settings=build_settings(replicas=0))
    dry = (await by_kind(own_index, dry_run=True))["index"]
    assert (dry.state, dry.said) == ("differs", "lacks the fields mode")
    assert (await by_kind(own_index))["index"].done == "fields added: mode"
    assert (await by_kind(own_index))["index"].done == ""


@REAL
async def test_a_stranger_in_the_aliass_place_is_refused(own_index: Settings, client: AsyncElasticsearch) -> None:
    await client.indices.create(index=own_index.index_alias)
    try:
        for dry_run in (True, False):
            with pytest.raises(IndexSchemaError, match="none of Tocsin's"):
                await prepare_index(own_index, dry_run=dry_run)
    finally:
        await client.indices.delete(index=own_index.index_alias)
