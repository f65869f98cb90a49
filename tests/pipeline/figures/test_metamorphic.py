"""What a change of the text may change in the figures, on generated sentences."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.enrichment import Figure
from tests.pipeline.figures.test_find_figures import find, written

WHO = ("loggers", "nuns", "soldiers", "farmers", "police officers", "schoolchildren", "migrant workers", "passengers")
HARM = {"killed": "killed", "injured": "wounded", "detained": "arrested", "abducted": "kidnapped"}
ACTIVE = {"killed": "killed", "injured": "wounded", "detained": "arrested", "abducted": "kidnapped"}
WHERE = ("in a fire at the mill", "near the old bridge", "on Monday", "in the northern province", "overnight", "")
SIDE = (
    "The home team won the derby 3-1 in front of 42,000 fans.",
    "The ministry spent $40 million on 12 bridges.",
    "Ivana, 34, and her sister, aged 12, live nearby.",
    "Flight 370 left at 14:20 with 9 tonnes of cargo.",
    "The party won 12 seats with 54 per cent of the vote.",
    "Route 66 is 3,900 kilometres long.",
    "Parliament passed Article 12 by 54 votes to 3 in 2019.",
    "The film festival sold 12,000 tickets in five days.",
)

counts = st.integers(min_value=2, max_value=1899)
who = st.sampled_from(WHO)
kinds = st.sampled_from(sorted(HARM))
places = st.sampled_from(WHERE)


def _all_written(figures: Sequence[Figure]) -> list[str]:
    return [written(figure) for figure in figures]


def _unvalued(figure: Figure) -> Figure:
    """The figure without what the digits and their length decide."""
    return figure.model_copy(update={"low": 0, "best": 0, "high": 0, "span": None, "sentence": None})


@given(first=counts, second=counts, people=who, kind=kinds, place=places)
def test_changing_the_digits_changes_only_the_value(
    first: int, second: int, people: str, kind: str, place: str
) -> None:
    sentence = f"At the camp, {{}} {people} were {HARM[kind]} {place}, the mayor said."
    (one,) = find(sentence.format(first)).figures
    (other,) = find(sentence.format(second)).figures
    assert (one.best, other.best) == (first, second)
    assert _unvalued(one) == _unvalued(other)


@given(count=counts, people=who, kind=kinds, place=places, side=st.sampled_from(SIDE), before=st.booleans())
def test_sentence_about_sports_money_or_ages_changes_nothing(
    count: int, people: str, kind: str, place: str, side: str, before: bool
) -> None:
    sentence = f"{count} {people} were {HARM[kind]} {place}."
    alone, beside = find(sentence), find(f"{side} {sentence}" if before else f"{sentence} {side}")
    assert _all_written(beside.figures) == _all_written(alone.figures)
    assert beside.toll == alone.toll


@pytest.mark.parametrize("side", SIDE)
def test_sentence_about_sports_money_or_ages_alone_is_no_figure(side: str) -> None:
    assert not find(side).figures


@given(count=counts, people=who, kind=kinds, place=places)
def test_active_and_passive_agree(count: int, people: str, kind: str, place: str) -> None:
    active = find(f"Raiders {ACTIVE[kind]} {count} {people} {place}.")
    passive = find(f"{count} {people} were {HARM[kind]} by raiders {place}.")
    assert _all_written(active.figures) == _all_written(passive.figures) == [f"{kind} {count}"]


@given(parts=st.lists(st.tuples(counts, who), min_size=2, max_size=4, unique_by=lambda part: part[1]), kind=kinds)
def test_order_of_coordinated_parts_does_not_matter(parts: list[tuple[int, str]], kind: str) -> None:
    def sentence(ordered: Sequence[tuple[int, str]]) -> str:
        words = [f"{count} {people}" for count, people in ordered]
        return f"{', '.join(words[:-1])} and {words[-1]} were {HARM[kind]} on the coast."

    forward, backward = find(sentence(parts)), find(sentence(parts[::-1]))
    assert sorted(_all_written(forward.figures)) == sorted(_all_written(backward.figures))
    assert [figure.best for figure in forward.figures] == [count for count, _ in parts]
    assert forward.toll == {
        name: toll.model_copy(update={"supported_by": forward.toll[name].supported_by})
        for name, toll in backward.toll.items()
    }


@given(count=counts, people=who, kind=kinds, place=places)
def test_upper_case_agrees_with_mixed_case(count: int, people: str, kind: str, place: str) -> None:
    sentence = f"At least {count} {people} were {HARM[kind]} {place}, and nobody else was hurt."
    assert _all_written(find(sentence.upper()).figures) == _all_written(find(sentence).figures)


@given(count=st.integers(min_value=2, max_value=99), people=who, kind=kinds)
def test_number_in_words_agrees_with_digits(count: int, people: str, kind: str) -> None:
    sentence = f"{{}} {people} were {HARM[kind]} at the pass."
    assert _all_written(find(sentence.format(_in_words(count))).figures) == _all_written(
        find(sentence.format(count)).figures
    )


@settings(max_examples=30)
@given(count=counts, people=who, kind=kinds, repeats=st.integers(min_value=2, max_value=4))
def test_saying_it_again_changes_no_toll(count: int, people: str, kind: str, repeats: int) -> None:
    sentence = f"{count} {people} were {HARM[kind]} at the pass. "
    once, often = find(sentence).toll, find(sentence * repeats).toll
    assert {name: (t.status, t.low, t.best, t.high, t.disputed) for name, t in often.items()} == {
        name: (t.status, t.low, t.best, t.high, t.disputed) for name, t in once.items()
    }


_SMALL = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen""".split()
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()


def _in_words(n: int) -> str:
    if n < 20:
        return _SMALL[n]
    return _TENS[n // 10] + (f"-{_SMALL[n % 10]}" if n % 10 else "")
