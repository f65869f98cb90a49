"""The explanation says of every number whether it became a figure, by which rule, or why not."""

from __future__ import annotations

import pytest

from pipeline.figures.explain import MAX_SENTENCES, SentenceExplained, explain_figures, inventory
from pipeline.figures.rules import RULES
from pipeline.findings import Document, Findings
from pipeline.text import analyse
from schemas.enrichment import Entity, Span


def _explain(body: str, found: Findings | None = None, language: str = "en") -> tuple[SentenceExplained, ...]:
    return explain_figures(Document(analyse("", "title"), analyse(body), language), found or Findings())


def test_sentence_shows_its_classes_the_rules_and_the_refusals() -> None:
    (sentence,) = _explain("At least 12 people, including 3 nuns, were killed in 2019.")
    assert [(c.letter, c.text) for c in sentence.classes if c.letter in "QqK"] == [
        ("Q", "At least 12 people"),
        ("q", "3 nuns"),
        ("K", "killed"),
    ]
    assert [(fired.rule, fired.outcome) for fired in sentence.rules] == [("passive", "figure"), ("part", "figure")]
    assert sentence.figures == ("killed 12 (at_least, incident)", "killed 3 (exact, incident, part of figure 0)")
    assert sentence.refused == (("2019", "year"),)


def test_refused_candidate_keeps_the_rule_and_the_reason() -> None:
    (sentence,) = _explain("Rebels threatened to kill 40 hostages.")
    assert [(fired.rule, fired.outcome) for fired in sentence.rules] == [("active", "refused: threat")]
    assert not sentence.figures


def test_rule_that_counts_the_same_people_again_is_named_as_such() -> None:
    (sentence,) = _explain("Raiders shot up a tram, killing the driver and six passengers.")
    assert [fired.outcome for fired in sentence.rules if fired.rule == "active_names"] == [
        "an earlier rule counts the same people"
    ]


def test_speaker_and_doubt_are_told() -> None:
    (sentence,) = _explain("Police said 12 miners were feared dead.")
    assert sentence.figures == ("killed 12 (exact, incident, hedged, says Police)",)


def test_sentence_without_number_or_trigger_is_left_out() -> None:
    assert not _explain("The council met. The mayor spoke.")


def test_number_without_trigger_is_explained() -> None:
    (sentence,) = _explain("The council met. It has 12 members.")
    assert sentence.refused == (("12", "nothing is said to have happened to them"),)
    assert sentence.start == 17


def test_named_person_is_one_class() -> None:
    person = Entity(type="person", name="Ana Ruiz", mentions=(Span(start=0, end=8),), rule="t", confidence=1)
    (sentence,) = _explain("Ana Ruiz was killed.", Findings(entities=(person,)))
    assert (sentence.classes[0].letter, sentence.classes[0].text) == ("I", "Ana Ruiz")


def test_long_article_is_explained_up_to_a_limit() -> None:
    assert len(_explain("Nine died. " * (MAX_SENTENCES + 50))) == MAX_SENTENCES


def test_language_that_is_not_read_is_refused() -> None:
    with pytest.raises(KeyError):
        _explain("Zwölf Menschen starben.", language="de")


def test_inventory_lists_every_rule_with_its_examples() -> None:
    listed = inventory()
    assert [rule.name for rule in listed] == [*[rule.name for rule in RULES], "part"]
    assert all(rule.meaning and rule.example and rule.counter_example for rule in listed)
