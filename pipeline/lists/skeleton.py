"""The part of a name's word that survives spelling: consonants by sound, and where vowels stand.

Muhammad, Mohamed and Mohammed share one skeleton; Mahmoud has another, since no vowel stands between its h and m.
Which vowels they are is compared apart (`vowels_agree`), so that Hassan is not Hussein.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

# In order: longer spellings of a sound before the shorter ones that they contain. Before each pattern the letters of
# which a word must hold one, since most words need few of them.
_SOUNDS: Final = tuple(
    (frozenset(letters), re.compile(pattern), sound)
    for letters, pattern, sound in (
        ("s", r"(?<=[vj])s$", ""),  # Latvian: Sergejs Lavrovs
        ("fw", r"(?<=[oe])(?:ff|v|w)$", "v"),
        ("s", r"shch|sch|sh|sz", "S"),
        ("c", r"tsch|tch|ch|cz", "C"),
        ("zj", r"d(?:zh|j|z(?=h))|zh", "J"),
        ("j", r"(?<=[aeiou])j(?![aeiouy])", "i"),
        ("j", r"j", "J"),
        ("k", r"kh", "h"),
        ("p", r"ph", "f"),
        ("x", r"x", "ks"),
        ("q", r"cq|q", "k"),
        ("c", r"ck", "k"),
        ("c", r"c(?=[eiy])", "s"),
        ("c", r"c", "k"),
        ("h", r"(?<=[bdgkrt])h", ""),
        ("w", r"(?<=[aeo])w(?![aeiouy])", "u"),
        ("w", r"w", "v"),
        ("h", r"(?<=[aeiouy])h$", ""),
        ("z", r"tz", "ts"),
    )
)
_VOWELS: Final = re.compile(r"[aeiouy]+")
_DOUBLED: Final = re.compile(r"([^aeiouy])\1+")
_LIKE: Final = {"a": "ae", "e": "aei", "i": "eiy", "y": "eiy", "o": "ou", "u": "ou"}
"""Vowels that stand for one another between spellings of one name."""


class Skeleton(NamedTuple):
    key: str
    """Consonants by sound, `a` for every group of vowels."""
    vowels: tuple[str, ...]
    """The groups."""


@lru_cache(maxsize=65_536)
def skeleton(word: str) -> Skeleton:
    """Of one folded word.

    >>> skeleton("muhammad").key == skeleton("mohamed").key, skeleton("mahmoud").key == skeleton("mohamed").key
    (True, False)
    """
    held = set(word)
    for letters, pattern, sound in _SOUNDS:
        if not letters.isdisjoint(held):
            word = pattern.sub(sound, word)
    word = _DOUBLED.sub(r"\1", word)
    return Skeleton(_VOWELS.sub("a", word), tuple(_VOWELS.findall(word)))


def vowels_agree(one: Skeleton, other: Skeleton) -> bool:
    """Whether each group of vowels can stand for its counterpart; both have the same key."""
    return all(map(_agree, one.vowels, other.vowels))


def _agree(one: str, other: str) -> bool:
    return one == other or any(b in _LIKE[a] for a in one for b in other)
