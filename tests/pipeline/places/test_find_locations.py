"""What the extractor promises beyond single cases."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pipeline.findings import Document, Findings
from pipeline.places import find_locations
from pipeline.text import analyse
from schemas.enrichment import Entity, Span

NAMES = (
    "Brest",
    "Georgia",
    "northern Syria",
    "San José",
    "the river Niger",
    "Paris",
    "Texas",
    "U.S.",
    "of",
    ",",
    "\x00",
    "İzmir",
    "東京",
)


def test_no_entity_gives_nothing() -> None:
    nothing = find_locations(Document(analyse("", "title"), analyse("", "body")), Findings())
    assert nothing == Findings()


def test_one_location_per_place_and_role(marked: Any) -> None:
    document, entities = marked("Shots were fired in [[Kyiv]]. Later [[Kiev]] was calm; arrests went on in [[Kyiv]].")
    found = find_locations(document, entities).locations
    assert [(location.name, location.role, len(location.mentions)) for location in found] == [
        ("Kyiv", "event", 2),
        ("Kyiv", "mentioned", 1),
    ]


def test_country_of_the_event_comes_first(marked: Any) -> None:
    document, entities = marked(
        "[[France]] and [[Germany]] called for calm after soldiers killed protesters in [[Khartoum]]. "
        "[[France]] will host a summit."
    )
    found = find_locations(document, entities)
    assert found.primary_country == "SD"
    assert found.countries[0] == "SD"
    assert set(found.countries) == {"SD", "FR", "DE"}


def test_nationalities_count_as_countries_without_being_places() -> None:
    document = Document(analyse("", "title"), analyse("French and South Korean officials agreed.", "body"))
    found = find_locations(document, Findings())
    assert found.locations == ()
    assert found.countries == ("FR", "KR")


def test_the_publishers_country_decides_when_nothing_else_does(marked: Any) -> None:
    document, entities = marked("Police in [[Cambridge]] closed a bridge in [[Boston]].", source_country="GB")
    assert {location.country for location in find_locations(document, entities).locations} <= {"GB", "US"}
    document, entities = marked("A lorry overturned in [[Newport]].", source_country="GB")
    assert [location.country for location in find_locations(document, entities).locations] == ["GB"]


def test_title_and_body_are_resolved_together(marked: Any) -> None:
    document, entities = marked("[[Brest]] was quiet.", title="[[Belarus]] shuts border")
    locations = find_locations(document, entities).locations
    assert {location.name: location.country for location in locations} == {"Belarus": "BY", "Brest": "BY"}
    assert {location.mentions[0].field for location in locations} == {"title", "body"}


def test_precision_and_admin1_come_from_the_gazetteer(marked: Any) -> None:
    document, entities = marked("From [[Bavaria]] to [[Munich]], [[Germany]], the [[Alps]] and the [[White House]].")
    precision = {
        location.name: (location.precision, location.admin1)
        for location in find_locations(document, entities).locations
    }
    assert precision["Munich"] == ("city", "Bavaria")
    assert precision["Bavaria"][0] == "admin1"
    assert precision["Germany"] == ("country", None)
    assert precision["Alps"][0] == "region"
    assert precision["White House"][0] == "site"


def test_confidence_grows_with_context(marked: Any) -> None:
    def confidence(text: str) -> float:
        document, entities = marked(text)
        return next(place.confidence for place in find_locations(document, entities).locations if place.name == "Brest")

    assert confidence("He lives in [[Brest]].") < confidence("He lives in [[Brest]], [[France]].")


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.text(max_size=12)), max_size=12), st.text(max_size=40))
def test_any_text_is_read(parts: list[tuple[str, str]], tail: str) -> None:
    raw, spans = "", []
    for name, filler in parts:
        spans.append(Span(start=len(raw), end=len(raw) + len(name)))
        raw += name + filler
    entities = tuple(Entity(type="location", name="x", mentions=(span,), rule="test", confidence=1.0) for span in spans)
    document = Document(analyse(tail, "title"), analyse(raw + tail, "body"))
    found = find_locations(document, Findings(entities=entities))
    assert found == find_locations(document, Findings(entities=entities))
    known = set(spans)
    assert all(set(location.mentions) <= known and location.mentions for location in found.locations)
    assert all(item.span in known and item.reason for item in found.rejected)
    assert (found.primary_country is None) == (not found.countries)


def test_a_list_of_very_many_names_is_bounded() -> None:
    raw = "Victoria, San José, Springfield, " * 2_000
    spans: dict[str, list[Span]] = {}
    for i in range(2_000):
        start = i * 33
        for name, at in (("Victoria", 0), ("San José", 10), ("Springfield", 20)):
            spans.setdefault(name, []).append(Span(start=start + at, end=start + at + len(name)))
    entities = tuple(
        Entity(type="location", name=name, mentions=tuple(found), rule="test", confidence=1.0)
        for name, found in spans.items()
    )
    found = find_locations(Document(analyse("", "title"), analyse(raw, "body")), Findings(entities=entities))
    assert sum(len(location.mentions) for location in found.locations) == 6_000
