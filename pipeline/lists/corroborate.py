"""What else in the article speaks for or against a listed name: country, title, year of birth, words of sanctions, kind
of thing, an age that does not fit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Final, NamedTuple

from pipeline.findings import Document, Findings
from pipeline.lists.index import Listed
from pipeline.lists.tokens import words_of
from pipeline.lists.vocabulary import AIRCRAFT_WORDS, SANCTION_WORDS, SHIP_WORDS
from pipeline.names.lexicon import FUNCTION, flags
from pipeline.text import Sentence, Text
from schemas.enrichment import Entity, Span

COUNTRY: Final = 0.08
TITLE: Final = 0.12
BORN: Final = 0.15
NUMBER: Final = 0.4
SANCTIONS: Final = 0.12
CRAFT: Final = 0.3
OTHER_KIND: Final = -0.2
PLACE: Final = -0.12
"""Bodies are named after places, and places stand for bodies."""
OTHER_AGE: Final = -0.4
OTHER_COUNTRY: Final = -0.04
_AGE: Final = re.compile(r"\b(?:aged?\s)?(\d{2})(?:[-\s]years?[-\s]old\b|,)|\baged?\s(\d{2})\b")
_YEAR: Final = re.compile(r"\bborn\b[^.]{0,40}?\b((?:19|20)\d{2})\b")
_AGE_SLACK: Final = 2
_NEAR: Final = 4


class Signal(NamedTuple):
    """One reason: positive weights speak for, negative against."""

    weight: float
    reason: str
    strong: bool = False
    """It tells this target from others of its name, as a country or a year of birth does; "sanctions" does not."""


@dataclass(frozen=True)
class Surroundings:
    """An article as its list matches see it."""

    document: Document
    found: Findings
    countries: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        people = (entity.country for entity in self.found.entities)
        object.__setattr__(self, "countries", frozenset(self.found.countries) | frozenset(filter(None, people)))

    def signals(
        self, listed: Listed, text: Text, sentence: Sentence, place: tuple[int, int], entity: Entity | None
    ) -> list[Signal]:
        """What speaks for or against *listed* being meant by the tokens of *place*.

        Args:
            entity: what the names step read there.
        """
        words = text.lowers[sentence.first : sentence.last]
        near = text.lowers[max(sentence.first, place[0] - _NEAR) : min(sentence.last, place[1] + _NEAR)]
        signals = [
            *self._country(listed),
            *_title(listed, words, entity),
            *_age(listed, text.slice(sentence), self.document.published_at),
            *_numbers(listed, text),
            *_kind(listed, entity, near),
        ]
        if not SANCTION_WORDS.isdisjoint(words) or self._sanctions_in(text, sentence):
            signals.append(Signal(SANCTIONS, "sanctions or the like are mentioned beside it"))
        return signals

    def _country(self, listed: Listed) -> list[Signal]:
        if not listed.countries or not self.countries:
            return []
        if both := [code for code in listed.countries if code in self.countries]:
            return [Signal(COUNTRY, f"country {both[0]} is mentioned", strong=True)]
        return [Signal(OTHER_COUNTRY, f"{', '.join(listed.countries[:3])} is not mentioned")]

    @cached_property
    def _mentions(self) -> tuple[tuple[int, int, Entity, Span], ...]:
        return tuple(
            [(span.start, span.end, entity, span) for entity in self.found.entities for span in entity.mentions]
        )

    def entity_at(self, text: Text, start: int, end: int) -> tuple[Entity, Span] | None:
        """What the names step read at these characters, and where; of several what covers most of them."""
        read = [
            (min(end, last) - max(start, first), entity, span)
            for first, last, entity, span in self._mentions
            if first < end and start < last and span.field == text.field
        ]
        return max(read, key=itemgetter(0))[1:] if read else None

    def _sanctions_in(self, text: Text, sentence: Sentence) -> bool:
        return any(
            mention.span.field == text.field and sentence.start <= mention.span.start < sentence.end
            for mention in self.found.sanctions.mentions
        )


@lru_cache(maxsize=4_096)
def _title_words(positions: tuple[str, ...]) -> frozenset[str]:
    words = {word for text in positions for word in words_of(text)}
    return frozenset(word for word in words if len(word) > 3 and not flags(word) & FUNCTION)


def _title(listed: Listed, words: Sequence[str], entity: Entity | None) -> list[Signal]:
    if not listed.positions:
        return []
    near = set(words)
    if entity is not None and entity.title:
        near.update(words_of(entity.title))
    shared = sorted(near & _title_words(listed.positions) - _HOLLOW)
    return [Signal(TITLE, f"position: {' '.join(shared[:4])}", strong=True)] if shared else []


_HOLLOW: Final = frozenset("said with from been have that this former member official under international".split())


def _age(listed: Listed, sentence: str, published: datetime | None) -> list[Signal]:
    if not listed.birth_dates:
        return []
    years = {int(date[:4]) for date in listed.birth_dates}
    if born := _YEAR.search(sentence):
        same = int(born[1]) in years
        if same:
            return [Signal(BORN, f"born {born[1]}", strong=True)]
        return [Signal(OTHER_AGE, f"born {born[1]}, on the list {min(years)}")]
    aged = _AGE.search(sentence)
    if aged is None or published is None:
        return []
    age = int(aged[1] or aged[2])
    if any(abs(published.year - year - age) <= _AGE_SLACK for year in years):
        return [Signal(BORN, f"age {age} fits", strong=True)]
    return [Signal(OTHER_AGE, f"age {age} does not fit {min(years)}")]


def _numbers(listed: Listed, text: Text) -> list[Signal]:
    for number in listed.identifiers:
        if len(number) >= 5 and number in text.raw:
            return [Signal(NUMBER, f"number {number} is printed", strong=True)]
    return []


def _kind(listed: Listed, entity: Entity | None, near: Sequence[str]) -> list[Signal]:
    """A ship is called so within a few words: "the tanker Velmar Star"."""
    craft = {"vessel": SHIP_WORDS, "aircraft": AIRCRAFT_WORDS}.get(listed.type)
    if craft is not None:
        return [] if craft.isdisjoint(near) else [Signal(CRAFT, f"a {listed.type} is spoken of")]
    if entity is None or entity.type == listed.type:
        return []
    if listed.type == "organisation" and entity.type == "location":
        return [Signal(PLACE, "reads as a location")]
    return [Signal(OTHER_KIND, f"reads as a {entity.type}")]
