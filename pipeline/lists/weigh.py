"""Is the name in the text the listed name? A score from 0 to 1 with its reasons, before anything else in the article is
looked at.

    how the words fit (equal, spelt otherwise, part of a longer name) -> how rare they are -> words left over
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from pipeline.lists.blocking import USUAL_NAMES, Candidate
from pipeline.lists.compare import INITIAL, NICKNAME, SAME, SPELLING, Alignment, align
from pipeline.lists.index import ListIndex, Name
from pipeline.lists.tokens import Word, tokenise_name
from pipeline.lists.vocabulary import COMMON_NAMES
from pipeline.names.lexicon import COMMON, DEMONYM, FUNCTION, GIVEN, ORG_HEAD, SURNAME, TITLE, flags
from schemas.lists import EntryType

EQUAL: Final = 0.94
SPELT: Final = 0.9
MISSPELT: Final = 0.62
PART: Final = 0.8
"""The text has fewer words than the list, or more."""
SINGLE: Final = 0.7
"""One word alone: never enough without corroboration."""
TYPICAL_BITS: Final = 19.0
PART_BITS: Final = 22.0
"""A part of a name must tell more than a whole one."""
GENERIC_BITS: Final = 12.5
"""Below it the name is that of many: Muhammad Ali, Ministry of Defence."""
TELLING_BITS: Final = 24.0
"""Above it a neighbouring word is not taken for more of the name."""
PER_BIT: Final = 0.012
_MOST_UP: Final = 0.04
_MOST_DOWN: Final = 0.3
_KNOWN_NAME_BITS: Final = 8.5
"""A word that is a given name or surname of ordinary people tells no more than this, however rare it is on the list."""
_COMMON_NAME_BITS: Final = 5.5
_COMMON_BITS: Final = 5.0
"""The same for a word that is printed in lower case in ordinary news."""
_LEFT: Final = 0.05
_LEFT_FIRST: Final = 0.1
"""The text lacks the first word of the listed name: Mahmoud Abbas is not Ali Mahmoud Abbas."""
_MAX_LEFT: Final = 3
_PATRONYMIC: Final = re.compile(r"(?:ovich|evich|ovych|evych|yich|ovna|evna|ivna|ovitch|evitch|auna|yavich|avich)$")
"""Printed on lists and hardly ever in the news."""

_NO_NAME: Final = COMMON | FUNCTION | TITLE | DEMONYM | ORG_HEAD


class Weighed(NamedTuple):
    """A listed name in the words `first` to `last` (half open) of a text's tokens."""

    name: Name
    type: EntryType
    first: int
    last: int
    score: float
    why: str
    single: bool
    """It rests on one word."""
    generic: bool
    """Its words are those of many."""
    beside: tuple[Word, ...]
    """Words directly before and behind that look like more of the name."""


@lru_cache(maxsize=16_384)
def _ceiling(word: str) -> float:
    known = flags(word)
    if word.isdigit():
        return _COMMON_BITS
    if word in COMMON_NAMES:
        return _COMMON_NAME_BITS
    if known & (GIVEN | SURNAME):
        return _KNOWN_NAME_BITS
    return _COMMON_BITS if known & _NO_NAME else 99.0


def bits(words: Sequence[str], index: ListIndex) -> float:
    """How much the *words* tell, in bits: the rarer on the lists and among ordinary names, the more."""
    names = max(index.names, USUAL_NAMES) + 1
    return sum(min(math.log2(names / (index.word(word)[1] or 1)), _ceiling(word)) for word in words)


def weigh(candidate: Candidate, index: ListIndex) -> Weighed | None:
    """What speaks for and against *candidate*; None when the words do not fit at all."""
    name = index.name(candidate.name)
    kind = index.entry(name.entry).type
    listed = tokenise_name(name.text, kind).core
    inside = candidate.words[candidate.first : candidate.last]
    found = align(tuple([word.text for word in inside]), listed)
    if not _fits(found, kind):
        return None
    base, why = _base(found, inside, listed)
    amount = bits([inside[pair.a].text for pair in found.pairs], index)
    typical = PART_BITS if found.left_a or found.left_b else TYPICAL_BITS
    score = base + max(-_MOST_DOWN, min(_MOST_UP, (amount - typical) * PER_BIT))
    return Weighed(
        name=name,
        type=kind,
        first=inside[0].first,
        last=inside[-1].last,
        score=max(0.0, min(1.0, score)),
        why=why,
        single=len(found.pairs) < 2,
        generic=len(found.pairs) > 1 and amount < GENERIC_BITS,
        beside=_beside(candidate, kind) if amount < TELLING_BITS else (),
    )


def _fits(found: Alignment, kind: EntryType) -> bool:
    if found.left_a and found.left_b:
        return False
    if kind != "person":
        least = SPELLING if len(found.pairs) > 1 else SAME
        return not found.left_a and not found.left_b and found.weakest >= least
    whole = [pair.similarity for pair in found.pairs if pair.similarity != INITIAL]
    alike = all(similarity >= NICKNAME for similarity in whole) or not (found.left_a or found.left_b)
    return len(whole) >= min(2, len(found.pairs)) and alike and len(found.left_a) <= 1


def _base(found: Alignment, inside: Sequence[Word], listed: Sequence[str]) -> tuple[float, str]:
    spelt = [f"{inside[p.a].text}/{listed[p.b]}" for p in found.pairs if p.similarity != SAME]
    if found.left_a or found.left_b:
        return _base_of_part(found, inside, listed, spelt)
    if len(found.pairs) == 1:
        return SINGLE, f"one word matches: {inside[0].text}"
    if not spelt:
        return EQUAL, f"all {len(found.pairs)} words match: {' '.join(word.text for word in inside)}"
    base = SPELT if found.weakest >= SPELLING else MISSPELT
    if base == MISSPELT and sum(pair.similarity < SPELLING for pair in found.pairs) * 3 <= len(found.pairs):
        base = SPELT - (1 - found.weakest)  # one word in three
    return base, f"all {len(found.pairs)} words match, spelt {', '.join(spelt)}"


def _base_of_part(
    found: Alignment, inside: Sequence[Word], listed: Sequence[str], spelt: Sequence[str]
) -> tuple[float, str]:
    left = [inside[i].text for i in found.left_a] + [listed[j] for j in found.left_b]
    base = PART - _LEFT * min(_MAX_LEFT, sum(1 for word in left if not _PATRONYMIC.search(word)))
    if 0 in found.left_b:
        base -= _LEFT_FIRST
    where = "the text" if found.left_b else "the list"
    text = f"{len(found.pairs)} words match, {' '.join(left)} is not in {where}"
    return (base - _LEFT, f"{text}, spelt {', '.join(spelt)}") if spelt else (base, text)


def _beside(candidate: Candidate, kind: EntryType) -> tuple[Word, ...]:
    words, first, last = candidate.words, candidate.first, candidate.last
    near = []
    if first and words[first - 1].last == words[first].first:
        near.append(words[first - 1])
    if last < len(words) and words[last].first == words[last - 1].last:
        near.append(words[last])
    belongs = _extends_person if kind == "person" else _extends_body
    return tuple([word for word in near if belongs(flags(word.text))])


def _extends_person(known: int) -> bool:
    return not known & _NO_NAME or bool(known & (GIVEN | SURNAME))


def _extends_body(known: int) -> bool:
    """ "Atlantic Ocean" is no Atlantic; "Russian Velmarneft" and "Velmarneft President" are Velmarneft."""
    return not known & (DEMONYM | TITLE | FUNCTION)
