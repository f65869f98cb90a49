"""The index document of an article: flat, complete, readable, and the same as mapping and registry."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.document import document_version, pipeline_rank, to_document
from pipeline.enrich import PIPELINE_VERSION
from pipeline.query import view
from schemas.enrichment import EnrichedArticle
from schemas.fields import FIELDS, FIGURE_KINDS
from schemas.mapping import build_mapping

FULL = Path(__file__).parents[1] / "data/index/full_article.json"


def article(**changes: Any) -> EnrichedArticle:
    least = {
        "id": "a1",
        "title": "Flood",
        "observed_at": "2026-03-01T10:00:00.250Z",
        "enrichment": {"provenance": {"pipeline": "1"}},
    }
    return EnrichedArticle.model_validate(least | changes)


def full_article() -> EnrichedArticle:
    """Every list of the record has a member, every kind of figure is reported."""
    data = json.loads(FULL.read_text("utf-8"))
    toll = {"status": "stated", "low": 10, "best": 10, "high": 20, "supported_by": [0], "disputed": False}
    data["enrichment"]["toll"] = dict.fromkeys(FIGURE_KINDS, toll)
    return EnrichedArticle.model_validate(data)


def test_full_article_fills_every_field_of_the_registry_and_no_other() -> None:
    assert sorted(to_document(full_article())) == sorted(field.name for field in FIELDS)


def test_mapping_has_the_fields_of_the_registry() -> None:
    assert set(build_mapping()["properties"]) == {field.name for field in FIELDS}


def test_every_searchable_field_of_a_full_document_can_be_queried() -> None:
    assert view(to_document(full_article())).present == {field.name for field in FIELDS if field.searchable}


def test_document_is_plain_json() -> None:
    document = to_document(full_article())
    assert json.loads(json.dumps(document, allow_nan=False)) == document


def test_fields_of_several_values_are_lists_and_others_are_not() -> None:
    document = to_document(full_article())
    for field in FIELDS:
        assert isinstance(document[field.name], list) == field.multi, field.name


def test_least_article_has_what_is_known_and_nothing_else() -> None:
    assert to_document(article()) == {
        "id": "a1",
        "@timestamp": "2026-03-01T10:00:00.250Z",
        "observed_at": "2026-03-01T10:00:00.250Z",
        "title": "Flood",
        "revision": 0,
        "mode": "live",
        "sanctions.flagged": False,
        "pipeline": "1",
    }


def test_time_of_publication_comes_before_time_of_observation() -> None:
    document = to_document(article(published_at="2026-02-28T23:30:00+02:00"))
    assert document["@timestamp"] == document["published_at"] == "2026-02-28T21:30:00.000Z"


@pytest.mark.parametrize("missing", ["id", "observed_at"])
def test_article_that_was_not_completed_is_refused(missing: str) -> None:
    with pytest.raises(ValueError, match=missing):
        to_document(article(**{missing: None}))


def of_pipeline(version: str, **changes: Any) -> EnrichedArticle:
    return article(enrichment={"provenance": {"pipeline": version}}, **changes)


def test_later_observation_has_a_higher_version_whatever_the_pipeline() -> None:
    later = of_pipeline("0.1", observed_at="2026-03-01T10:00:00.251Z")
    assert document_version(later) > document_version(of_pipeline("99.99"))


def test_later_pipeline_has_a_higher_version_of_the_same_observation() -> None:
    order = ["0.1", "0.2", "0.10", "1", "1.1", "10.0"]
    versions = [document_version(of_pipeline(version)) for version in order]
    assert versions == sorted(set(versions))


def test_same_observation_by_the_same_pipeline_has_the_same_version() -> None:
    assert document_version(of_pipeline("0.1", title="Flood")) == document_version(of_pipeline("0.1", title="Fire"))


@pytest.mark.parametrize("version", ["", "beta", "1.2.3", "100", "-1", "0.100"])
def test_pipeline_that_has_no_number_comes_first(version: str) -> None:
    assert pipeline_rank(version) == 0


def test_this_pipeline_has_a_place() -> None:
    assert pipeline_rank(PIPELINE_VERSION) > 0


def test_version_at_the_end_of_time_fits_an_index() -> None:
    assert document_version(of_pipeline("99.99", observed_at="9999-12-31T23:59:59Z")) < 2**63


def test_text_without_a_word_is_left_out() -> None:
    assert "title" not in to_document(article(title="***", body="Flood"))


def test_figure_that_is_not_reported_is_left_out_and_a_denied_one_is_zero() -> None:
    toll = {"killed": {"status": "denied", "best": 0}, "injured": {"status": "not_reported"}}
    document = to_document(article(enrichment={"toll": toll, "provenance": {"pipeline": "1"}}))
    assert document["toll.killed.best"] == 0
    assert document["toll.killed.status"] == "denied"
    assert document["figures.kind"] == ["killed"]
    assert not any(name.startswith("toll.injured") for name in document)


def test_number_beyond_64_bits_is_left_out() -> None:
    toll = {"killed": {"status": "stated", "best": 2**63, "low": 1}}
    document = to_document(article(enrichment={"toll": toll, "provenance": {"pipeline": "1"}}))
    assert "toll.killed.best" not in document
    assert document["toll.killed.low"] == 1


def test_long_address_is_stored_although_it_is_not_searchable() -> None:
    address = "https://news.example/" + "x" * 2000
    document = to_document(article(url=address))
    assert document["url"] == address
    assert "url" not in view(document).present


def test_extra_is_no_deeper_than_the_index_takes() -> None:
    deep: Any = "bottom"
    for _ in range(40):
        deep = {"a": deep}
    extra = to_document(article(extra={"deep": deep, "list": [[[1]]], "n": float("nan"), "nul\0": 1}))["extra"]
    assert depth(extra) <= 11
    assert "bottom" in json.dumps(extra)
    assert extra["list"] == [[[1]]]
    assert extra["n"] is None
    assert "\0" not in "".join(extra)


def depth(value: Any) -> int:
    return 1 + max(map(depth, value.values()), default=0) if isinstance(value, dict) else 0
