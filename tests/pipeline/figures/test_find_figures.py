"""Figures from sentences, rule by rule, and on any text at all."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.figures import find_figures
from pipeline.figures.patterns import Rule
from pipeline.figures.rules import RULES
from pipeline.figures.wholes import PART
from pipeline.findings import Document, Findings
from pipeline.text import analyse
from schemas.enrichment import Entity, Figure, Location, Span

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "data" / "figures" / "sentences.jsonl").read_text("utf-8").splitlines()
]


def _value(figure: Figure) -> str:
    forms = {
        "exact": f"{figure.best}",
        "at_least": f"{figure.low}+",
        "at_most": f"..{figure.high}",
        "about": f"~{figure.best}",
        "range": f"{figure.low}..{figure.high}",
        "vague": f"{figure.low}+?",
        "bare_plural": f"{figure.low}+*",
    }
    return forms[figure.qualifier]


def written(figure: Figure) -> str:
    """The notation of the cases: `killed 12`, `12+` at least, `..300` at most, `6..8`, `~60`, `24+?` vague, `2+*` a
    bare plural, `0`; then what is not the default: scope, negated, hypothetical, hedged, disputed, part of N, by X."""
    parts = [figure.kind, _value(figure)]
    parts += [figure.scope] if figure.scope != "incident" else []
    parts += ["negated"] if figure.negated and figure.best != 0 else []
    parts += [name for name in ("hypothetical", "hedged", "disputed") if getattr(figure, name)]
    parts += [f"part of {figure.part_of}"] if figure.part_of is not None else []
    parts += [f"by {figure.attributed_to}"] if figure.attributed_to is not None else []
    return " ".join(parts)


def find(
    body: str,
    title: str = "",
    published_at: datetime | None = None,
    found: Findings | None = None,
    language: str = "en",
) -> Findings:
    document = Document(analyse(title, "title"), analyse(body), language, published_at)
    return find_figures(document, found or Findings())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_sentence_gives_exactly_its_figures_and_refusals(case: dict[str, Any]) -> None:
    found = find(case["text"])
    assert [written(figure) for figure in found.figures] == case["figures"]
    assert {item.text: item.reason for item in found.rejected} == case["rejected"]


@pytest.mark.parametrize("rule", (*RULES, PART), ids=lambda rule: rule.name)
def test_rule_finds_its_example_and_nothing_in_its_counter_example(rule: Rule) -> None:
    assert f"figures.{rule.name}" in {figure.rule for figure in find(rule.example, language=rule.language).figures}
    assert not find(rule.counter_example, language=rule.language).figures or rule.name in KEEPS_A_FIGURE


KEEPS_A_FIGURE = {"headline", "without_casualties", "was_not_hurt", "did_not_hurt", "active_names", "nominal_names"}
"""Rules whose counter-example states something else, which another rule finds."""


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.name in KEEPS_A_FIGURE], ids=lambda rule: rule.name)
def test_counter_example_is_not_found_by_its_own_rule(rule: Rule) -> None:
    assert f"figures.{rule.name}" not in {figure.rule for figure in find(rule.counter_example).figures}


def test_upper_case_wire_text_is_read_like_mixed_case() -> None:
    sentence = "Rebels killed 12 soldiers and wounded 30 near the bridge; another 4 are missing."
    assert [written(f) for f in find(sentence.upper()).figures] == [written(f) for f in find(sentence).figures]


def test_hard_wrapped_lines_are_one_sentence() -> None:
    wrapped = "The governor told reporters in the provincial capital that 14\nfarmers were killed when the dam burst.\n"
    assert [written(f) for f in find(wrapped).figures] == ["killed 14 by The governor"]


def test_paragraphs_stay_apart() -> None:
    assert find("The council has 14\n\nFarmers were killed.").figures[0].qualifier == "bare_plural"


def test_title_figure_carries_the_title_as_its_field() -> None:
    found = find("Rescuers were still searching.", title="9 dead in mine")
    assert [(f.span.field, f.best) for f in found.figures] == [("title", 9)]
    assert found.toll["killed"].best == 9


def test_every_kind_has_a_toll_and_silence_is_not_zero() -> None:
    found = find("The council met on Monday.")
    assert {toll.status for toll in found.toll.values()} == {"not_reported"}
    assert len(found.toll) == 11
    assert found.toll["killed"].best is None


def test_named_person_counts_as_one_and_the_age_is_refused() -> None:
    body = "Ivana Petrova, 44, was killed on Friday."
    person = Entity(type="person", name="Ivana Petrova", mentions=(Span(start=0, end=13),), rule="t", confidence=1)
    found = find(body, found=Findings(entities=(person,)))
    assert [written(f) for f in found.figures] == ["killed 1"]
    assert [(r.text, r.reason) for r in found.rejected] == [("44", "age")]


@pytest.mark.parametrize(
    ("body", "killed"),
    [
        ("The blast killed Ivo Petrov, a cook, and two others.", 3),
        ("The blast killed a cook, Ivo Petrov, and two others.", 3),
        ("The blast killed a cook, Ivo Petrov.", 1),
        ("Ivo Petrov, a cook, was killed.", 1),
        ("The blast killed two people, Ivo Petrov and a cook.", 2),
    ],
)
def test_person_named_and_described_is_one_person(body: str, killed: int) -> None:
    at = body.index("Ivo")
    person = Entity(type="person", name="Ivo Petrov", mentions=(Span(start=at, end=at + 10),), rule="t", confidence=1)
    assert find(body, found=Findings(entities=(person,))).toll["killed"].best == killed


def test_person_named_in_the_title_marks_no_words_of_the_body() -> None:
    person = Entity(type="person", name="Ivo", mentions=(Span(start=0, end=3, field="title"),), rule="t", confidence=1)
    assert not find("Xyz was killed.", title="Ivo", found=Findings(entities=(person,))).figures


def test_place_of_a_figure_is_the_location_named_next() -> None:
    body = "Nine people were killed in Osh on Monday."
    location = Location(
        name="Osh", mentions=(Span(start=27, end=30),), precision="city", role="event", confidence=1, rule="t"
    )
    assert find(body, found=Findings(locations=(location,))).figures[0].place == "Osh"


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ("Nine people were killed on Monday.", date(2024, 5, 6)),
        ("Nine people were killed yesterday.", date(2024, 5, 7)),
        ("Nine people were killed on 3 March.", date(2024, 3, 3)),
        ("Nine people were killed on December 30.", date(2023, 12, 30)),
        ("Nine people were killed on 5 June 2020.", date(2020, 6, 5)),
        ("Nine people were killed on 31 February.", None),
        ("Nine people were killed.", None),
    ],
)
def test_day_is_resolved_against_the_publication_date(body: str, day: date | None) -> None:
    assert find(body, published_at=datetime(2024, 5, 8, 12, tzinfo=UTC)).figures[0].as_of == day


def test_weekday_stays_open_without_a_publication_date() -> None:
    assert find("Nine people were killed on Monday.").figures[0].as_of is None


def test_period_is_kept_as_printed() -> None:
    assert find("Since early March 2019, 80 people have been detained.").figures[0].period == "Since early March 2019"


def test_year_before_publication_makes_background() -> None:
    body = "A fire killed 9 people on Monday. A similar fire in 2013 killed 79."
    found = find(body, published_at=datetime(2024, 5, 8, tzinfo=UTC))
    assert [written(f) for f in found.figures] == ["killed 9", "killed 79 background"]
    assert found.toll["killed"].best == 9


def test_event_that_bears_an_old_year_is_background() -> None:
    body = "The 2011 flood killed 90 people. The jury convicted two men under the 2020 act; 12 loggers died."
    found = find(body, published_at=datetime(2024, 5, 8, tzinfo=UTC))
    assert [written(f) for f in found.figures] == ["killed 90 background", "killed 12"]


@pytest.mark.parametrize(
    ("body", "written_figures"),
    [
        ("In January, 30 loggers were crushed to death.", ["killed 30 background"]),
        ("In April, 30 loggers were crushed to death.", ["killed 30"]),
        ("From January to April, 30 loggers were killed.", ["killed 30"]),
        ("Since January, 30 loggers were killed.", ["killed 30 cumulative"]),
        ("The court sentenced 14 loggers for marches in 2020.", ["sentenced 14"]),
        ("The court sentenced 14 loggers in 2020.", ["sentenced 14 background"]),
        ("The court sentenced 14 loggers for the same theft in 2020.", ["sentenced 14 background"]),
        ("More than 350 loggers disappeared there between 2014 and 2020.", ["missing 350+ background"]),
        ("The 2013 collapse of the Orle mill, which killed 44 loggers, is unsolved.", ["killed 44 background"]),
    ],
)
def test_what_was_long_before_publication_is_background(body: str, written_figures: list[str]) -> None:
    found = find(body, published_at=datetime(2024, 5, 8, tzinfo=UTC))
    assert [written(f) for f in found.figures] == written_figures


def test_total_of_the_year_is_the_toll_only_where_the_text_begins_with_it() -> None:
    assert find("Nine loggers were freed on Monday. Five have died this year.").toll["killed"].best is None
    assert find("Five loggers have died this year. Nine were freed on Monday.").toll["killed"].best == 5


def test_claims_name_speaker_and_verb() -> None:
    claims = find("Sixteen farmers were killed, police said.").claims
    assert [(c.speaker, c.verb) for c in claims] == [("police", "said")]


def test_contradicting_speakers_make_the_toll_disputed() -> None:
    found = find("The rebels said 40 soldiers were killed. The ministry said 9 soldiers were killed.")
    assert found.toll["killed"].disputed


def test_victims_are_the_printed_nouns() -> None:
    assert find("Six Priests and two nuns were killed.").figures[0].victims == ("priests",)


def test_text_of_unknown_language_is_read_as_english() -> None:
    document = Document(analyse("", "title"), analyse("Nine people were killed."), None)
    assert find_figures(document, Findings()).figures[0].best == 9


WORDS = st.sampled_from(
    [
        *r"""police killed 12 people and wounded , . " ( ) - -- were was the of to by no one nobody casualties toll 7
        939 7,939 1.200 hundreds dozens million at least more than up to between and or including among them 13 May
        2019 detained missing dead lives bodies $ % aged 34 said according to not denied would if per day since who
        which from their homes lakh 19-year-old 5m 0 00 999999999999 shoot-to-kill orders crush a nation any
        without unharmed Nur-Sultan é Ж 漢""".split(),
        "\n",
        "\n\n\n",
        "\x00",
        "\u00a0",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=60).map(" ".join) | st.text(max_size=200), st.text(max_size=40))
def test_any_text_gives_ordered_bounds_and_spans_inside_it(body: str, title: str) -> None:
    found = find(body, title)
    raws = {"body": body, "title": title}
    for figure in found.figures:
        numbers = [n for n in (figure.low, figure.best, figure.high) if n is not None]
        assert numbers == sorted(numbers)
        assert numbers
        assert 0 <= figure.span.start < figure.span.end <= len(raws[figure.span.field])
        assert figure.sentence.start <= figure.span.start < figure.span.end <= figure.sentence.end
        assert figure.part_of is None or found.figures[figure.part_of].kind == figure.kind or figure.kind == "executed"
    for item in found.rejected:
        assert raws[item.span.field][item.span.start : item.span.end] == item.text
    for toll in found.toll.values():
        assert all(i < len(found.figures) for i in toll.supported_by)


def test_figures_are_a_pure_function_of_the_document() -> None:
    body = "Nine people were killed, including two nurses, and dozens were hurt, officials said."
    document = Document(analyse("", "title"), analyse(body), "en")
    assert find_figures(document, Findings()) == find_figures(document, Findings())


STORY = "In the final episode, raiders execute 90 prisoners. Then 30 nurses are abducted."


def test_story_counts_nobody_to_the_end_of_its_paragraph() -> None:
    found = find(f"{STORY}\n\nIn Orle, nine loggers were killed by a falling tree.")
    assert [written(figure) for figure in found.figures] == ["killed 9"]
    assert [item.text for item in found.rejected if item.reason == "fiction"] == ["90 prisoners", "30 nurses"]


def test_story_in_the_first_paragraph_reaches_the_title() -> None:
    assert not find(STORY, title="Raiders execute 90 prisoners").figures


def test_story_after_news_leaves_the_title_alone() -> None:
    found = find(f"A mine collapsed.\n\n{STORY}", title="Nine killed in mine")
    assert [written(figure) for figure in found.figures] == ["killed 9"]


def test_work_that_is_no_setting_opens_no_story() -> None:
    assert find("In the game against Orle, 12 spectators were injured.").figures
