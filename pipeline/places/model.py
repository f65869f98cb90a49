"""What the steps of the resolution hand to one another."""

from __future__ import annotations

from typing import Literal, NamedTuple

from msgspec import Struct

from pipeline.gazetteer import Place
from pipeline.text import Sentence, Text
from schemas.enrichment import Span

Level = Literal["country", "division", "city", "water", "site"]
"""What a head word says a name is: "region" a division, "river" water, "airport" a site."""

Division = tuple[str | None, str | None]
"""Country and code of the first-level division of a place, where it has them."""

Point = tuple[float, float, float, frozenset[str]]
"""Where a sense is: latitude and longitude in decimal degrees, the least that a degree of longitude measures on the way
to a place near it in degrees of latitude, and the keys of the name that has the sense."""


class Region(NamedTuple):
    """A country, or a first-level division of it."""

    country: str
    admin1: str | None


class Mention(Struct, frozen=True, eq=False):
    """A location's name in the text. Tokens `first` (inclusive) to `last` (exclusive), code points `start` to `end`."""

    text: Text
    start: int
    end: int
    first: int
    last: int
    sentence: Sentence
    surface: str
    span: Span
    """The code points as the record has them."""


class Meaning(Struct, frozen=True, eq=False):
    """All that a name can mean, whatever the article. The tuples have an item per sense."""

    keys: frozenset[str] = frozenset()
    """Folded: the name as printed, and without head word and modifiers."""
    senses: tuple[Place, ...] = ()
    priors: tuple[float, ...] = ()
    """How likely each is when nothing else is known, and the name is still official."""
    likeliest: int = 0
    """Index of the highest of `priors`."""
    official_until: tuple[tuple[int, int], ...] = ()
    """Index of each sense of which this is a former name, and the last year in which it was official."""
    divisions: tuple[Division, ...] = ()
    points: tuple[Point | None, ...] = ()
    """Where each is; None when it is of a kind that is nowhere in particular."""
    regions: frozenset[Region] = frozenset()
    """Countries and divisions that the name can be."""
    may_be_country: bool = False
    may_lie_elsewhere: bool = True
    """Whether the gazetteer may lack the place that is meant: it has none, or small ones only."""


class Candidate(Struct, frozen=True, eq=False):
    """One name of the article with all its mentions and every sense it can have."""

    meaning: Meaning
    """Without senses when the gazetteer has none of the kind that the text says, or there is a `refusal`."""
    level: Level | None
    """None means no head word tells."""
    mentions: tuple[Mention, ...]
    governed: frozenset[Region] = frozenset()
    """Countries whose demonym governs a mention: "the French city of Brest"."""
    in_dateline: bool = False
    refusal: str | None = None
    """Why these mentions name no place whatever the gazetteer knows."""

    @property
    def senses(self) -> tuple[Place, ...]:
        return self.meaning.senses


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


class Resolved(Struct, frozen=True, eq=False):
    """A candidate with the sense it has in this article."""

    candidate: Candidate
    place: Place
    confidence: float
    """0 to 1: margin to the runner-up."""
    contained: bool
    """The text itself says what it lies in."""
    rival: Rival | None = None
    """None means that no other sense was likely, or that the likely one is next door."""
