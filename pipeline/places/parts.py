"""Places inside other names and words: "Kentucky Department of Education", "London-based", "Russia-Turkey ties".

They are no entities, but tell where a body has its beat, where somebody has a seat, and between whom something is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from pipeline.names import lexicon
from pipeline.names.places import is_region, strength
from pipeline.places.model import Mention
from pipeline.remembered import Remembered
from pipeline.text import Sentence, Text
from pipeline.text.lexicon import words
from pipeline.text.tokens import HYPHENS, lower

_LOCAL_HEADS: Final = words(
    "academy airport barracks cathedral center centre church clinic college council court department hall hospital "
    "institute jail library mosque museum police port prison school schools stadium station synagogue temple theater "
    "theatre university zoo"
)
"""Bodies that stand, or have their beat, where their name begins: "Colchester General Hospital", "Kentucky Police"."""
_PUBLIC_HEADS: Final = words(
    "department board society committee commission guard chamber association bureau partnership authority "
    "government assembly patrol troopers tribunal agency ministry legislature district parliament administration "
    "museum foundation federation constabulary sheriff's"
)
"""Bodies of the place that their name begins with, of whatever they are then: "Kentucky Department of Education"."""
_OF_HEADS: Final = words("university board church institute hospital archdiocese diocese port foundation league")
"""Bodies of the place that their name ends with: "University of Manitoba", but not "Bank of America"."""
_AFTER_HEAD: Final = words("of for on")
_LONGEST_TOWN: Final = 3
_HYPHEN: Final = "-"
_BEHIND: Final = words(
    "based led backed born held run owned controlled wide trained funded made sponsored linked occupied dominated "
    "brokered mediated allied affiliated aligned supported friendly area bound built educated flagged registered "
    "administered raised hosted"
)
"""Behind a place and a hyphen: "London-based", "Montreal-area"."""
_BEFORE: Final = words("pro anti non mid ex post pre trans made-in")
"""Before a place and a hyphen: "pro-Russia", "mid-Ohio"."""
_UNIONS: Final = frozenset({"eu", "un", "nato"})
"""Partners of countries in pairs: "Canada-EU"."""
_PERSONAL: Final = lexicon.GIVEN | lexicon.SURNAME | lexicon.COMMON | lexicon.NEVER


def place_of_body(text: Text, first: int, last: int) -> Mention | None:
    """The place that the name of a body, tokens *first* to *last* of *text*, begins or ends with; None when the body is
    neither local nor public."""
    if last - first < 2:
        return None
    words = text.lowers[first:last]
    head = _head(words)
    if words[-1] in _LOCAL_HEADS or head in _PUBLIC_HEADS:
        return _leading(text, first, last)
    if head in _OF_HEADS and words.count("of") == 1:
        return _known(text, first, first + words.index("of") + 1, last)
    return None


def _head(body: Sequence[str]) -> str:
    """The word that says what kind of body it is: the last one before "of", "for" or "on"."""
    if _AFTER_HEAD.isdisjoint(body):
        return body[-1]
    stop = next((i for i, lower in enumerate(body) if i and lower in _AFTER_HEAD), len(body))
    return body[stop - 1]


def _leading(text: Text, first: int, last: int) -> Mention | None:
    for end in range(min(first + _LONGEST_TOWN, last - 1), first, -1):
        if found := _known(text, first, first, end):
            return found
    return None


def _known(text: Text, body: int, first: int, last: int) -> Mention | None:
    start, end = text.starts[first], text.tokens[last - 1].end
    if strength(text.raw[start:end]) in ("sure", "likely"):
        return _mention(text, start, end, first, last, text.sentence_of(body))
    return None


def _mention(text: Text, start: int, end: int, first: int, last: int, sentence: Sentence) -> Mention:
    return Mention(text, start, end, first, last, sentence, text.raw[start:end], text.span(start, end))


def places_in_words(text: Text) -> list[Mention]:
    """Places in words with hyphens, in reading order; linear time."""
    return [
        _mention(text, start, end, first, i + 1, text.sentence_of(i))
        for i in _with_hyphen(text)
        if not text.printed[i].islower()
        for start, end, first in _in_word(text, i)
    ]


def _with_hyphen(text: Text) -> list[int]:
    """The tokens in which there is a hyphen, found by looking for it in the whole text at once."""
    found = set[int]()
    for hyphen in HYPHENS:
        at = text.raw.find(hyphen)
        while at >= 0:
            i = bisect_right(text.starts, at) - 1
            found.add(i)
            at = text.raw.find(hyphen, text.tokens[i].end)
    return sorted(found)


class _Compound(NamedTuple):
    """What a word with hyphens holds by itself: the stretches of its places, code points of the word."""

    places: tuple[tuple[int, int], ...]
    seat: int
    """Where the hyphen is behind which it says that somebody has a seat ("London-based"); -1 when it does not."""


def _compound(word: str) -> _Compound:
    head, _, tail = lower(word).rpartition(_HYPHEN)
    if not any(c.isupper() for c in word):
        return _NO_PLACES
    if tail in _BEHIND and _HYPHEN not in head:
        return _Compound((), len(head))
    if head in _BEFORE and _is_place(word[len(head) + 1 :]):
        return _Compound(((len(head) + 1, len(word)),), -1)
    return _Compound(tuple(_pair(word)), -1)


_NO_PLACES: Final = _Compound((), -1)
_COMPOUNDS: Final = Remembered(_compound, 4096)


def _in_word(text: Text, i: int) -> Iterator[tuple[int, int, int]]:
    """Start, end and first token of the places in token number *i*."""
    start = text.starts[i]
    places, seat = _COMPOUNDS[text.printed[i]]
    if seat >= 0:
        yield from _seat(text, i, start + seat)
    for begin, end in places:
        yield start + begin, start + end, i


def _seat(text: Text, i: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The place before the hyphen, with the word before it when both are one place: "New York-based"."""
    begin = text.sentence_of(i).first
    for first in (i - 1, i):
        if (
            first < begin
            or not text.tokens[first].is_capitalised
            or lexicon.flags(text.lowers[first]) & lexicon.FUNCTION
        ):
            continue
        start = text.starts[first]
        if _is_place(text.raw[start:end]):
            yield start, end, first
            return


def _pair(word: str) -> Iterator[tuple[int, int]]:
    """The countries that a word lists: "Russia-Turkey", "Canada-EU"; all its parts must be such."""
    parts = word.split(_HYPHEN)
    if not all(part.lower() in _UNIONS or strength(part) == "sure" for part in parts):
        return
    start = 0
    for part in parts:
        if part.lower() not in _UNIONS:
            yield start, start + len(part)
        start += len(part) + 1


def _is_place(name: str) -> bool:
    """Whether *name* is a place that no person and no everyday word is called by."""
    found = strength(name)
    if found == "sure":
        return True
    return found == "likely" and (is_region(name) or not lexicon.flags(name.lower()) & _PERSONAL)
