"""The quick test for words that may begin a quantity lets every quantity of the lexicon through."""

from __future__ import annotations

import pytest

from pipeline.figures.languages import vocabulary_for
from pipeline.figures.looks import read_items
from pipeline.text import analyse

VOCABULARY = vocabulary_for("en")
NUMBERS = VOCABULARY.lexicon.numbers
LARGE = sorted(word for word, value in NUMBERS.multipliers.items() if value >= 12 and len(word) > 2)


def _begins_quantity(words: str) -> bool:
    first = read_items(analyse(f"{words} villagers died").tokens, VOCABULARY)[0]
    return first.quantity is not None and first.quantity.first == 0


@pytest.mark.parametrize("phrase", sorted(NUMBERS.bounds_before.table))
def test_a_bound_before_a_number_begins_its_quantity(phrase: str) -> None:
    assert _begins_quantity(f"{phrase} 40")


@pytest.mark.parametrize("phrase", sorted(NUMBERS.vague.table))
def test_a_vague_phrase_is_a_quantity(phrase: str) -> None:
    assert _begins_quantity(phrase)


@pytest.mark.parametrize("multiplier", LARGE)
def test_an_article_before_a_multiplier_is_a_quantity(multiplier: str) -> None:
    assert _begins_quantity(f"a {multiplier}")


@pytest.mark.parametrize("words", ["at home 40", "the", "up there 40", "a"])
def test_the_same_words_elsewhere_begin_none(words: str) -> None:
    assert not _begins_quantity(words)
