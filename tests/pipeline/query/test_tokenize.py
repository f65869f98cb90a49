"""Words are those of Elasticsearch's standard analyzer."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.query.tokenize import _ASCII_WORD, _pattern, lower, word_run, word_set, word_spans, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("At least 7,939 dead (3.5%)", ["at", "least", "7,939", "dead", "3.5"]),
        ("The U.S. and the E.U.", ["the", "u.s", "and", "the", "e.u"]),
        ("Khamenei's aide can't", ["khamenei's", "aide", "can't"]),
        ("Khamenei’s ‘aide’", ["khamenei’s", "aide"]),
        ("anti-war co_op a:b x@y.example", ["anti", "war", "co_op", "a:b", "x", "y.example"]),
        ("5a a5 5.a a.5 1,a", ["5a", "a5", "5", "a", "a", "5", "1", "a"]),
        ("_ __ _x_", ["_x_"]),
        ("don''t it.. 3..5", ["don", "t", "it", "3", "5"]),
        ("1\u202f200 morts", ["1\u202f200", "morts"]),
        ("中国人民", ["中", "国", "人", "民"]),
        ("ひらがな カタカナ", ["ひ", "ら", "が", "な", "カタカナ"]),
        ("한국어 뉴스", ["한국어", "뉴스"]),
        ("ภาษาไทย ลาว", ["ภาษาไทย", "ลาว"]),
        ("צה\"ל ג'", ['צה"ל', "ג'"]),
        ("e\u0301tude", ["e\u0301tude"]),
        ("🇰🇿🇷🇺 👍🏽 👨\u200d👩\u200d👧", ["🇰🇿", "🇷🇺", "👍🏽", "👨\u200d👩\u200d👧"]),
        ("İSTANBUL ΟΔΟΣ", ["istanbul", "οδοσ"]),
        ("سلام عليكم", ["سلام", "عليكم"]),
        ("", []),
        ("… — !", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_long_run_is_cut_as_lucene_cuts_it() -> None:
    assert [len(word) for word in words("x" * 600)] == [255, 255, 90]
    assert [len(word) for word in words("\U00010400" * 200)] == [127, 73]


def test_long_runs_of_hostile_text_are_read_in_one_go() -> None:
    for unit in ("_", "a1", "a'", "1,", "カ_", "a\u0301", "_カ", "🇰"):
        assert len(words(unit * 100_000 + "!")) <= 200_000


@given(st.text())
def test_spans_are_where_the_words_are(text: str) -> None:
    spans = list(word_spans(text))
    assert [word.text for word in spans] == words(text)
    assert all(lower(text)[word.start : word.end] == word.text for word in spans)
    assert all(left.end <= right.start for left, right in pairwise(spans))


@given(st.one_of(st.text(), st.text("aB1_.,:;'\"’-!( \n\t\x85\u2003\u202féΣİ中ひカ\u0e01\u0301\u200d☎\ufe0fה🇰")))
def test_set_and_run_are_those_of_the_words(text: str) -> None:
    assert word_set(text) == set(words(text))
    assert word_run(text) == f" {' '.join(words(text))} "


def test_set_and_run_are_cut_in_long_runs_and_many_scripts_too() -> None:
    for text in (
        "x" * 600,
        f"a {'x' * 600} b",
        "\U00010400" * 200,
        f"{'y' * 300}, z",
        " ".join(f"d{i},é — x" for i in range(200)),
    ):
        assert word_set(text) == set(words(text))
        assert word_run(text) == f" {' '.join(words(text))} "


@given(st.text())
def test_lower_case_keeps_every_place(text: str) -> None:
    assert len(lower(text)) == len(text)


@given(st.text())
def test_words_hold_no_blank_and_stay_the_same_when_read_again(text: str) -> None:
    found = words(text)
    assert not any(re.search(r"[ \t\r\n]", word) for word in found)
    assert all(words(word) == [word] for word in found if len(word) < 100)


@given(st.text("ab1_.,:;'\"-! \n"))
def test_narrow_pattern_for_ascii_says_the_same(text: str) -> None:
    assert _ASCII_WORD.findall(text) == _pattern(0xFFFF).findall(text) == _pattern(0x10FFFF).findall(text)


@given(st.text("a1_.,:'\"’éж中ひカ\u0e01\u0301\u200d☎\ufe0fה "))
def test_narrow_pattern_for_plane_0_says_the_same(text: str) -> None:
    assert _pattern(0xFFFF).findall(text) == _pattern(0x10FFFF).findall(text)
