"""A query finds the documents it says, and the keys never lose one."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.query import (
    ALWAYS,
    CandidateIndex,
    DocumentError,
    Key,
    compile_predicate,
    held,
    parse,
    required_keys,
    view,
)
from pipeline.query.canon import canonical
from pipeline.query.predicate import wildcard_pattern
from pipeline.query.tree import Part
from schemas.fields import Field
from tests.pipeline.query.generate import documents, queries

DATA = Path(__file__).parents[2] / "data"
DOCUMENTS = json.loads((DATA / "index/documents.json").read_text("utf-8"))
VIEWS = {document["id"]: view(document) for document in DOCUMENTS}
MATCHES = tomllib.loads((DATA / "query/matches.toml").read_text("utf-8"))["case"]


def matches(query: str, document: dict[str, Any]) -> bool:
    return compile_predicate(parse(query))(view(document))


@pytest.mark.parametrize("case", MATCHES, ids=lambda case: case["query"])
def test_query_finds(case: dict[str, Any]) -> None:
    predicate = compile_predicate(parse(case["query"]))
    assert [name for name, seen in VIEWS.items() if predicate(seen)] == case["finds"]


@pytest.mark.parametrize("case", MATCHES, ids=lambda case: case["query"])
def test_candidates_contain_all_that_match(case: dict[str, Any]) -> None:
    index = CandidateIndex([(parse(case["query"]), case["query"])])
    assert all(index.candidates(VIEWS[name]) == (case["query"],) for name in case["finds"])


@given(queries(), documents())
def test_document_that_matches_has_a_required_key_and_a_clause_that_held(query: str, document: dict[str, Any]) -> None:
    node, seen = parse(query), view(document)
    matched = compile_predicate(node)(seen)
    assert bool(held(node, seen)) == matched
    if matched:
        assert CandidateIndex([(node, 1)]).candidates(seen) == (1,)


@given(queries(), documents())
def test_each_clause_that_held_matches_by_itself(query: str, document: dict[str, Any]) -> None:
    seen = view(document)
    for clause in held(parse(query), seen):
        assert compile_predicate(parse(clause))(seen)


@given(queries(), documents())
def test_not_is_the_opposite(query: str, document: dict[str, Any]) -> None:
    assert matches(f"NOT ({query})", document) is not matches(query, document)


def test_held_leaves_out_branches_that_do_not_hold() -> None:
    node = parse("countries:(KZ OR RU) AND (flood OR quake) AND NOT film")
    assert held(node, view({"title": "Quake", "countries": ["KZ"]})) == ("countries:KZ", "quake", "NOT film")


def test_held_is_empty_when_the_query_does_not_match() -> None:
    assert held(parse("flood AND quake"), view({"title": "Quake"})) == ()


def test_multiple_values_may_satisfy_different_clauses() -> None:
    assert matches("countries:KZ AND countries:RU", {"countries": ["KZ", "RU"]})


def test_keyword_is_compared_whole_and_without_case() -> None:
    document = {"people": ["Ana María Ñu"]}
    assert matches('people:"ana maría ñu"', document)
    assert not matches("people:ana", document)


def test_phrase_does_not_run_from_title_into_body() -> None:
    assert not matches('"flood quake"', {"title": "flood", "body": "quake"})


@pytest.mark.parametrize("empty", ["", "…", "___"])
def test_text_without_a_word_counts_as_absent(empty: str) -> None:
    assert not matches("_exists_:title", {"title": empty})


def test_keyword_that_is_too_long_counts_as_absent() -> None:
    assert not matches("_exists_:tags", {"tags": ["x" * 1025]})
    assert matches("_exists_:tags", {"tags": ["x" * 1024]})


def test_dotted_capital_i_and_final_sigma_are_found_in_any_case() -> None:
    assert matches("istanbul", {"title": "İstanbul"})
    assert matches("ΟΔΌΣ", {"title": "οδόΣ"})


@pytest.mark.parametrize(
    "document",
    [
        {"nonsense": 1},
        {"title": 5},
        {"countries": [None]},
        {"revision": "5"},
        {"revision": True},
        {"revision": 2**63},
        {"sanctions.flagged": 1},
        {"published_at": "yesterday"},
        {"published_at": 5},
        {"points": ["x"]},
        {"title": "\ud800"},
    ],
    ids=str,
)
def test_value_of_a_wrong_type_is_refused(document: dict[str, Any]) -> None:
    with pytest.raises(DocumentError):
        view(document)


def test_decimal_numbers_are_finite() -> None:
    field = Field(name="score", type="float", meaning="made for this test")
    assert canonical(field, [1, 0.5]) == (1.0, 0.5)
    for value in (float("nan"), float("inf"), "1", True):
        with pytest.raises(DocumentError):
            canonical(field, value)


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("flood", {Key("title", "flood"), Key("body", "flood")}),
        ('title:"the emergency of"', {Key("title", "emergency")}),
        ("countries:KZ AND revision:>1", {Key("countries", "kz")}),
        ("countries:KZ OR revision:>1", {Key("countries", "kz"), Key("revision")}),
        ("title:fl* AND NOT body:quake", {Key("title", "fl", True)}),
        ("title:*ood", {Key("title")}),
        ("body:(protest* OR quake)", {Key("body", "prot", True), Key("body", "quake")}),
        ("language:en AND body:earthquake", {Key("body", "earthquake")}),
        ("countries:KZ AND body:earthquake", {Key("countries", "kz")}),
        ("sanctions.flagged:true", {Key("sanctions.flagged")}),
        ("_exists_:url", {Key("url")}),
    ],
)
def test_required_keys(query: str, keys: set[Key]) -> None:
    assert required_keys(parse(query)) == keys


@pytest.mark.parametrize("query", ["*:*", "NOT flood", "flood OR (NOT quake)"])
def test_query_that_needs_nothing_is_always_a_candidate(query: str) -> None:
    assert required_keys(parse(query)) == ALWAYS
    assert CandidateIndex([(parse(query), 1)]).candidates(view({})) == (1,)


def test_candidates_keep_the_order_given() -> None:
    index = CandidateIndex([(parse("quake"), "b"), (parse("countries:KZ"), "a"), (parse("flood"), "c")])
    assert index.candidates(view({"title": "quake", "countries": ["KZ"]})) == ("b", "a")


@given(st.lists(st.sampled_from(["a", "b", "*", "?"]), max_size=7), st.text("ab\n", max_size=8))
def test_wildcard_agrees_with_a_naive_regex(shape: list[str], word: str) -> None:
    parts = tuple(Part("any") if c == "*" else Part("one") if c == "?" else Part("literal", c) for c in shape)
    naive = re.compile("".join({"*": ".*", "?": "."}.get(c, c) for c in shape), re.DOTALL)
    assert bool(wildcard_pattern(parts).fullmatch(word)) == bool(naive.fullmatch(word))
