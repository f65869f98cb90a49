"""Articles, alerts and dead letters: fields, mappings and names by one mechanism."""

from __future__ import annotations

import pytest

from schemas.collections import ALERTS, ARTICLES, COLLECTIONS, DEAD_LETTERS, Collection, collection_named
from schemas.mapping import alias_of, build_mapping, build_settings, current_index_name, parse_index_name, write_alias

each = pytest.mark.parametrize("collection", COLLECTIONS, ids=lambda one: one.name)


@each
def test_names_of_fields_are_unique(collection: Collection) -> None:
    assert len(collection.by_name) == len(collection.fields)


@each
def test_documents_have_id_and_time(collection: Collection) -> None:
    assert (collection.by_name["id"].type, collection.by_name["@timestamp"].type) == ("keyword", "date")


@each
def test_mapping_is_strict_and_made_of_the_fields(collection: Collection) -> None:
    mapping = build_mapping(collection)
    assert mapping["dynamic"] == "strict"
    assert mapping["properties"].keys() == collection.by_name.keys()
    assert mapping["_meta"]["mapping_version"] == collection.version


@each
def test_words_without_field_are_looked_for_in_texts(collection: Collection) -> None:
    assert build_settings(collection)["query"]["default_field"] == list(collection.default_fields)
    assert {collection.by_name[name].type for name in collection.default_fields} == {"text"}


def test_a_name_means_the_same_type_wherever_it_stands() -> None:
    """People search alerts as they search articles, and Kibana puts them into one chart."""
    kinds: dict[str, set[str]] = {}
    for collection in COLLECTIONS:
        for field in collection.fields:
            kinds.setdefault(field.name, set()).add(field.type)
    assert {name for name, found in kinds.items() if len(found) > 1} == set()


def test_the_raw_value_of_a_dead_letter_is_in_no_field() -> None:
    assert "raw" not in DEAD_LETTERS.by_name


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        ("tocsin-articles", ["tocsin-articles", "tocsin-alerts", "tocsin-dead-letters"]),
        ("news", ["news", "news-alerts", "news-dead-letters"]),
        ("eu-articles", ["eu-articles", "eu-alerts", "eu-dead-letters"]),
    ],
)
def test_aliases_stand_beside_the_one_of_the_articles(articles: str, expected: list[str]) -> None:
    assert [alias_of(collection, articles) for collection in COLLECTIONS] == expected


def test_indices_of_one_collection_are_not_taken_for_anothers() -> None:
    alerts = current_index_name(alias_of(ALERTS, "news"), ALERTS)
    assert alerts == "news-alerts-v1"
    assert parse_index_name(alerts, alias_of(ARTICLES, "news")) is None
    assert parse_index_name(alerts, alias_of(ALERTS, "news")) == 1


def test_write_alias_is_no_index_name() -> None:
    assert parse_index_name(write_alias("tocsin-articles-v1")) is None


def test_collections_are_found_by_name() -> None:
    assert collection_named("alerts") is ALERTS
    assert collection_named("events") is None
