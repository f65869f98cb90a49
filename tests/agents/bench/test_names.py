"""The comparison with spaCy measures both sides on the same articles, or says why it did not."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from agents.bench import names
from agents.bench.corpus import articles


class Pipeline:
    """Stands for a pipeline of spaCy: counts what it is given to read."""

    def __init__(self) -> None:
        self.meta = {"lang": "en", "name": "fake", "version": "1.0"}
        self.read: list[str] = []

    def pipe(self, texts: Iterable[str]) -> Iterator[Any]:
        for text in texts:
            self.read.append(text)
            yield SimpleNamespace(ents=())


def test_both_sides_read_every_article(monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline = Pipeline()
    monkeypatch.setattr(names, "load_spacy", lambda _name: pipeline)
    sample = list(articles(12, words=40))
    found = names.measure_spacy(sample)
    assert found["pipeline"] == "en_fake 1.0"
    assert found["articles"] == 12
    assert pipeline.read[-12:] == [f"{article.title}\n\n{article.body}" for article in sample]
    assert found["ms_enrichment"] > 0


@pytest.mark.models
def test_the_small_english_pipeline_is_measured_beside_enrichment() -> None:
    found = names.measure_spacy(list(articles(2, words=40)))
    assert found["pipeline"].startswith("en_core_web_sm")
    assert found["ms_spacy_names"] > 0
    ratio = found["ms_spacy_names"] / found["ms_enrichment"]
    assert found["enrichment_times_faster"] == pytest.approx(ratio, rel=0.02, abs=0.06)


def said_of_missing() -> str:
    """What the comparison says where no pipeline can be opened."""
    found = names.measure_spacy(list(articles(1, words=40)), ("no_such_pipeline", "nor_this"))
    assert list(found) == ["not_measured"]
    return str(found["not_measured"])


def test_a_missing_library_is_said_and_nothing_is_made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    assert "spaCy is not installed" in said_of_missing()


@pytest.mark.models
def test_a_missing_pipeline_is_said_and_nothing_is_made_up() -> None:
    assert "spaCy cannot load the pipeline 'nor_this'" in said_of_missing()
