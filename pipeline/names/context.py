"""The country of a person or body, from the words beside the name: "Kenya's foreign minister, Amina Noor"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from msgspec import Struct

from pipeline.names import lexicon, places
from pipeline.names.passes import Part
from pipeline.names.reading import Mention
from pipeline.names.words import NEVER_ALONE, PORTFOLIOS, ROLES
from pipeline.text.lexicon import words

_MOST_WORDS: Final = 7
"""Words of a title that are walked over."""
_POSSESSIVE: Final = frozenset({"'s", "’s", "'", "’"})
_BETWEEN: Final = words("the a an former current then longtime veteran exiled ousted new late and of for outgoing top")
_OFFICES: Final = frozenset({"president", "prime minister", "premier", "chancellor", "king", "queen", "emir", "sultan"})
"""Offices that every state has one of: whoever holds one in an article about one state holds that state's."""


class Told(NamedTuple):
    """A country and the rule that told it."""

    country: str
    rule: str


class Sites(Struct, frozen=True):
    """Where a field names countries and nationalities: token index to ISO code."""

    starts: dict[int, str]
    ends: dict[int, str]
    after: dict[int, int]
    """Start of such a mention to its end."""


def sites(part: Part) -> Sites:
    """The countries and nationalities among the mentions of *part*."""
    found = Sites({}, {}, {})
    for mention in part.mentions:
        code = mention.country if mention.label == "nationality" else None
        if mention.label == "location":
            code = places.country_of(part.reading.phrase(mention.first, mention.last))
        if code:
            found.starts[mention.first] = code
            found.ends[mention.last] = code
            found.after[mention.first] = mention.last
    return found


def _is_office(lower: str) -> bool:
    return lower in ROLES or bool(lexicon.flags(lower) & lexicon.TITLE)


def _modifies(lower: str) -> bool:
    return lower in PORTFOLIOS or lower in NEVER_ALONE or lower in _BETWEEN


def _over(lower: Callable[[int], str], i: int, step: int) -> tuple[int, bool]:
    """Index of the first token from *i* on, in the direction of *step*, that belongs to no office; whether one did."""
    office = False
    for _ in range(_MOST_WORDS):
        word = lower(i)
        office = office or _is_office(word)
        if not (_is_office(word) or _modifies(word)):
            break
        i += step
    return i, office


def _before(found: Sites, lower: Callable[[int], str], mention: Mention) -> str | None:
    """ "French President X", "Kenya's foreign minister, X", "President of Chad X"."""
    last = mention.first - 1
    if lower(last - 1) == "of" and mention.first in found.ends:
        return found.ends[mention.first] if _is_office(lower(last - 2)) else None
    i, office = _over(lower, last - (lower(last) == ","), -1)
    if not office:
        return None
    if lower(i) in _POSSESSIVE:
        i -= 1
    return found.ends.get(i + 1)


def _after(found: Sites, lower: Callable[[int], str], mention: Mention) -> str | None:
    """ "X, the Kazakh president", "X, Kenya's foreign minister", "X, president of Chad", "President X of Chad"."""
    i = mention.last
    if lower(i) == "of" and mention.title:
        return found.starts.get(i + 1 + (lower(i + 1) == "the"))
    if lower(i) != ",":
        return None
    i += 1
    while lower(i) in _BETWEEN and i - mention.last < _MOST_WORDS:
        i += 1
    if i in found.starts:
        after = found.after[i]
        _, office = _over(lower, after + (lower(after) in _POSSESSIVE), 1)
        return found.starts[i] if office else None
    end, office = _over(lower, i, 1)
    return found.starts.get(end) if office and lower(end - 1) in {"of", "the", "for"} else None


def country_of_person(part: Part, found: Sites, mention: Mention) -> Told | None:
    """The country whose office or people the words beside a person's name state."""
    lowers = part.reading.text.lowers

    def lower(i: int) -> str:
        return lowers[i] if 0 <= i < len(lowers) else ""

    code = _before(found, lower, mention) or _after(found, lower, mention)
    return Told(code, "names.country_beside") if code else None


def country_of_body(part: Part, found: Sites, mention: Mention) -> Told | None:
    """The country before a body's name: "Kenya's Supreme Court", "the Kenyan Supreme Court"."""
    lowers = part.reading.text.lowers
    i = mention.first
    if i and lowers[i - 1] in _POSSESSIVE:
        i -= 1
    code = found.ends.get(i)
    return Told(code, "names.country_beside") if code else None


def holds_office(title: str | None) -> bool:
    """Whether *title* is an office that a state has one of."""
    return title is not None and title.lower() in _OFFICES


def unnamed_offices(part: Part, found: Sites) -> Iterator[tuple[str, str]]:
    """Offices that the text speaks of by country only, each with the country: "the French minister said"."""
    lowers, tokens = part.reading.text.lowers, part.reading.text.tokens
    for end, code in found.ends.items():
        i = end + (end < len(lowers) and lowers[end] in _POSSESSIVE)
        while i < len(lowers) and (lowers[i] in PORTFOLIOS or lowers[i] in NEVER_ALONE):
            i += 1
        named = i + 1 < len(tokens) and tokens[i + 1].is_capitalised
        if i < len(lowers) and lowers[i] in ROLES and tokens[i].text == lowers[i] and not named:
            yield lowers[i], code
