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


class Resolved(NamedTuple):
    """A candidate with the sense it has in this article."""

    candidate: Candidate
    place: Place
    confidence: float
    """0 to 1: margin to the runner-up."""
    contained: bool
    """The text itself says what it lies in."""
