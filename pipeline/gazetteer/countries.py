"""Countries: names, demonyms, capitals."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from typing import Any, NamedTuple, cast

from pipeline.gazetteer.folding import fold
from pipeline.gazetteer.layout import COUNTRIES_FILE
from pipeline.gazetteer.table import GazetteerMissingError
from pipeline.mapped import packaged_file


class Country(NamedTuple):
    """A country or territory with its own ISO 3166-1 code (and Kosovo)."""

    code: str
    """ISO 3166-1 alpha-2; `XK` for Kosovo."""
    name: str
    """Name in English-language news."""
    aliases: tuple[str, ...]
    """Other and former names."""
    demonyms: tuple[str, ...]
    """Adjective first, then nouns, with plurals. Empty means none is in use."""
    capital: str | None
    """Seat of government, the first of several. None for uninhabited territories."""
    geonames_id: int | None
    lat: float
    """GeoNames or Factbook point, WGS 84."""
    lon: float


@cache
def packaged() -> dict[str, Any]:
    """The hand-made tables as the build wrote them.

    Raises:
        GazetteerMissingError: the package was built without its data.
    """
    path = packaged_file("pipeline.gazetteer", COUNTRIES_FILE)
    if not path.is_file():
        raise GazetteerMissingError(f"{path} is missing; run `pip install -e .` again, or reinstall tocsin")
    return cast(dict[str, Any], json.loads(path.read_bytes()))


@cache
def _countries() -> dict[str, Country]:
    return {
        code: Country(
            code,
            row["name"],
            tuple(row["aliases"]),
            tuple(row["demonyms"]),
            row["capital"],
            row["geonames_id"],
            *row["point"],
        )
        for code, row in packaged()["countries"].items()
    }


def country(code: str) -> Country | None:
    """The country with ISO 3166-1 alpha-2 *code* in capitals; None when there is none."""
    return _countries().get(code)


def countries() -> tuple[Country, ...]:
    """All countries, by code."""
    return tuple(_countries().values())


@cache
def demonym_heads() -> frozenset[str]:
    """First words of the demonyms that are of several words, lower case: "south", "costa"."""
    return frozenset(word.split()[0] for word in packaged()["demonyms"] if " " in word)


@cache
def demonym_tails() -> frozenset[str]:
    """Last words of the demonyms that are of several words, folded: "korean", "rican"."""
    return frozenset(word.split()[-1] for word in packaged()["demonyms"] if " " in word)


@cache
def demonym_parts() -> frozenset[str]:
    """The demonyms and the last words of those of several words, folded: other words tell of no country."""
    return demonym_tails().union(packaged()["demonyms"])


@lru_cache(maxsize=8192)
def demonym(word: str) -> str | None:
    """Code of the country whose people or whose adjective *word* is ("French", "Kazakhs", "South African"); else None.

    The first letter must be a capital: "polish" and "pole" are no Poles.
    """
    if not word[:1].isupper():
        return None
    return cast("str | None", packaged()["demonyms"].get(fold(word)))
