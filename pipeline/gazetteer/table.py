"""Read the gazetteer: a memory-mapped hash table; loading costs nothing, worker processes share its pages."""

from __future__ import annotations

import sys
from functools import cache, lru_cache
from pathlib import Path
from struct import unpack_from
from typing import Final, Literal, NamedTuple
from zlib import crc32

from pipeline.gazetteer.folding import fold
from pipeline.gazetteer.layout import DATA_FILE, HEADER, KINDS, MAGIC, OFFSET, PLACE, SCALE, SLOT, Sections
from pipeline.mapped import map_file, packaged_file
from pipeline.remembered import Remembered

PlaceKind = Literal["country", "admin1", "capital", "city", "region", "water", "site", "admin2"]

_ACRONYM_LENGTH: Final = 8
"""Longest acronym in print, with stops: "D.P.R.K."."""
_LONGEST_KNOWN: Final = 64
"""Longer names are looked up anew, so that hostile texts cannot fill the memory."""


_MOST_DIVISIONS: Final = 4096
_unpack_slot: Final = SLOT.unpack_from
_unpack_place: Final = PLACE.unpack_from


def _code(country: bytes) -> str | None:
    return sys.intern(country.decode()) if country != b"--" else None


_CODES: Final = Remembered(_code, 512)


class GazetteerMissingError(RuntimeError):
    """The data file was not built, or it is of another release."""


class Place(NamedTuple):
    """One sense of a name."""

    geonames_id: int | None
    """None means GeoNames' id is not known here."""
    name: str
    """Name as the gazetteer prints it."""
    country: str | None
    """ISO 3166-1 alpha-2; None for what spans countries and for open water."""
    admin1: str | None
    """GeoNames code of the first-level division within the country."""
    admin1_name: str | None
    kind: PlaceKind
    population: int
    """Inhabitants; 0 means unknown. Of a division: of its cities together."""
    lat: float
    """WGS 84, decimal degrees."""
    lon: float


class Table:
    """The mapped file. Every method is a pure function of the file's bytes."""

    def __init__(self, path: Path) -> None:
        """Map *path*.

        Raises:
            GazetteerMissingError: there is no such file, or it has another layout.
        """
        try:
            self._bytes = map_file(path)
        except (OSError, ValueError) as error:
            raise GazetteerMissingError(_missing(path)) from error
        if len(self._bytes) < HEADER.size or self._bytes[: len(MAGIC)] != MAGIC:
            raise GazetteerMissingError(_missing(path))
        self._sections = Sections(*HEADER.unpack_from(self._bytes)[1:])
        self._places, self._names = self._sections.places, self._sections.names
        self._division_of = Remembered(self._division, _MOST_DIVISIONS)
        self._slots, self._mask = self._sections.slots, self._sections.slot_count - 1
        self.version = self._bytes[HEADER.size : HEADER.size + self._sections.version_length].decode()

    def __len__(self) -> int:
        """Number of places."""
        return self._sections.place_count

    def find(self, key: str) -> int:
        """Where the list of places of *key* starts; 0 when the key is not there."""
        entry: int
        data, mask, slots = self._bytes, self._mask, self._slots
        wanted = key.encode("utf-8", "surrogatepass")
        tag = crc32(wanted)
        slot = tag & mask
        while True:
            stored, entry = _unpack_slot(data, slots + 8 * slot)
            if not entry:
                return 0
            if stored == tag:
                end = entry + 1 + data[entry]
                if data[entry + 1 : end] == wanted:
                    return end
            slot = (slot + 1) & mask

    def indices(self, start: int) -> tuple[int, ...]:
        """The places listed at *start*, best first."""
        return unpack_from(f"<{self._bytes[start]}I", self._bytes, start + 1)

    def place(self, index: int) -> Place:
        """Decode place number *index*."""
        geonames_id, lat, lon, population, name, division, kind, country = _unpack_place(
            self._bytes, self._places + PLACE.size * index
        )
        code, admin_name = self._division_of[division] if division else (None, None)
        return Place(
            geonames_id or None,
            self._text(self._names + name),
            _CODES[country],
            code,
            admin_name,
            KINDS[kind],
            population,
            lat / SCALE,
            lon / SCALE,
        )

    def _division(self, number: int) -> tuple[str, str]:
        """Code and name of first-level division *number*, counted from 1."""
        start = OFFSET.unpack_from(self._bytes, self._sections.divisions + 4 * (number - 1))[0]
        code = self._text(start)
        return sys.intern(code), sys.intern(self._text(start + 1 + len(code.encode())))

    def _text(self, start: int) -> str:
        data = self._bytes
        return data[start + 1 : start + 1 + data[start]].decode()


def _missing(path: Path) -> str:
    return (
        f"the gazetteer at {path} is missing or of another release; it is made when the package is built: "
        "run `pip install -e .` again in a checkout, or reinstall tocsin"
    )


@cache
def open_table() -> Table:
    """The packaged table, mapped on first use.

    Raises:
        GazetteerMissingError: the package was built without its data.
    """
    return Table(packaged_file("pipeline.gazetteer", DATA_FILE))


@lru_cache(maxsize=8192)
def _senses(start: int) -> tuple[Place, ...]:
    table = open_table()
    return tuple([table.place(index) for index in table.indices(start)])


def lookup(name: str) -> tuple[Place, ...]:
    """All senses of an exact *name*: regions, waters and sites, then the most populous first; empty when there is none.

    Spelling is folded (`fold`), a leading "the" is optional. An acronym is found in capitals only ("US", never "us"),
    an abbreviation with its full stop only ("Ky.").
    Of several places with one name in one first-level division, only one is kept: the most populous of those that
    print the name, else of those that have it as an alternate.

    Raises:
        GazetteerMissingError: the package was built without its data.
    """
    return _known(name) if len(name) <= _LONGEST_KNOWN else _lookup(name)


def _lookup(name: str) -> tuple[Place, ...]:
    table = open_table()
    start = 0
    if len(name) <= _ACRONYM_LENGTH and (name.isupper() or name.endswith(".")):
        start = table.find(name.replace(".", "") if name.isupper() else name)
    if not start:
        key = fold(name)
        start = table.find(key)
        if not start and key.startswith("the "):
            start = table.find(key[4:])
    return _senses(start) if start else ()


_known: Final = lru_cache(maxsize=8192)(_lookup)  # rules ask about one name from several sides
