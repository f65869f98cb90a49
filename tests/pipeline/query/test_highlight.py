"""Snippets mark what the query found, and show the stretch that holds most of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.query import compile_predicate, parse, view
from pipeline.query.highlight import READ_CHARS, SNIPPET_CHARS, Snippet, find_marks, highlight
from tests.pipeline.query.generate import ODD_TEXT, WORDS, queries


def marked(query: str, text: str, field: str = "body") -> list[str]:
    return [text[start:end] for start, end in find_marks(parse(query), field, text)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("flood", ["Flood", "flood"]),
        ("body:flood", ["Flood", "flood"]),
        ("title:flood", []),
        ("flo*", ["Flood", "flooded", "flood"]),
        ('"city flood"', ["city, flood"]),
        ("flood AND city", ["Flood", "city", "flood"]),
        ("flood AND NOT city", ["Flood", "flood"]),
        ('"flooded the" OR the', ["flooded the"]),
        ("countries:KZ AND revision:>1 AND _exists_:url", []),
        ("*:*", []),
    ],
)
def test_marks(query: str, expected: list[str]) -> None:
    assert marked(query, "Flood: rivers flooded the city, flood follows.") == expected


def test_nothing_found_gives_no_snippet() -> None:
    assert highlight(parse("quake"), "body", "A flood.") is None


def test_short_text_is_shown_whole() -> None:
    assert highlight(parse("flood"), "body", "A flood.") == Snippet("A flood.", 0, ((2, 7),))


def test_stretch_with_most_marks_is_shown_between_words() -> None:
    text = (
        "flood " + "filler words here " * 60 + "then a flood and a quake and a flood came " + "again some filler " * 60
    )
    snippet = highlight(parse("flood quake"), "body", text)
    assert snippet is not None
    assert [snippet.text[start:end] for start, end in snippet.marks] == ["flood", "quake", "flood"]
    assert text[snippet.start - 1] == " "
    assert text[snippet.start + len(snippet.text)] == " "


def test_capital_that_would_grow_in_lower_case_moves_no_mark() -> None:
    assert marked("flood", "İİİ İstanbul flood") == ["flood"]


def test_only_the_beginning_of_a_huge_text_is_read() -> None:
    assert highlight(parse("flood"), "body", "x " * READ_CHARS + "flood") is None


@given(queries(), st.lists(st.sampled_from([*WORDS, *ODD_TEXT, "filler " * 20]), max_size=40).map(" ".join))
def test_snippet_is_a_stretch_of_the_text_with_its_marks_inside(query: str, text: str) -> None:
    snippet = highlight(parse(query), "body", text)
    if snippet is None:
        return
    assert text[snippet.start : snippet.start + len(snippet.text)] == snippet.text
    assert snippet.marks
    ends = [0, *(place for mark in snippet.marks for place in mark), len(snippet.text)]
    assert ends == sorted(ends)
    assert len(snippet.text) <= SNIPPET_CHARS or snippet.marks[0][1] - snippet.marks[0][0] > SNIPPET_CHARS // 2


@given(st.sampled_from([*WORDS, "fl*", '"mass arrests"']), st.lists(st.sampled_from(WORDS), max_size=10).map(" ".join))
def test_what_matches_is_marked(query: str, text: str) -> None:
    matched = compile_predicate(parse(query))(view({"body": text}))
    assert bool(marked(query, text)) == matched
