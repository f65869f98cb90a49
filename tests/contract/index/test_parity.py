"""What a query finds in an index is what its predicate, and so an alert rule, finds: for any query and any document."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from elasticsearch import AsyncElasticsearch
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.index import IndexDocument, SearchRequest, remove_index
from agents.settings import Settings
from pipeline.query import View, compile_predicate, parse, view
from pipeline.query.parse import MAX_CLAUSES, MAX_DEPTH
from tests.contract.index.conftest import REAL, SAMPLES, TESTED, named_index, opened
from tests.pipeline.query.generate import DAYS, FLAGS, KEYWORDS, NUMBERS, ODD_TEXT, WORDS, queries

ODD_DOCUMENTS: list[dict[str, Any]] = [
    {},
    {"title": "", "body": "…", "tags": [""]},
    {"title": "_ __ x_y", "body": "don''t x" + "x" * 300},
    {"title": "ODD\u202fSPACE 1\u202f200", "body": "flood\u00a0quake flood\u3000quake"},
    {"title": "e\u0301a éa", "body": "İSTANBUL ΟΔΟΣ οδος Οδοσ"},
    {"tags": ["a*b", "axb", "a\\b", 'q"q', "x" * 1025, " lead", "a\nb"]},
    {"tags": ["[x]", "(y)", "^$", "a.b", "#&~-", "{2}", "a|b"]},
    {"title": "flood. Quake", "body": "flood; quake"},
    {"revision": 0, "toll.killed.best": 2**63 - 1, "toll.detained.low": -(2**63) + 1},
    {"countries": [], "sanctions.flagged": False, "toll.killed.disputed": True},
    {"title": "中国 地震 ひら カタカナ 한국어", "body": "ภาษาไทย 😀 🇰🇿🇷🇺 👍🏽"},
]
ODD_QUERIES = [
    "x_y",
    "__x OR _x",
    "don",
    "x" * 255,
    "x" * 46,
    '"flood quake"',
    "1\u202f200",
    '"odd space"',
    "odd\u202fspace",
    "éa",
    "e\u0301a",
    "istanbul",
    "ΟΔΟΣ",
    "οδοσ",
    "οδ?σ",
    r"tags:a\*b",
    "tags:a*b",
    r"tags:a\\*b",
    r"tags:a\\b",
    r"tags:q\"q",
    'tags:"q\\"q"',
    "tags:xx*",
    r"tags:\[x\]",
    r"tags:\(y\)*",
    r"tags:\^$*",
    r"tags:a.?",
    r"tags:?.b",
    r"tags:#&\~-*",
    r"tags:\{2?",
    r"tags:*\|b",
    r"tags:\ lead",
    "tags:*lead",
    "tags:a?b",
    "_exists_:title",
    "_exists_:body",
    "_exists_:tags",
    "_exists_:countries",
    "_exists_:sanctions.flagged",
    "sanctions.flagged:false",
    "NOT sanctions.flagged:true",
    "toll.killed.best:9223372036854775807",
    "toll.killed.best:>=9223372036854775807",
    "toll.killed.best:>9223372036854775806",
    "toll.detained.low:<0",
    "toll.detained.low:[-9223372036854775807 TO 0}",
    "revision:[* TO *]",
    "revision:{* TO 0]",
    '"中国"',
    '"国中"',
    "中",
    "ภาษาไทย",
    "😀",
    "🇰🇿",
    "カタ*",
    "한국어",
    "*:*",
    "NOT *:*",
    "(NOT flood) OR (NOT quake)",
    "NOT (NOT flood)",
]


def random_documents(count: int) -> list[dict[str, Any]]:
    """The same ones each time: a failure can be looked at."""
    random = Random(20260301)

    def text() -> str:
        return " ".join(
            random.choice(WORDS if random.random() < 0.8 else ODD_TEXT) for _ in range(random.randrange(12))
        )

    def one() -> dict[str, Any]:
        values: dict[str, Any] = {name: text() for name in ("title", "body", "summary")}
        values |= {name: random.choice(choices) for name, choices in KEYWORDS.items()}
        values |= {name: random.sample(KEYWORDS[name], random.randrange(3)) for name in ("countries", "tags")}
        values |= {name: random.randrange(13) for name in NUMBERS} | {name: random.random() < 0.5 for name in FLAGS}
        return {name: value for name, value in values.items() if random.random() < 0.6}

    return [one() for _ in range(count)]


def with_times(bodies: list[dict[str, Any]]) -> list[dict[str, Any]]:
    times = [f"{day}T{clock}Z" for day in DAYS for clock in ("00:00:00.000", "12:30:00.001", "23:59:59.999")]
    return [{"@timestamp": times[n % len(times)]} | body for n, body in enumerate(bodies)]


class Both:
    """The same documents in an index and as views. It has its own loop, to which the index's connections belong."""

    def __init__(self, settings: Settings) -> None:
        bodies = with_times(SAMPLES + ODD_DOCUMENTS + random_documents(300))
        self.views: dict[str, View] = {f"d{n}": view(body) for n, body in enumerate(bodies)}
        self._documents = [IndexDocument(id=f"d{n}", version=1, body=body) for n, body in enumerate(bodies)]
        self._settings = settings
        self._runner = asyncio.Runner()
        self._index = self._runner.run(opened(settings))

    def fill(self) -> None:
        for first in range(0, len(self._documents), 100):
            outcomes = self._runner.run(self._index.write(self._documents[first : first + 100]))
            assert {outcome.status for outcome in outcomes} == {"written"}
        assert self._runner.run(self._index.count()) == len(self._documents)

    def in_index(self, query: str) -> set[str]:
        result = self._runner.run(self._index.search(SearchRequest(query=parse(query), size=1000)))
        return {hit.id for hit in result.hits}

    def in_kibana(self, query: str) -> set[str]:
        """What Elasticsearch finds when it reads the query itself, as Kibana's search bar (Lucene) sends it."""

        async def search() -> set[str]:
            async with AsyncElasticsearch(self._settings.index_url) as client:
                answer = await client.search(
                    index=self._settings.index_alias,
                    query={"query_string": {"query": query, "analyze_wildcard": True, "time_zone": "UTC"}},
                    size=1000,
                    source=False,
                )
            return {hit["_id"] for hit in answer["hits"]["hits"]}

        return self._runner.run(search())

    def by_predicate(self, query: str) -> set[str]:
        predicate = compile_predicate(parse(query))
        return {id for id, seen in self.views.items() if predicate(seen)}

    def close(self) -> None:
        self._runner.run(self._index.close())
        self._runner.close()


