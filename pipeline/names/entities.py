"""Join the mentions of one person, body or place into one Entity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from pipeline import gazetteer
from pipeline.names import bodies, places
from pipeline.names.passes import Part, acronym_links, surname, words_of
from pipeline.names.reading import Mention
from pipeline.records import Values, makers
from schemas.enrichment import Entity

_new_entities: Final = makers(Entity)

Key = tuple[str, ...]
_INITIAL_LENGTH: Final = 2


@dataclass(slots=True)
class _Group:
    """Mentions under way to one entity."""

    label: str
    name: str
    rule: str
    confidence: float
    country: str | None = None
    title: str | None = None
    spans: list[Values] = field(default_factory=list)


def main_country(parts: Sequence[Part]) -> str | None:
    """The country that the article names most, by its name or its people; None on a tie or when it names none."""
    votes: Counter[str] = Counter()
    for part in parts:
        for mention in part.mentions:
            code = mention.country if mention.label == "nationality" else None
            if mention.label == "location":
                code = places.country_of(part.reading.phrase(mention.first, mention.last))
            if code:
                votes[code] += 1
    ranked = votes.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _full_names(parts: Sequence[Part]) -> dict[str, Key]:
    """Surname, or single name, to the longest name seen with it."""
    names: dict[str, Key] = {}
    for part in parts:
        for mention in part.mentions:
            if mention.label == "person":
                words = words_of(part.reading, mention.first, mention.last)
                for word in {surname(words), words[0]} if len(words) > 1 else {words[0]}:
                    if len(words) > len(names.get(word, ())):
                        names[word] = words
    return names


def _person_key(words: Key, full: dict[str, Key]) -> Key:
    longest = full.get(surname(words), words)
    if (
        len(words) == 1
        or set(words) <= set(longest)
        or (words[0][0] == longest[0][0] and len(words[0]) == _INITIAL_LENGTH)
    ):
        return ("person", *longest)
    return ("person", *words)


def _nationality(mention: Mention, printed: str) -> tuple[str, str | None]:
    known = gazetteer.country(mention.country) if mention.country else None
    return (known.demonyms[0] if known and known.demonyms else printed), mention.country


def _read(
    part: Part, mention: Mention, full: dict[str, Key], main: str | None, un_named: bool
) -> tuple[Key, str, str | None]:
    """Key, name and country of the entity that *mention* belongs to."""
    printed = " ".join(part.reading.phrase(mention.first, mention.last).split())
    words = words_of(part.reading, mention.first, mention.last)
    if mention.label == "person":
        return _person_key(words, full), printed, None
    if mention.label == "nationality":
        name, country = _nationality(mention, printed)
        return ("nationality", country or name.lower()), name, country
    if mention.label == "organisation":
        body = bodies.resolve(mention, words, printed, main, un_named)
        return ("organisation", body.name.lower()), body.name, body.country
    return ("location", *words), printed, places.country_of(printed)


def _names_un(parts: Sequence[Part]) -> bool:
    return any(
        mention.organisation and mention.organisation.name.startswith("United Nations")
        for part in parts
        for mention in part.mentions
    )


def _group(parts: Sequence[Part]) -> Iterator[_Group]:
    full, main, un_named = _full_names(parts), main_country(parts), _names_un(parts)
    groups: dict[Key, _Group] = {}
    for part in parts:
        links, tokens = acronym_links(part), part.reading.text.tokens
        keys: list[Key] = []
        for index, mention in enumerate(part.mentions):
            key, name, country = _read(part, mention, full, main, un_named)
            if index in links and mention.label == "organisation" == part.mentions[links[index]].label:
                groups.setdefault(key, groups[keys[links[index]]])  # the acronym is the long form from here on
                key = keys[links[index]]
            keys.append(key)
            group = groups.setdefault(key, _Group(mention.label, name, mention.rule, mention.confidence, country))
            group.confidence = max(group.confidence, mention.confidence)
            group.title = group.title or mention.title
            group.country = group.country or country
            if mention.label == "person" and len(name) > len(group.name):
                group.name = name
            first, last = tokens[mention.first], tokens[mention.last - 1]
            group.spans.append({"start": first.start, "end": last.end, "field": part.reading.text.field})
    return iter({id(group): group for group in groups.values()}.values())


def to_entities(parts: Sequence[Part]) -> tuple[Entity, ...]:
    """Entities in the order of their first mention, title before body."""
    return _new_entities(
        [
            {
                "type": group.label,
                "name": group.name,
                "mentions": group.spans,
                "title": group.title,
                "country": group.country,
                "rule": group.rule,
                "confidence": group.confidence,
            }
            for group in _group(parts)
        ]
    )
