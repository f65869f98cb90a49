"""States and bodies in a sentence: countries, demonyms, capitals that stand for governments, agencies, leaders.

>>> PartyReader().read(analyse("The U.S. Treasury and Tehran's rivals").tokens)
(Party(code='US', kind='agency', first=1, last=3), Party(code='IR', kind='capital', first=4, last=5))
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, Literal

from msgspec import Struct

from pipeline import gazetteer
from pipeline.sanctions.bodies import AGENCIES, BODIES, EU_PARTS, LEADERS, SEATS
from pipeline.text import Token

PartyKind = Literal["body", "country", "demonym", "capital", "agency", "leader", "place"]

_LONGEST_NAME: Final = 6
"""Words of the longest name tried ("Council of the European Union", "Democratic Republic of the Congo")."""
_CAPITAL_POPULATION: Final = 100_000
"""Smaller capitals (Hamilton, Stanley, Victoria) are better known as something else."""
_PLACE_POPULATION: Final = 300_000
"""A city that is named alone counts as a place only from this size; it never stands for a government."""
_ACRONYM: Final = 4
_LED: Final = frozenset({"led", "backed", "wide", "imposed", "initiated", "driven", "sponsored"})
_NEVER_FIRST: Final = frozenset(
    "the a an in on at of and or but for with by from to it he she they we this that".split()
)
_SMALL: Final = frozenset({"of", "the", "for", "and", "'s", "d'orsay", "der", "on"})
_DEMONYM_PHRASES: Final = frozenset({"american", "americans", "british", "european", "europeans", "emirati", "soviet"})


class Party(Struct, frozen=True):
    """A state or body named by words `first` (inclusive) to `last` (exclusive)."""

    code: str
    kind: PartyKind
    first: int
    last: int
    hint: Literal["issuer", "target"] | None = None
    """What the form alone tells: "US-led" is an issuer, "anti-Russian" a target."""


@lru_cache(maxsize=8192)
def _from_gazetteer(name: str) -> tuple[str, PartyKind] | None:
    code = gazetteer.demonym(name.capitalize())
    if code is not None:
        return code, "demonym"
    places = gazetteer.lookup(name)
    for place in places:
        if place.country and place.kind == "country":
            return place.country, "country"
    for place in places:
        if place.country and place.kind == "capital" and place.population >= _CAPITAL_POPULATION:
            return place.country, "capital"
    largest = max(places, key=lambda place: place.population, default=None)
    if largest is None or largest.country is None:
        return None
    return (largest.country, "place") if largest.population >= _PLACE_POPULATION else None


def _from_tables(name: str) -> tuple[str, PartyKind] | None:
    if name in BODIES:
        return BODIES[name], "demonym" if name in _DEMONYM_PHRASES else "body"
    if name in AGENCIES:
        return AGENCIES[name], "agency"
    if name in SEATS:
        return SEATS[name], "demonym" if name in _DEMONYM_PHRASES or name.endswith(" korean") else "country"
    if name in LEADERS:
        return LEADERS[name], "leader"
    return None


@lru_cache(maxsize=8192)
def resolve(name: str) -> tuple[str, PartyKind] | None:
    """Code and kind of a lower-cased *name* with straight apostrophes; None when it names no state or body."""
    return _from_tables(name) or _from_gazetteer(name)


def _key(tokens: Sequence[Token]) -> str:
    """ "U.S." and "US", "Democratic People's Republic" each have one key."""
    name = " ".join(token.lower for token in tokens).replace(" 's", "'s")
    return name.replace(".", "") if "." in name else name


def _may_begin(token: Token) -> bool:
    """Whether a name can begin here."""
    return token.text[0].isupper() and len(token.text) > 1 and token.lower not in _NEVER_FIRST


def _is_pronoun(token: Token, shouting: bool) -> bool:
    return (token.lower == "us" and (token.text != "US")) or (shouting and token.lower in {"it", "so", "may", "will"})


class PartyReader:
    """Reads parties. `resolved` are the codes of places that an earlier extractor resolved, `people` where
    persons begin; both by start offset.
    """

    def __init__(self, resolved: Mapping[int, str] | None = None, people: frozenset[int] = frozenset()) -> None:
        self._resolved = resolved or {}
        self._people = people

    def read(self, tokens: Sequence[Token]) -> tuple[Party, ...]:
        shouting = not any(token.text[0].islower() for token in tokens)
        found: list[Party] = []
        i = 0
        while i < len(tokens):
            party = self._at(tokens, i, shouting)
            if party is None:
                i += 1
            else:
                _append(found, party, tokens)
                i = party.last
        return tuple(found)

    def _at(self, tokens: Sequence[Token], i: int, shouting: bool) -> Party | None:
        token = tokens[i]
        if "-" in token.text:
            compound = _compound(token, i)
            if compound is not None:
                return compound
        if not _may_begin(token) or _is_pronoun(token, shouting):
            return None
        for last in range(min(len(tokens), i + _LONGEST_NAME), i, -1):
            if last > i + 1 and not _may_end(tokens[last - 1]):
                continue
            name = resolve(_key(tokens[i:last]))
            if name is not None and not (last == i + 1 and self._is_misread(tokens, i, name[1])):
                code = self._resolved.get(token.start, name[0]) if name[1] == "place" else name[0]
                return Party(code, name[1], i, last)
        return self._eu_part(tokens, i)

    def _is_misread(self, tokens: Sequence[Token], i: int, kind: PartyKind) -> bool:
        """A surname (Jordan, Paris) is no place: the names extractor says so. "Au" and "Eu" are no acronyms."""
        token = tokens[i]
        if kind == "body" and len(token.lower) <= _ACRONYM and not token.text.isupper() and token.lower.isalpha():
            return True
        return token.start in self._people and kind in ("country", "capital", "place")

    def _eu_part(self, tokens: Sequence[Token], i: int) -> Party | None:
        """ "the Council" alone; "the Council of Ministers of Mali" and "Leeds City Council" are others'."""
        code = EU_PARTS.get(tokens[i].lower)
        if code is None or i == 0 or tokens[i - 1].lower not in ("the", "eu"):
            return None
        follows = tokens[i + 1].lower if i + 1 < len(tokens) else ""
        return None if follows in ("of", "for", "on", "in") else Party(code, "agency", i, i + 1)


