"""Every query finds the same of 5,000 documents by its predicate, in tantivy, in Elasticsearch and in Kibana's bar."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest
from elasticsearch import AsyncElasticsearch

from agents.index import IndexDocument, remove_index
from agents.index.elasticsearch.search import LIVE
from agents.index.embedded.compile import compile_query
from agents.index.embedded.schema import KEY, key_of
from agents.index.embedded.store import Store, live
from agents.settings import Settings
from pipeline.query import Predicate, View, compile_predicate, fixed, parse, view
from pipeline.query.elasticsearch import compile_elasticsearch
from pipeline.query.moments import to_ms
from schemas.collections import ARTICLES
from tests.contract.index.conftest import REAL, SAMPLES, named_index, opened
from tests.contract.index.corpus import NOW_QUERIES, WRITTEN_QUERIES, documents, generated_queries, recent_documents
from tests.contract.index.test_parity import ODD_DOCUMENTS, ODD_QUERIES, with_times

COUNT: Final = 5_000
QUERIES: Final = tuple(dict.fromkeys((*WRITTEN_QUERIES, *ODD_QUERIES, *generated_queries(150), *NOW_QUERIES)))
Found = Mapping[str, frozenset[str]]
"""Ids by query."""


@pytest.fixture(scope="module")
def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(scope="module")
def bodies(now: datetime) -> Mapping[str, dict[str, Any]]:
    fixed_ones = [*with_times([*SAMPLES, *ODD_DOCUMENTS]), *recent_documents(now)]
    return {
        f"d{n}": body | {"id": f"d{n}"} for n, body in enumerate([*fixed_ones, *documents(COUNT - len(fixed_ones))])
    }


@pytest.fixture(scope="module")
def views(bodies: Mapping[str, dict[str, Any]], now: datetime) -> Mapping[str, View]:
    return {id: view(body, to_ms(now)) for id, body in bodies.items()}


@pytest.fixture(scope="module")
def expected(views: Mapping[str, View]) -> Found:
    return {query: _by(compile_predicate(parse(query)), views) for query in QUERIES}


def _by(predicate: Predicate, views: Mapping[str, View]) -> frozenset[str]:
    return frozenset(id for id, seen in views.items() if predicate(seen))


def _to_write(bodies: Mapping[str, dict[str, Any]]) -> Iterator[list[IndexDocument]]:
    made = [IndexDocument(id=id, version=1, body=body) for id, body in bodies.items()]
    yield from (made[first : first + 1_000] for first in range(0, len(made), 1_000))


def differences(found: Found, expected: Found) -> dict[str, tuple[list[str], list[str]]]:
    """By query: ids that only the engine found, and ids that only the predicate found; five of each."""
    return {
        query: (sorted(ids - expected[query])[:5], sorted(expected[query] - ids)[:5])
        for query, ids in found.items()
        if ids != expected[query]
    }


def test_there_are_enough_queries_and_most_tell_documents_apart(expected: Found) -> None:
    """Sets that are equal because they are empty, or everything, show little."""
    assert len(QUERIES) >= 450
    assert sum(0 < len(ids) < COUNT for ids in expected.values()) > len(QUERIES) * 0.8


def test_tantivy_finds_what_predicates_find(
    bodies: Mapping[str, dict[str, Any]], expected: Found, now: datetime, tmp_path: Path
) -> None:
    store = Store(tmp_path, ARTICLES, heap_bytes=64_000_000, read_only=False)
    store.set_up()
    for batch in _to_write(bodies):
        assert {outcome.status for outcome in store.write(batch)} == {"written"}
    searcher, schema, ids = store.searcher(), store.schema, {key_of(id): id for id in bodies}

    def found(query: str) -> frozenset[str]:
        node = live(compile_query(fixed(parse(query), to_ms(now)), schema), schema)
        hits = searcher.search(node, limit=COUNT + 1, count=False, order_by_field=KEY).hits
        return frozenset(ids[int(key)] for key, _ in hits)

    assert differences({query: found(query) for query in QUERIES}, expected) == {}
    store.close()


@pytest.fixture(scope="module")
def server(elasticsearch: Settings, bodies: Mapping[str, dict[str, Any]]) -> Iterator[Settings]:
    settings = named_index(elasticsearch)

    async def fill() -> None:
        index = await opened(settings)
        for batch in _to_write(bodies):
            assert {outcome.status for outcome in await index.write(batch)} == {"written"}
        assert await index.count() == COUNT
        await index.close()

    asyncio.run(fill())
    yield settings
    asyncio.run(remove_index(settings))


def _answers(settings: Settings, clauses: Mapping[str, Any], expected: Found) -> Found:
    """Where most documents are expected, the server is asked for the others: hits are what takes time."""
    wide = {query for query, ids in expected.items() if len(ids) > COUNT // 2}
    everything = frozenset(f"d{n}" for n in range(COUNT))

    async def ask() -> Found:
        async with AsyncElasticsearch(settings.index_url, request_timeout=120) as client:
            answered: dict[str, frozenset[str]] = {}
            for first in range(0, len(clauses), 50):
                batch = list(clauses.items())[first : first + 50]
                searches = [part for query, clause in batch for part in ({}, _search(clause, query in wide))]
                answer = await client.msearch(
                    index=settings.index_alias,
                    searches=searches,
                    filter_path="responses.hits.hits.fields.id,responses.error,responses.status",
                )
                for (query, _), response in zip(batch, answer["responses"], strict=True):
                    assert response["status"] == 200, (query, response)
                    ids = frozenset(hit["fields"]["id"][0] for hit in response.get("hits", {}).get("hits", ()))
                    answered[query] = everything - ids if query in wide else ids
            return answered

    return asyncio.run(ask())


def _search(clause: Any, is_wide: bool) -> dict[str, Any]:
    asked = {"filter": [LIVE], "must_not": [clause]} if is_wide else {"filter": [clause, LIVE]}
    # Ids as columns: reading `_id` unpacks each document, which took longer than all the searching.
    columns = {"_source": False, "stored_fields": "_none_", "docvalue_fields": ["id"]}
    return {"query": {"bool": asked}, "size": COUNT + 1, "sort": ["_doc"]} | columns


@REAL
def test_elasticsearch_finds_what_predicates_find(server: Settings, expected: Found, now: datetime) -> None:
    clauses = {query: compile_elasticsearch(fixed(parse(query), to_ms(now))) for query in QUERIES}
    assert differences(_answers(server, clauses, expected), expected) == {}


@REAL
def test_kibanas_search_bar_finds_what_predicates_find(
    server: Settings, bodies: Mapping[str, dict[str, Any]], expected: Found
) -> None:
    """The server has a `now` of its own: what has changed by the time that it has answered is not compared."""
    clauses = {
        query: {"query_string": {"query": query, "analyze_wildcard": True, "time_zone": "UTC"}} for query in QUERIES
    }
    answered = _answers(server, clauses, expected)
    later = {id: view(body, to_ms(datetime.now(UTC))) for id, body in bodies.items()}
    moving = {query for query in NOW_QUERIES if _by(compile_predicate(parse(query)), later) != expected[query]}
    assert len(moving) < len(NOW_QUERIES) // 2
    assert differences({query: ids for query, ids in answered.items() if query not in moving}, expected) == {}
