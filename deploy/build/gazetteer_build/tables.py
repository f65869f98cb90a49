"""Read the hand-made tables: tab-separated, `#` begins a comment line, `;` separates several names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from gazetteer_build.records import Alias, BuildError, Former, Row

SOURCES = Path(__file__).resolve().parent.parent / "sources"


def _lines(name: str, columns: int) -> Iterator[list[str]]:
    for number, line in enumerate((SOURCES / name).read_text("utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            cells = [cell.strip() for cell in line.split("\t")]
            if len(cells) > columns:
                raise BuildError(f"{name}:{number}: {len(cells)} columns, at most {columns} expected")
            yield cells + [""] * (columns - len(cells))


def _names(cell: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in cell.split(";") if name.strip())


def country_names() -> dict[str, tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
    """Code to (name, aliases, demonyms, capitals)."""
    return {
        code: (name, _names(aliases), _names(demonyms), _names(capitals))
        for code, name, aliases, demonyms, capitals in _lines("countries.tsv", 5)
    }


def country_points() -> dict[str, tuple[float, float]]:
    """Points that replace or complete those of the Factbook."""
    return {code: (float(lat), float(lon)) for code, lat, lon in _lines("country_points.tsv", 3)}


def divisions() -> dict[str, str]:
    """`CC.code` to GeoNames' name of every first-level division."""
    return dict(_lines("admin1.tsv", 2))


def division_points() -> dict[str, tuple[float, float, int]]:
    """`CC.code` to latitude, longitude and GeoNames id."""
    return {code: (float(lat), float(lon), int(ident)) for code, lat, lon, ident in _lines("admin1_points.tsv", 4)}


def counties() -> list[tuple[str, str, float, float]]:
    """`CC.division.code`, name, latitude, longitude."""
    return [(code, name, float(lat), float(lon)) for code, name, lat, lon in _lines("admin2.tsv", 4)]


_YEARS = re.compile(r"(?P<name>.+?) (?:(?P<since>\d{4})-|until )(?P<until>\d{4})")


def _former(cell: str) -> tuple[Former, ...]:
    """ "Nur-Sultan 2019-2022; Akmola 1992-1998", "Rangoon until 1989"."""
    found = []
    for note in _names(cell):
        match = _YEARS.fullmatch(note)
        if match is None:
            raise BuildError(f"aliases.tsv: {note!r} is not NAME FROM-TO or NAME until TO")
        since = int(match["since"]) if match["since"] else None
        found.append(Former(match["name"], since, int(match["until"])))
    return tuple(found)


def aliases() -> list[Alias]:
    """Former and other names of cities and divisions."""
    return [
        Alias(code, kind, name, _names(names), _former(years))
        for code, kind, name, names, years in _lines("aliases.tsv", 5)
    ]


def regions() -> list[tuple[Row, tuple[str, ...]]]:
    """Regions, waters and sites, each with its aliases."""
    return [
        (
            Row(
                name, kind, code.replace("-", ""), float(lat), float(lon), geonames_id=int(ident.replace("-", "") or 0)
            ),
            _names(other),
        )
        for name, other, kind, code, lat, lon, ident in _lines("regions.tsv", 7)
    ]
