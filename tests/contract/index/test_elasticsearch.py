"""What only Elasticsearch does, on a real node: setting up, blocks, hostile fields, tombstones, limits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from random import Random
from typing import Any

import pytest
from elasticsearch import AsyncElasticsearch

from agents.index import (
    Index,
    IndexMissingError,
    IndexReadOnlyError,
    IndexSchemaError,
    IndexUnavailableError,
    SearchRefusedError,
    SearchRequest,
    open_index,
    read_standing,
    remove_index,
    swap_index,
)
from agents.index.elasticsearch.document import index_mapping
from agents.settings import Settings
from pipeline.query import parse
from schemas.mapping import build_settings, current_index_name, index_name, write_alias
from tests.contract.index.conftest import REAL, document, opened, samples

pytestmark = REAL


@pytest.fixture
async def client(own_index: Settings) -> AsyncIterator[AsyncElasticsearch]:
    async with AsyncElasticsearch(own_index.index_url) as connected:
        yield connected


@pytest.fixture
async def index(own_index: Settings) -> AsyncIterator[Index]:
    made = await opened(own_index)
    yield made
    await made.close()


async def statuses(index: Index, *documents: Any) -> list[str]:
    return [outcome.status for outcome in await index.write(documents)]


@pytest.mark.parametrize("block", ["read_only_allow_delete", "write", "read_only"])
async def test_blocked_index_is_waited_for_and_nothing_is_given_up(
    own_index: Settings, index: Index, client: AsyncElasticsearch, block: str
) -> None:
    """A server whose disk is full sets the first block itself and lifts it when there is room again."""
    name = current_index_name(own_index.index_alias)
    await client.indices.put_settings(index=name, settings={f"index.blocks.{block}": True})
    for _ in range(3):
        with pytest.raises(IndexUnavailableError, match="cluster_block_exception"):
            await index.write(samples())
    await client.indices.put_settings(index=name, settings={f"index.blocks.{block}": None})
    assert await statuses(index, *samples()) == ["written"] * len(samples())
    assert await index.count() == len(samples())


async def test_value_that_only_the_server_finds_bad_is_rejected_and_the_others_are_written(index: Index) -> None:
    bad = document("bad", points=[{"lat": 200.0, "lon": 0.0}])
    outcomes = await index.write([document("a"), bad, document("b")])
    assert [outcome.status for outcome in outcomes] == ["written", "rejected", "written"]
    assert "illegal latitude" in (outcomes[1].reason or "")
    assert await index.count() == 2


async def test_hostile_names_add_no_field(own_index: Settings, index: Index, client: AsyncElasticsearch) -> None:
    before = await client.field_caps(index=own_index.index_alias, fields="*")
    random = Random(7)
    extra = {f"{random.random()}.{n}": n for n in range(5_000)}
    assert await statuses(index, document(extra=extra)) == ["written"]
    after = await client.field_caps(index=own_index.index_alias, fields="*")
    assert after["fields"].keys() == before["fields"].keys()


async def test_setting_up_many_times_at_once_makes_one_index(own_index: Settings, client: AsyncElasticsearch) -> None:
    made = await asyncio.gather(*(open_index(own_index) for _ in range(5)))
    for one in made:
        await one.close()
    found = await client.indices.get_alias(name=own_index.index_alias)
    name = current_index_name(own_index.index_alias)
    assert dict(found) == {name: {"aliases": {own_index.index_alias: {}}}}
    assert await client.indices.exists_alias(index=name, name=write_alias(name))


async def test_fields_that_came_with_this_release_are_added(own_index: Settings, client: AsyncElasticsearch) -> None:
    older = index_mapping()
    absent = older["properties"].pop("sanctions.stage")
    await made_by_hand(client, own_index, mappings=older)
    index = await opened(own_index)
    assert await statuses(index, document(**{"sanctions.stage": "adopted"})) == ["written"]
    result = await index.search(SearchRequest(query=parse("sanctions.stage:adopted")))
    assert result.total == 1
    name = current_index_name(own_index.index_alias)
    mapping = (await client.indices.get_mapping(index=name))[name]["mappings"]
    assert mapping["properties"]["sanctions.stage"] == absent
    await index.close()


async def made_by_hand(client: AsyncElasticsearch, settings: Settings, **parts: Any) -> None:
    alias = settings.index_alias
    fixed: dict[str, Any] = {
        "index": current_index_name(alias),
        "mappings": index_mapping(),
        "settings": build_settings(replicas=0),
        "aliases": {alias: {}},
    }
    await client.indices.create(**(fixed | parts))


async def test_index_with_another_mapping_is_neither_written_nor_read(
    own_index: Settings, client: AsyncElasticsearch
) -> None:
    other = index_mapping()
    other["properties"]["title"] = {"type": "keyword"}
    await made_by_hand(client, own_index, mappings=other)
    for read_only in (False, True):
        with pytest.raises(IndexSchemaError, match=r"maps title otherwise.*tocsin reindex"):
            await open_index(own_index, read_only=read_only)


async def test_index_of_another_version_stays_searched_while_ours_is_written(
    own_index: Settings, client: AsyncElasticsearch
) -> None:
    other = index_name(9, own_index.index_alias)
    await made_by_hand(client, own_index, index=other)
    await client.index(index=other, id="of-the-other", document={"@timestamp": "2026-03-01T00:00:00Z"}, refresh=True)
    writer = await open_index(own_index)
    assert await statuses(writer, document("of-ours")) == ["written"]
    reader = await open_index(own_index, read_only=True)
    assert await reader.get("of-the-other")
    assert await reader.get("of-ours") is None
    assert await writer.get("of-ours")
    standing = await read_standing(own_index)
    assert (standing.searched, standing.own, standing.is_current) == (
        other,
        index_name(1, own_index.index_alias),
        False,
    )
    await swap_index(own_index)
    assert await reader.get("of-ours")
    assert await reader.get("of-the-other") is None
    for one in (writer, reader):
        await one.close()


async def test_index_that_stands_in_the_aliass_place_is_left_alone(
    own_index: Settings, client: AsyncElasticsearch
) -> None:
    await client.indices.create(index=own_index.index_alias)
    for attempt in (open_index, remove_index):
        with pytest.raises(IndexSchemaError, match="none of Tocsin's"):
            await attempt(own_index)
    await client.indices.delete(index=own_index.index_alias)


async def test_alias_that_was_taken_away_is_put_back(
    own_index: Settings, index: Index, client: AsyncElasticsearch
) -> None:
    await index.write(samples())
    await client.indices.delete_alias(index=current_index_name(own_index.index_alias), name=own_index.index_alias)
    await index.set_up()
    assert await index.count() == len(samples())


async def test_index_that_was_deleted_meanwhile_is_made_anew_with_its_mapping(
    own_index: Settings, index: Index, client: AsyncElasticsearch
) -> None:
    await index.write(samples())
    name = current_index_name(own_index.index_alias)
    await client.indices.delete(index=name)
    with pytest.raises(IndexMissingError):
        await index.write(samples())
    assert not await client.indices.exists(index=own_index.index_alias)
    assert await statuses(index, *samples()) == ["written"] * len(samples())
    assert (await client.indices.get_mapping(index=name))[name]["mappings"]["dynamic"] == "strict"


async def test_reading_before_anything_was_indexed(own_index: Settings, client: AsyncElasticsearch) -> None:
    with pytest.raises(IndexMissingError, match="tocsin up"):
        await open_index(own_index, read_only=True)
    assert not await client.indices.exists(index=current_index_name(own_index.index_alias))


async def test_reader_sees_what_is_written_and_may_not_write(own_index: Settings, index: Index) -> None:
    await index.write(samples())
    reader = await open_index(own_index, read_only=True)
    stored = await reader.get("kz-1")
    assert stored is not None
    with pytest.raises(IndexReadOnlyError):
        await reader.write(samples())
    with pytest.raises(IndexReadOnlyError):
        await reader.delete(["kz-1"])
    await reader.close()


async def test_removing_says_whether_there_was_an_index(own_index: Settings, index: Index) -> None:
    assert await remove_index(own_index)
    assert not await remove_index(own_index)


async def test_removing_leaves_others_alone(own_index: Settings, index: Index, client: AsyncElasticsearch) -> None:
    beside = f"{own_index.index_alias}-v1-copy"
    await client.indices.create(index=beside)
    assert await remove_index(own_index)
    assert await client.indices.exists(index=beside)
    await client.indices.delete(index=beside)


async def test_deleted_document_leaves_no_content_behind(
    own_index: Settings, index: Index, client: AsyncElasticsearch
) -> None:
    await index.write([document(version=5, title="secret")])
    assert await index.delete(["a"]) == 1
    raw = await client.get(index=own_index.index_alias, id="a")
    assert (raw["_source"], raw["_version"]) == ({}, 5)


async def test_search_that_the_server_refuses_is_the_callers_to_narrow(
    index: Index, client: AsyncElasticsearch
) -> None:
    times = [f"{year:04}-01-01T00:00:00.000Z" for year in range(2000, 2030)]
    await index.write([document(f"d{n}", **{"@timestamp": time}) for n, time in enumerate(times)])
    request = SearchRequest(query=parse("*:*"), size=0, histogram="hour")
    assert len((await index.search(request)).histogram) == len(times)
    await client.cluster.put_settings(persistent={"search.max_buckets": 10})
    try:
        with pytest.raises(SearchRefusedError, match="too_many_buckets"):
            await index.search(request)
    finally:
        await client.cluster.put_settings(persistent={"search.max_buckets": None})


async def test_index_is_refreshed_every_second_and_searches_two_fields(
    own_index: Settings, index: Index, client: AsyncElasticsearch
) -> None:
    name = current_index_name(own_index.index_alias)
    settings = (await client.indices.get_settings(index=name))[name]["settings"]["index"]
    assert settings["refresh_interval"] == "1s"
    assert settings["query"] == {"default_field": ["title", "body"]}
    assert (settings["number_of_shards"], settings["number_of_replicas"]) == ("1", "0")
