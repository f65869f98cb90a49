"""The world's places: what a name can mean, where that is, and how many live there.

Built from GeoNames and others when the package is built (`NOTICE.md`: sources, licences), memory-mapped when used.

>>> lookup("Brest")[0].country, lookup("Brest")[0].kind
('BY', 'admin1')
>>> demonym("Kazakhs"), country("KZ").capital
('KZ', 'Astana')
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.gazetteer.countries import (
    Country,
    countries,
    country,
    demonym,
    demonym_heads,
    demonym_parts,
    demonym_tails,
)
from pipeline.gazetteer.folding import fold
from pipeline.gazetteer.former import FormerName, former_name, was_renamed
from pipeline.gazetteer.table import GazetteerMissingError, Place, PlaceKind, lookup, open_table

VERSION: str
"""Data sets and their versions, for provenance."""

if not TYPE_CHECKING:

    def __getattr__(name: str) -> str:
        # The version is in the data file; reading it on import would make every import need the built data.
        if name == "VERSION":
            return open_table().version
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "VERSION",
    "Country",
    "FormerName",
    "GazetteerMissingError",
    "Place",
    "PlaceKind",
    "countries",
    "country",
    "demonym",
    "demonym_heads",
    "demonym_parts",
    "demonym_tails",
    "fold",
    "former_name",
    "lookup",
    "was_renamed",
]
