"""Compare two names word by word, in any order.

words of a, words of b -> similarity of every pair -> best one-to-one alignment -> what is left over on each side
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from pipeline.lists.skeleton import skeleton, vowels_agree
from pipeline.lists.vocabulary import NICKNAMES, ROMAN

SAME: Final = 1.0
SPELLING: Final = 0.96
INITIAL: Final = 0.7
NICKNAME: Final = 0.9
ALIKE: Final = 0.6
"""Least similarity of two words that may be one misspelt."""


class Pair(NamedTuple):
    """Word number `a` of the one name is word number `b` of the other."""

    a: int
    b: int
    similarity: float


class Alignment(NamedTuple):
    pairs: tuple[Pair, ...]
    left_a: tuple[int, ...]
    """Words of a without counterpart."""
    left_b: tuple[int, ...]

    @property
    def similarity(self) -> float:
        """Mean over the pairs; 0 without any."""
        return sum(pair.similarity for pair in self.pairs) / len(self.pairs) if self.pairs else 0.0

    @property
    def weakest(self) -> float:
        return min((pair.similarity for pair in self.pairs), default=0.0)


@lru_cache(maxsize=65_536)
def word_similarity(a: str, b: str) -> float:
    """How far two folded words are one: 1 equal, 0.96 spellings of one sound, 0.9 a nickname, 0.7 an initial, edits
    for misspellings; 0 below `ALIKE`."""
    if a == b:
        return SAME
    if len(a) == 1 or len(b) == 1:
        return INITIAL if a[0] == b[0] and not a.isdigit() and not b.isdigit() else 0.0
    if a.isdigit() or b.isdigit() or a in ROMAN or b in ROMAN:
        return 0.0
    if NICKNAMES.get(a) == b or NICKNAMES.get(b) == a:
        return NICKNAME
    one, other = skeleton(a), skeleton(b)
    if one.key == other.key and len(one.key) > 1 and vowels_agree(one, other):
        return SPELLING
    edits = OSA.normalized_similarity(a, b)
    return edits if edits >= ALIKE and min(len(a), len(b)) >= 4 else 0.0


def align(a: tuple[str, ...], b: tuple[str, ...]) -> Alignment:
    """The best pairs first, each word once; then words that were split or joined ("jan daniel", "jandaniel")."""
    scored = sorted(
        (
            Pair(i, j, similarity)
            for i, one in enumerate(a)
            for j, other in enumerate(b)
            if (similarity := word_similarity(one, other))
        ),
        key=lambda pair: (-pair.similarity, abs(pair.a - pair.b)),
    )
    used_a: set[int] = set()
    used_b: set[int] = set()
    pairs: list[Pair] = []
    for pair in scored:
        if pair.a not in used_a and pair.b not in used_b:
            pairs.append(pair)
            used_a.add(pair.a)
            used_b.add(pair.b)
    left_a = tuple(i for i in range(len(a)) if i not in used_a)
    left_b = tuple(j for j in range(len(b)) if j not in used_b)
    return Alignment(tuple(sorted(pairs)), left_a, left_b)
