"""Write rows in the form of `pipeline.gazetteer.layout`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from zlib import crc32

from gazetteer_build.records import Row
from pipeline.gazetteer.folding import fold
from pipeline.gazetteer.layout import HEADER, KINDS, MAGIC, OFFSET, PLACE, SCALE, SLOT, Sections

HAND_PICKED = ("region", "water", "site")
"""Kinds without population, which come first."""
MAX_SENSES = 200
"""Places kept per name; the most ambiguous names have about 150 divisions that know them."""


def _text(text: str) -> bytes:
    data = text.encode()[:255]
    return bytes([len(data)]) + data


def _rank(row: Row) -> tuple[bool, int, str, int, str]:
    return row.kind not in HAND_PICKED, -row.population, row.kind, row.geonames_id, row.name


def _named(rows: list[Row]) -> Iterator[tuple[str, int]]:
    """Every key with every place that has it: places that print the name first, then those with it as an alternate."""
    order = sorted(range(len(rows)), key=lambda i: _rank(rows[i]))
    own = [fold(row.name) for row in rows]
    for number in order:
        if own[number] in rows[number].keys:
            yield own[number], number
    for number in order:
        yield from ((key, number) for key in sorted(rows[number].keys) if key != own[number])


def senses(rows: list[Row]) -> dict[str, list[int]]:
    """Key to the numbers of its places, best first; per division and kind only one, by its own name if possible."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    seen: set[tuple[str, str, str, str]] = set()
    for key, number in _named(rows):
        row = rows[number]
        kind = "city" if row.kind == "capital" else row.kind
        place = (key, kind, row.country, row.division or row.name)
        if place not in seen and len(found[key]) < MAX_SENSES:
            seen.add(place)
            found[key].append(number)
    return {key: sorted(found[key], key=lambda i: _rank(rows[i])) for key in sorted(found)}


def _entries(index: dict[str, list[int]], start: int) -> tuple[bytes, dict[str, int]]:
    data, where = bytearray(), {}
    for key, numbers in index.items():
        where[key] = start + len(data)
        data += _text(key) + bytes([len(numbers)]) + b"".join(map(OFFSET.pack, numbers))
    return bytes(data), where


def _slots(where: dict[str, int], count: int) -> bytes:
    table: list[tuple[int, int]] = [(0, 0)] * count
    for key, offset in where.items():
        tag = crc32(key.encode())
        slot = tag & (count - 1)
        while table[slot][1]:
            slot = (slot + 1) & (count - 1)
        table[slot] = (tag, offset)
    return b"".join(SLOT.pack(tag, offset) for tag, offset in table)


def _names(rows: list[Row]) -> tuple[bytes, dict[str, int]]:
    data, where = bytearray(), {}
    for name in sorted({row.name for row in rows}):
        where[name] = len(data)
        data += _text(name)
    return bytes(data), where


def _divisions(names: dict[str, str], start: int) -> tuple[bytes, dict[str, int]]:
    numbers = {code: i for i, code in enumerate(sorted(names), 1)}
    body, offsets = bytearray(), bytearray()
    for code in numbers:
        offsets += OFFSET.pack(start + 4 * len(numbers) + len(body))
        body += _text(code.split(".", 1)[1]) + _text(names[code])
    return bytes(offsets + body), numbers


def _place(row: Row, names: dict[str, int], numbers: dict[str, int]) -> bytes:
    return PLACE.pack(
        row.geonames_id,
        round(row.lat * SCALE),
        round(row.lon * SCALE),
        row.population,
        names[row.name],
        numbers.get(row.division, 0),
        KINDS.index(row.kind),
        (row.country or "--").encode(),
    )


def encode(rows: list[Row], division_names: dict[str, str], version: str) -> bytes:
    """The whole file."""
    index = senses(rows)
    count = 1 << (2 * len(index) - 1).bit_length()
    label = version.encode()
    slots_at = HEADER.size + len(label)
    entries_at = slots_at + SLOT.size * count
    entries, where = _entries(index, entries_at)
    names, name_at = _names(rows)
    places_at = entries_at + len(entries)
    names_at = places_at + PLACE.size * len(rows)
    divisions_at = names_at + len(names)
    divisions, numbers = _divisions(division_names, divisions_at)
    sections = Sections(
        len(label), count, slots_at, entries_at, places_at, names_at, divisions_at, len(rows), len(numbers)
    )
    places = b"".join(_place(row, name_at, numbers) for row in rows)
    return b"".join((HEADER.pack(MAGIC, *sections), label, _slots(where, count), entries, places, names, divisions))
