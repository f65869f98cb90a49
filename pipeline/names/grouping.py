"""Join the mentions of one person, body, nationality or place into one group, each with the rule that joined it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from pipeline import gazetteer
from pipeline.names import bodies, places
from pipeline.names.context import Sites, country_of_body, country_of_person, holds_office, sites, unnamed_offices
from pipeline.names.passes import Part, acronym_links, words_of
from pipeline.names.people import People, compared
from pipeline.names.reading import Label, Mention
from pipeline.names.short_forms import ShortForms
from pipeline.records import Values

Key = tuple[str, ...]

SAME: Final = "names.same_words"
_CANONICAL: Final = frozenset({"names.known_alias", "names.body_of_country"})
"""Reasons of mentions whose name does not come from the text."""
_MAIN_SHARE: Final = 2 / 3
_MAIN_VOTES: Final = 3
"""An office without a country is the main country's when that has this share of at least this many mentions."""


class Member(NamedTuple):
    """A mention as the group keeps it."""

    part: int
    last: int
    """Index of the token after it."""
    printed: str
    span: Values
    reason: str
    """Id of the rule that joined it."""
    rule: str
    """Id of the rule that found it."""
    confidence: float


@dataclass(slots=True)
class Group:
    """Mentions under way to one entity."""

    label: Label
    name: str
    rule: str
    confidence: float
    country: str | None = None
    country_rule: str | None = None
    title: str | None = None
    canonical: bool = False
    """The name is that of the table of bodies, not one printed."""
    members: list[Member] = field(default_factory=list)


class _Read(NamedTuple):
    """A mention with the entity it belongs to."""

    key: Key
    name: str
    reason: str
    country: str | None = None
    country_rule: str | None = None


def country_votes(parts: Sequence[Part]) -> Counter[str]:
    """How often the article names each country or its people."""
    votes: Counter[str] = Counter()
    for part in parts:
        votes.update(sites(part).starts.values())
    return votes


def main_country(votes: Counter[str]) -> str | None:
    """The country that the article names most; None on a tie or when it names none."""
    ranked = votes.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _dominant(votes: Counter[str]) -> str | None:
    """The country that the article is about beyond doubt; None when another one is named often too."""
    code, total = main_country(votes), sum(votes.values())
    return code if code and votes[code] >= max(_MAIN_VOTES, _MAIN_SHARE * total) else None


