"""Who did it: the agent of a figure when its sentence says so, and nobody when it does not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.figures import find_figures
from pipeline.findings import Document, Findings
from pipeline.text import analyse
from schemas.enrichment import Entity, Figure, Span

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "data" / "figures" / "perpetrators.jsonl").read_text("utf-8").splitlines()
]


def _body(name: str, text: str) -> Entity:
    span = Span(start=text.index(name), end=text.index(name) + len(name))
    return Entity(type="organisation", name=name, mentions=(span,), rule="t", confidence=1)


def find(text: str, organisations: tuple[str, ...] = (), language: str = "en") -> tuple[Figure, ...]:
    found = Findings(entities=tuple(_body(name, text) for name in organisations))
    return find_figures(Document(analyse("", "title"), analyse(text), language), found).figures


def written(figure: Figure) -> str:
    value = f"{figure.kind} {figure.best if figure.best is not None else figure.low}"
    who = figure.perpetrator
    if who is None:
        return value
    return f"{value} by {who.name}" + (", inferred" if who.basis == "inferred" else "")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_figure_names_who_did_it_only_when_the_sentence_says_so(case: dict[str, Any]) -> None:
    figures = find(case["text"], tuple(case.get("organisations", ())), case.get("language", "en"))
    assert [written(figure) for figure in figures] == case["figures"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_span_of_the_perpetrator_is_its_name(case: dict[str, Any]) -> None:
    for figure in find(case["text"], tuple(case.get("organisations", ())), case.get("language", "en")):
        if figure.perpetrator is not None:
            span = figure.perpetrator.span
            assert case["text"][span.start : span.end] == figure.perpetrator.name
            assert figure.sentence.start <= span.start < span.end <= figure.sentence.end


AGENTS = st.sampled_from(["gunmen", "police", "soldiers", "security forces", "masked raiders", "the army", "a mob"])
VERBS = st.sampled_from(["killed", "wounded", "arrested", "kidnapped", "shot dead"])
PEOPLE = st.sampled_from(["weavers", "teachers", "dockers", "children"])


@given(AGENTS, VERBS, st.integers(2, 900), PEOPLE)
def test_active_and_passive_name_the_same_perpetrator(agent: str, verb: str, n: int, people: str) -> None:
    active = find(f"In Orle, {agent} {verb} {n} {people} on Friday.")
    passive = find(f"In Orle, {n} {people} were {verb} by {agent} on Friday.")
    assert [written(figure) for figure in active] == [written(figure) for figure in passive]
    assert all(figure.perpetrator is not None for figure in active)


@given(VERBS, st.integers(2, 900), PEOPLE, AGENTS)
def test_other_sentence_names_nobody(verb: str, n: int, people: str, agent: str) -> None:
    figures = find(f"{n} {people} were {verb}. It was quiet by noon, and {agent} left.".capitalize())
    assert [figure.perpetrator for figure in figures] == [None]
