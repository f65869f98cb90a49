"""Alerts and dead letters are indexed and searched as articles are: every engine, every collection."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import pytest

from agents.index import FacetCount, Index, IndexDocument, SearchRefusedError, SearchRequest
from agents.settings import Settings
from pipeline.query import QueryError, parse
from schemas.collections import ALERTS, ARTICLES, COLLECTIONS, DEAD_LETTERS, Collection
from schemas.fields import Field, FieldType
from tests.contract.index.conftest import opened

VALUES: dict[FieldType, tuple[Any, str]] = {
    "text": ("The River rose", "river"),
    "keyword": ("Kazakhstan", "kazakhstan"),
    "integer": (7, ">=7"),
    "float": (0.75, ">=0.75"),
    "boolean": (True, "true"),
    "date": ("2026-03-01T10:00:00.250Z", ">=2026-03-01"),
    "geo_point": ({"lat": 1.5, "lon": 2.5}, ""),
    "flattened": ({"toll.killed.best": 3, "countries": ["KZ"]}, ""),
}
"""A value of each type and what finds it."""


def value_of(field: Field) -> Any:
    value = VALUES[field.type][0]
    return [value] if field.multi else value


def full(collection: Collection, id: str = "a", version: int = 1) -> IndexDocument:
    """A document with every field of its collection."""
    return IndexDocument(id=id, version=version, body={field.name: value_of(field) for field in collection.fields})


@pytest.fixture(params=COLLECTIONS, ids=lambda one: one.name)
def collection(request: pytest.FixtureRequest) -> Collection:
    found: Collection = request.param
    return found


@pytest.fixture
async def index(engine_settings: Settings, collection: Collection) -> AsyncIterator[Index]:
    made = await opened(engine_settings, collection)
    yield made
    await made.close()


async def ids(index: Index, collection: Collection, query: str, **options: Any) -> list[str]:
    request = SearchRequest(query=parse(query, collection), collection=collection, **options)
    return [hit.id for hit in (await index.search(request)).hits]


async def test_every_field_is_kept_and_every_searchable_one_is_found(index: Index, collection: Collection) -> None:
    document = full(collection)
    bare = IndexDocument(id="bare", version=1, body={"@timestamp": "2020-01-01T00:00:00.000Z"})
    assert {outcome.status for outcome in await index.write([document, bare])} == {"written"}
    stored = await index.get("a")
    assert stored is not None
    assert stored.body == document.body
    for field in collection.fields:
        if field.searchable:
            assert await ids(index, collection, f"{field.name}:{VALUES[field.type][1]}") == ["a"], field.name


async def test_words_without_field_are_found_in_the_default_fields(index: Index, collection: Collection) -> None:
    await index.write([full(collection)])
    assert await ids(index, collection, '"river rose"') == ["a"]


async def test_a_replay_changes_nothing_and_a_later_version_replaces(index: Index, collection: Collection) -> None:
    batch = [full(collection, version=2), full(collection, version=1), full(collection, version=3)]
    assert [one.status for one in await index.write(batch)] == ["written", "unchanged", "written"]
    assert [one.status for one in await index.write(batch)] == ["unchanged"] * 3
    assert await index.count() == 1


async def test_a_field_of_no_or_another_collection_is_rejected(index: Index, collection: Collection) -> None:
    foreign = next(name for one in COLLECTIONS for name in one.by_name if name not in collection.by_name)
    for name in ("nonsense", foreign):
        body = {"@timestamp": "2026-03-01T00:00:00Z", name: "x"}
        (outcome,) = await index.write([IndexDocument(id="b", version=1, body=body)])
        assert outcome.status == "rejected"
        assert f"no field {name!r}" in (outcome.reason or "")


async def test_facets_are_those_of_the_collection(index: Index, collection: Collection) -> None:
    await index.write([full(collection, "a"), full(collection, "b")])
    names = tuple(field.name for field in collection.fields if field.facet)
    result = await index.search(SearchRequest(query=parse("*:*"), collection=collection, facets=names))
    assert result.facets == {name: (FacetCount("Kazakhstan", 2),) for name in names}
    with pytest.raises(SearchRefusedError, match=f"facets are {names[0]}"):
        SearchRequest(query=parse("*:*"), collection=collection, facets=("id",))


async def test_a_scan_gives_every_document_once_with_its_version(index: Index, collection: Collection) -> None:
    documents = [full(collection, f"d{n}", n + 1) for n in range(1_203)]
    for first in range(0, len(documents), 401):
        await index.write(documents[first : first + 401])
    await index.delete(["d7"])
    scanned = [(one.id, one.version, one.body) async for one in index.scan()]
    kept = [one for one in documents if one.id != "d7"]
    assert sorted(scanned, key=first_of) == sorted(((one.id, one.version, one.body) for one in kept), key=first_of)


first_of: Callable[[tuple[Any, ...]], Any] = lambda triple: triple[0]  # noqa: E731


def test_queries_name_the_fields_of_their_collection_only() -> None:
    assert parse("severity.level:>=3", ALERTS)
    for collection, query in ((ARTICLES, "rule_id:x"), (ALERTS, "toll.killed.best:1"), (DEAD_LETTERS, "body:x")):
        with pytest.raises(QueryError, match="there is no field"):
            parse(query, collection)


async def test_a_new_version_is_written_beside_the_one_that_is_searched(
    engine_settings: Settings, collection: Collection
) -> None:
    from agents.index import open_index, read_standing, remove_version, swap_index

    new_field = Field(name="grade", type="keyword", meaning="came with the next release")
    following = replace(collection, version=2, fields=(*collection.fields, new_field))
    old = await opened(engine_settings, collection)
    await old.write([full(collection, "a")])
    new = await open_index(engine_settings, following)
    graded = full(following, "b")
    assert [one.status for one in await new.write([graded])] == ["written"]
    for release in (collection, following):
        reader = await open_index(engine_settings, release, read_only=True)
        assert (await reader.get("a"), await reader.get("b")) == (await old.get("a"), None)
        await reader.close()
    await swap_index(engine_settings, following)
    reader = await open_index(engine_settings, following, read_only=True)
    assert await reader.count() == 1, "a search right after the swap finds what was written before it"
    stored = await reader.get("b")
    assert stored is not None
    assert stored.body == graded.body
    assert [one.status for one in await old.write([full(collection, "c")])] == ["written"]
    for one in (old, new, reader):
        await one.close()
    standing = await read_standing(engine_settings, following)
    assert standing.is_current
    (left,) = standing.left_over
    copied = await open_index(engine_settings, following, read_only=True, name=left)
    assert await copied.get("a")
    await copied.close()
    await remove_version(engine_settings, left, following)
    assert (await read_standing(engine_settings, following)).there == (standing.own,)
