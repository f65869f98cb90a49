"""Screening, from the text to the match with its reasons; cases: tests/data/lists/screening.jsonl, pairs.jsonl."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.enrich import enrich, enrich_text, setup
from pipeline.findings import Document, Findings
from pipeline.lists import Screener, match
from pipeline.lists.compiling import VersionedList, compile_lists
from pipeline.lists.formats import detect, read_items
from pipeline.lists.index import BrokenIndexError, ListIndex
from pipeline.lists.model import Source
from pipeline.lists.romanise import romanise
from pipeline.lists.skeleton import skeleton, vowels_agree
from pipeline.lists.tokens import tokenise_name
from pipeline.text import analyse
from schemas.article import Article
from schemas.enrichment import EnrichedArticle
from schemas.lists import ListEntry, ListVersion

DATA = Path(__file__).parents[2] / "data" / "lists"
SNAPSHOT = date(2026, 2, 1)


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()]


def version(list_id: str = "sample", entries: int = 0) -> ListVersion:
    return ListVersion(
        list=list_id,
        id="2026-02-01-000000000000",
        snapshot=SNAPSHOT,
        sha256="0" * 64,
        format="csv",
        entries=entries,
        parts=1,
        imported_at=datetime(2026, 2, 2, tzinfo=UTC),
    )


def entries() -> list[ListEntry]:
    source = Source("entries.csv", lambda: [(DATA / "entries.csv").read_bytes()])
    return [e for e in read_items(detect([source]), [source], "sample") if isinstance(e, ListEntry)]


@pytest.fixture(scope="module")
def screener() -> Screener:
    return Screener(ListIndex(compile_lists([VersionedList(version(), entries())])))


def screened(screener: Screener, text: str, published: str | None = None, title: str | None = None) -> EnrichedArticle:
    return enrich(Article.model_validate({"body": text, "published_at": published, "title": title}), screener=screener)


@pytest.mark.parametrize("case", lines("screening.jsonl"), ids=lambda case: case["why"])
def test_listed_names_are_found_where_they_are_meant(case: dict[str, Any], screener: Screener) -> None:
    record = screened(screener, case["text"], case.get("published")).enrichment
    assert "lists" not in {failure.extractor for failure in record.failures}
    found = record.sanctions.list_matches
    assert [[one.entry_id, case["text"][one.span.start : one.span.end]] for one in found] == case["match"]
    if "reason" in case:
        assert case["reason"] in found[0].why
    if "rejected" in case:
        assert any(case["rejected"] in one.reason for one in record.rejected if one.considered_as == "list_match")


@pytest.mark.parametrize("case", lines("pairs.jsonl"), ids=lambda case: f"{case['a']} | {case['b']}")
def test_names_are_compared(case: dict[str, Any]) -> None:
    assert match(case["a"], case["b"], case["schema"]) is case["match"]
    assert match(case["b"], case["a"], case["schema"]) is case["match"]


def test_a_match_names_list_entry_snapshot_and_reasons(screener: Screener) -> None:
    (found,) = screened(screener, "Washington imposed sanctions on Orvo Kaldery.").enrichment.sanctions.list_matches
    assert (found.list, found.entry_id, found.snapshot, found.name) == ("sample", "P1", SNAPSHOT, "Orvo KALDERY")
    assert "alias of a person, Orvo Tamsin KALDERI;" in found.why and "all 2 words match: orvo kaldery" in found.why
    assert 0.8 < found.score <= 1


def test_a_name_in_the_title_counts_there(screener: Screener) -> None:
    record = screened(screener, "He was seen in the harbour.", title="Orvo Kaldery is back")
    (found,) = record.enrichment.sanctions.list_matches
    assert found.span.field == "title"


def test_the_record_names_the_lists_that_were_searched(screener: Screener) -> None:
    data = screened(screener, "Nothing.").enrichment.provenance.data
    assert data["lists"] == "sample@2026-02-01-000000000000"


def test_without_lists_the_record_is_as_it_was() -> None:
    article = Article(body="Orvo Kaldery was sanctioned by Washington.")
    assert enrich(article, screener=Screener()) == enrich(article)


def test_screening_is_the_same_every_time(screener: Screener) -> None:
    text = " ".join(case["text"] for case in lines("screening.jsonl"))
    assert screened(screener, text) == screened(screener, text)


def test_a_higher_threshold_matches_less(screener: Screener) -> None:
    text = "Radovan Kurdyanov opened the fair in Murmansk."
    assert screened(screener, text).enrichment.sanctions.list_matches
    assert not screened(Screener(screener.index, threshold=0.99), text).enrichment.sanctions.list_matches


def test_bare_entries_screen_the_texts_of_a_scorer() -> None:
    setup([{"id": "x:1", "source": "x", "schema": "Person", "name": "Orvo Kalderi", "aliases": []}])
    try:
        record = enrich_text("They met Orvo Kalderi.")
        assert [one["entry_id"] for one in record["sanctions"]["list_matches"]] == ["x:1"]
    finally:
        setup([])
    assert enrich_text("They met Orvo Kalderi.")["sanctions"]["list_matches"] == []


def test_equal_lists_compile_to_equal_bytes() -> None:
    made = [compile_lists([VersionedList(version(), entries())]) for _ in range(2)]
    assert made[0] == made[1]


@pytest.mark.parametrize("cut", [0, 10, 300, -8])
def test_a_damaged_index_is_refused(cut: int) -> None:
    data = compile_lists([VersionedList(version(), entries())])
    with pytest.raises(BrokenIndexError):
        ListIndex(data[:cut])


def test_a_name_is_found_in_a_stretch_of_capitals_longer_than_any_name(screener: Screener) -> None:
    text = "THE HARBOUR AUTHORITY SAYS " * 20 + "ORVO TAMSIN KALDERI " + "LEFT WITH HIS AIDES AT NOON " * 20
    (found,) = screened(screener, text).enrichment.sanctions.list_matches
    assert text[found.span.start : found.span.end] == "ORVO TAMSIN KALDERI"


@pytest.mark.parametrize("text", ["They met Orvo Kaldery.", "Kormutsk pays.", "Abd al Rahman Muhammad Zelkhani came."])
def test_words_that_may_be_a_listed_name_are_looked_at(screener: Screener, text: str) -> None:
    assert screener.may_match(Document(title=analyse("", "title"), body=analyse(text, "body")))


@pytest.mark.parametrize(
    "text",
    ["Orvo met the others in Lisbon, and Kaldery was there.", "Tamsin", "the Kings of the North and of the South"],
)
def test_words_of_grammar_and_one_word_of_a_persons_name_are_passed_over(text: str) -> None:
    rhymer = ListEntry.model_validate(
        {"list": "sample", "id": "P9", "type": "person", "names": [{"name": "The Rhymer of Tamsin", "kind": "alias"}]}
    )
    screener = Screener(ListIndex(compile_lists([VersionedList(version(), [*entries(), rhymer])])))
    assert not screener.may_match(Document(title=analyse("", "title"), body=analyse(text, "body")))


@given(st.text(max_size=300))
def test_any_text_can_be_screened(screener: Screener, text: str) -> None:
    text = text if text.strip() else "-"
    for found in screened(screener, text).enrichment.sanctions.list_matches:
        assert 0 <= found.span.start < found.span.end <= len(text)


@given(st.text(max_size=40), st.text(max_size=40))
def test_comparing_names_does_not_depend_on_their_order(a: str, b: str) -> None:
    assert match(a, b, "Person") == match(b, a, "Person")


def test_an_article_of_one_listed_name_over_and_over_is_bounded(screener: Screener) -> None:
    found = screened(screener, "Orvo Kaldery. " * 1_000).enrichment.sanctions.list_matches
    assert len(found) == 200


def test_a_hostile_text_is_given_up_on_and_not_read_for_ever(screener: Screener) -> None:
    text = analyse("Orvo Kaldery. " * 30_000, "body")
    found = screener(Document(title=analyse("", "title"), body=text), Findings())
    assert len(found.sanctions.list_matches) == 200


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [("muhammad", "mohamed", True), ("hassan", "hussein", False), ("usama", "osama", True), ("aiman", "eyman", True)],
)
def test_spellings_share_a_skeleton_and_names_differ_in_vowels(one: str, other: str, agree: bool) -> None:
    a, b = skeleton(one), skeleton(other)
    assert a.key == b.key and vowels_agree(a, b) is agree


def test_scripts_are_romanised() -> None:
    assert romanise("Щербаков") == "shcherbakov"
    assert romanise("عمر") == "mr"
    assert tokenise_name("ПУТИН Владимир", "person").core == ("putin", "vladimir")
