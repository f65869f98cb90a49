"""Join the mentions of one person, body, nationality or place into one group, each with the rule that joined it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from msgspec import Struct, field

from pipeline.names.belonging import Belonging, Item, Key, Reader, dominant
from pipeline.names.confidence import calibrated
from pipeline.names.context import holds_office, unnamed_offices
from pipeline.names.passes import Part, acronym_links
from pipeline.names.reading import Label
from pipeline.records import Values

_CANONICAL: Final = frozenset({"names.known_alias", "names.body_of_country"})
"""Reasons of mentions whose name does not come from the text."""


class Member(Struct, frozen=True):
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
    """Share of such mentions that is right."""


class Group(Struct):
    """Mentions under way to one entity."""

    label: Label
    name: str
    rule: str
    country: str | None = None
    country_rule: str | None = None
    title: str | None = None
    canonical: bool = False
    """The name is that of the table of bodies, not one printed."""
    members: list[Member] = field(default_factory=list)

    @property
    def confidence(self) -> float:
        """Share of the mentions that is expected to be right."""
        return round(sum([member.confidence for member in self.members]) / len(self.members), 2)


def _links(part: Part) -> dict[int, int]:
    """First token of an acronym in brackets to that of the body before it."""
    own = part.mentions
    return {
        own[i].first: own[j].first
        for i, j in acronym_links(part).items()
        if own[i].label == own[j].label == "organisation"
    }


def group_mentions(parts: Sequence[Part]) -> tuple[Group, ...]:
    """Groups in the order of their first mention, title before body."""
    reader = Reader(parts)
    groups: dict[Key, Group] = {}
    for number, items in enumerate(reader.items):
        links, keys = _links(parts[number]), dict[int, Key]()
        for item in items:
            mention = item.mention
            read = reader.read(number, item)
            if linked := keys.get(links.get(mention.first, -1)):
                groups.setdefault(read.key, groups[linked])  # the short form is the long one from here on
                read = read._replace(key=linked, reason="names.acronym_in_brackets")
            keys[mention.first] = read.key
            group = groups.get(read.key)
            if group is None:
                group = groups[read.key] = Group(mention.label, read.name, mention.rule, read.country)
            _add(group, number, parts[number], item, read)
    found = tuple({id(group): group for group in groups.values()}.values())
    _settle_offices(found, reader)
    return found


def _add(group: Group, number: int, part: Part, item: Item, read: Belonging) -> None:
    mention, tokens = item.mention, part.reading.text.tokens
    group.title = group.title or mention.title
    if read.country and (group.country is None or group.country_rule is None):
        group.country, group.country_rule = read.country, read.country_rule
    if _is_fuller(read, group):
        group.name = read.name
    group.canonical = group.canonical or read.reason in _CANONICAL
    span = {"start": tokens[mention.first].start, "end": tokens[mention.last - 1].end, "field": part.reading.text.field}
    share = calibrated(mention.rule, mention.label, mention.confidence)
    group.members.append(Member(number, mention.last, item.printed, span, read.reason, mention.rule, share))


def _is_fuller(read: Belonging, group: Group) -> bool:
    """Whether the name read is the better one: a table's, one of more words, or the same in better capitals."""
    if group.canonical or read.name == group.name or group.label in ("location", "nationality"):
        return False
    words, before = len(read.name.replace("-", " ").split()), len(group.name.replace("-", " ").split())
    if read.reason in _CANONICAL or words != before:
        return read.reason in _CANONICAL or words > before
    return group.name.isupper() and not read.name.isupper()


def _settle_offices(groups: Sequence[Group], reader: Reader) -> None:
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
    main = dominant(reader.votes)
    for group in open_ones:
        told = unnamed.get(_office(group), set())
        if heads[_office(group)] == 1 and len(told) == 1:
            (group.country,), group.country_rule = told, "names.office_of_country"
        elif heads[_office(group)] == 1 and main and holds_office(group.title):
            group.country, group.country_rule = main, "names.office_of_main_country"


def _office(group: Group) -> str:
    return (group.title or "").lower().split()[-1]
