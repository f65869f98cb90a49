"""The reference page says what is so: its examples find something, what it refuses is refused, its remedies are not."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

import pipeline.query
from pipeline.query import QueryError, compile_predicate, parse, view
from pipeline.query.leaves import MIN_WILDCARD_LETTERS
from pipeline.query.moments import to_ms
from pipeline.query.parse import MAX_CLAUSES, MAX_DEPTH, MAX_LENGTH, MAX_WILDCARD_WORDS

PAGE = (Path(pipeline.query.__file__).parent / "README.md").read_text("utf-8")
DOCUMENTS = json.loads((Path(__file__).parents[2] / "data/index/documents.json").read_text("utf-8"))
NOW = to_ms(datetime(2026, 3, 5, 10, 30, tzinfo=UTC))


def rows(part: str, columns: int) -> list[tuple[str, ...]]:
    """The queries in the first *columns* columns of the tables of a part of the page."""
    pattern = re.compile(r"^\|" + r" `(.+?)` \|" * columns, re.MULTILINE)
    return [match if isinstance(match, tuple) else (match,) for match in pattern.findall(part)]


ACCEPTED, _, REFUSED = PAGE.partition("## What is refused")


@pytest.mark.parametrize("query", [query for (query,) in rows(ACCEPTED, 1)])
def test_example_finds_some_sample_and_not_for_any_reason(query: str) -> None:
    predicate = compile_predicate(parse(query))
    found = [predicate(view(document, NOW)) for document in DOCUMENTS]
    assert any(found)
    assert query == "*:*" or not all(found)


@pytest.mark.parametrize(("query", "instead"), [row[:2] for row in rows(REFUSED, 2)])
def test_what_is_refused_has_a_remedy(query: str, instead: str) -> None:
    with pytest.raises(QueryError):
        parse(query)
    assert parse(instead)


def test_every_table_was_read() -> None:
    assert len(rows(ACCEPTED, 1)) == ACCEPTED.count("\n| `") >= 36
    assert len(rows(REFUSED, 2)) == REFUSED.count("\n| `") >= 16


def test_limits_are_those_of_the_parser() -> None:
    last = " ".join(PAGE.split("\n\n")[-1].split())
    assert f"{MAX_LENGTH:,} characters, {MAX_CLAUSES} words, {MAX_WILDCARD_WORDS} of them" in last
    assert f"{MAX_DEPTH} parentheses" in last
    assert MIN_WILDCARD_LETTERS == 2 and "needs two letters" in PAGE
