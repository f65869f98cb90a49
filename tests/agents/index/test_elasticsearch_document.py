"""Documents for the server, and back."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.index import IndexDocument
from agents.index.checks import searchable_values
from agents.index.elasticsearch.document import from_source, index_mapping, is_tombstone, to_source
from pipeline.query.canon import DocumentError
from schemas.fields import BY_NAME

TIME = {"@timestamp": "2026-03-01T00:00:00.000Z"}
texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(["", "…", "x" * 1100])
bodies = st.fixed_dictionaries(
    {},
    optional={
        "title": texts,
        "url": texts,
        "tags": st.lists(texts, max_size=4),
        "revision": st.integers(-(2**63) + 1, 2**63 - 1),
        "sanctions.flagged": st.booleans(),
        "published_at": st.sampled_from(["2026-03-01", "20260301T10+02:00", "2026-03-01T00:00:00.000Z", "2026-01-01Z"]),
        "extra": st.dictionaries(texts, texts | st.none() | st.integers(-5, 5), max_size=3),
        "points": st.lists(st.fixed_dictionaries({"lat": st.floats(-90, 90), "lon": st.floats(-180, 180)}), max_size=2),
    },
)


def source_of(body: dict[str, Any], **fields: Any) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(to_source(IndexDocument(id="a", version=1, body=TIME | body, **fields)))
    return found


@given(bodies)
def test_any_document_comes_back_as_it_was_written(body: dict[str, Any]) -> None:
    try:
        source = source_of(body)
    except DocumentError:
        with pytest.raises(DocumentError):
            searchable_values(IndexDocument(id="a", version=1, body=TIME | body))
        return
    assert from_source(source) == TIME | body
    assert not is_tombstone(source)


@given(bodies)
def test_what_is_sent_is_what_can_be_found(body: dict[str, Any]) -> None:
    try:
        found = searchable_values(IndexDocument(id="a", version=1, body=TIME | body))
    except DocumentError:
        return
    sent = {name for name in source_of(body) if name in BY_NAME and BY_NAME[name].searchable}
    assert sent == found.keys()


def test_ordinary_document_is_sent_as_it_is() -> None:
    body = {"title": "Flood", "tags": ["a", "B"], "revision": 0, "sanctions.flagged": False}
    assert source_of(body) == TIME | body | {"document_id": "a"}


def test_what_nobody_can_find_is_kept_aside() -> None:
    source = source_of({"title": "…", "tags": ["", "x"], "published_at": "2026-03-01T01:00+01:00"})
    assert "title" not in source
    assert source["tags"] == ["x"]
    assert source["published_at"] == "2026-03-01T00:00:00.000Z"
    assert orjson.loads(source["original"]) == {
        "title": "…",
        "tags": ["", "x"],
        "published_at": "2026-03-01T01:00+01:00",
    }


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (IndexDocument(id="a", version=-1, body=TIME), "negative"),
        (IndexDocument(id="a", version=1, body={"title": "x"}), "no @timestamp"),
        (IndexDocument(id="a", version=1, body={"@timestamp": [TIME["@timestamp"]] * 2}), "no @timestamp"),
        (IndexDocument(id="a", version=1, body=TIME | {"extra": {"x": object()}}), "as JSON"),
        (IndexDocument(id="a", version=1, body=TIME | {"title": "\ud800"}), "title is a text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_document_that_no_index_takes_is_refused(document: IndexDocument, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        to_source(document)


def test_engines_own_fields_are_beside_those_of_the_registry() -> None:
    assert index_mapping()["properties"].keys() - BY_NAME.keys() == {"document_id", "original"}


def test_document_without_time_is_a_tombstone() -> None:
    assert is_tombstone({})
