"""What the extractor promises beyond single cases."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

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
    assert found.countries == ("SD",)
    assert (found.mentioned_countries[0], set(found.mentioned_countries)) == ("SD", {"SD", "FR", "DE"})


def test_a_meeting_about_unrest_does_not_put_its_venue_among_the_countries(marked: Any) -> None:
    document, entities = marked(
        "Ministers of the union meet in [[Brest]], in [[France]], this week. They will discuss measures. "
        "Police killed dozens of protesters in [[Almaty]], and [[Paris]] condemned it."
    )
    found = find_locations(document, entities)
    assert (found.primary_country, found.countries) == ("KZ", ("KZ",))
    assert set(found.mentioned_countries) == {"KZ", "FR"}


def test_without_an_event_all_countries_count(marked: Any) -> None:
    document, entities = marked("Ministers meet in [[Lisbon]]. [[Ghana]] is invited.")
    found = find_locations(document, entities)
    assert set(found.countries) == set(found.mentioned_countries) == {"PT", "GH"}


def test_a_likely_sense_that_lost_is_refused_with_the_winner_and_the_reason(marked: Any) -> None:
    document, entities = marked("French police in [[Brest]] met officers from [[Rennes]].")
    found = find_locations(document, entities)
    (lost,) = [item for item in found.rejected if item.winner]
    assert (lost.text, lost.considered_as, lost.winner) == ("Brest", "location", "Brest, Brittany, FR")
    assert lost.reason.startswith("not Brest, BY: ")


def test_a_former_name_is_told_with_its_years(marked: Any) -> None:
    document, entities = marked("Flights to [[Nur-Sultan]] and [[Rangoon]] resumed, and those to [[Almaty]].")
    former = {place.name: place.former_name for place in find_locations(document, entities).locations}
    assert former == {"Astana": "Nur-Sultan (2019-2022)", "Yangon": "Rangoon (until 1989)", "Almaty": None}


def test_a_former_name_counts_less_when_it_is_long_gone(marked: Any) -> None:
    document, entities = marked("He lives in [[Salisbury]].")
    before = replace(document, published_at=datetime(1975, 5, 1, tzinfo=UTC))
    today = replace(document, published_at=datetime(2020, 5, 1, tzinfo=UTC))
    assert [find_locations(one, entities).locations[0].country for one in (before, today)] == ["ZW", "GB"]


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
