"""Candidates of the rules that say none: nobody, no casualties, unharmed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from pipeline.figures.items import Item
from pipeline.figures.lexicon import Lexicon
from pipeline.figures.model import Candidate
from pipeline.figures.patterns import Rule
from pipeline.figures.victims import triggers_of
from pipeline.text import Token
from schemas.enrichment import FigureKind

_GOVERNED: Final = frozenset({"without_casualties", "no_participle"})
"""Rules in which a negation governs the harmed over other words."""


def zero(
    rule: Rule, match: re.Match[str], items: Sequence[Item], tokens: Sequence[Token], lexicon: Lexicon
) -> Iterator[Candidate]:
    item = items[match.start("who")]
    first, last = items[match.start()].first, items[match.end() - 1].last
    if item.letter in {"T", "K"} and rule.name in _GOVERNED:
        if item.noun not in lexicon.triggers.events and item.letter == "T":
            return  # "did not give a death toll" says nothing of how many
        if lexicon.grammar and _is_definite(item, tokens, lexicon):
            return  # "no han identificado a LOS muertos"
    if item.first and tokens[item.first - 1].lower in lexicon.context.among:
        return  # "среди погибших россиян нет": none of a sort of people
    if rule.name in _GOVERNED and _is_unknown(tokens[first : last + 1], lexicon):
        return
    if rule.name == "nobody" and _is_of_another(match, items, tokens, lexicon):
        return
    kinds: tuple[FigureKind, ...]
    if "what" in match.re.groupindex:
        what = triggers_of(match, items)
        kinds = tuple(dict.fromkeys(w.kind for w in what if w.kind is not None)) or ("injured",)
        trigger, noun = what[-1].first, what[-1].noun
    else:
        kinds = (item.kind or "killed",)  # a phrase has no kind: "no loss of life"
        trigger, noun = item.last - 1, item.noun
        kinds, last = _coordinated(kinds, match.end(), items, last)
    for kind in kinds:
        yield Candidate(item, kind, rule, first, last, trigger, noun)


def _is_unknown(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """ "have not RULED out casualties"; "do not know OF any casualties" is a zero, with doubt."""
    context = lexicon.context
    words = [token[3] for token in tokens]
    return any(word in context.unknown and context.classes.get(after) != "o" for word, after in pairwise(words))


def _is_definite(item: Item, tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    before = tokens[item.first - 1].lower if item.first else ""
    return before in lexicon.context.skipped_determiners and before not in lexicon.numbers.articles


def _is_of_another(match: re.Match[str], items: Sequence[Item], tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """ "nobody knows whether HE was arrested"."""
    at = match.start("what") - 1
    return items[at].letter == "B" and tokens[items[at].first - 1].lower in lexicon.context.pronouns


def _coordinated(
    kinds: tuple[FigureKind, ...], i: int, items: Sequence[Item], last: int
) -> tuple[tuple[FigureKind, ...], int]:
    """ "no deaths or injuries" denies both."""
    if i + 1 >= len(items) or items[i].letter != "c" or items[i + 1].letter not in "TzeK":
        return kinds, last
    second = items[i + 1].kind
    return ((*kinds, second), items[i + 1].last) if second is not None else (kinds, last)
