"""Whether two names are one person's or one body's, with nothing but the names to go by."""

from __future__ import annotations

from typing import Final

from rapidfuzz.distance import OSA

from pipeline.lists.compare import INITIAL, Alignment, align
from pipeline.lists.tokens import NameTokens, tokenise_name
from pipeline.lists.vocabulary import ROMAN
from schemas.lists import EntryType

_TYPES: Final[dict[str, EntryType]] = {"Person": "person", "Vessel": "vessel", "Airplane": "aircraft"}
PERSON_MEAN: Final = 0.82
PERSON_WEAKEST: Final = 0.66
BODY_MEAN: Final = 0.76
BODY_WEAKEST: Final = 0.7
SINGLE: Final = 0.8
"""For names of one word."""
JOINED: Final = 0.9
"""Least similarity of the names written without gaps."""
_ACRONYM: Final = 3


def match(a: str, b: str, schema: str) -> bool:
    """Whether *a* and *b* may name the same target.

    Args:
        schema: Person, Organization, Company, LegalEntity, Vessel, Airplane; anything else counts as a body.
    """
    kind = _TYPES.get(schema, "organisation")
    one, other = tokenise_name(a, kind), tokenise_name(b, kind)
    if not one.core or not other.core:
        return False
    if sorted(one.core) == sorted(other.core):
        return True
    if _numbers(one) != _numbers(other):
        return False
    found = align(one.core, other.core)
    same = _same_person(found, one, other) if kind == "person" else _same_body(found, one, other)
    return same or _same_joined(one, other)


def _numbers(name: NameTokens) -> frozenset[str]:
    return frozenset(word for word in name.core if word in ROMAN or word.isdigit())


def _same_joined(one: NameTokens, other: NameTokens) -> bool:
    a, b = "".join(one.core), "".join(other.core)
    return min(len(a), len(b)) >= 6 and OSA.normalized_similarity(a, b) >= JOINED


def _same_person(found: Alignment, one: NameTokens, other: NameTokens) -> bool:
    if found.left_a and found.left_b:
        return False
    if len(one.core) == len(other.core) == 1:
        return found.similarity >= SINGLE
    whole = [pair.similarity for pair in found.pairs if pair.similarity != INITIAL]
    if len(found.pairs) < 2 or not whole:
        return False
    return sum(whole) / len(whole) >= PERSON_MEAN and min(whole) >= PERSON_WEAKEST


def _same_body(found: Alignment, one: NameTokens, other: NameTokens) -> bool:
    if is_acronym(one, other) or is_acronym(other, one):
        return True
    if found.left_a or found.left_b:
        return False
    return found.similarity >= BODY_MEAN and found.weakest >= BODY_WEAKEST


def is_acronym(short: NameTokens, long: NameTokens) -> bool:
    """Whether *short* is the first letters of *long*, with or without its small words."""
    if len(short.core) != 1 or len(short.core[0]) < _ACRONYM:
        return False
    initials = ("".join(word[0] for word in words) for words in (long.core, long.all))
    return len(long.core) >= _ACRONYM and short.core[0] in initials
