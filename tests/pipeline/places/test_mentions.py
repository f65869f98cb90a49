"""Which words of an article are taken to name places."""

from __future__ import annotations

import pytest

from pipeline.findings import Document, Findings
from pipeline.places.mentions import mentions
from pipeline.text import analyse
from schemas.enrichment import Entity, EntityType, Span


def _named(body: str, *entities: tuple[EntityType, str]) -> list[str]:
    found = [
        Entity(
            type=kind,
            name=name,
            mentions=(Span(start=body.index(name), end=body.index(name) + len(name)),),
            rule="test",
            confidence=1.0,
        )
        for kind, name in entities
    ]
    document = Document(analyse("", "title"), analyse(body, "body"))
    return [mention.surface for mention in mentions(document, Findings(entities=tuple(found)))]


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ("Kentucky Department of Education", ["Kentucky"]),
        ("New York Police Department", ["New York"]),
        ("University of Manitoba", ["Manitoba"]),
        ("Bank of America", []),
        ("Islamic State", []),
        ("Ministry", []),
    ],
)
def test_local_and_public_bodies_stand_where_their_name_says(body: str, places: list[str]) -> None:
    assert _named(f"He left the {body} in May.", ("organisation", body)) == places


def test_a_word_with_hyphens_holds_the_places_it_lists_or_begins_with() -> None:
    found = _named("The New York-based firm, a pro-Russia site and Canada-EU talks; Jean-Claude, on-off, 2019-20.")
    assert found == ["New York", "Russia", "Canada"]


def test_a_word_with_hyphens_that_is_part_of_a_name_holds_no_place() -> None:
    body = "The Russia-Turkey Council met before the Iran-Iraq talks."
    assert _named(body, ("organisation", "Russia-Turkey Council")) == ["Iran", "Iraq"]


def test_mentions_come_in_reading_order_and_without_empty_ones() -> None:
    body = "From Kyiv to Odesa"
    spans = (Span(start=5, end=5), Span(start=13, end=18), Span(start=5, end=9))
    entity = Entity(type="location", name="x", mentions=spans, rule="test", confidence=1.0)
    document = Document(analyse("", "title"), analyse(body, "body"))
    assert [one.surface for one in mentions(document, Findings(entities=(entity,)))] == ["Kyiv", "Odesa"]
