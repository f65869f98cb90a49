"""Where an article names places: location entities, and places inside bodies' names and words with hyphens."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
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
    placed = list(_of_entities(document, found.entities))
    for text in document.texts:
        placed += [one for one in places_in_words(text) if not _is_named(text, one.last - 1, found.entities)]
    placed.sort(key=_END, reverse=True)
    placed.sort(key=_START)
    title = document.title
    return (*[one for one in placed if one.text is title], *[one for one in placed if one.text is not title])


def _of_entities(document: Document, entities: Iterable[Entity]) -> Iterator[Mention]:
    """The mentions of locations, and of the places that organisations' names begin or end with."""
    texts = {text.field: text for text in document.texts}
    for entity in entities:
        kind = entity.type
        if kind == "location" or kind == "organisation":
            for span in entity.mentions:
                text, start, end = texts[span.field], span.start, span.end
                first, last = _tokens(text.starts, start, end)
                if 0 <= first < last:
                    if kind == "location":
                        sentence, surface = text.sentence_of(first), text.raw[start:end]
                        yield Mention(text, start, end, first, last, sentence, surface, span)
                    elif place := place_of_body(text, first, last):
                        yield place


def _tokens(starts: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """The first token of a stretch, -1 when it begins before all of them, and the one behind its last."""
    return bisect_right(starts, start) - 1, bisect_right(starts, end - 1)


def _is_named(text: Text, token: int, entities: Iterable[Entity]) -> bool:
    """Whether token number *token* is part of an entity's name."""
    start, following = text.starts[token], text.starts[token + 1 : token + 2]
    end = following[0] if following else len(text.raw)
    return any(
        span.start < end and start < span.end and span.field == text.field
        for entity in entities
        for span in entity.mentions
    )
