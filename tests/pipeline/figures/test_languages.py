"""Figures in Spanish, French and Russian; a language is read only when it is stated or told, never guessed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.enrich import enrich
from pipeline.figures import LANGUAGES
from pipeline.findings import Findings
from schemas.article import Article
from tests.pipeline.figures.test_find_figures import find, written

DATA = Path(__file__).parents[2] / "data" / "figures"
FILES = {"es": "spanish.jsonl", "fr": "french.jsonl", "ru": "russian.jsonl"}


def _cases() -> list[Any]:
    return [
        pytest.param(language, case, id=f"{language}: {case['text'][:50]}")
        for language, file in FILES.items()
        for case in map(json.loads, (DATA / file).read_text("utf-8").splitlines())
    ]


@pytest.mark.parametrize(("language", "case"), _cases())
def test_sentence_gives_exactly_its_figures(language: str, case: dict[str, Any]) -> None:
    assert [written(figure) for figure in find(case["text"], language=language).figures] == case["figures"]


@pytest.mark.parametrize("language", FILES)
def test_language_has_sixty_cases_or_more(language: str) -> None:
    assert len((DATA / FILES[language]).read_text("utf-8").splitlines()) >= 60


@pytest.mark.parametrize("language", FILES)
def test_names_of_a_tagger_that_learnt_english_change_nothing(language: str) -> None:
    for case in map(json.loads, (DATA / FILES[language]).read_text("utf-8").splitlines()):
        record = enrich(Article(body=case["text"], language=language)).enrichment
        assert [written(figure) for figure in record.figures] == case["figures"], case["text"]


def test_languages_are_those_with_a_lexicon() -> None:
    assert {"en", "es", "fr", "ru"} == LANGUAGES


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_any_text_is_read_without_error(language: str) -> None:
    for case in _cases():
        assert isinstance(find(case.values[1]["text"], language=language), Findings)


def _failed(article: Article) -> dict[str, str]:
    return {failure.extractor: failure.error for failure in enrich(article).enrichment.failures}


def test_language_without_a_lexicon_is_named_and_not_guessed() -> None:
    article = Article(body="Bei dem Anschlag wurden 12 Menschen getötet.", language="de")
    record = enrich(article).enrichment
    assert not record.figures
    assert "figures" in _failed(article)


@pytest.mark.parametrize(
    "body",
    [
        "Die Polizei nahm 12 Demonstranten fest, die verletzt wurden.",
        "A polícia deteve 45 manifestantes em Lisboa e libertou três.",
        "قُتل 12 شخصا وأصيب 30 آخرون في انفجار.",
        "Внаслідок вибуху загинули 12 людей, ще 30 поранені.",
    ],
)
def test_text_too_short_to_tell_its_language_is_not_taken_for_english(body: str) -> None:
    record = enrich(Article(body=body)).enrichment
    assert record.language is None
    assert not record.figures
    assert "figures" in _failed(Article(body=body))


def test_short_english_is_read_though_its_language_is_not_certain() -> None:
    record = enrich(Article(body="", title="12 miners killed, 30 missing")).enrichment
    assert record.language is None
    assert [(figure.kind, figure.best) for figure in record.figures] == [("killed", 12), ("missing", 30)]


def test_stated_language_is_read_with_its_own_words() -> None:
    article = Article(body="Murieron 12 personas.", language="es-MX")
    assert [(f.kind, f.best) for f in enrich(article).enrichment.figures] == [("killed", 12)]


def test_spanish_words_in_an_english_article_are_no_figures() -> None:
    assert not find("The banner said: murieron 12 personas.").figures


def test_russian_text_is_told_by_its_words() -> None:
    body = (
        "В результате взрыва на рынке погибли 12 человек, ещё 30 были ранены, как сообщил во вторник министр. "
        "Он сказал, что пожар уже потушен и что причина пока не известна."
    )
    figures = enrich(Article(body=body)).enrichment.figures
    assert [(f.kind, f.best) for f in figures] == [("killed", 12), ("injured", 30)]
