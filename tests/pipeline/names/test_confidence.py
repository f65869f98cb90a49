"""Confidences are shares: looked up by rule and type, rising with the rule's own number."""

from __future__ import annotations

from pipeline.names.confidence import calibrated, parse, share_right

TABLE = parse(
    [
        "# a comment",
        "names.tagger\tperson\t0.50\t0.60",
        "names.tagger\tperson\t0.80\t0.90",
        "*\tperson\t0.60\t0.40",
    ]
)


def test_a_measured_rule_has_the_share_of_its_step() -> None:
    assert [share_right(TABLE, "names.tagger", "person", own) for own in (0.5, 0.79, 0.8, 0.99)] == [0.6, 0.6, 0.9, 0.9]


def test_below_the_first_step_the_first_share_holds() -> None:
    assert share_right(TABLE, "names.tagger", "person", 0.1) == 0.6


def test_a_seldom_rule_has_the_share_of_all_seldom_ones() -> None:
    assert share_right(TABLE, "names.surname", "person", 0.85) == 0.4


def test_a_type_that_was_not_measured_keeps_its_own_number() -> None:
    assert share_right(TABLE, "names.nationality", "nationality", 0.95) == 0.95


def test_packaged_shares_rise_with_the_taggers_own_number() -> None:
    shares = [calibrated("names.tagger", "person", own / 100) for own in range(50, 100)]
    assert shares == sorted(shares)
    assert 0.5 < shares[0] < shares[-1] < 1
