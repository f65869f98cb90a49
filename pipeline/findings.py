"""What an extractor is given and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from msgspec import Struct, field

from pipeline.text import Text
from schemas.enrichment import (
    Claim,
    Entity,
    Event,
    Figure,
    FigureKind,
    Location,
    Rejected,
    Sanctions,
    Toll,
)


class Document(Struct, frozen=True):
    """An article as extractors see it. `title` is empty when there is none."""

    title: Text
    body: Text
    language: str | None = None
    """ISO 639-1. None means too little text to tell."""
    published_at: datetime | None = None
    source_country: str | None = None

    @property
    def texts(self) -> tuple[Text, Text]:
        """Title, then body."""
        return self.title, self.body


class Findings(Struct, frozen=True):
    """Results. An extractor returns its own part; `enrich` joins the parts."""

    entities: tuple[Entity, ...] = ()
    locations: tuple[Location, ...] = ()
    countries: tuple[str, ...] = ()
    primary_country: str | None = None
    mentioned_countries: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    toll: Mapping[FigureKind, Toll] = field(default_factory=dict)
    sanctions: Sanctions = Sanctions.model_construct()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    stories: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    """Per text field, the stretches (code points, half open) that tell a story, found by the figures; not recorded."""


class Extract(Protocol):
    """An extractor: a pure function. It reads what earlier extractors found and returns only what it adds."""

    def __call__(self, document: Document, found: Findings, /) -> Findings: ...
