"""The values that the sanctions rules hand each other. Word indices count from the first word of the clause."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from schemas.enrichment import SanctionStage

Subject = Literal["issuer", "target", "neither"]
"""What the grammatical subject of a governing word is."""


class Candidate(Struct, frozen=True):
    """Words that may name a measure: `first` (inclusive) to `last` (exclusive)."""

    first: int
    last: int
    measure: str
    rule: str
    confidence: float = 0.9
    verb: int | None = None
    """The word that is measure and verb in one ("sanctioned", "froze"). None for nouns."""
    stage: SanctionStage | None = None
    """What the verb says by itself. None for nouns: their governing word says it."""
    object_first: int | None = None
    """Where the object of the verb begins. None means right after the last word."""
    attributive: bool = False
    """"the sanctioned oligarch": what follows is the target, nobody acts now."""


class Refusal(Struct, frozen=True):
    """Words that look like a measure and are none."""

    first: int
    last: int
    reason: str


Verdict = Candidate | Refusal | None
"""What a rule makes of a word; None when it has nothing to say."""


class Cue(Struct, frozen=True):
    """What a governing word says about the stage of the measure that it governs."""

    stage: SanctionStage
    subject: Subject


class Reading(Struct, frozen=True):
    """The stage of a measure and the word that told it."""

    stage: SanctionStage
    rule: str
    subject: Subject = "neither"
    governor: tuple[int, int] | None = None
    """First and last word of the governing phrase. None when nothing governs."""
    passive: bool = False
    dated: bool = False
    """The words speak of a year or decade gone by: history, not news."""
