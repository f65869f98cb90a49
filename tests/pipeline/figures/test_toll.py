"""The toll table, row by row."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pipeline.figures import toll_of, tolls
from schemas.enrichment import Figure, Span


def _figure(best: int | None, **changes: Any) -> Figure:
    values: dict[str, Any] = {
        "kind": "killed",
        "low": best,
        "best": best,
        "high": best,
        "qualifier": "exact",
        "span": Span(start=0, end=1),
        "sentence": Span(start=0, end=2),
        "rule": "figures.passive",
        "confidence": 0.9,
    }
    return Figure(**values | changes)


TITLE = {"span": Span(start=0, end=1, field="title")}
VAGUE = {"low": 24, "qualifier": "vague"}

ROWS = {
    "row 1: nothing said": ([], "not_reported", None),
    "row 1: another kind": ([_figure(9, kind="injured")], "not_reported", None),
    "row 1: only what might happen": ([_figure(9, hypothetical=True)], "not_reported", None),
    "row 1: only the past": ([_figure(9, scope="background")], "not_reported", None),
    "row 1: only a rate": ([_figure(9, scope="rate")], "not_reported", None),
    "row 1: only a part": ([_figure(9, part_of=3)], "not_reported", None),
    "row 2: all say none": ([_figure(0, negated=True)], "denied", 0),
    "row 3: the title": ([_figure(9, **TITLE), _figure(12)], "stated", 9),
    "row 3: the number of those whom the title names": (
        [_figure(None, **TITLE, low=2, qualifier="bare_plural"), _figure(14)],
        "stated",
        14,
    ),
    "row 3: one person in the title, more at the beginning": (
        [_figure(1, **TITLE), _figure(3), _figure(9)],
        "stated",
        3,
    ),
    "row 3: one person in the title and at the beginning": ([_figure(1, **TITLE), _figure(1), _figure(9)], "stated", 1),
    "row 4: a total before that of a named period": (
        [_figure(33, scope="cumulative"), _figure(60_000, scope="cumulative", period="since 2023")],
        "stated",
        33,
    ),
    "row 3: the number that a vague title leaves open": ([_figure(None, **VAGUE, **TITLE), _figure(48)], "stated", 48),
    "row 3: a vague title above the number": ([_figure(None, **VAGUE, **TITLE), _figure(12)], "stated", 24),
    "row 3: a vague title and a total of years": (
        [_figure(None, **VAGUE, **TITLE), _figure(48, scope="cumulative")],
        "stated",
        24,
    ),
    "row 3: a lower bound that a round title stands for": (
        [_figure(80, **TITLE), _figure(83, qualifier="at_least", high=None)],
        "stated",
        83,
    ),
    "row 3: the exact number that a round title stands for": ([_figure(80, **TITLE), _figure(83)], "stated", 83),
    "row 3: a round title above the body's number": ([_figure(20, **TITLE), _figure(11)], "stated", 20),
    "row 3: a round title that the body repeats": ([_figure(80, **TITLE), _figure(80), _figure(88)], "stated", 80),
    "row 3: a round title and an exact number of something else": ([_figure(80, **TITLE), _figure(19)], "stated", 80),
    "row 3: a round title is not refined by an increment": (
        [_figure(80, **TITLE), _figure(83, scope="incremental")],
        "stated",
        80,
    ),
    "row 4: a total before an increment of the title": (
        [_figure(12, scope="incremental", **TITLE), _figure(58, scope="cumulative")],
        "stated",
        58,
    ),
    "row 4: the last running total": (
        [_figure(12, scope="cumulative"), _figure(30), _figure(14, scope="cumulative")],
        "stated",
        14,
    ),
    "row 4: a number before a vague total": (
        [_figure(12, scope="cumulative"), _figure(None, **VAGUE, scope="cumulative")],
        "stated",
        12,
    ),
    "row 5: the largest": ([_figure(12), _figure(30), _figure(14)], "stated", 30),
    "row 5: a number before a vague word": ([_figure(5), _figure(None, **VAGUE)], "stated", 5),
    "row 5: a vague word before one person": ([_figure(1), _figure(None, **VAGUE)], "stated", 24),
    "row 5: a whole before its increment": ([_figure(5), _figure(9, scope="incremental")], "stated", 5),
    "row 6: only increments": ([_figure(4, scope="incremental"), _figure(9, scope="incremental")], "stated", 9),
    "a count outweighs a denial of any": ([_figure(0, negated=True), _figure(3)], "stated", 3),
    "a part is never added": ([_figure(19), _figure(10, part_of=0)], "stated", 19),
    "a denied number does not count": ([_figure(12, negated=True, disputed=True)], "not_reported", None),
    "at most": ([_figure(300, low=None, qualifier="at_most")], "stated", 300),
}


@pytest.mark.parametrize(("figures", "status", "best"), ROWS.values(), ids=ROWS)
def test_toll_row(figures: list[Figure], status: str, best: int | None) -> None:
    toll = toll_of("killed", figures)
    assert (toll.status, toll.best) == (status, best)


def test_coordinated_counts_of_one_sentence_are_one_statement() -> None:
    toll = toll_of("killed", [_figure(6), _figure(2), _figure(3)], {0: 7, 1: 7})
    assert (toll.low, toll.best, toll.high, toll.supported_by) == (8, 8, 8, (0, 1))


def test_sum_with_an_open_end_is_open() -> None:
    toll = toll_of("killed", [_figure(6), _figure(2, high=None, qualifier="at_least")], {0: 7, 1: 7})
    assert (toll.low, toll.best, toll.high) == (8, 8, None)


def test_supporters_are_all_that_say_the_same() -> None:
    assert toll_of("killed", [_figure(9), _figure(4), _figure(9)]).supported_by == (0, 2)


def test_speakers_who_differ_make_it_disputed() -> None:
    toll = toll_of("killed", [_figure(80, attributed_to="rebels"), _figure(17, attributed_to="Ministry")])
    assert (toll.best, toll.disputed) == (80, True)


def test_speakers_who_agree_do_not() -> None:
    assert not toll_of("killed", [_figure(8, attributed_to="rebels"), _figure(8, attributed_to="ministry")]).disputed


def test_total_of_months_that_follows_other_news_is_no_toll() -> None:
    total = _figure(5, scope="cumulative", sentence=Span(start=40, end=50))
    assert toll_of("killed", [_figure(12, kind="abducted"), total], long=frozenset({1})).status == "not_reported"
    assert toll_of("killed", [_figure(4), total], long=frozenset({1})).best == 4


def test_total_of_months_beside_the_news_in_its_sentence_is_no_toll() -> None:
    total = _figure(312, scope="cumulative", period="this year")
    assert toll_of("killed", [_figure(14), total], long=frozenset({1})).best == 14


def test_total_of_months_with_which_the_text_begins_is_the_toll() -> None:
    total = _figure(48, scope="cumulative")
    assert toll_of("killed", [total, _figure(8, sentence=Span(start=40, end=50))], long=frozenset({0})).best == 48


def test_of_totals_of_named_periods_the_first_is_the_toll() -> None:
    totals = [_figure(n, scope="cumulative", period=period) for n, period in ((73, "since May"), (12, "this week"))]
    assert toll_of("killed", totals).best == 73


def test_one_person_of_the_title_may_be_the_first_of_several() -> None:
    figures = [_figure(1, **TITLE), _figure(1), _figure(2)]
    assert toll_of("killed", figures, {1: 5, 2: 5}).best == 3
    assert toll_of("killed", figures, {0: 4, 1: 5, 2: 6}).best == 1


def test_total_of_an_older_day_is_outdated() -> None:
    totals = [_figure(n, scope="cumulative", as_of=date(2024, 5, day)) for n, day in ((66, 8), (40, 7))]
    assert toll_of("killed", totals).best == 66


def test_bodies_found_so_far_are_no_toll_below_the_dead() -> None:
    bodies = _figure(9, scope="cumulative", rule="figures.counted")
    assert toll_of("killed", [_figure(11), bodies]).best == 11


def test_number_of_the_title_that_the_body_puts_into_the_past_is_no_toll() -> None:
    assert toll_of("killed", [_figure(44, **TITLE), _figure(44, scope="background")]).status == "not_reported"
    assert toll_of("killed", [_figure(44, **TITLE), _figure(44), _figure(44, scope="background")]).best == 44


def test_part_of_another_kind_speaks_for_its_own() -> None:
    assert toll_of("executed", [_figure(4), _figure(4, kind="executed", part_of=0)]).best == 4


def test_total_of_years_contradicts_no_toll_of_a_day() -> None:
    total = _figure(60_000, scope="cumulative", period="since 2023", attributed_to="ministry")
    assert not toll_of("killed", [_figure(33, attributed_to="governor"), total]).disputed


def test_denied_number_makes_it_disputed() -> None:
    assert toll_of("killed", [_figure(12, negated=True)]).disputed
    assert toll_of("killed", [_figure(0, negated=True), _figure(12, negated=True)]).disputed
    assert toll_of("killed", [_figure(9), _figure(12, negated=True)]).disputed


def test_all_kinds_are_present() -> None:
    assert list(tolls([_figure(9)]))[:3] == ["killed", "injured", "casualties"]
    assert len(tolls([])) == 11
