"""How texts are cut: cases are in tests/data/text, laws are hypothesis properties."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.text import Text, analyse, dateline, language
from pipeline.text.tokens import LONGEST

DATA = Path(__file__).parents[2] / "data" / "text"


def cases(name: str) -> list[Any]:
    loaded: list[Any] = json.loads((DATA / f"{name}.json").read_text("utf-8"))
    return loaded


@pytest.mark.parametrize("case", cases("sentences"), ids=lambda case: case["case"])
def test_text_is_cut_into_sentences(case: dict[str, Any]) -> None:
    text = analyse(case["text"])
    assert [text.slice(sentence) for sentence in text.sentences] == case["sentences"]


@pytest.mark.parametrize("case", cases("tokens"), ids=lambda case: case["text"])
def test_text_is_cut_into_tokens(case: dict[str, Any]) -> None:
    assert [token.text for token in analyse(case["text"]).tokens] == case["tokens"]


@pytest.mark.parametrize("case", cases("datelines"), ids=lambda case: case["text"][:40])
def test_dateline_is_recognised_by_its_form(case: dict[str, Any]) -> None:
    found = dateline(analyse(case["text"]))
    place = found and case["text"][found.start : found.end]
    assert (place, found and found.agency) == (case["place"], case["agency"])


def test_dateline_says_where_the_first_sentence_begins() -> None:
    raw = "LIMA, Peru (Wire) -- The port reopened."
    found = dateline(analyse(raw))
    assert found is not None
    assert raw[found.body_start :] == "The port reopened."


@pytest.mark.parametrize("case", cases("languages"), ids=lambda case: f"{case['language']} {case['text'][:20]}")
def test_language_is_told_or_left_open(case: dict[str, Any]) -> None:
    assert language(analyse(case["text"])) == case["language"]
    assert language(case["text"]) == case["language"]


def test_lower_form_has_straight_apostrophes_and_hyphens_and_no_invisible_characters() -> None:
    assert [token.lower for token in analyse("O’Brien Al‑Nur so\u00adft").tokens] == ["o'brien", "al-nur", "soft"]


MARKS = st.sampled_from(
    [*" .\n\n\"'()?!,-—:;“”’。؟।\r\t1234567890", "U.S.", "Mr", "The", "the", "\u0301", "-", "http://", "a"]
)
RAW = st.one_of(st.text(), st.lists(MARKS).map("".join), st.lists(st.one_of(MARKS, st.text(max_size=4))).map("".join))


def covered(text: Text) -> str:
    return "".join(text.raw[token.start : token.end] for token in text.tokens)


@given(RAW)
@example("1,1,1,1,1,1a1")
@example("\u0301\u0301")
@example("a.\n\n.b")
def test_tokens_cover_every_character_that_is_not_white_space(raw: str) -> None:
    text = analyse(raw)
    assert "".join(covered(text).split()) == "".join(raw.split())
    assert all(token.text == raw[token.start : token.end] and token.text for token in text.tokens)
    assert all(left.end <= right.start for left, right in itertools.pairwise(text.tokens))


@pytest.mark.parametrize("length", [LONGEST - 1, LONGEST, LONGEST + 1, 3 * LONGEST, 3 * LONGEST + 1])
@pytest.mark.parametrize("spaces", [" ", " " * (2 * LONGEST)])
def test_no_token_is_longer_than_the_limit_and_offsets_hold_behind_it(length: int, spaces: str) -> None:
    text = analyse(f"Ada{spaces}{'x' * length}{spaces}sleeps.")
    assert max(len(token.text) for token in text.tokens) <= LONGEST
    assert all(token.text == text.raw[token.start : token.end] for token in text.tokens)
    assert "".join(covered(text).split()) == "".join(text.raw.split())
    assert text.tokens[-2].text == "sleeps"


@given(RAW)
@example("Dr.\nA")
@example('."\n"')
def test_every_token_is_in_exactly_one_sentence(raw: str) -> None:
    text = analyse(raw)
    bounds = [0, *(sentence.last for sentence in text.sentences)]
    assert [sentence.first for sentence in text.sentences] == bounds[:-1]
    assert bounds[-1] == len(text.tokens)
    for sentence in text.sentences:
        words = text.words(sentence)
        assert words
        assert (sentence.start, sentence.end) == (words[0].start, words[-1].end)


@given(RAW)
def test_dateline_lies_in_the_text_and_before_its_first_sentence(raw: str) -> None:
    text = analyse(raw)
    found = dateline(text)
    assert found is None or 0 <= found.start < found.end <= found.body_start < len(raw)


@given(RAW)
def test_language_is_a_two_letter_code_or_none(raw: str) -> None:
    code = language(analyse(raw))
    assert code is None or (len(code) == 2 and code.isalpha())


HOSTILE = (
    "1," * 30_000 + "a1",
    " " * 60_000 + "x",
    '."' * 30_000,
    "a" * 60_000 + "-",
    "http://" + "." * 60_000,
    "\n" * 60_000,
    "U." * 30_000,
    "(" * 60_000,
)


@pytest.mark.parametrize("raw", HOSTILE, ids=lambda raw: raw[:8])
def test_hostile_text_is_cut_in_one_pass(raw: str) -> None:
    """Finishing at all within the suite's time limit is the point: quadratic work on these takes minutes."""
    text = analyse(raw)
    assert "".join(covered(text).split()) == "".join(raw.split())
    dateline(text)
    assert language(text) is None
