"""Groups of auxiliaries, and the "'s" that is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.figures.items import Item
from pipeline.figures.lexicon import Lexicon
from pipeline.figures.vocabulary import Vocabulary
from pipeline.figures.words import is_adverb
from pipeline.text import Token

_AUXILIARY: Final = frozenset("Bm")
_AUXILIARY_OR_NOT: Final = frozenset("Bmhnj")
_INSIDE_AUXILIARY: Final = frozenset("Bmhj")


def auxiliary(tokens: Sequence[Token], i: int, lower: str, vocabulary: Vocabulary) -> Item | None:
    """A group of auxiliaries with the words that may stand inside it: negations, adverbs, "reported", "to have"."""
    context = vocabulary.lexicon.context
    classes = context.classes
    if classes.get(lower) not in _AUXILIARY:
        return None
    j, negated, pair = i + 1, lower in context.negations, None
    for j in range(i + 1, len(tokens) + 1):
        inner = tokens[j][3] if j < len(tokens) else ""
        letter = classes.get(inner)
        if letter == "n":
            negated = True
        elif letter not in _INSIDE_AUXILIARY and not _is_interposed(tokens, j, inner, vocabulary):
            break
        elif inner in vocabulary.lexicon.numbers.pairs:
            pair = inner
    return Item("b" if negated else "B", i, j, None, pair)


def _is_interposed(tokens: Sequence[Token], j: int, inner: str, vocabulary: Vocabulary) -> bool:
    """Whether an adverb, "since" or "to" at *j* stands inside a group of auxiliaries."""
    context = vocabulary.lexicon.context
    return inner != "" and (
        is_adverb(inner, context)
        or (inner in context.interposed and tokens[j - 1][3] in context.perfects)
        or _links_to(tokens, j, vocabulary)
    )


def is_possessive(tokens: Sequence[Token], i: int, found: Sequence[Item], lexicon: Lexicon) -> bool:
    """Whether "'s" joins the noun before it to one after it, and neither is a person: "in Orle's harbour". Before an
    auxiliary, a negation, an adverb or a word of what happened it is "is" or "has"."""
    context = lexicon.context
    if tokens[i][3] != context.possessive or i + 1 == len(tokens) or (found and found[-1][0] in "IPQNU"):
        return False
    lower = tokens[i + 1][3]
    return not (
        lower in lexicon.triggers.words or context.classes.get(lower) in _AUXILIARY_OR_NOT or is_adverb(lower, context)
    )


def _links_to(tokens: Sequence[Token], j: int, vocabulary: Vocabulary) -> bool:
    """ "to" in "believed to have been"."""
    context = vocabulary.lexicon.context
    return tokens[j][3] == context.infinitive and j + 1 < len(tokens) and context.classes.get(tokens[j + 1][3]) == "B"