class _Reader:
    """What the whole article says, and the entity of each of its mentions. Mentions are read in order."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        self.sites = [sites(part) for part in parts]
        self.votes = country_votes(parts)
        self._main = main_country(self.votes)
        self._un = _names_un(parts)
        self._people = People([compared(words) for words in _words(parts, "person")])
        self._bodies = ShortForms(list(dict.fromkeys(_words(parts, "organisation", known=False))))

    def read(self, number: int, mention: Mention) -> _Read:
        part, around = self.parts[number], self.sites[number]
        words = words_of(part.reading, mention.first, mention.last)
        printed = " ".join(part.reading.phrase(mention.first, mention.last).split())
        if mention.label == "person":
            return self._person(part, around, mention, words, printed)
        if mention.label == "organisation":
            return self._body(part, around, mention, words, printed)
        if mention.label == "nationality":
            name, code = _nationality(mention, printed)
            return _Read(("nationality", code or name.lower()), name, "names.demonym", code)
        return _Read(("location", *words), printed, SAME, places.country_of(printed))

    def _person(self, part: Part, around: Sites, mention: Mention, words: Key, printed: str) -> _Read:
        link = self._people.link(compared(words))
        told = country_of_person(part, around, mention)
        return _Read(("person", *link.full), printed, link.reason or SAME, *(told or (None, None)))

    def _body(self, part: Part, around: Sites, mention: Mention, words: Key, printed: str) -> _Read:
        if mention.organisation is not None:
            body = mention.organisation
            return _Read(("organisation", body.name.lower()), body.name, "names.known_alias", body.country)
        short = self._bodies.full(words, printed)
        if short is not None:
            return _Read(("organisation", *short.full), printed, short.reason)
        told = None if mention.country else country_of_body(part, around, mention)
        mention = mention._replace(country=mention.country or (told.country if told else None))
        known = bodies.resolve(mention, words, printed, bodies.Context(self._main, self._un, part.reading.text))
        key = ("organisation", *words) if known.name == printed else ("organisation", known.name.lower())
        rule = told.rule if told else "names.country_in_name" if mention.country else "names.main_country"
        return _Read(key, known.name, SAME if known.name == printed else "names.body_of_country", known.country, rule)


def _words(parts: Sequence[Part], label: Label, *, known: bool = True) -> Iterator[Key]:
    for part in parts:
        for mention in part.mentions:
            if mention.label == label and (known or mention.organisation is None):
                yield words_of(part.reading, mention.first, mention.last)


def _names_un(parts: Sequence[Part]) -> bool:
    return any(
        mention.organisation and mention.organisation.name.startswith("United Nations")
        for part in parts
        for mention in part.mentions
    )


def _nationality(mention: Mention, printed: str) -> tuple[str, str | None]:
    known = gazetteer.country(mention.country) if mention.country else None
    return (known.demonyms[0] if known and known.demonyms else printed), mention.country


def _links(part: Part) -> dict[int, int]:
    """Index of an acronym in brackets to that of the body before it."""
    labels = [mention.label for mention in part.mentions]
    return {i: j for i, j in acronym_links(part).items() if labels[i] == labels[j] == "organisation"}


def _without_overlaps(part: Part) -> Part:
    """Of two mentions of one label that overlap, the longer one: a text must never be counted twice."""
    kept: list[Mention] = []
    ends: dict[Label, int] = {}
    for mention in sorted(part.mentions, key=lambda mention: (mention.first, -mention.last)):
        if mention.first >= ends.get(mention.label, 0):
            ends[mention.label] = mention.last
            kept.append(mention)
    return Part(part.reading, tuple(kept), part.candidates)


def group_mentions(parts: Sequence[Part]) -> tuple[Group, ...]:
    """Groups in the order of their first mention, title before body."""
    parts = tuple(map(_without_overlaps, parts))
    reader = _Reader(parts)
    groups: dict[Key, Group] = {}
    for number, part in enumerate(parts):
        links, keys = _links(part), list[Key]()
        for index, mention in enumerate(part.mentions):
            read = reader.read(number, mention)
            if index in links:
                linked = keys[links[index]]
                groups.setdefault(read.key, groups[linked])  # the short form is the long one from here on
                read = read._replace(key=linked, reason="names.acronym_in_brackets")
            keys.append(read.key)
            group = groups.setdefault(
                read.key, Group(mention.label, read.name, mention.rule, mention.confidence, read.country)
            )
            _add(group, number, part, mention, read)
    found = tuple({id(group): group for group in groups.values()}.values())
    _settle_offices(found, reader)
    return found


def _add(group: Group, number: int, part: Part, mention: Mention, read: _Read) -> None:
    tokens, printed = part.reading.text.tokens, part.reading.phrase(mention.first, mention.last)
    group.confidence = max(group.confidence, mention.confidence)
    group.title = group.title or mention.title
    if read.country and (group.country is None or group.country_rule is None):
        group.country, group.country_rule = read.country, read.country_rule
    if _is_fuller(read, group):
        group.name = read.name
    group.canonical = group.canonical or read.reason in _CANONICAL
    span = {"start": tokens[mention.first].start, "end": tokens[mention.last - 1].end, "field": part.reading.text.field}
    group.members.append(
        Member(number, mention.last, " ".join(printed.split()), span, read.reason, mention.rule, mention.confidence)
    )


def _is_fuller(read: _Read, group: Group) -> bool:
    """Whether the name read is the better one: a table's, one of more words, or the same in better capitals."""
    if group.canonical or group.label in ("location", "nationality"):
        return False
    words, before = len(read.name.replace("-", " ").split()), len(group.name.replace("-", " ").split())
    if read.reason in _CANONICAL or words != before:
        return read.reason in _CANONICAL or words > before
    return group.name.isupper() and not read.name.isupper()


def _settle_offices(groups: Sequence[Group], reader: _Reader) -> None:
    """The country of whoever holds an office without one beside it.

    It is the country whose holder the article mentions without a name; else, for an office that every state has one
    of, the country that the article is about beyond doubt. Never where two persons hold the office.
    """
    open_ones = [group for group in groups if group.label == "person" and group.title and not group.country]
    if not open_ones:
        return
    unnamed: dict[str, set[str]] = {}
    for part, around in zip(reader.parts, reader.sites, strict=True):
        for office, code in unnamed_offices(part, around):
            unnamed.setdefault(office, set()).add(code)
    heads = Counter(_office(group) for group in open_ones)
    main = _dominant(reader.votes)
    for group in open_ones:
        told = unnamed.get(_office(group), set())
        if heads[_office(group)] == 1 and len(told) == 1:
            (group.country,), group.country_rule = told, "names.office_of_country"
        elif heads[_office(group)] == 1 and main and holds_office(group.title):
            group.country, group.country_rule = main, "names.office_of_main_country"


def _office(group: Group) -> str:
    return (group.title or "").lower().split()[-1]
