"""What the steps of the resolution hand to one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from pipeline.gazetteer import Place
from pipeline.text import Text

Level = Literal["country", "division", "city", "water", "site"]
"""What a head word says a name is: "region" a division, "river" water, "airport" a site."""


class Mention(NamedTuple):
    """A location's name in the text. Tokens `first` (inclusive) to `last` (exclusive), code points `start` to `end`."""

    text: Text
    start: int
    end: int
    first: int
    last: int
    sentence: int
    """Index in `text.sentences`."""

    @property
    def surface(self) -> str:
        return self.text.raw[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One name of the article with all its mentions and every sense it can have."""

    keys: frozenset[str]
    """Folded: the name as printed, and without head word and modifiers."""
    level: Level | None
    """None means no head word tells."""
    mentions: tuple[Mention, ...]
    senses: tuple[Place, ...]
    in_dateline: bool = False
    refusal: str | None = None
    """Why these mentions name no place whatever the gazetteer knows: then there are no senses."""


class Weight(NamedTuple):
    """What speaks for one sense of a name."""

    place: Place
    prior: float
    """Population, kind, and whether the name is the place's own."""
    container: float
    """The text itself says what it lies in."""
    votes: float
    """Other names, nationalities and the publisher's country speak for its country or division."""
    nearness: float
    """Other places of the article are near."""

    @property
    def total(self) -> float:
        return self.prior + self.container + self.votes + self.nearness


class Rival(NamedTuple):
    """A sense that lost although it is a likely one."""

    place: Place
    because: str
    """What decided against it, in words."""


class Resolved(NamedTuple):
    """A candidate with the sense it has in this article."""

    candidate: Candidate
    place: Place
    confidence: float
    """0 to 1: margin to the runner-up."""
    contained: bool
    """The text itself says what it lies in."""
    rival: Rival | None = None
    """None means that no other sense was likely, or that the likely one is next door."""
