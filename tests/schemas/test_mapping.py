"""The Elasticsearch mapping and the names of indices."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.fields import BY_NAME, DEFAULT_FIELDS, FIELDS
from schemas.mapping import (
    KEYWORD_LIMIT,
    build_mapping,
    build_settings,
    current_index_name,
    facet_field,
    index_name,
    parse_index_name,
)


def test_mapping_takes_no_other_field() -> None:
    assert build_mapping()["dynamic"] == "strict"


def test_names_may_be_value_and_prefix_at_once() -> None:
    """`places` and `places.event` are both values, which object mappings cannot hold."""
    mapping = build_mapping()
    assert {"places", "places.event"} <= mapping["properties"].keys()
    assert mapping["subobjects"] is False


def test_only_the_producers_own_fields_are_flattened() -> None:
    kinds = {name: mapped["type"] for name, mapped in build_mapping()["properties"].items()}
    assert [name for name, kind in kinds.items() if kind == "flattened"] == ["extra"]


@pytest.mark.parametrize("field", [field for field in FIELDS if field.type == "keyword"], ids=lambda field: field.name)
def test_keywords_are_compared_in_lower_case_and_bounded(field: object) -> None:
    mapped = build_mapping()["properties"][field.name]  # type: ignore[attr-defined]
    assert mapped["normalizer"] in build_settings()["analysis"]["normalizer"]
    assert mapped["ignore_above"] == KEYWORD_LIMIT


def test_facets_count_values_as_they_are_spelled() -> None:
    field = BY_NAME["countries"]
    raw = build_mapping()["properties"]["countries"]["fields"]["raw"]
    assert facet_field(field) == "countries.raw"
    assert "normalizer" not in raw


def test_words_without_field_are_looked_for_where_our_parser_looks() -> None:
    assert build_settings()["query"]["default_field"] == list(DEFAULT_FIELDS)


def test_settings_carry_shards_and_replicas() -> None:
    settings = build_settings(shards=3, replicas=0)
    assert (settings["number_of_shards"], settings["number_of_replicas"]) == (3, 0)


def test_documents_are_found_within_a_second_also_when_nobody_searched_for_a_while() -> None:
    assert build_settings()["refresh_interval"] == "1s"


@pytest.mark.parametrize(("name", "major"), [("news-v3", 3), ("news-v", None), ("newsx-v3", None), ("x-v3", None)])
def test_index_of_another_alias(name: str, major: int | None) -> None:
    assert parse_index_name(name, "news") == major
    assert major is None or index_name(major, "news") == name


@given(st.integers(0, 999_999))
def test_index_name_is_built_and_parsed_as_a_pair(major: int) -> None:
    assert parse_index_name(index_name(major)) == major


def test_current_index_is_of_the_current_major() -> None:
    assert current_index_name() == "tocsin-articles-v1"


@pytest.mark.parametrize("name", ["tocsin-articles", "tocsin-articles-v", "tocsin-articles-v1-copy", "other-v1"])
def test_other_names_are_not_ours(name: str) -> None:
    assert parse_index_name(name) is None


def test_negative_major_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        index_name(-1)
