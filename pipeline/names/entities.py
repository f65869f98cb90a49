"""From the groups of mentions to the records: one Entity each, in the order of the first mention."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.names.grouping import Group, group_mentions
from pipeline.names.lexicon import plain
from pipeline.names.passes import Part
from pipeline.names.references import Known, references, spelt
from pipeline.records import Values, makers
from schemas.enrichment import Entity

_new_entities: Final = makers(Entity)


def _same_print(printed: str, name: str) -> bool:
    return printed == name or plain(printed.lower()) == plain(name.lower())


def _merges(group: Group) -> list[Values]:
    """The mentions that print another form than the name, with why they belong to it."""
    return [
        {"span": member.span, "reason": member.reason}
        for member in group.members
        if not _same_print(member.printed, group.name)
    ]


def _nouns(group: Group) -> frozenset[str]:
    """The words of a body's names, or of a person's title, by which a noun may mean it."""
    if group.label == "organisation":
        names = {group.name, *(member.printed for member in group.members)}
        return spelt(word for name in names for word in name.lower().split())
    if group.label == "person" and group.title:
        return spelt(group.title.lower().split())
    return frozenset()


def _known(groups: Sequence[Group], part: int) -> dict[str, tuple[tuple[int, Known], ...]]:
    """For every noun the entities that it may mean in part number *part*, and from which token on."""
    found: dict[str, list[tuple[int, Known]]] = {}
    for number, group in enumerate(groups):
        since = min((0 if m.part < part else m.last for m in group.members if m.part <= part), default=None)
        nouns = _nouns(group) if since is not None else frozenset()
        for word in nouns:
            found.setdefault(word, []).append((since or 0, Known(number, nouns)))
    return {word: tuple(entries) for word, entries in found.items()}


def _references(parts: Sequence[Part], groups: Sequence[Group]) -> Iterator[tuple[int, Values]]:
    """Index of a group and a noun that means it."""
    for number, part in enumerate(parts):
        text = part.reading.text
        for noun in references(text, _known(groups, number)):
            first, last = text.tokens[noun.first], text.tokens[noun.last - 1]
            span = {"start": first.start, "end": last.end, "field": text.field}
            yield noun.entity, {"span": span, "reason": "names.noun_of_latest"}


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
