"""An enriched article without what nobody asks for: read in a twentieth of the time that the whole record takes.

Spans, figures, claims and the reasons of merges are most of an enriched article, and a rule's query asks for next to
none of them. So a matcher reads the outline of every article, and the whole of those that a rule matches. What is left
out is not checked.

    JSON as records are written -> struct with the asked fields
    any other JSON              -> pydantic decides, by the record without its unasked parts, and says what is wrong
"""

from __future__ import annotations

from collections.abc import Set
from functools import cached_property
from typing import Any, Final, cast

import msgspec
from pydantic import Field, create_model

from pipeline.document_fields import MADE
from pipeline.structs import decoder_of, parts_of, struct_of
from schemas.enrichment import (
    EnrichedArticle,
    Enrichment,
    Entity,
    Event,
    Figure,
    ListMatch,
    Location,
    Perpetrator,
    Rejected,
    SanctionMention,
    Sanctions,
)

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


class _Perpetrator(Perpetrator):
    span: Any = UNREAD


class _Figure(Figure):
    span: Any = UNREAD
    sentence: Any = UNREAD
    perpetrator: _Perpetrator | None = None


class _Rejected(Rejected):
    span: Any = UNREAD


class _Enrichment(Enrichment):
    entities: tuple[_Entity, ...] = ()
    locations: tuple[_Location, ...] = ()
    figures: tuple[_Figure, ...] = ()
    sanctions: _Sanctions = _Sanctions()
    events: tuple[_Event, ...] = ()
    claims: Any = UNREAD
    rejected: tuple[_Rejected, ...] = ()


class Outline(EnrichedArticle):
    """What `pipeline.document.to_document` takes; its document is that of the whole article."""

    enrichment: _Enrichment


_PASSED_OVER: Final = frozenset(("entities", "locations", "figures", "rejected", "events", "toll"))
"""Parts of an enrichment that are not read when no asked field is made of them."""


def outline_of(fields: Set[str]) -> type[Outline]:
    """An outline with those parts only that *fields* of the document are made of; these are as in the whole."""
    asked = {path.split(".")[1] for name in fields for path in MADE[name].reads if path.startswith("enrichment.")}
    unread: dict[str, Any] = dict.fromkeys(sorted(_PASSED_OVER - asked), (Any, UNREAD))
    if not unread:
        return Outline
    enrichment = create_model("_Asked", __base__=_Enrichment, **unread)
    return create_model("Asked", __base__=Outline, enrichment=(enrichment, ...))


_ALWAYS: Final = ("schema_version", "id", "title", "body", "published_at", "observed_at", "enrichment.")
"""What makes a message an enriched article, and when it counts."""
_NOT_AS_WRITTEN: Final = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)


class ArticleReader:
    """Reads of enriched articles in JSON what some fields of their documents are made of."""

    def __init__(self, fields: Set[str]) -> None:
        self._fields = fields
        paths = [*_ALWAYS, *(path for name in fields for path in MADE[name].reads)]
        self._decoder = decoder_of(struct_of(EnrichedArticle, parts_of(paths)))

    def read(self, value: bytes) -> EnrichedArticle:
        """The article, with the attributes that the fields are made of and those that every article needs.

        Raises:
            pydantic.ValidationError: one of these is missing or wrong.
        """
        if "extra" not in self._fields and (found := _decoded(self._decoder, value)):
            return found
        return self._outline.model_validate_json(value)

    @cached_property
    def _outline(self) -> type[Outline]:
        return outline_of(self._fields)


_WHOLE: Final = decoder_of(struct_of(EnrichedArticle, refuse_unknown=True))  # pydantic moves the unknown to `extra`


def read_whole(value: bytes) -> EnrichedArticle:
    """All of an enriched article in JSON, for reading only: its parts have the record's attributes, not its methods.

    Raises:
        pydantic.ValidationError: something is missing or wrong.
    """
    return _decoded(_WHOLE, value) or EnrichedArticle.model_validate_json(value)


def _decoded(decoder: msgspec.json.Decoder[Any], value: bytes) -> EnrichedArticle | None:
    """None when pydantic has to decide."""
    try:
        value.decode()  # of what it passes over, msgspec does not look at the encoding
        found = decoder.decode(value)
    except _NOT_AS_WRITTEN:
        return None
    has_text = found.body.strip() or (found.title or "").strip()
    return cast(EnrichedArticle, found) if has_text else None
