"""A query as Elasticsearch takes it: exact clauses, within the server's limits."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from pipeline.query import parse
from pipeline.query.elasticsearch import compile_elasticsearch
from pipeline.query.parse import MAX_DEPTH
from tests.pipeline.query.generate import queries

MAX_NESTED_BOOLS = 30
"""Elasticsearch's default of indices.query.bool.max_nested_depth."""


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("*:*", {"match_all": {}}),
        ("title:Flood", {"term": {"title": {"value": "flood"}}}),
        ('title:"Mass Arrests"', {"match_phrase": {"title": {"query": "mass arrests"}}}),
        (r"tags:a\*b?C*", {"wildcard": {"tags": {"value": r"a\*b?c*"}}}),
        ("_exists_:url", {"exists": {"field": "url"}}),
        ("revision:[* TO *]", {"exists": {"field": "revision"}}),
        ("revision:{1 TO 5]", {"range": {"revision": {"gt": 1, "lte": 5}}}),
        ("published_at:<1970-01-02", {"range": {"published_at": {"lt": 86_400_000, "format": "epoch_millis"}}}),
        ("sanctions.flagged:true", {"term": {"sanctions.flagged": {"value": True}}}),
        ("NOT language:en", {"bool": {"must_not": [{"term": {"language": {"value": "en"}}}]}}),
        (
            "language:en AND NOT countries:KZ",
            {
                "bool": {
                    "filter": [{"term": {"language": {"value": "en"}}}],
                    "must_not": [{"term": {"countries": {"value": "kz"}}}],
                }
            },
        ),
        (
            "flood",
            {
                "bool": {
                    "should": [{"term": {"title": {"value": "flood"}}}, {"term": {"body": {"value": "flood"}}}],
                    "minimum_should_match": 1,
                }
            },
        ),
    ],
)
def test_clause(query: str, expected: dict[str, Any]) -> None:
    assert compile_elasticsearch(parse(query)) == expected


@given(queries())
def test_any_query_is_plain_json(query: str) -> None:
    clause = compile_elasticsearch(parse(query))
    assert json.loads(json.dumps(clause, allow_nan=False)) == clause


@pytest.mark.parametrize("step", ["a OR ({})", "NOT ({})", "a AND NOT ({})"])
def test_deepest_query_is_within_the_servers_limit(step: str) -> None:
    query = "b"
    for _ in range(MAX_DEPTH):
        query = step.format(query)
    assert nested_bools(compile_elasticsearch(parse(query))) <= MAX_NESTED_BOOLS


def nested_bools(clause: Any) -> int:
    if isinstance(clause, list):
        return max(map(nested_bools, clause), default=0)
    if not isinstance(clause, dict):
        return 0
    return int("bool" in clause) + max(map(nested_bools, clause.values()), default=0)
