"""What deploy/kibana shows, asked of a real Elasticsearch: each saved search, each chart as the aggregation it means.

Kibana itself is not run. It sends a Lucene query as `query_string` with `analyze_wildcard`, and a Lens chart as nested
aggregations in the order of its columns.
"""

from __future__ import annotations

import asyncio
import json
import re
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, get_args

import pytest
from elasticsearch import Elasticsearch

from agents.index import IndexDocument, SearchRequest, open_index
from agents.index.registry import remove_index
from agents.rules import load_rules
from agents.seeds import seeds_dir
from agents.settings import Settings
from deploy.kibana.__main__ import FILE
from pipeline.alert_document import alert_document
from pipeline.alerting import AlertState, RuleSet, decide
from pipeline.alerting.examples import article_of
from pipeline.articles import decode_article
from pipeline.dead_letter_document import dead_letter_document
from pipeline.document import to_document
from pipeline.enrich import enrich
from pipeline.lists import screener_of
from pipeline.query import parse
from schemas.alert import DeadLetter, DeadLetterReason
from schemas.collections import ALERTS, ARTICLES, COLLECTIONS, DEAD_LETTERS, Collection
from schemas.enrichment import EnrichedArticle
from schemas.mapping import alias_of

pytestmark = [pytest.mark.java, pytest.mark.elasticsearch]

OBJECTS: list[dict[str, Any]] = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
BY_ALIAS = {alias_of(collection): collection for collection in COLLECTIONS}
NOW = datetime(2026, 3, 1, 10, tzinfo=UTC)


@dataclass(frozen=True)
class Shown:
    """Indices with enriched samples, the alerts they raise and a dead letter of each kind, and what is in them."""

    settings: Settings
    client: Elasticsearch
    documents: Mapping[str, tuple[dict[str, Any], ...]]
    """By name of the collection."""

    def index(self, collection: Collection) -> str:
        return alias_of(collection, self.settings.index_alias)

    def ask(self, collection: Collection, **body: Any) -> dict[str, Any]:
        return dict(self.client.search(index=self.index(collection), track_total_hits=True, **body))


def samples() -> Iterator[EnrichedArticle]:
    """Every sample, and the examples of every rule, so that each rule has something to find and to leave out."""
    for path in sorted((seeds_dir() / "articles").glob("*.jsonl")):
        if path.stem != "malformed":
            for line in path.read_bytes().splitlines():
                yield enrich(decode_article(line, timestamp_ms=int(NOW.timestamp() * 1000)))
    for rule in load_rules(Settings()).rules:
        for number, example in enumerate(rule.examples):
            listed = (
                {"id": name, "source": "list", "schema": "Person", "name": name, "aliases": ()}
                for name in example.listed
            )
            article = article_of(example, number).model_copy(update={"id": f"{rule.id}-{number}"})
            yield enrich(article, screener=screener_of(listed))


def alerts_of(articles: list[EnrichedArticle]) -> Iterator[dict[str, Any]]:
    rules, state = RuleSet(load_rules(Settings()).rules), AlertState()
    for article in articles:
        for match in rules.match(article):
            state, alert = decide(state, match, NOW)
            if alert is not None:
                yield alert_document(alert)
                yield alert_document(alert.model_copy(update={"id": f"{alert.id}-again", "mode": "backfill"}))


def dead_letters() -> Iterator[dict[str, Any]]:
    for number, reason in enumerate(get_args(DeadLetterReason)):
        letter = DeadLetter(
            id=f"letter-{number}",
            stage="enricher" if number % 2 else "indexer",
            reason=reason,
            detail=f"unexpected {reason}",
            topic="tocsin.articles",
            partition=0,
            offset=number,
            raw=b"",
            raw_size=0,
            failed_at=NOW,
        )
        yield dead_letter_document(letter) | ({"open": False} if number == 0 else {})


async def fill(settings: Settings, documents: Mapping[str, tuple[dict[str, Any], ...]]) -> None:
    for collection in COLLECTIONS:
        index = await open_index(settings, collection)
        batch = [IndexDocument(id=body["id"], version=1, body=body) for body in documents[collection.name]]
        outcomes = await index.write(batch)
        await index.close()
        assert {outcome.status for outcome in outcomes} == {"written"}


