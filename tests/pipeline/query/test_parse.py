"""What is accepted means what it says; what is refused says where and what to write instead."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.query import QueryError, fields_of, parse
from pipeline.query.parse import MAX_CLAUSES, MAX_DEPTH, MAX_LENGTH, MAX_WILDCARD_WORDS
from pipeline.query.tree import And, Not, Or, Range, Term
from tests.pipeline.query.generate import queries

DATA = Path(__file__).parents[2] / "data/query"
REFUSED = tomllib.loads((DATA / "refused.toml").read_text("utf-8"))["case"]
ACCEPTED = [case["query"] for case in tomllib.loads((DATA / "matches.toml").read_text("utf-8"))["case"]]
PIECES = [*'ab K:"\\()[]{}+-!*?~^/&|<>=.1,\n\u3000\u0130é中', " TO ", " AND ", " OR ", "NOT ", "title:", "revision:"]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case["query"])
def test_refusal_names_place_and_remedy(case: dict[str, str]) -> None:
    with pytest.raises(QueryError) as caught:
        parse(case["query"])
    error = caught.value
    assert case["message"] in error.message
    assert case["hint"] in error.hint
    assert error.column == case["column"]


def test_caret_stands_under_the_place() -> None:
    with pytest.raises(QueryError) as caught:
        parse("title:flood AND contry:KZ")
    lines = str(caught.value).splitlines()
    assert lines[1][lines[2].index("^") :].startswith("contry:KZ")
    assert "column 17" in lines[0]


def test_place_in_a_query_of_several_lines() -> None:
    with pytest.raises(QueryError) as caught:
        parse("title:flood AND\n  contry:KZ")
    assert (caught.value.line, caught.value.column) == (2, 3)
    assert str(caught.value).splitlines()[1:3] == ["    contry:KZ", "    ^"]


def test_caret_in_a_long_line_shows_only_the_neighbourhood() -> None:
    with pytest.raises(QueryError) as caught:
        parse("flood OR " * 200 + "contry:KZ")
    lines = str(caught.value).splitlines()
    assert lines[1][lines[2].index("^") :].startswith("contry:KZ")
    assert len(lines[1]) < 120


def test_neighbours_mean_or() -> None:
    assert parse("flood quake") == parse("flood OR quake")


def test_minus_among_neighbours_excludes() -> None:
    assert parse("flood quake -film") == parse("(flood OR quake) AND NOT film")


def test_plus_on_all_means_and() -> None:
    assert parse("+flood +quake -film") == parse("flood AND quake AND NOT film")


def test_operators_have_two_spellings() -> None:
    assert parse("a && !b") == parse("a AND NOT b")
    assert parse("a || b") == parse("a OR b")


def test_group_of_a_field_applies_to_each_value() -> None:
    assert parse("countries:(KZ OR RU)") == parse("countries:KZ OR countries:RU")


def test_word_without_field_looks_into_title_and_body() -> None:
    assert parse("Flood") == Term(("title", "body"), "flood")


def test_day_stands_for_all_its_milliseconds() -> None:
    assert parse("published_at:1970-01-02") == Range("published_at", 86_400_000, 172_799_999)


def test_bound_that_is_excluded_looks_at_the_other_end_of_the_day() -> None:
    assert parse("published_at:{1970-01-01 TO 1970-01-03}") == Range(
        "published_at", 86_399_999, 172_800_000, False, False
    )


def test_quoted_operator_is_a_word() -> None:
    assert parse('"AND"') == Term(("title", "body"), "and")


def test_escaped_sign_is_part_of_the_value() -> None:
    assert parse(r"tags:a\*b") == Term(("tags",), "a*b")
    assert parse(r"tags:\-x\~") == Term(("tags",), "-x~")


def test_not_alone_at_top_level_is_accepted() -> None:
    assert parse("NOT flood") == Not(Term(("title", "body"), "flood"))


def test_fields_of_names_every_field_once() -> None:
    node = parse("flood AND (countries:KZ OR _exists_:url) AND NOT revision:>1 AND sanctions.flagged:true AND *:*")
    assert fields_of(node) == {"title", "body", "countries", "url", "revision", "sanctions.flagged"}


@pytest.mark.parametrize("query", ACCEPTED)
def test_text_of_the_tree_is_the_same_query(query: str) -> None:
    node = parse(query)
    assert parse(node.text) == node


@given(queries())
def test_generated_query_is_accepted_and_its_text_means_the_same(query: str) -> None:
    node = parse(query)
    assert parse(node.text) == node


@settings(max_examples=500)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    try:
        node = parse(text)
    except QueryError as error:
        assert 0 <= error.position <= len(text)
        assert error.hint
        assert str(error).count("\n") == 3
    else:
        assert parse(node.text) == node


@given(st.text(max_size=200))
def test_any_unicode_is_parsed_or_refused(text: str) -> None:
    try:
        parse(text)
    except QueryError as error:
        assert str(error)


def test_keyword_longer_than_what_is_searchable_is_refused() -> None:
    assert parse(f"tags:{'x' * 1024}")
    with pytest.raises(QueryError, match="too long"):
        parse(f"tags:{'x' * 1025}")


def test_depth_is_limited() -> None:
    assert parse("(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH) == parse("a")
    with pytest.raises(QueryError, match="inside each other"):
        parse("(" * 5000 + "a" + ")" * 4000)


def test_length_is_limited() -> None:
    with pytest.raises(QueryError, match="longer than"):
        parse("a" * (MAX_LENGTH + 1))


def test_number_of_clauses_is_limited() -> None:
    assert isinstance(parse(" OR ".join(["a"] * MAX_CLAUSES)), Or)
    with pytest.raises(QueryError, match=f"more than {MAX_CLAUSES} words"):
        parse(" OR ".join(["a"] * (MAX_CLAUSES + 1)))


def test_number_of_wildcards_is_limited() -> None:
    assert isinstance(parse(" OR ".join(["qua*"] * MAX_WILDCARD_WORDS)), Or)
    with pytest.raises(QueryError, match=f"more than {MAX_WILDCARD_WORDS} words with wildcards"):
        parse(" OR ".join(["qua*"] * (MAX_WILDCARD_WORDS + 1)))


def test_length_of_a_word_with_wildcards_is_limited() -> None:
    assert parse(f"tags:{'x' * 160}*")
    with pytest.raises(QueryError, match="too long"):
        parse(f"tags:{'x' * 161}*")
    with pytest.raises(QueryError, match="too long"):
        parse(f"tags:*{'😀' * 41}*")


def test_long_chain_of_not_is_refused_without_recursion() -> None:
    with pytest.raises(QueryError, match="is expected"):
        parse("NOT " * 2000 + "a")


def test_and_keeps_the_order_of_the_query() -> None:
    node = parse("b AND a")
    assert isinstance(node, And)
    assert [child.text for child in node.nodes] == ["b", "a"]
