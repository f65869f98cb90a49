"""What a noun phrase counts: people, one person, a happening, or something else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from pipeline.figures.lexicon import Lexicon
from pipeline.text import Token
from schemas.enrichment import FigureKind

MAX_WORDS: Final = 8
"""Longest noun phrase that is read; press style has seven words before the noun at most."""

Category = Literal["people", "person", "event", "thing", "unknown", "none"]


class NounPhrase(NamedTuple):
    """Where a noun phrase ends and what it is about."""

    last: int
    category: Category
    noun: str | None = None
    kind: FigureKind | None = None
    """Of an event noun, or of a participle before the noun ("two WOUNDED soldiers")."""
    reason: str | None = None
    """Why a number before it is refused, when it is about things."""


def _known(lower: str, at: int, lexicon: Lexicon) -> NounPhrase | None:
    if lower in lexicon.people:
        return NounPhrase(at + 1, "people", lower)
    if lower in lexicon.things:
        return NounPhrase(at + 1, "thing", lower, reason=lexicon.things[lower])
    if lower in lexicon.person:
        return NounPhrase(at + 1, "person", lower)
    if lower in lexicon.events:
        return NounPhrase(at + 1, "event", lower, lexicon.events[lower])
    if lower.endswith(lexicon.people_suffixes) and len(lower) > 6:
        return NounPhrase(at + 1, "people", lower)
    return None


def _stops(lower: str, lexicon: Lexicon) -> bool:
    return (
        not lower[0].isalpha()
        or lower in lexicon.classes
        or lower in lexicon.triggers
        or lower in lexicon.units
        or lower in lexicon.unharmed
        or (lower,) in lexicon.vague
        or lower in lexicon.determiners
    )


def noun_phrase(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> NounPhrase:
    """The noun phrase that begins at token *i*: modifiers, then the last known noun, at most `MAX_WORDS` words.

    A participle counts as a modifier only when a noun for people follows ("two wounded soldiers", not "15 wounded were").
    """
    best: NounPhrase | None = None
    kind: FigureKind | None = None
    j = i
    while j < min(i + MAX_WORDS, len(tokens)):
        lower = tokens[j].lower
        known = _known(lower, j, lexicon)
        if known is not None and not (
            lower in lexicon.premodifiers and best is None and _people_follow(tokens, j + 1, lexicon)
        ):
            best = known
        elif best is not None:
            break
        elif lower in lexicon.premodifiers and _people_follow(tokens, j + 1, lexicon):
            kind = lexicon.premodifiers[lower]
        elif _stops(lower, lexicon):
            break
        j += 1
    if best is None:
        return _unknown(tokens, i, j)
    if kind is not None and best.category in {"people", "person"}:
        return best._replace(kind=kind)
    return best


def _people_follow(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> bool:
    """Whether a noun for people stands within three words, with only modifiers before it."""
    for token in tokens[i : i + 3]:
        known = _known(token.lower, 0, lexicon)
        if known is not None and token.lower not in lexicon.premodifiers:
            return known.category in {"people", "person"}
        if _stops(token.lower, lexicon):
            return False
    return False


def _unknown(tokens: Sequence[Token], i: int, j: int) -> NounPhrase:
    if j > i and j - i <= 4:
        last = tokens[j - 1]
        if last.lower.endswith("s") and not last.lower.endswith("ss") and len(last.lower) > 3:
            return NounPhrase(j, "unknown", last.lower)
    return NounPhrase(i, "none")
