"""Where an article names places: location entities, and places inside bodies' names and words with hyphens."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from pipeline.findings import Document, Findings
from pipeline.places.model import Mention
from pipeline.places.parts import place_of_body, places_in_words
from pipeline.text import Text
from schemas.enrichment import Entity, Span


def mentions(document: Document, found: Findings) -> tuple[Mention, ...]:
    """All mentions of location entities, and the places in bodies' names and in words, in reading order."""
    placed = [*_of_entities(document, found.entities)]
    inside = [one for text in document.texts for one in places_in_words(text)]
    if inside:
        taken = _taken(document, found.entities)
        placed += [one for one in inside if (one.text.field, one.last - 1) not in taken]
    return tuple(sorted(placed, key=lambda one: (one.text.field != "title", one.start, -one.end)))


def _of_entities(document: Document, entities: Sequence[Entity]) -> Iterator[Mention]:
    """The mentions of locations, and of the places that organisations' names begin or end with."""
    texts = {text.field: text for text in document.texts}
    for entity in entities:
        kind = entity.type
        if kind in ("location", "organisation"):
            for span in entity.mentions:
                whole = _mention(texts[span.field], span)
                mention = whole if whole is None or kind == "location" else place_of_body(whole)
                if mention:
                    yield mention


def _mention(text: Text, span: Span) -> Mention | None:
    """The words of *span*; None when it holds no word."""
    first, last = _tokens(text, span)
    if first < 0 or last <= first:
        return None
    return Mention(text, span.start, span.end, first, last, text.sentence_of(first), span)


def _tokens(text: Text, span: Span) -> tuple[int, int]:
    """The first token of *span*, -1 when it begins before all of them, and the one behind its last."""
    starts = text.starts
    return bisect_right(starts, span.start) - 1, bisect_right(starts, span.end - 1)


def _taken(document: Document, entities: Sequence[Entity]) -> frozenset[tuple[str, int]]:
    """Field and number of every token of an entity."""
    texts = {text.field: text for text in document.texts}
    spans = [span for entity in entities for span in entity.mentions]
    return frozenset((span.field, i) for span in spans for i in range(*_tokens(texts[span.field], span)))
