"""Nouns that mean a body or a person just named: "the ministry", "the foreign ministry", "the president".

Only where the article leaves no choice: exactly one entity named so far has the noun in its name or title.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress, count
from typing import Final

from msgspec import Struct

from pipeline.names.words import NEVER_ALONE, ORG_HEADS, PORTFOLIOS
from pipeline.text import Text
from pipeline.text.lexicon import words

_BODIES: Final = ORG_HEADS & words(
    "ministry department agency authority council committee commission court parliament assembly senate union party "
    "front army association federation confederation league alliance coalition institute university college bank fund "
    "foundation company corporation bureau board tribunal secretariat embassy consulate church observatory chamber "
    "directorate regiment brigade militia cabinet organisation organization academy school hospital newspaper airline"
)
_PERSONS: Final = words(
    "president minister premier chancellor king queen prince princess emir sultan pope governor mayor general colonel "
    "ambassador senator judge secretary chairman chairwoman commissioner sheikh ayatollah archbishop bishop patriarch"
)
_NOUNS: Final = _BODIES | _PERSONS
_SPELLING: Final = {"organization": "organisation", "parties": "party", "defense": "defence", "labor": "labour"}
_MOST: Final = 200
"""Nouns considered per text: bounds the work on a hostile one."""
_GOES_ON: Final = words("of for in on who whose which that general 's ’s")
"""After the noun these say which one is meant: "the ministry of health" need not be the one just named."""


class Known(Struct, frozen=True):
    """An entity that a noun may mean."""

    entity: int
    words: frozenset[str]
    """Lower-case words of its names, or of its title, in one spelling."""
    since: int
    """Token from which on it is known; 0 for one that another field names."""


class Noun(Struct, frozen=True):
    """A noun after "the" that may mean an entity; tokens `first` to `last`."""

    first: int
    last: int
    word: str
    asked: frozenset[str]
    """Words between, which the entity must have too: "foreign" of "the foreign ministry"."""


def spelt(listed: Iterable[str]) -> frozenset[str]:
    """*listed* in one spelling."""
    return frozenset([_SPELLING.get(word, word) for word in listed])


def _modifiers(text: Text, noun: int) -> tuple[str, ...] | None:
    """Words between "the" and the noun, at most two, all of an office; None when there is no "the"."""
    lowers = text.lowers
    for first in range(noun - 1, max(0, noun - 3) - 1, -1):
        if lowers[first] == "the":
            return lowers[first + 1 : noun]
        if lowers[first] not in PORTFOLIOS and lowers[first] not in NEVER_ALONE:
            return None
    return None


def find_nouns(text: Text) -> tuple[Noun, ...]:
    """The nouns of *text* after "the" that are written small and do not go on."""
    lowers, tokens, found = text.lowers, text.tokens, list[Noun]()
    for i in compress(count(), map(_NOUNS.__contains__, lowers)):
        if tokens[i].text != lowers[i]:
            continue
        if i + 1 < len(tokens) and (lowers[i + 1] in _GOES_ON or tokens[i + 1].is_capitalised):
            continue
        between = _modifiers(text, i)
        if between is not None:
            found.append(Noun(i - len(between) - 1, i + 1, _SPELLING.get(lowers[i], lowers[i]), spelt(between)))
    return tuple(found[:_MOST])


def meant(noun: Noun, known: Sequence[Known]) -> int | None:
    """The one entity that *noun* can mean; None when there is none, or more than one."""
    found = {
        one.entity for one in known if one.since < noun.last and noun.word in one.words and noun.asked <= one.words
    }
    return found.pop() if len(found) == 1 else None
