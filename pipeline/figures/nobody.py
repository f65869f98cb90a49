"""Words that say none: nobody, no passengers, no casualties, no dead or wounded, no reports of injuries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.figures.context_words import ContextWords
from pipeline.figures.items import Item
from pipeline.figures.nouns import NounPhrase, after_determiner, noun_phrase
from pipeline.figures.vocabulary import Vocabulary
from pipeline.text import Token

MAX_FIRST: Final = 3
"""Words of the first of two things that are denied: "no SERIOUS MATERIAL DAMAGE or injuries"."""
_AFTER_NOUN: Final = frozenset("Bmcpws")


def nobody(tokens: Sequence[Token], i: int, lower: str, vocabulary: Vocabulary) -> Item | None:
    """ "nobody", "no passengers", "no casualties", "no dead", "no reports of injuries"."""
    context = vocabulary.lexicon.context
    if lower in context.nobody:
        last = i + 1
        if last + 1 < len(tokens) and context.classes.get(tokens[last].lower) == "o":
            phrase = noun_phrase(tokens, after_determiner(tokens, last + 1, vocabulary), vocabulary)
            last = phrase.last if phrase.category != "none" else last
        return Item("Z", i, last)
    if lower not in context.zero_determiners or i + 1 >= len(tokens):
        return None
    following = tokens[i + 1].lower
    if following == context.no_one:
        return Item("Z", i, i + 2)
    if following in context.report_words:
        return _no_report(tokens, i, vocabulary)
    plain = lower != context.zero_if_negated and context.classes.get(lower) not in {
        "n",
        "c",
    }  # "without missing people"
    suffered = vocabulary.lexicon.triggers.premodifiers.get(following)
    if plain and suffered is not None and _stands_alone(tokens, i + 2, context):
        return Item("z", i, i + 2, kind=suffered, noun=following)  # "no dead or wounded"
    phrase = _second(tokens, i + 1, vocabulary) or noun_phrase(tokens, i + 1, vocabulary)
    if plain and phrase.kind is not None and phrase.category == "people":
        return Item("z", i, phrase.last, kind=phrase.kind, noun=phrase.noun)  # "no injured guests", not "without"
    if phrase.noun is not None and phrase.noun in vocabulary.lexicon.triggers.events and phrase.category == "people":
        phrase = phrase._replace(category="event", kind=vocabulary.lexicon.triggers.events[phrase.noun])
    if phrase.category == "event" and phrase.noun not in vocabulary.lexicon.triggers.guarded_events:
        return Item(
            "e" if lower == context.zero_if_negated else "z", i, phrase.last, kind=phrase.kind, noun=phrase.noun
        )
    nobody = phrase.category == "people" or (phrase.category == "person" and lower != context.zero_if_negated)
    return Item("Z", i, phrase.last, noun=phrase.noun) if nobody else None


def _stands_alone(tokens: Sequence[Token], i: int, context: ContextWords) -> bool:
    """Whether a participle before token *i* is a noun itself: a stop, conjunction, preposition or auxiliary follows."""
    return i >= len(tokens) or not tokens[i][3][0].isalpha() or context.classes.get(tokens[i][3]) in _AFTER_NOUN


def _second(tokens: Sequence[Token], i: int, vocabulary: Vocabulary) -> NounPhrase | None:
    """ "no damage OR INJURIES": the happening that is denied after something that is no happening."""
    context = vocabulary.lexicon.context
    for j in range(i + 1, min(i + 1 + MAX_FIRST, len(tokens) - 1)):
        if tokens[j].lower in context.either:
            phrase = noun_phrase(tokens, j + 1, vocabulary)
            first = vocabulary.nouns[tokens[j - 1].lower]
            return phrase if phrase.category == "event" and (first is None or first.category == "thing") else None
    return None


def _no_report(tokens: Sequence[Token], i: int, vocabulary: Vocabulary) -> Item | None:
    """ "no immediate reports of casualties": a zero that is hedged."""
    context = vocabulary.lexicon.context
    for j in range(i + 1, min(i + 4, len(tokens) - 2)):
        if tokens[j].lower in context.report_nouns and context.classes.get(tokens[j + 1].lower) == "o":
            if tokens[j + 2].lower in context.anyone:
                return Item("Z", i, j + 3, reason="no report")
            at = after_determiner(tokens, j + 2, vocabulary)
            phrase = _second(tokens, at, vocabulary) or noun_phrase(tokens, at, vocabulary)
            if phrase.category == "event":
                return Item("z", i, phrase.last, kind=phrase.kind, noun=phrase.noun, reason="no report")
    return None
