"""The binary form of the gazetteer, shared by the build that writes it and the table that reads it.

    header | version | slots | entries | places | names | divisions

Little endian throughout, so that the file is the same on every machine.
- slots: open-addressing hash table, a power of two long; CRC-32 of the key and where its entry starts (0: empty slot)
- entry: length of the key (1 byte), the key, number of places (1 byte), their indices (4 bytes each)
- place: one `PLACE` record; coordinates in 1e-5 degrees
- names: length (1 byte) and UTF-8 text
- divisions: first-level divisions, one `TEXT` pair (code, name) each, addressed from places by number
"""

from __future__ import annotations

from struct import Struct
from typing import Final, NamedTuple

MAGIC: Final = b"TOCGAZ01"
HEADER: Final = Struct("<8s9I")
"""Magic, then `Sections`."""
SLOT: Final = Struct("<II")
PLACE: Final = Struct("<IiiIIHB2s")
"""GeoNames id (0: none), latitude, longitude, population, offset in names, division (0: none), kind, country."""
OFFSET: Final = Struct("<I")
SCALE: Final = 100_000
"""Units of a coordinate in a degree: about one metre."""
KINDS: Final = ("country", "admin1", "capital", "city", "region", "water", "site", "admin2")
DATA_FILE: Final = "places.bin"
COUNTRIES_FILE: Final = "countries.json"


class Sections(NamedTuple):
    """Where the parts start, in bytes; `slot_count`, `place_count` and `division_count` in records."""

    version_length: int
    slot_count: int
    slots: int
    entries: int
    places: int
    names: int
    divisions: int
    place_count: int
    division_count: int
