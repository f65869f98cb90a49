"""What is read of an article for some fields makes these fields as the whole article does, or says what is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from agents.bench.corpus import articles
from pipeline.document import part_of_document, to_document
from pipeline.document_fields import MADE
from pipeline.document_view import ArticleViews
from pipeline.enrich import enrich
from pipeline.outline import ArticleReader, outline_of, read_whole
from pipeline.query import view
from schemas.enrichment import EnrichedArticle
from schemas.fields import BY_NAME
from tests.pipeline.record_strategy import records

READERS = {name: (ArticleReader({name}), ArticleViews({name})) for name in MADE}
EVERYTHING = ArticleReader(MADE.keys() - {"extra"}), ArticleViews(MADE.keys())
FULL = Path(__file__).parents[1] / "data/index/full_article.json"
ASKED = frozenset({"published_at", "revision", "countries", "toll.killed.best", "people"})
READER, OUTLINE = ArticleReader(ASKED), outline_of(ASKED)
NOW = 1_770_000_000_000


def least(**changes: Any) -> bytes:
    values = {"id": "a", "body": "Fire.", "observed_at": "2026-03-01T10:00:00Z", "enrichment": {}} | changes
    if isinstance(values["enrichment"], dict):
        values["enrichment"] = {"provenance": {"pipeline": "1"}} | values["enrichment"]
    return json.dumps(values).encode()


def read_by(read: Callable[[bytes], EnrichedArticle], raw: bytes) -> object:
    """Document of the asked fields; None when it is refused."""
    try:
        return part_of_document(read(raw), sorted(ASKED))
    except ValidationError:
        return None


def assert_fields_are_those_of_the_whole(article: EnrichedArticle, names: Any = MADE) -> None:
    raw, document = article.model_dump_json().encode(), to_document(article)
    for name in names:
        reader, views = READERS[name]
        found = reader.read(raw)
        expected = {name: document[name]} if name in document else {}
        assert part_of_document(found, [name]) == expected
        assert views.view(found, NOW) == view(document, NOW, {name})
    reader, views = EVERYTHING
    assert views.view(reader.read(raw), NOW) == view(document, NOW)
    assert to_document(read_whole(raw)) == document


@pytest.mark.parametrize("article", list(articles(3, words=400)), ids=lambda article: article.id)
def test_each_field_alone_and_all_are_as_in_the_document(article: Any) -> None:
    enriched = enrich(article)
    found = enriched.enrichment
    assert found.entities and found.locations and found.figures and found.events and found.sanctions.mentions
    assert_fields_are_those_of_the_whole(enriched)


def test_each_field_of_an_article_that_has_them_all_is_as_in_the_document() -> None:
    assert_fields_are_those_of_the_whole(EnrichedArticle.model_validate_json(FULL.read_bytes()))


@settings(max_examples=30)
@given(article=records(EnrichedArticle), names=st.lists(st.sampled_from(sorted(MADE)), max_size=3))
def test_any_article_that_can_be_written_gives_its_document(article: EnrichedArticle, names: list[str]) -> None:
    assert_fields_are_those_of_the_whole(article, names)


def test_a_registry_field_without_a_maker_does_not_exist() -> None:
    assert list(MADE) and MADE.keys() == BY_NAME.keys()


LAX = [
    ("published_at", "2026-03-01"),
    ("published_at", "2026-03-01T12:00:00+05:00"),
    ("published_at", "2026-03-01T12:00:00.9999999Z"),
    ("published_at", "2026-03-01T12:00:00"),
    ("published_at", 1_772_366_400),
    ("revision", "3"),
    ("revision", 3.0),
    ("schema_version", "1.7"),
    ("desk", {"editor": "night"}),
]


@pytest.mark.parametrize(("name", "value"), LAX)
def test_json_that_pydantic_takes_is_taken_though_no_record_is_written_so(name: str, value: Any) -> None:
    raw = least(**{name: value})
    document = to_document(EnrichedArticle.model_validate_json(raw))
    found = ArticleReader({"published_at", "revision", "extra"}).read(raw)
    assert part_of_document(found, ["published_at", "revision", "extra"]).items() <= document.items()
    assert to_document(read_whole(raw)) == document


WRONG: list[tuple[str, Any]] = [
    ("id", ""),
    ("id", 7),
    ("body", None),
    ("published_at", "yesterday"),
    ("published_at", "0001-01-01T00:00:00+05:00"),
    ("schema_version", "2.0"),
    ("schema_version", "10"),
    ("revision", -1),
    ("enrichment", None),
    ("enrichment", {"countries": 7}),
    ("enrichment", {"countries": ["kz"]}),
    ("enrichment", {"countries": ["KZ\n"]}),
    ("enrichment", {"toll": {"killed": {"best": 3}}}),
    ("enrichment", {"toll": {"slain": {"status": "stated"}}}),
    ("enrichment", {"entities": [{"type": "person", "name": 1}]}),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_what_is_asked_for_is_checked(name: str, value: Any) -> None:
    with pytest.raises(ValidationError, match=name):
        READER.read(least(**{name: value}))


NO_ARTICLES = [
    least(body=" \n"),
    b"",
    b"{",
    b"[]",
    b"7",
    least() + b"x",
    b'{"id": "a", "body": "x"}',
    b'{"body": "\xff"}',
]


@pytest.mark.parametrize("raw", NO_ARTICLES)
def test_what_is_no_article_is_refused(raw: bytes) -> None:
    for read in (ArticleReader(frozenset()).read, read_whole):
        with pytest.raises(ValidationError):
            read(raw)


def test_what_is_not_asked_for_is_not_checked() -> None:
    raw = least(revision="many", enrichment={"countries": ["KZ"], "figures": 7, "locations": [{"name": 1}]})
    assert ArticleReader({"countries"}).read(raw).enrichment.countries == ("KZ",)
    with pytest.raises(ValidationError):
        read_whole(raw)


def test_wrong_encoding_is_refused_wherever_it_stands() -> None:
    raw = least(summary="?").replace(b"?", b"\xff")
    with pytest.raises(ValidationError):
        ArticleReader(frozenset()).read(raw)


@settings(max_examples=60)
@given(
    article=records(EnrichedArticle),
    path=st.sampled_from(
        ["id", "body", "published_at", "enrichment", "enrichment.countries", "enrichment.toll", "enrichment.entities"]
    ),
    value=st.one_of(st.none(), st.integers(), st.text(max_size=3), st.lists(st.integers(), max_size=1), st.booleans()),
)
def test_what_is_read_is_what_pydantic_would_read(article: EnrichedArticle, path: str, value: Any) -> None:
    data = article.model_dump(mode="json")
    *above, last = path.split(".")
    (data["enrichment"] if above else data)[last] = value
    raw = json.dumps(data).encode()
    assert read_by(READER.read, raw) == read_by(OUTLINE.model_validate_json, raw)
