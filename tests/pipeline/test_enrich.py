"""The ordered list of extractors: one that fails costs its own results only; the same input gives the same bytes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import enrich as module
from pipeline.enrich import EXTRACTORS, Extractor, enrich, enrich_text, extract, read
from pipeline.findings import Document, Findings
from schemas.article import Article
from schemas.enrichment import EnrichedArticle
from schemas.fields import FIGURE_KINDS

TEXT = (
    "Police in Lima, Peru, detained 1,200 protesters on Monday, the interior ministry said. Nobody was killed. "
    "The European Union imposed sanctions on two Peruvian generals."
)
ARTICLE = Article(id="a", title="1,200 held", body=TEXT, observed_at=datetime(2026, 3, 2, tzinfo=UTC))


def _breaks(_document: Document, _found: Findings) -> Findings:
    raise RecursionError("too deep")


def _no_memory(_document: Document, _found: Findings) -> Findings:
    raise MemoryError


def test_each_extractor_adds_its_part() -> None:
    found = enrich(ARTICLE).enrichment
    assert {entity.type for entity in found.entities} >= {"organisation", "location"}
    assert (found.primary_country, found.countries[0]) == ("PE", "PE")
    assert (found.toll["detained"].best, found.toll["killed"].status) == (1200, "denied")
    assert found.sanctions.stage == "adopted"
    assert "mass_detention" in {event.type for event in found.events}
    assert found.failures == ()


def test_one_failing_extractor_costs_only_its_own_results() -> None:
    for broken in range(len(EXTRACTORS)):
        steps = list(EXTRACTORS)
        steps[broken] = Extractor(EXTRACTORS[broken].name, _breaks)
        found, failures = extract(read(ARTICLE), tuple(steps))
        assert [(failure.extractor, failure.error) for failure in failures] == [
            (EXTRACTORS[broken].name, "RecursionError: too deep")
        ]
        if EXTRACTORS[broken].name != "figures":
            assert found.toll["detained"].best == 1200


def test_lack_of_memory_is_not_recorded_but_raised() -> None:
    with pytest.raises(MemoryError):
        extract(read(ARTICLE), (Extractor("greedy", _no_memory),))


def test_a_language_that_is_not_read_is_named_and_not_guessed_at() -> None:
    german = Article(body="Bei der Demonstration in Berlin nahm die Polizei 400 Menschen fest.", language="de-AT")
    found = enrich(german).enrichment
    assert (found.language, found.figures, dict(found.toll)) == ("de", (), {})
    assert {failure.extractor for failure in found.failures} == {"figures", "events", "sanctions"}


@pytest.mark.parametrize(
    ("stated", "code"), [("EN", "en"), ("en_GB", "en"), ("english", None), ("", None), ("e1", None)]
)
def test_a_stated_language_counts_when_it_is_a_code(stated: str, code: str | None) -> None:
    assert read(Article(body="Zebra", language=stated)).language == code


def test_the_same_article_gives_the_same_bytes() -> None:
    assert enrich(ARTICLE).model_dump_json() == enrich(ARTICLE).model_dump_json()


def test_the_record_is_valid_and_keeps_the_article() -> None:
    record = enrich(ARTICLE, "backfill")
    again = EnrichedArticle.model_validate_json(record.model_dump_json())
    assert again == record
    assert (again.mode, again.body, again.id) == ("backfill", TEXT, "a")


def test_every_kind_has_a_toll_and_absent_is_not_zero() -> None:
    tolls = enrich(ARTICLE).enrichment.toll
    assert set(tolls) == set(FIGURE_KINDS)
    assert (tolls["missing"].status, tolls["missing"].best, tolls["killed"].best) == ("not_reported", None, 0)


def test_spans_of_the_bare_text_stay_in_the_text() -> None:
    record = enrich_text(TEXT, title="Ministers meet in Lima", published_at="not a date")
    for part in ("entities", "locations"):
        for item in record[part]:
            assert all(span["field"] == "body" for span in item["mentions"])
    assert any(figure["best"] == 1200 and figure["subset"] is False for figure in record["figures"])


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=400), st.text(max_size=80))
def test_no_text_makes_an_extractor_fail(body: str, title: str) -> None:
    document = read(Article.model_construct(title=title, body=body))
    _, failures = extract(document)
    assert all("is not read" in failure.error for failure in failures)


def test_the_version_is_in_the_record() -> None:
    assert enrich(ARTICLE).enrichment.provenance.pipeline == module.PIPELINE_VERSION
