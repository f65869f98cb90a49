"""An enriched article without the places of its findings: what its index document is made of, read in half the time.

Spans, figures, claims and the reasons of merges are most of an enriched article, and a rule's query asks for none of
them. So a matcher reads the outline of every article, and the whole of those that a rule matches. What is left out is
not checked.
"""

from __future__ import annotations

from collections.abc import Set
from typing import Any, Final

from pydantic import Field, create_model

from schemas.enrichment import (
    EnrichedArticle,
    Enrichment,
    Entity,
    Event,
    ListMatch,
    Location,
    Rejected,
    SanctionMention,
    Sanctions,
)
from schemas.fields import FIELDS

UNREAD: Final[Any] = Field(default=(), validation_alias="\0")
"""Read from a name that no record has: what stands under the field's own is passed over and never becomes objects."""


class _Entity(Entity):
    mentions: Any = UNREAD
    merges: Any = UNREAD
    references: Any = UNREAD


class _Location(Location):
    mentions: Any = UNREAD


class _SanctionMention(SanctionMention):
    span: Any = UNREAD
    sentence: Any = UNREAD


class _ListMatch(ListMatch):
    span: Any = UNREAD
    sentence: Any = UNREAD


class _Sanctions(Sanctions):
    mentions: tuple[_SanctionMention, ...] = ()
    list_matches: tuple[_ListMatch, ...] = ()


class _Event(Event):
    span: Any = UNREAD
    sentence: Any = UNREAD


class _Rejected(Rejected):
    span: Any = UNREAD


class _Enrichment(Enrichment):
    entities: tuple[_Entity, ...] = ()
    locations: tuple[_Location, ...] = ()
    figures: Any = UNREAD
    sanctions: _Sanctions = _Sanctions()
    events: tuple[_Event, ...] = ()
    claims: Any = UNREAD
    rejected: tuple[_Rejected, ...] = ()


class Outline(EnrichedArticle):
    """What `pipeline.document.to_document` takes; its document is that of the whole article."""

    enrichment: _Enrichment


_PARTS: Final[dict[str, tuple[str, ...]]] = {
    "entities": ("entities.name", "people", "organisations", "nationalities"),
    "locations": ("places", "places.event", "geonames_ids", "points", "points.event"),
    "rejected": ("figures.refused", "figures.refused_why"),
    "events": ("events.type", "events.asserted", "events.cameo", "events.plover"),
    "toll": ("figures.kind", *(field.name for field in FIELDS if field.name.startswith("toll."))),
}
"""Parts of an enrichment that can be passed over, and the fields that are made of each and of nothing else."""


def outline_of(fields: Set[str]) -> type[Outline]:
    """An outline with those parts only that *fields* of the document are made of; these are as in the whole."""
    unread: dict[str, Any] = {part: (Any, UNREAD) for part, made in _PARTS.items() if fields.isdisjoint(made)}
    if not unread:
        return Outline
    asked = create_model("_Asked", __base__=_Enrichment, **unread)
    return create_model("Asked", __base__=Outline, enrichment=(asked, ...))


def read_outline(value: bytes, kind: type[Outline] = Outline) -> Outline:
    """The outline of an enriched article in JSON.

    Raises:
        pydantic.ValidationError: something that is in the outline is missing or wrong.
    """
    return kind.model_validate_json(value)
