"""From the groups of mentions to the records: one Entity each, in the order of the first mention."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.names.grouping import Group, group_mentions
from pipeline.names.lexicon import plain
from pipeline.names.passes import Part
from pipeline.names.references import Known, Noun, find_nouns, meant, spelt
from pipeline.records import Values, makers
from schemas.enrichment import Entity

_new_entities: Final = makers(Entity)


def _merges(group: Group) -> list[Values]:
    """The mentions that print another form than the name, with why they belong to it."""
    return [
        {"span": member.span, "reason": member.reason}
        for member in group.members
        if member.printed != group.name and plain(member.printed.lower()) != plain(group.name.lower())
    ]


def _nouns(group: Group) -> frozenset[str]:
    """The words of a body's names, or of a person's title, by which a noun may mean it."""
    if group.label == "organisation":
        names = {group.name, *(member.printed for member in group.members)}
        return spelt(word for name in names for word in name.lower().split())
    if group.label == "person" and group.title:
        return spelt(group.title.lower().split())
    return frozenset()


def _known(groups: Sequence[Group], part: int, nouns: Sequence[Noun]) -> list[Known]:
    """The entities that *nouns* of part number *part* may mean, each with the token from which on it is known."""
    wanted, found = {noun.word for noun in nouns}, list[Known]()
    for number, group in enumerate(groups):
        words = _nouns(group)
        if not wanted.isdisjoint(words):
            since = [0 if member.part < part else member.last for member in group.members if member.part <= part]
            if since:
                found.append(Known(number, words, min(since)))
    return found


def _references(parts: Sequence[Part], groups: Sequence[Group]) -> Iterator[tuple[int, Values]]:
    """Index of a group and a noun that means it."""
    for number, part in enumerate(parts):
        text = part.reading.text
        nouns = find_nouns(text)
        known = _known(groups, number, nouns) if nouns else []
        for noun in nouns:
            entity = meant(noun, known)
            if entity is not None:
                start, end = text.tokens[noun.first].start, text.tokens[noun.last - 1].end
                span = {"start": start, "end": end, "field": text.field}
                yield entity, {"span": span, "reason": "names.noun_of_latest"}


def to_entities(parts: Sequence[Part]) -> tuple[Entity, ...]:
    """Entities in the order of their first mention, title before body."""
    groups = group_mentions(parts)
    meant: dict[int, list[Values]] = {}
    for entity, reference in _references(parts, groups):
        meant.setdefault(entity, []).append(reference)
    return _new_entities(
        [
            {
                "type": group.label,
                "name": group.name,
                "mentions": [member.span for member in group.members],
                "title": group.title,
                "country": group.country,
                "country_rule": group.country_rule if group.country else None,
                "rule": group.rule,
                "confidence": group.confidence,
                "merges": _merges(group),
                "references": meant.get(number, ()),
            }
            for number, group in enumerate(groups)
        ]
    )
