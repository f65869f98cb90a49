"""The nationalities of a text, against a reading of one word after the other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.findings import Document
from pipeline.gazetteer import demonym, demonym_heads
from pipeline.places.votes import nationalities
from pipeline.text import Text, analyse

WORDS = st.sampled_from(
    "French FRENCH french South south Korean Koreans North-Korean Sri Lankan New Zealander Saudi Sa'udi Arabian "
    "American Costa Rican , . the officials Côte İ Québécois’s \u00ad U.S. British-led".split(" ")
)


def _read(text: Text) -> list[str]:
    found: list[str | None] = []
    for i, (word, lower) in enumerate(zip(text.printed, text.lowers, strict=True)):
        if word == lower:
            continue
        begins = i and text.lowers[i - 1] in demonym_heads() and text.printed[i - 1] != text.lowers[i - 1]
        before = text.printed[i - 1] if begins else ""
        found.append((before and demonym(f"{before} {word}")) or demonym(word))
    return [country for country in found if country]


@given(st.lists(WORDS, max_size=30))
def test_every_demonym_counts_where_it_stands(words: list[str]) -> None:
    text = analyse(" ".join(words))
    found = nationalities(Document(analyse("", "title"), text))
    expected = _read(text)
    assert list(found.elements()) == sorted(expected, key=expected.index)


def test_a_demonym_of_two_words_stands_for_its_second_word() -> None:
    text = analyse("South Korean and Sri Lankan envoys met French ones, all French.", "title")
    assert nationalities(Document(text, analyse(""))) == {"KR": 1, "LK": 1, "FR": 2}