def _may_end(token: Token) -> bool:
    return token.text[0].isupper() or (
        token.lower not in _SMALL and token.text[0].isalpha() and not token.text.islower()
    )


def _compound(token: Token, i: int) -> Party | None:
    """ "US-led", "EU-wide", "anti-Russian", "Russian-owned"."""
    head, _, tail = token.text.partition("-")
    if head.lower() == "anti":
        name = resolve(tail.lower())
        return Party(name[0], name[1], i, i + 1, "target") if name and tail[:1].isupper() else None
    if not head[:1].isupper() or (head.lower() == "us" and head != "US"):
        return None
    name = resolve(head.lower().replace(".", ""))
    if name is None or name[1] == "place":
        return None
    return Party(name[0], name[1], i, i + 1, "issuer" if tail.lower() in _LED else None)


def _append(found: list[Party], party: Party, tokens: Sequence[Token]) -> None:
    """Add *party*; an agency right after a country is that country's ("British Treasury", "Russia's Security
    Council")."""
    owner = _owner(found, party, tokens)
    if owner is None:
        found.append(party)
    else:
        found[-1] = Party(owner.code, "agency", owner.first, party.last)


def _owner(found: Sequence[Party], party: Party, tokens: Sequence[Token]) -> Party | None:
    if party.kind != "agency" or not found:
        return None
    last = found[-1]
    between = [token.lower for token in tokens[last.last : party.first]]
    if between in ([], ["'s"], ["'"], ["'s", "national"], ["national"], ["'s", "foreign", "and"]):
        return last if last.kind != "leader" else None
    return None
