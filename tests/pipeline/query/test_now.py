"""Date arithmetic, and what `now` is."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.query import compile_predicate, counts_from_now, fixed, held, parse, view, widened
from pipeline.query.dates import read_date
from pipeline.query.elasticsearch import compile_elasticsearch
from pipeline.query.moments import Moment, from_ms, to_ms
from tests.pipeline.query.generate import documents, moving_queries

DATA = Path(__file__).parents[2] / "data"
DOCUMENTS = json.loads((DATA / "index/documents.json").read_text("utf-8"))
_FILE = tomllib.loads((DATA / "query/now.toml").read_text("utf-8"))
CASES, NOW = _FILE["case"], to_ms(datetime.fromisoformat(_FILE["now"]))
ANY_TIME = st.integers(to_ms(datetime(1, 1, 1, tzinfo=UTC)), to_ms(datetime(9999, 12, 31, tzinfo=UTC)))


def at(text: str, now: str) -> tuple[str, str]:
    """First and last moment that *text* stands for."""
    moment = to_ms(datetime.fromisoformat(now + "Z"))
    ends = (end.at(moment) if isinstance(end, Moment) else int(end) for end in read_date(text))
    first, last = (from_ms(end).isoformat(timespec="milliseconds").removesuffix("+00:00") for end in ends)
    return first, last


@pytest.mark.parametrize(
    ("text", "now", "first", "last"),
    [
        ("now", "2026-03-05T10:30:15.250", "2026-03-05T10:30:15.250", "2026-03-05T10:30:15.250"),
        ("now-7d", "2026-03-05T10:30", "2026-02-26T10:30:00.000", "2026-02-26T10:30:00.000"),
        ("now+1w-2h+3m-4s", "2026-03-05T10:30", "2026-03-12T08:32:56.000", "2026-03-12T08:32:56.000"),
        ("now-H", "2026-03-05T00:30", "2026-03-04T23:30:00.000", "2026-03-04T23:30:00.000"),
        ("now/s", "2026-03-05T10:30:15.250", "2026-03-05T10:30:15.000", "2026-03-05T10:30:15.999"),
        ("now/m", "2026-03-05T10:30:15.250", "2026-03-05T10:30:00.000", "2026-03-05T10:30:59.999"),
        ("now/h", "1969-12-31T22:30", "1969-12-31T22:00:00.000", "1969-12-31T22:59:59.999"),
        ("now/d", "2026-03-05T10:30", "2026-03-05T00:00:00.000", "2026-03-05T23:59:59.999"),
        ("now/w", "2026-03-08T23:59", "2026-03-02T00:00:00.000", "2026-03-08T23:59:59.999"),
        ("now/M", "2024-02-05T10:30", "2024-02-01T00:00:00.000", "2024-02-29T23:59:59.999"),
        ("now/y", "2026-03-05T10:30", "2026-01-01T00:00:00.000", "2026-12-31T23:59:59.999"),
        ("now-1M", "2026-03-31T10:30", "2026-02-28T10:30:00.000", "2026-02-28T10:30:00.000"),
        ("now-1y", "2024-02-29T10:30", "2023-02-28T10:30:00.000", "2023-02-28T10:30:00.000"),
        ("now-2M/M", "2026-01-31T10:30", "2025-11-01T00:00:00.000", "2025-11-30T23:59:59.999"),
        ("now/d-1h", "2026-03-05T10:30", "2026-03-04T23:00:00.000", "2026-03-05T22:59:59.999"),
        ("2026-03-01||+1M/d", "2026-03-05T10:30", "2026-04-01T00:00:00.000", "2026-04-01T23:59:59.999"),
        ("2026-03-01T10:00||-1d", "2026-03-05T10:30", "2026-02-28T10:00:00.000", "2026-02-28T10:00:00.000"),
        ("2026-03-01T01:00:00+03:00||/d", "2026-03-05T10:30", "2026-02-28T00:00:00.000", "2026-02-28T23:59:59.999"),
        ("now-100y-100y", "0100-01-01T00:00", "0001-01-01T00:00:00.000", "0001-01-01T00:00:00.000"),
        ("now+100y/y", "9950-01-01T00:00", "9999-01-01T00:00:00.000", "9999-12-31T23:59:59.999"),
        ("now/w", "0001-01-03T12:00", "0001-01-01T00:00:00.000", "0001-01-07T23:59:59.999"),
    ],
)
def test_steps_are_taken_as_elasticsearch_takes_them(text: str, now: str, first: str, last: str) -> None:
    assert at(text, now) == (first, last)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["query"])
def test_query_finds(case: dict[str, Any]) -> None:
    node = parse(case["query"])
    predicates = [(compile_predicate(node), NOW), (compile_predicate(fixed(node, NOW)), None)]
    for predicate, now in predicates:
        assert [one["id"] for one in DOCUMENTS if predicate(view(one, now))] == case["finds"]


@given(moving_queries(), ANY_TIME)
def test_a_fixed_query_counts_from_now_no_more(query: str, now: int) -> None:
    node = parse(query)
    assert parse(node.text) == node
    assert not counts_from_now(fixed(node, now))
    assert compile_elasticsearch(fixed(node, now))


@given(moving_queries(), documents(), ANY_TIME, st.integers(-(10**12), 10**12))
def test_now_in_the_view_and_now_in_the_query_are_the_same(
    query: str, document: dict[str, Any], now: int, off: int
) -> None:
    document = document | {"@timestamp": from_ms(min(max(now + off, -(10**13)), 10**14)).isoformat()}
    node, seen = parse(query), view(document, now)
    matched = compile_predicate(node)(seen)
    assert compile_predicate(fixed(node, now))(view(document)) == matched
    assert bool(held(node, seen)) == matched
    assert compile_predicate(widened(node))(view(document)) >= matched


def test_a_query_that_counts_from_now_is_not_tried_without_one() -> None:
    node = parse("@timestamp:>now-7d")
    assert counts_from_now(node)
    with pytest.raises(ValueError, match="does not say when that is"):
        compile_predicate(node)(view({"@timestamp": "2026-03-01T00:00:00Z"}))
    with pytest.raises(ValueError, match="has to be fixed first"):
        compile_elasticsearch(node)


def test_a_range_between_two_moving_times_is_refused_only_when_it_is_always_empty() -> None:
    assert parse("@timestamp:[now/M TO now-15d]")