@pytest.fixture(scope="module")
def shown(elasticsearch: Settings) -> Iterator[Shown]:
    settings = elasticsearch.model_copy(update={"index_alias": f"kibana-{uuid.uuid4().hex[:8]}-articles"})
    enriched = [*samples()]
    documents: dict[str, tuple[dict[str, Any], ...]] = {
        ARTICLES.name: tuple({article.id: to_document(article) for article in enriched}.values()),
        ALERTS.name: tuple({alert["id"]: alert for alert in alerts_of(enriched)}.values()),
        DEAD_LETTERS.name: tuple(dead_letters()),
    }
    asyncio.run(fill(settings, documents))
    with Elasticsearch(settings.index_url) as client:
        client.indices.refresh(index=",".join(alias_of(one, settings.index_alias) for one in COLLECTIONS))
        yield Shown(settings, client, documents)
    for collection in COLLECTIONS:
        asyncio.run(remove_index(settings, collection))


def lucene(query: dict[str, str]) -> dict[str, Any]:
    """What Kibana sends for a query of its bar."""
    assert query["language"] == "lucene"
    if not query["query"]:
        return {"match_all": {}}
    return {"query_string": {"query": query["query"], "analyze_wildcard": True}}


def ids_in_kibana(shown: Shown, collection: Collection, query: dict[str, str]) -> list[str]:
    sort = [{"@timestamp": "desc"}, {"id": "asc"}]
    answer = shown.ask(collection, query=lucene(query), size=1000, sort=sort, source=False)
    assert answer["hits"]["total"]["value"] <= 1000
    return [hit["_id"] for hit in answer["hits"]["hits"]]


async def ids_in_tocsin(shown: Shown, collection: Collection, query: str) -> list[str]:
    index = await open_index(shown.settings, collection, read_only=True)
    try:
        result = await index.search(SearchRequest(query=parse(query, collection), size=1000))
    finally:
        await index.close()
    return [hit.id for hit in result.hits]


SEARCHES = [one for one in OBJECTS if one["type"] == "search"]


@pytest.mark.parametrize("search", SEARCHES, ids=lambda one: one["id"])
async def test_saved_search_finds_what_the_command_line_finds(shown: Shown, search: dict[str, Any]) -> None:
    collection = BY_ALIAS[search["references"][0]["id"]]
    query = json.loads(search["attributes"]["kibanaSavedObjectMeta"]["searchSourceJSON"])["query"]
    found = ids_in_kibana(shown, collection, query)
    assert found == await ids_in_tocsin(shown, collection, query["query"])
    assert 0 < len(found) < len(shown.documents[collection.name])


def test_words_without_a_field_are_looked_for_where_the_registry_says(shown: Shown) -> None:
    for collection in COLLECTIONS:
        settings = shown.client.indices.get_settings(index=shown.index(collection), flat_settings=True)
        for index in settings.values():
            assert tuple(index["settings"]["index.query.default_field"]) == collection.default_fields
    # A channel is no word of the text, and the other way round.
    assert ids_in_kibana(shown, ALERTS, {"query": "sanctions", "language": "lucene"}) != ids_in_kibana(
        shown, ALERTS, {"query": "channel:sanctions", "language": "lucene"}
    )
    assert not ids_in_kibana(shown, ARTICLES, {"query": "mass_detention", "language": "lucene"})


def test_data_view_lists_its_fields(shown: Shown) -> None:
    for collection in COLLECTIONS:
        known = shown.client.field_caps(index=shown.index(collection), fields="*")["fields"]
        assert collection.by_name.keys() <= known.keys()


# --- charts ---


def charts() -> Iterator[dict[str, Any]]:
    for one in OBJECTS:
        if one["type"] == "dashboard":
            for panel in json.loads(one["attributes"]["panelsJSON"]):
                if panel["type"] == "lens":
                    yield panel["embeddableConfig"]["attributes"]


def layer_of(chart: dict[str, Any]) -> dict[str, Any]:
    (layer,) = chart["state"]["datasourceStates"]["formBased"]["layers"].values()
    return layer  # type: ignore[no-any-return]


