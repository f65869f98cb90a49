"""Labels of words in every scheme become the same names, each as sure as its least sure word."""

from __future__ import annotations

from math import log

import pytest

from pipeline.names.backends.word_labels import Mark, Word, mark_of, names_of


def names(labels: str) -> list[tuple[str, int, int]]:
    """Type, first and last word of the names in words that bear *labels*, each surely."""
    chosen = labels.split()
    marks = [mark_of(label) for label in sorted(set(chosen))]
    words = [Word(i, i + 1, [9.0 * (mark == mark_of(label)) for mark in marks]) for i, label in enumerate(chosen)]
    return [(name.label, name.start, name.end - 1) for name in names_of(words, marks)]


@pytest.mark.parametrize(
    "labels",
    [
        "O PER PER O ORG LOC",
        "O I-PER I-PER O I-ORG I-LOC",
        "O B-PER I-PER O B-ORG B-LOC",
        "O B-PER E-PER O S-ORG S-LOC",
        "O B-PER L-PER O U-ORG U-LOC",
        "O B_PER I_PER O B_ORG B_LOC",
    ],
)
def test_every_scheme_tells_the_same_names(labels: str) -> None:
    assert names(labels) == [("PER", 1, 2), ("ORG", 4, 4), ("LOC", 5, 5)]


@pytest.mark.parametrize(
    "labels", ["B-PER I-PER B-PER", "I-PER I-PER B-PER", "B-PER E-PER S-PER", "B-PER L-PER U-PER", "I-PER E-PER I-PER"]
)
def test_a_name_right_after_another_is_one_of_its_own(labels: str) -> None:
    assert names(labels) == [("PER", 0, 1), ("PER", 2, 2)]


def test_a_type_may_have_a_hyphen_and_look_like_a_prefix() -> None:
    assert mark_of("B-GPE-LOC") == Mark("B", "GPE-LOC")
    assert mark_of("LOC") == Mark("", "LOC")
    assert mark_of("O") == Mark("", "")


def test_a_word_that_was_not_read_ends_a_name() -> None:
    marks = [mark_of("PER")]
    assert [(name.start, name.end) for name in names_of([Word(0, 1, [1]), None, Word(4, 5, [1])], marks)] == [
        (0, 1),
        (4, 5),
    ]


def test_a_name_is_as_sure_as_its_least_sure_word_whatever_the_prefix() -> None:
    marks = [mark_of(label) for label in ("O", "B-PER", "I-PER")]
    words = [Word(0, 1, [log(0.1), log(0.6), log(0.3)]), Word(2, 3, [log(0.2), log(0.1), log(0.7)])]
    (name,) = names_of(words, marks)
    assert name.confidence == pytest.approx(0.8)


def test_scores_of_any_size_are_read() -> None:
    (name,) = names_of([Word(0, 1, [-5000.0, 5000.0])], [mark_of("O"), mark_of("PER")])
    assert name.confidence == 1.0
