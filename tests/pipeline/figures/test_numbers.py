"""Quantities, one by one."""

from __future__ import annotations

import pytest

from pipeline.figures.english import LEXICON
from pipeline.figures.numbers import read_quantity
from pipeline.text import analyse


@pytest.mark.parametrize(
    ("text", "low", "best", "high", "qualifier"),
    [
        ("12", 12, 12, 12, "exact"),
        ("7,939", 7939, 7939, 7939, "exact"),
        ("7, 939", 7939, 7939, 7939, "exact"),
        ("1.200", 1200, 1200, 1200, "exact"),
        ("1 200", 1200, 1200, 1200, "exact"),
        ("1\u00a0200", 1200, 1200, 1200, "exact"),
        ("12,345,678", 12345678, 12345678, 12345678, "exact"),
        ("3.5 million", 3500000, 3500000, 3500000, "exact"),
        ("3,5 million", 3500000, 3500000, 3500000, "exact"),
        ("1.200 million", 1200000, 1200000, 1200000, "exact"),
        ("45 thousand", 45000, 45000, 45000, "exact"),
        ("2 lakh", 200000, 200000, 200000, "exact"),
        ("1.5 crore", 15000000, 15000000, 15000000, "exact"),
        ("2m", 2000000, 2000000, 2000000, "exact"),
        ("one hundred and twenty-four", 124, 124, 124, "exact"),
        ("TWENTY-EIGHT", 28, 28, 28, "exact"),
        ("two thousand three hundred", 2300, 2300, 2300, "exact"),
        ("a hundred", 100, 100, 100, "exact"),
        ("a dozen", 12, 12, 12, "exact"),
        ("two dozen", 24, 24, 24, "exact"),
        ("half a dozen", 6, 6, 6, "exact"),
        ("dozens", 24, None, None, "vague"),
        ("dozens of", 24, None, None, "vague"),
        ("tens of thousands", 20000, None, None, "vague"),
        ("several hundred", 300, None, None, "vague"),
        ("a couple of", 2, None, None, "vague"),
        ("about a dozen", None, 12, None, "about"),
        ("at least 12", 12, 12, None, "at_least"),
        ("no fewer than 12", 12, 12, None, "at_least"),
        ("12 or more", 12, 12, None, "at_least"),
        ("up to 300", None, 300, 300, "at_most"),
        ("nearly 60", None, 60, None, "about"),
        ("60 or so", None, 60, None, "about"),
        ("between 6 and 8", 6, None, 8, "range"),
        ("from 6 to 8", 6, None, 8, "range"),
        ("6 to 8", 6, None, 8, "range"),
        ("15-20", 15, None, 20, "range"),
        ("two or three", 2, None, 3, "range"),
    ],
)
def test_quantity_is_read(text: str, low: int | None, best: int | None, high: int | None, qualifier: str) -> None:
    tokens = analyse(text).tokens
    quantity = read_quantity(tokens, 0, LEXICON)
    assert quantity is not None
    assert (quantity.low, quantity.best, quantity.high, quantity.qualifier) == (low, best, high, qualifier)
    assert quantity.last == len(tokens)


@pytest.mark.parametrize(
    "text",
    [
        "6.30",
        "19-year-old",
        "20th",
        "9mm",
        "people",
        "a",
        "hundred",
        "half a loaf",
        "99999999999999",
        "at least",
        "between 6",
    ],
)
def test_other_words_are_no_quantity(text: str) -> None:
    assert read_quantity(analyse(text).tokens, 0, LEXICON) is None


def test_another_and_further_are_increments_but_more_than_is_not() -> None:
    increments = [
        read_quantity(analyse(text).tokens, 0, LEXICON) for text in ("another 14", "a further 9", "more than 9")
    ]
    assert [quantity.incremental for quantity in increments if quantity is not None] == [True, True, False]


def test_list_of_three_digit_numbers_is_not_joined() -> None:
    quantity = read_quantity(analyse("120 300").tokens, 0, LEXICON)
    assert quantity is not None
    assert quantity.best == 120300 or quantity.last == 1