def metrics(columns: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """Aggregations of the columns that are no splits; a count without a filter is the bucket's own."""
    aggregations: dict[str, Any] = {}
    for id, column in columns.items():
        if column["operationType"] == "max":
            aggregations[id] = {"max": {"field": column["sourceField"]}}
        elif "filter" in column:
            aggregations[id] = {"filter": lucene(column["filter"])}
    return aggregations


def split(column: dict[str, Any], columns: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    if column["operationType"] == "date_histogram":
        return {"date_histogram": {"field": column["sourceField"], "fixed_interval": "1d", "min_doc_count": 1}}
    assert column["operationType"] == "terms"
    order = column["params"]["orderBy"]["columnId"]
    by = "_count" if columns[order]["operationType"] == "count" else order
    size, direction = column["params"]["size"], column["params"]["orderDirection"]
    return {"terms": {"field": column["sourceField"], "size": size, "order": {by: direction}}}


def aggregations(layer: dict[str, Any]) -> dict[str, Any]:
    """The columns in their order, each split inside the one before it, the numbers in every one."""
    columns = layer["columns"]
    numbers = metrics({id: column for id, column in columns.items() if not column["isBucketed"]})
    inner = numbers
    for id in reversed([id for id in layer["columnOrder"] if columns[id]["isBucketed"]]):
        inner = {id: {**split(columns[id], columns), "aggs": inner} if inner else split(columns[id], columns)} | numbers
    return inner


def leaves(answer: dict[str, Any], splits: list[str]) -> Iterator[dict[str, Any]]:
    """The innermost buckets."""
    if not splits:
        yield answer
        return
    for bucket in answer[splits[0]]["buckets"]:
        yield from leaves(bucket, splits[1:])


@pytest.mark.parametrize("chart", [*charts()], ids=lambda one: one["title"])
def test_chart_shows_something(shown: Shown, chart: dict[str, Any]) -> None:
    layer = layer_of(chart)
    collection = BY_ALIAS[chart["references"][0]["id"]]
    answer = shown.ask(collection, size=0, query=lucene(chart["state"]["query"]), aggs=aggregations(layer))
    assert answer["hits"]["total"]["value"] > 0
    splits = [id for id in layer["columnOrder"] if layer["columns"][id]["isBucketed"]]
    found = [*leaves(answer.get("aggregations", {}), splits)]
    assert found
    for id, column in layer["columns"].items():
        if column["operationType"] == "max":
            assert any(bucket[id]["value"] is not None for bucket in found), id
        elif "filter" in column:
            assert any(bucket[id]["doc_count"] > 0 for bucket in found), id
            assert any(bucket[id]["doc_count"] < bucket["doc_count"] for bucket in found), id


@pytest.mark.parametrize("chart", [*charts()], ids=lambda one: one["title"])
def test_chart_counts_what_is_there_as_it_is_spelled(shown: Shown, chart: dict[str, Any]) -> None:
    layer = layer_of(chart)
    collection = BY_ALIAS[chart["references"][0]["id"]]
    kept = [body for body in shown.documents[collection.name] if holds(body, chart["state"]["query"]["query"])]
    answer = shown.ask(collection, size=0, query=lucene(chart["state"]["query"]), aggs=aggregations(layer))
    assert answer["hits"]["total"]["value"] == len(kept)
    for id, column in layer["columns"].items():
        if column["operationType"] == "terms" and layer["columnOrder"][0] == id:
            values = Counter(
                value for body in kept for value in as_list(body.get(column["sourceField"][: -len(".raw")]))
            )
            counted = {bucket["key"]: bucket["doc_count"] for bucket in answer["aggregations"][id]["buckets"]}
            assert counted == {key: values[key] for key in counted}
            assert sorted(counted.values()) == sorted(n for _, n in values.most_common(column["params"]["size"]))


def holds(body: dict[str, Any], query: str) -> bool:
    """Whether the document has the one value that a chart's query names."""
    if not query:
        return True
    found = re.fullmatch(r"([\w.]+):(\w+)", query)
    assert found, query
    return json.dumps(body.get(found[1])).strip('"') == found[2]


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
