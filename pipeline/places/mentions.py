"""Where an article names places: location entities, and places inside bodies' names and words with hyphens."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from operator import attrgetter
from typing import Final

from pipeline.findings import Document, Findings
from pipeline.places.model import Mention
from pipeline.places.parts import place_of_body, places_in_words
from pipeline.text import Text
from schemas.enrichment import Entity

_START: Final = attrgetter("start")
_END: Final = attrgetter("end")


def mentions(document: Document, found: Findings) -> tuple[Mention, ...]:
    """All mentions of location entities, and the places in bodies' names and in words, in reading order."""
    title, body = document.title, document.body
    placed = _of_entities(title, body, found.entities)
    if inside := [*places_in_words(title), *places_in_words(body)]:
        named = [(span.field, span.start, span.end) for entity in found.entities for span in entity.mentions]
        placed += [one for one in inside if not _is_named(one, named)]
    placed.sort(key=_END, reverse=True)
    placed.sort(key=_START)
    return (*[one for one in placed if one.text is title], *[one for one in placed if one.text is body])


def _of_entities(title: Text, body: Text, entities: Iterable[Entity]) -> list[Mention]:
    """The mentions of locations, and of the places that organisations' names begin or end with."""
    placed: list[Mention] = []
    for entity in entities:
        kind = entity.type
        if kind != "location" and kind != "organisation":
            continue
        for span in entity.mentions:
            text, start, end = title if span.field == "title" else body, span.start, span.end
            starts = text.starts
            first = bisect_right(starts, start) - 1
            if first < 0 or starts[first] >= end:
                continue  # no word
            last = first + 1
            while last < len(starts) and starts[last] < end:
                last += 1
            if kind == "location":
                sentence, surface = text.sentence_of(first), text.raw[start:end]
                placed.append(Mention(text, start, end, first, last, sentence, surface, span))
            elif place := place_of_body(text, first, last):
                placed.append(place)
    return placed


def _is_named(word: Mention, named: Iterable[tuple[str, int, int]]) -> bool:
    """Whether the word with hyphens that *word* is of is part of a name too; *named*: the spans of all names."""
    token = word.text.tokens[word.last - 1]
    return any(begin < token.end and token.start < end and field == word.text.field for field, begin, end in named)
