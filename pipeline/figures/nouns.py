"""What a noun phrase counts: people, one person, a happening, or something else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from pipeline.figures.vocabulary import Category, Vocabulary
from pipeline.text import Token
from schemas.enrichment import FigureKind

MAX_WORDS: Final = 8
"""Longest noun phrase that is read; press style has seven words before the noun at most."""
MAX_UNKNOWN: Final = 4
"""Longest noun phrase whose noun is in no list."""


class NounPhrase(NamedTuple):
    """Where a noun phrase ends and what it is about."""

    last: int
    category: Category
    noun: str | None = None
    kind: FigureKind | None = None
    """Of an event noun, or of a participle before the noun ("two WOUNDED soldiers")."""
    reason: str | None = None
    """Why a number before it is refused, when it is about things."""


def noun_phrase(tokens: Sequence[Token], i: int, vocabulary: Vocabulary) -> NounPhrase:
    """The noun phrase that begins at token *i*: modifiers, then the last known noun, at most `MAX_WORDS` words.

    A participle is a modifier only when a noun for people follows ("two wounded soldiers", not "15 wounded were").
    """
    best: NounPhrase | None = None
    kind: FigureKind | None = None
    modifiers, possessive = vocabulary.lexicon.nouns.modifiers, vocabulary.lexicon.context.possessive
    premodifiers, triggers = vocabulary.lexicon.triggers.premodifiers, vocabulary.lexicon.triggers.words
    nouns, stops, phrases = vocabulary.nouns, vocabulary.stops, vocabulary.trigger_phrases
    j = i
    for j, token in enumerate(tokens[i : i + MAX_WORDS], start=i):
        lower = token[3]
        if lower in phrases and phrases[lower].at(tokens, j) is not None:
            break  # "251 taken hostage", "six Zorbans gunned down"
        if best is None and lower in premodifiers:
            if not _people_follow(tokens, j + 1, vocabulary):
                break
            kind = premodifiers[lower]
        elif (known := nouns[lower]) is not None and (
            best is None or known.category == "event" or lower not in triggers
        ):
            best = NounPhrase(j + 1, known.category, lower, known.kind, known.reason)
        elif best is None and (
            lower == possessive or (lower in modifiers and _noun_may_follow(tokens, j + 1, vocabulary))
        ):
            pass
        elif lower in stops or not lower[:1].isalpha():
            break
        elif best is not None and not (best.category == "person" and _people_follow(tokens, j + 1, vocabulary)):
            break  # "seven Peruvian presidential guards" goes on, "two guards asleep" does not
    else:
        j = min(i + MAX_WORDS, len(tokens))
    if best is None:
        return _unknown(tokens, i, j)
    return best._replace(kind=kind) if kind is not None and best.category in {"people", "person"} else best


def _noun_may_follow(tokens: Sequence[Token], i: int, vocabulary: Vocabulary) -> bool:
    """Whether a word that may be a noun or go before one stands next: "12 suspected CHOLERA deaths", not "12 suspected
    OF theft", "9 confirmed DEAD"."""
    if i >= len(tokens):
        return False
    lower = tokens[i][3]
    return lower[:1].isalpha() and (vocabulary.nouns[lower] is not None or lower not in vocabulary.stops)


def _people_follow(tokens: Sequence[Token], i: int, vocabulary: Vocabulary) -> bool:
    """Whether a noun for people stands within three words, with only modifiers before it."""
    for token in tokens[i : i + 3]:
        known = vocabulary.nouns[token[3]]
        if known is not None:
            return known.category in {"people", "person"}
        if token[3] in vocabulary.stops or not token[0][0].isalpha():
            return False
    return False


def _unknown(tokens: Sequence[Token], i: int, j: int) -> NounPhrase:
    if i < j <= i + MAX_UNKNOWN:
        lower = tokens[j - 1].lower
        if lower.endswith("s") and not lower.endswith("ss") and len(lower) > 3:
            return NounPhrase(j, "unknown", lower)
    return NounPhrase(i, "none")


def after_determiner(tokens: Sequence[Token], i: int, vocabulary: Vocabulary) -> int:
    """The token after a determiner at *i*, else *i*."""
    return i + 1 if i < len(tokens) and tokens[i].lower in vocabulary.lexicon.context.determiners else i
