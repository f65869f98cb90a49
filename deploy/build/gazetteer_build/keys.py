"""From printed names to the keys they are looked up by."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from pipeline.gazetteer.folding import fold

MAX_KEY: Final = 60
ALTERNATE_MIN: Final = 4
"""Shorter alternates are airport codes and fragments; they collide with words."""
PRIMARY_MIN: Final = 3

_ABBREVIATION: Final = re.compile(r"[A-Z][A-Za-z.]{1,4}\.")
_ACRONYM: Final = re.compile(r"(?:[A-Z]\.?){2,5}")
_DIVISION_WORDS: Final = (
    r"region|province|state|oblast|department|governorate|district|county|parish|prefecture|division|municipality|canton|"
    r"republic|krai|kray|territory|autonomous region|special region|oblisi|oblysy|voblasc|voblasts|rayon|emirate|"
    r"metropolitan|city|capital"
)
_SUFFIX: Final = re.compile(rf" (?:{_DIVISION_WORDS})$")
_PREFIX: Final = re.compile(
    r"^(?:(?:autonomous )?(?:region|province|state|republic|department|governorate|muhafazat|"
    r"provincia|departamento|estado) (?:of |de |del )?)"
)
_NICKNAME_HEADS: Final = (" city", " state")
"""How nicknames end ("Mountain State"); a division's own name may end so too."""
_QUARTER: Final = re.compile(r"^(north|south|east|west)ern ")
"""Newsrooms write both "Northern Darfur" and "North Darfur"."""
_ARTICLE: Final = re.compile(r"^(?:al|an|ar|as|ash|at|az|ad|adh|el|ath) ")
_ARABIC: Final = frozenset("AE BH DZ EG IQ JO KW LB LY MA OM PS QA SA SD SY TN YE".split())
_SHORTENED: Final = {"saint": "st", "sainte": "ste", "st": "saint", "mount": "mt", "fort": "ft"}
_GENERIC: Final = frozenset(
    "north,south,east,west,northern,southern,eastern,western,central,centre,center,capital,norte,sur,este,oeste,oriental,"
    "occidental,nord,sud,est,ouest,plateau,collines,littoral,coast,islands,highlands,midlands,bay,upper,lower,river,"
    "metropolitan,special,general,federal,union,red sea,white nile,blue nile,river nile,north central,"
    "northeast,northwest,southeast,southwest,north east,north west,south east,south west".split(",")
)
"""Names of divisions that are everyday words: they are kept with their head word only ("Northern Province")."""


def named(names: Iterable[str]) -> set[str]:
    """Keys of names that we wrote ourselves: folded; acronyms without stops; abbreviations as printed ("Ky.")."""
    return {_own(name) for name in names}


def _own(name: str) -> str:
    if _ACRONYM.fullmatch(name):
        return name.replace(".", "")
    return name if _ABBREVIATION.fullmatch(name) else fold(name)


_WRITTEN: Final = re.compile(rf"(?=.*[a-z])[ -~]{{{PRIMARY_MIN},{MAX_KEY}}}")
_LATIN: Final = re.compile(rf"[a-z][a-z ()]{{{ALTERNATE_MIN - 1},{MAX_KEY}}}")


def primary(name: str, country: str) -> set[str]:
    """Keys of the name GeoNames prints, with "Saint" for "St." and without the Arabic article."""
    key = fold(name)
    keys = {key}
    head, _, rest = key.partition(" ")
    if rest and head in _SHORTENED:
        keys.add(f"{_SHORTENED[head]} {rest}")
    if country in _ARABIC:
        keys.add(_ARTICLE.sub("", key))
    return {key for key in keys if _WRITTEN.fullmatch(key)}


def alternates(names: Iterable[str]) -> set[str]:
    """Keys of the alternates in Latin script. Romanised junk is told by its small initial, codes by their capitals."""
    return {
        key
        for name in names
        if name[:1].isupper() and not (name.isupper() and len(name) <= ALTERNATE_MIN)
        for key in (fold(name),)
        if _LATIN.fullmatch(key)
    }


def bare(key: str) -> str:
    """A division's key without its head word: "hiraan region" -> "hiraan"."""
    return _PREFIX.sub("", _SUFFIX.sub("", key)).strip() or key


def county(name: str, country: str) -> set[str]:
    """Keys of a second-level division. American counties are named with their head word only."""
    key = fold(name)
    keys = {key} if country == "US" else {key, bare(key)}
    if country == "IE":
        keys |= {key.removeprefix("county "), f"county {key.removeprefix('county ')}"}
    return {key for key in keys if _WRITTEN.fullmatch(key) and key not in _GENERIC}


def division(name: str, others: Iterable[str] = ()) -> set[str]:
    """Keys of a first-level division: its *name* and *others*, with and without head words.

    Nicknames among the others keep theirs: the "Apple City" is no place called Apple.
    """
    key = fold(name)
    keys = {key, bare(key)}
    for key in map(fold, others):
        keys |= {key} if key.endswith(_NICKNAME_HEADS) else {key, bare(key)}
    keys |= {_QUARTER.sub(r"\1 ", key) for key in keys}
    return {key for key in keys if _WRITTEN.fullmatch(key) and key not in _GENERIC}
