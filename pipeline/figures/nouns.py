"""What a noun phrase counts: people, one person, a happening, or something else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from pipeline.figures.lexicon import NounWords
from pipeline.figures.parts import JOINT, MODIFIER, NOMINAL, NOUN, OTHER, PHRASE, PREMODIFIER, STOP, TRIGGER
from pipeline.figures.vocabulary import Category, Known, Vocabulary
from pipeline.text import Token
from schemas.enrichment import FigureKind

MAX_WORDS: Final = 8
"""Longest noun phrase that is read; press style has seven words before the noun at most."""
MAX_JOINTS: Final = 2
"""Owners and abbreviations inside a noun phrase: "two Herders' Party (HP) members"."""
MAX_UNKNOWN: Final = 4
"""Longest noun phrase whose noun is in no list."""


PEOPLE: Final = frozenset({"people", "person"})
"""Categories of those to whom something can happen."""


class NounPhrase(NamedTuple):
    """Where a noun phrase ends and what it is about."""

    last: int
    category: Category
    noun: str | None = None
    kind: FigureKind | None = None
    """Of an event noun, or of a participle before the noun ("two WOUNDED soldiers")."""
    reason: str | None = None
    """Why a number before it is refused, when it is about things."""


def noun_phrase(tokens: Sequence[Token], i: int, vocabulary: Vocabulary, joints: int = MAX_JOINTS) -> NounPhrase:
    """The noun phrase that begins at token *i*: modifiers, then the last known noun, at most `MAX_WORDS` words; as many
    more after an owner or an abbreviation, of which it may have as many as *joints*.

    A participle is a modifier only when a noun for people follows ("two wounded soldiers", not "15 wounded were").
    """
    best: Known | None = None
    kind: FigureKind | None = None
    parts, nouns, last, j = vocabulary.parts, vocabulary.nouns, i, i
    words, complements = vocabulary.lexicon.nouns, "genitive" in vocabulary.lexicon.grammar
    for j, token in enumerate(tokens[i : i + MAX_WORDS], start=i):
        lower = token[3]
        part = parts[lower]
        if part == STOP:
            break
        if best is None and part == OTHER:
            continue
        if part & PHRASE and vocabulary.trigger_phrases[lower].at(tokens, j) is not None:
            break  # "251 taken hostage", "six Zorbans gunned down"
        if best is None and part & PREMODIFIER:
            if not _people_follow(tokens, j + 1, vocabulary):
                break
            kind = vocabulary.lexicon.triggers.premodifiers[lower]
        elif part & NOUN and lower in words.adjectival and (best is not None or not _are_modifiers(tokens[i:j], words)):
            if best is None:  # "12 posiciones MILITARES": the unknown noun before it is counted
                return NounPhrase(j, "unknown", tokens[j - 1][3])
            last = j + 1
        elif (
            part & NOUN
            and (known := nouns[lower]) is not None
            and (best is None or known.category == "event" or not part & TRIGGER)
        ):
            if best is not None and complements and known.category != "event":
                break  # "двое фигурантов ДЕЛА"
            best, last = known, j + 1
        elif (best is None and part & MODIFIER and _may_modify(tokens, j, lower, vocabulary)) or (
            part & NOMINAL and (best is None or best.category == "person") and _people_follow(tokens, j + 1, vocabulary)
        ):
            pass
        elif part & JOINT and joints:
            further = noun_phrase(tokens, _after_joint(tokens, j), vocabulary, joints - 1)
            if further.category in PEOPLE or (lower == "'" and further.category == "thing"):
                return further  # "three workers' homes" counts homes
            if lower == "'" and further.noun in vocabulary.lexicon.triggers.guarded_events:
                return further  # "two soldiers' bodies were found"
            break
        elif part & STOP:
            break
        elif best is not None and not (best.category == "person" and _people_follow(tokens, j + 1, vocabulary)):
            break  # "seven Peruvian presidential guards" goes on, "two guards asleep" does not
    else:
        j = min(i + MAX_WORDS, len(tokens))
    if best is None:
        return _unknown(tokens, i, j, vocabulary.lexicon.nouns)
    if kind is None or best.category not in PEOPLE:
        kind = best.kind
    return NounPhrase(last, best.category, tokens[last - 1][3], kind, best.reason)


def _are_modifiers(before: Sequence[Token], words: NounWords) -> bool:
    """Whether the words before an adjective leave it to be the noun: "12 presuntos REBELDES"."""
    return all(token[3] in words.modifiers for token in before)


def _after_joint(tokens: Sequence[Token], i: int) -> int:
    """The token after an apostrophe at *i* or an abbreviation in parentheses that begins there: "(WP) MEMBERS". For
    others the last one, so that nothing follows."""
    if tokens[i][3] == "'":
        return i + 1 if i and tokens[i][1] == tokens[i - 1][2] else len(tokens)
    inner = tokens[i + 1 : i + 3]
    is_aside = len(inner) == 2 and inner[1][0] == ")" and inner[0][0].isupper() and len(inner[0][0]) > 1
    return i + 3 if is_aside else len(tokens)


def _may_modify(tokens: Sequence[Token], i: int, lower: str, vocabulary: Vocabulary) -> bool:
    """Whether a possessive or modifier at *i* belongs to a noun phrase that has not come to its noun yet."""
    return lower == vocabulary.lexicon.context.possessive or _noun_may_follow(tokens, i + 1, vocabulary)


def _noun_may_follow(tokens: Sequence[Token], i: int, vocabulary: Vocabulary) -> bool:
    """Whether a word that may be a noun or go before one stands next: "12 suspected CHOLERA deaths", not "12 suspected
    OF theft", "9 confirmed DEAD"."""
    if i >= len(tokens):
        return False
    lower = tokens[i][3]
    return lower[:1].isalpha() and (vocabulary.nouns[lower] is not None or lower not in vocabulary.stops)


def _people_follow(tokens: Sequence[Token], i: int, vocabulary: Vocabulary) -> bool:
    """Whether a noun for people stands within three words, with only modifiers, or an abbreviation, before it."""
    for j, token in enumerate(tokens[i : i + 3], start=i):
        known = vocabulary.nouns[token[3]]
        if known is not None:
            return known.category in PEOPLE
        if token[0] == "(":
            after = tokens[_after_joint(tokens, j) :][:1]
            return bool(after) and (noun := vocabulary.nouns[after[0][3]]) is not None and noun.category in PEOPLE
        if token[3] in vocabulary.stops or not token[0][0].isalpha():
            return False
    return False


def _unknown(tokens: Sequence[Token], i: int, j: int, words: NounWords) -> NounPhrase:
    """A noun in no list, by the end of a plural: the last word of the phrase, or the first that is no adjective where
    complements follow ("12 населённых ПУНКТОВ области")."""
    if words.adjective_suffixes:
        j = next((at + 1 for at in range(i, j) if not tokens[at][3].endswith(words.adjective_suffixes)), j)
    if i < j <= i + MAX_UNKNOWN:
        lower = tokens[j - 1][3]
        if lower.endswith(words.plural_suffixes) and not lower.endswith("ss") and len(lower) > 3:
            return NounPhrase(j, "unknown", lower)
    return NounPhrase(i, "none")


def after_determiner(tokens: Sequence[Token], i: int, vocabulary: Vocabulary) -> int:
    """The token after a determiner at *i*, else *i*."""
    return i + 1 if i < len(tokens) and tokens[i].lower in vocabulary.lexicon.context.determiners else i