def made(settings: Settings) -> Iterator[Both]:
    both = Both(settings)
    both.fill()
    yield both
    both.close()
    asyncio.run(remove_index(settings))


@pytest.fixture(scope="module", params=[pytest.param(scheme, marks=marks) for scheme, marks in TESTED.items()])
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("parity"), index_heap_bytes=16_777_216)
    if request.param == "http":
        settings = named_index(request.getfixturevalue("elasticsearch"))
    yield from made(settings)


@pytest.fixture(scope="module")
def server(elasticsearch: Settings) -> Iterator[Both]:
    yield from made(named_index(elasticsearch))


@pytest.mark.parametrize("query", ODD_QUERIES)
def test_odd_query_finds_the_same(both: Both, query: str) -> None:
    assert both.in_index(query) == both.by_predicate(query)


def test_odd_queries_have_hits(both: Both) -> None:
    """Sets that are equal because they are empty show little."""
    with_hits = [query for query in ODD_QUERIES if both.by_predicate(query)]
    assert len(with_hits) >= len(ODD_QUERIES) * 3 // 4


@settings(max_examples=300)
@given(query=queries())
def test_any_query_finds_the_same(both: Both, query: str) -> None:
    assert both.in_index(query) == both.by_predicate(query)


@given(query=st.lists(st.sampled_from([*WORDS, *ODD_TEXT]), min_size=1, max_size=4).map(" ".join))
def test_any_phrase_finds_the_same(both: Both, query: str) -> None:
    phrase = '"' + query.replace('"', "") + ' flood"'
    assert both.in_index(phrase) == both.by_predicate(phrase)


@pytest.mark.parametrize("step", ["a OR ({})", "NOT ({})", "a AND NOT ({})"])
def test_deepest_query_is_searched(both: Both, step: str) -> None:
    query = "flood"
    for _ in range(MAX_DEPTH):
        query = step.format(query)
    assert both.in_index(query) == both.by_predicate(query)


def test_query_with_most_clauses_is_searched(both: Both) -> None:
    query = " OR ".join(["flood", *(f"x{n}" for n in range(MAX_CLAUSES - 1))])
    assert both.in_index(query) == both.by_predicate(query) != set()


@REAL
@pytest.mark.parametrize("query", ODD_QUERIES)
def test_odd_query_finds_the_same_in_kibana(server: Both, query: str) -> None:
    assert server.in_kibana(query) == server.by_predicate(query)


@REAL
@settings(max_examples=300)
@given(query=queries())
def test_any_query_finds_the_same_in_kibana(server: Both, query: str) -> None:
    assert server.in_kibana(query) == server.by_predicate(query)
