"""What is known about a single word, as bit flags, so that a run of capitals is read with a few dictionary hits."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import Final

from pipeline import gazetteer
from pipeline.mapped import packaged_file
from pipeline.names import words as lists

TITLE: Final = 1
ORG_HEAD: Final = 2
PLACE_HEAD: Final = 4
GIVEN: Final = 8
SURNAME: Final = 16
COMMON: Final = 32
"""Printed in lower case in ordinary news."""
NEVER: Final = 64
"""No name even with a capital."""
DEMONYM: Final = 128
ETHNIC: Final = 256
WEAK_HEAD: Final = 512
OF_HEAD: Final = 1024
FUNCTION: Final = 2048
"""A word of grammar: no name begins with it."""


def plain(word: str) -> str:
    """*word* without accents; it is already lower case."""
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


def _listed(name: str) -> list[str]:
    raw = packaged_file("pipeline.names", name).read_text("utf-8")
    return [line for line in raw.splitlines() if line and line[0] != "#"]


@cache
def _known() -> dict[str, int]:
    """Every listed word with its flags; read once, on first use."""
    known: dict[str, int] = {}
    for flag, listed in (
        (GIVEN, _listed("given_names.txt")),
        (SURNAME, _listed("surnames.txt")),
        (COMMON, _listed("common_words.txt")),
        (TITLE, lists.TITLES),
        (ORG_HEAD, lists.ORG_HEADS),
        (PLACE_HEAD, lists.PLACE_HEADS),
        (NEVER, lists.NEVER_NAMES),
        (ETHNIC, lists.ETHNIC),
        (FUNCTION, lists.FUNCTION_WORDS),
        (WEAK_HEAD, lists.WEAK_ORG_HEADS),
        (OF_HEAD, lists.OF_HEADS),
    ):
        for word in listed:
            known[word] = known.get(word, 0) | flag
    return known


@lru_cache(maxsize=65536)
def flags(lower: str) -> int:
    """Flags of a word in lower case."""
    known = _known()
    found = known.get(lower)
    if found is None:
        found = known.get(plain(lower), 0)
    if not found and "-" in lower:
        found = _hyphenated(lower, known)
    if not found & NEVER and gazetteer.demonym(lower.capitalize()):
        found |= DEMONYM
    return found


def _hyphenated(lower: str, known: dict[str, int]) -> int:
    """ "kassym-jomart" and "jean-pierre" are given names by their parts; "al-assad" is a surname."""
    parts = [known.get(plain(part), 0) for part in lower.split("-")]
    if all(gazetteer.demonym(part.capitalize()) or known.get(part, 0) & ETHNIC for part in lower.split("-")):
        return ETHNIC  # "israeli-palestinian"
    if lower.endswith(("-designate", "-elect", "-general")):
        return TITLE
    if lower.split("-")[0] in {"al", "el", "ul", "an", "ash", "as", "ad", "ar"}:
        return SURNAME
    if any(part & GIVEN for part in parts) and not any(part & (COMMON | NEVER) and not part & GIVEN for part in parts):
        return GIVEN
    return COMMON if parts and parts[-1] & COMMON else 0
