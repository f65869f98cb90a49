"""Which figures and places belong to an event."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.enrich import enrich
from pipeline.events.links import KINDS
from pipeline.events.model import EventType
from schemas.article import Article
from schemas.enrichment import Enrichment, FigureKind


def _enriched(body: str, title: str | None = None) -> Enrichment:
    return enrich(Article(body=body, title=title)).enrichment


def _links(body: str, title: str | None = None) -> dict[str, list[str]]:
    """Event type -> its figures as "kind best"."""
    found = _enriched(body, title)
    return {e.type: [f"{found.figures[i].kind} {found.figures[i].best}" for i in e.figures] for e in found.events}


@pytest.mark.parametrize(
    ("body", "links"),
    [
        (
            "A bomb attack on a market killed nine weavers and injured 30.",
            {"attack": ["killed 9", "injured 30"]},
        ),
        (
            "A car bomb exploded at a market in Nairobi. Nine people were killed.",
            {"attack": ["killed 9"]},
        ),
        ("A car bomb exploded at a market. Traders fled. Nine people were killed.", {"attack": []}),
        ("A bomb attack in 2011 killed nine weavers last year.", {"attack": []}),
        ("A bomb attack could kill 900 people.", {"attack": []}),
        ("A bomb attack hit a market, but nobody was killed.", {"attack": ["killed 0"]}),
    ],
)
def test_event_has_the_figures_of_its_sentence_or_the_next(body: str, links: dict[str, list[str]]) -> None:
    assert _links(body) == links


def test_figure_goes_to_the_nearest_event_of_a_fitting_type() -> None:
    links = _links("Riots broke out in the port and a bomb attack killed nine people.")
    assert links == {"unrest": [], "attack": ["killed 9"]}


def test_mass_detention_has_the_figure_that_makes_it() -> None:
    assert _links("Police detained 80 protesters on the square.")["mass_detention"] == ["detained 80"]


def test_title_and_body_are_kept_apart() -> None:
    assert _links("Nine people were killed.", "Bomb attack on market") == {"attack": []}


def test_event_has_the_place_named_nearest_in_its_sentence() -> None:
    found = _enriched("A car bomb exploded in Nairobi on Monday. Officials met later in Mombasa.")
    assert [(e.type, e.place) for e in found.events if e.type == "attack"] == [("attack", "Nairobi")]


def test_event_without_a_named_place_has_none() -> None:
    found = _enriched("A car bomb exploded at a market on Monday.")
    assert [e.place for e in found.events] == [None]


def test_kinds_are_of_known_event_types_and_figures() -> None:
    assert set(get_args(EventType)) >= set(KINDS)
    assert set(get_args(FigureKind)) >= frozenset[str]().union(*KINDS.values())


PARTS = st.sampled_from(
    """A car bomb exploded in Nairobi.|Nine people were killed|, and 30 hurt.|Police arrested 80 people|.|Riots broke
    out in Khartoum|Last year 12 died.|Nobody was hurt.|An election is planned.""".split("|")
)


@settings(max_examples=30, deadline=None)
@given(st.lists(PARTS, min_size=1, max_size=12).map(" ".join))
def test_every_figure_belongs_to_one_event_at_most(body: str) -> None:
    found = _enriched(body)
    owned = [i for event in found.events for i in event.figures]
    assert len(owned) == len(set(owned))
    assert all(i < len(found.figures) for i in owned)
    assert all(found.figures[i].kind in KINDS[e.type] for e in found.events for i in e.figures)
