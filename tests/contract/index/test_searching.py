"""Searches: order, pages, counts, snippets."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agents.index import Bucket, FacetCount, Index, SearchRefusedError, SearchRequest, SearchResult
from pipeline.query import parse
from tests.contract.index.conftest import DATA, document, samples

NOW_FILE = tomllib.loads((DATA / "query/now.toml").read_text("utf-8"))
MATCHES = tomllib.loads((DATA / "query/matches.toml").read_text("utf-8"))["case"]


async def search(index: Index, query: str = "*:*", **options: Any) -> SearchResult:
    return await index.search(SearchRequest(query=parse(query), **options))


def ids(result: SearchResult) -> list[str]:
    return [hit.id for hit in result.hits]


@pytest.fixture
async def filled(index: Index) -> Index:
    await index.write(samples())
    return index


@pytest.fixture
async def tied(index: Index) -> Index:
    """Thirty documents at three moments, written in no order."""
    moments = ["2026-03-01T00:00:00.000Z", "2026-03-02T00:00:00.000Z", "1969-12-31T23:59:59.999Z"]
    written = [document(f"d{n * 7 % 30:02}", **{"@timestamp": moments[n * 7 % 30 % 3]}) for n in range(30)]
    for first in range(0, 30, 4):
        await index.write(written[first : first + 4])
    return index


def expected_order() -> list[str]:
    by_moment = [[n for n in range(30) if n % 3 == moment] for moment in (1, 0, 2)]
    return [f"d{n:02}" for group in by_moment for n in group]


@pytest.mark.parametrize("case", MATCHES, ids=lambda case: case["query"])
async def test_query_finds(filled: Index, case: dict[str, Any]) -> None:
    result = await search(filled, case["query"], size=100)
    assert sorted(ids(result)) == sorted(case["finds"])
    assert result.total == len(case["finds"])


@pytest.mark.parametrize("case", NOW_FILE["case"], ids=lambda case: case["query"])
async def test_query_that_counts_from_now_finds(filled: Index, case: dict[str, Any]) -> None:
    now = datetime.fromisoformat(NOW_FILE["now"])
    assert sorted(ids(await search(filled, case["query"], now=now))) == sorted(case["finds"])


async def test_now_is_the_moment_of_the_search(index: Index) -> None:
    now = datetime.now(UTC)
    at = {"old": now - timedelta(days=8), "new": now - timedelta(days=6)}
    await index.write([document(id, **{"@timestamp": moment.isoformat()}) for id, moment in at.items()])
    assert ids(await search(index, "@timestamp:>now-7d")) == ["new"]


@pytest.mark.parametrize("letter", ["x", "ж", "😀"])
@pytest.mark.parametrize("shape", ["*{0}*{0}*{0}*", "?{0}*{0}?{0}*", "{0}{0}{0}*"])
async def test_longest_word_with_wildcards_is_searched(index: Index, letter: str, shape: str) -> None:
    part = letter * (160 // 3 // len(letter.encode()))
    await index.write([document("match", tags=[f"{letter}{part}{part}{letter}{part}"]), document("other", tags=["x"])])
    found = ids(await search(index, "tags:" + shape.format(part)))
    assert found == ["match"]


async def test_latest_come_first_and_ties_are_in_order_of_ids(filled: Index) -> None:
    assert ids(await search(filled)) == ["sl-1", "qu-1", "sa-1", "kz-2", "kz-1", "zh-1", "es-1", "ru-1"]


async def test_ties_are_in_order_of_ids(tied: Index) -> None:
    assert ids(await search(tied, size=30)) == expected_order()


@pytest.mark.parametrize("size", [1, 3, 7, 10, 29])
async def test_pages_by_offset_make_the_whole(tied: Index, size: int) -> None:
    pages = [ids(await search(tied, size=size, offset=offset)) for offset in range(0, 31, size)]
    assert [id for page in pages for id in page] == expected_order()


@pytest.mark.parametrize("size", [1, 3, 7, 10, 29])
async def test_pages_by_cursor_make_the_whole(tied: Index, size: int) -> None:
    seen: list[str] = []
    after = None
    while page := (await search(tied, size=size, after=after)).hits:
        seen += [hit.id for hit in page]
        after = page[-1].cursor
    assert seen == expected_order()


async def test_cursor_counts_all_that_match(tied: Index) -> None:
    first = await search(tied, size=5)
    second = await search(tied, size=5, after=first.hits[-1].cursor)
    assert first.total == second.total == 30


async def test_page_beyond_the_end_is_empty(filled: Index) -> None:
    result = await search(filled, offset=100)
    assert (ids(result), result.total) == ([], 8)


async def test_size_zero_only_counts(filled: Index) -> None:
    result = await search(filled, "almaty", size=0, facets=("countries",))
    assert (result.total, result.hits) == (2, ())
    assert result.facets["countries"] == (FacetCount("KZ", 2),)


async def test_search_of_an_empty_index(index: Index) -> None:
    result = await search(index, highlight=True, facets=("countries",), histogram="day")
    assert result == SearchResult(0, (), {"countries": ()}, ())


async def test_facets_count_documents_as_values_are_spelled(filled: Index) -> None:
    result = await search(filled, facets=("countries", "events.type", "source.name", "sanctions.stage"))
    assert result.facets["countries"][:2] == (FacetCount("KZ", 3), FacetCount("BE", 1))
    assert result.facets["events.type"] == (
        FacetCount("protest", 2),
        FacetCount("disaster", 1),
        FacetCount("mass_detention", 1),
        FacetCount("state_of_emergency", 1),
    )
    assert FacetCount("東方", 1) in result.facets["source.name"]
    assert result.facets["sanctions.stage"] == (FacetCount("adopted", 1), FacetCount("discussed", 1))


async def test_facets_are_cut_after_the_most_frequent(filled: Index) -> None:
    result = await search(filled, facets=("countries",), facet_size=2)
    assert result.facets["countries"] == (FacetCount("KZ", 3), FacetCount("BE", 1))


async def test_facets_follow_the_query_and_leave_out_what_was_deleted(filled: Index) -> None:
    await filled.delete(["kz-1"])
    result = await search(filled, "NOT countries:MX", facets=("countries",))
    assert result.facets["countries"][0] == FacetCount("KZ", 2)
    assert "MX" not in {count.value for count in result.facets["countries"]}


async def test_facet_counts_a_document_once_and_leaves_out_what_is_not_searchable(index: Index) -> None:
    await index.write([document(tags=["x", "x", "", "y" * 1025])])
    assert (await search(index, facets=("tags",))).facets["tags"] == (FacetCount("x", 1),)


@pytest.mark.parametrize(
    ("interval", "expected"),
    [
        (
            "day",
            [(2025, 12, 31, 1), (2026, 2, 27, 1), (2026, 3, 1, 1), (2026, 3, 4, 2), (2026, 3, 5, 2), (2026, 3, 6, 1)],
        ),
        ("week", [(2025, 12, 29, 1), (2026, 2, 23, 2), (2026, 3, 2, 5)]),
        ("month", [(2025, 12, 1, 1), (2026, 2, 1, 1), (2026, 3, 1, 6)]),
    ],
)
async def test_histogram_by_calendar_interval(
    filled: Index, interval: Any, expected: list[tuple[int, int, int, int]]
) -> None:
    result = await search(filled, histogram=interval)
    assert result.histogram == tuple(Bucket(datetime(y, m, d, tzinfo=UTC), count) for y, m, d, count in expected)


async def test_histogram_by_hour_and_before_1970(tied: Index) -> None:
    result = await search(tied, histogram="hour")
    assert [(bucket.start.isoformat(), bucket.count) for bucket in result.histogram] == [
        ("1969-12-31T23:00:00+00:00", 10),
        ("2026-03-01T00:00:00+00:00", 10),
        ("2026-03-02T00:00:00+00:00", 10),
    ]


@pytest.mark.parametrize("interval", ["day", "week", "month"])
async def test_histogram_reaches_from_the_first_year_to_the_last(index: Index, interval: Any) -> None:
    times = ["0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"]
    await index.write([document(f"d{n}", **{"@timestamp": time}) for n, time in enumerate(times)])
    result = await search(index, histogram=interval)
    assert [bucket.count for bucket in result.histogram] == [1, 1]
    assert [bucket.start.year for bucket in result.histogram] == [1, 9999]


async def test_snippets_mark_what_was_found(filled: Index) -> None:
    (hit,) = (await search(filled, '"state of emergency" AND countries:KZ', highlight=True)).hits
    assert {
        name: [snippet.text[start:end] for start, end in snippet.marks] for name, snippet in hit.snippets.items()
    } == {"title": ["State of emergency"], "body": ["state of emergency"]}


async def test_snippets_are_left_out_unless_asked_for(filled: Index) -> None:
    assert all(not hit.snippets for hit in (await search(filled, "almaty")).hits)


@pytest.mark.parametrize(
    "options",
    [
        {"size": -1},
        {"size": 1001},
        {"offset": -1},
        {"size": 10, "offset": 9_991},
        {"facets": ("title",)},
        {"facets": ("nonsense",)},
        {"facet_size": 0},
        {"histogram": "year"},
    ],
    ids=str,
)
def test_search_for_too_much_is_refused(options: dict[str, Any]) -> None:
    with pytest.raises(SearchRefusedError):
        SearchRequest(query=parse("*:*"), **options)


async def test_offset_and_cursor_exclude_each_other(filled: Index) -> None:
    (hit,) = (await search(filled, size=1)).hits
    with pytest.raises(SearchRefusedError, match="exclude"):
        SearchRequest(query=parse("*:*"), offset=1, after=hit.cursor)
