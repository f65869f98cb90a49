"""Apply the rules to the items of one sentence. The result says which count is of which kind, and by which rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from pipeline.figures.aboard import everybody
from pipeline.figures.items import Item
from pipeline.figures.lexicon import Lexicon
from pipeline.figures.model import Candidate, Sentence, Statement
from pipeline.figures.patterns import Rule
from pipeline.figures.references import reference
from pipeline.figures.rules import RULES
from pipeline.figures.structure import letters, settle
from pipeline.figures.totals import total
from pipeline.figures.victims import own, victims
from pipeline.figures.wholes import parts, parts_by_pronoun, split_of_whole
from pipeline.figures.zeros import zero
from pipeline.text import Token

Taken = dict[int, list[Candidate]]
"""First token of a count -> its candidates."""

COUNTING: Final = frozenset({"victims", "toll"})
"""What rules build that name the letters of those counted."""

Search = tuple[Rule, Callable[[str], Iterator[re.Match[str]]]]

MAX_REMEMBERED: Final = 5_000
"""Sets of letters whose rules are kept; news has some thousand."""


@lru_cache(MAX_REMEMBERED)
def _searches(grammar: frozenset[str], present: frozenset[str]) -> tuple[Search, ...]:
    """The rules that can find something among the letters *present* in a language with these word orders."""
    return tuple(
        (rule, rule.expression.finditer)
        for rule in RULES
        if not present.isdisjoint(rule.needs)
        and present.issuperset(rule.also)
        and (rule.builds not in COUNTING or not present.isdisjoint(rule.counts))
        and (not rule.grammar or rule.grammar in grammar)
    )


def read(
    tokens: Sequence[Token], items: Sequence[Item], lexicon: Lexicon, before: Sequence[Statement] = ()
) -> Sentence:
    """Find every candidate of a sentence, in reading order; *before* are the figures of the sentence before."""
    settled = settle(items, lexicon)
    taken: Taken = {}
    for candidate in _proposals(settled, tokens, lexicon, taken, before):
        _add(taken, candidate)
    left = items if lexicon.context.age_units else settled  # with the ages, which are numbers that count nobody
    if not taken:
        return Sentence(tokens, left, ())
    split_of_whole(settled, taken)
    parts_by_pronoun(tokens, taken, lexicon)
    ordered = sorted((c for found in taken.values() for c in found), key=lambda c: (c.item.first, c.first))
    return Sentence(tokens, left, tuple(ordered))


def considered(tokens: Sequence[Token], items: Sequence[Item], lexicon: Lexicon) -> tuple[tuple[Candidate, bool], ...]:
    """Every candidate in the order of the rules, and whether it was kept: the first that counts somebody wins."""
    settled = settle(items, lexicon)
    taken: Taken = {}
    return tuple((candidate, _add(taken, candidate)) for candidate in _proposals(settled, tokens, lexicon, taken))


def _proposals(
    items: Sequence[Item], tokens: Sequence[Token], lexicon: Lexicon, taken: Taken, before: Sequence[Statement] = ()
) -> Iterator[Candidate]:
    """What the rules say, one after the other; *taken* is filled meanwhile by the caller."""
    text = letters(items)
    for rule, search in _searches(lexicon.grammar, frozenset(text)):
        for match in search(text):
            yield from _build(rule, match, items, tokens, lexicon, taken, before)
    if "q" in text or ":" in text:
        yield from parts(items, taken)


def _add(taken: Taken, candidate: Candidate) -> bool:
    """Keep the first candidate of a count, and a later one only when it says something else of the same people."""
    earlier = taken.setdefault(candidate.item.first, [])
    kinds = {c.kind for c in earlier}
    union = "casualties" in kinds and candidate.rule.builds != "zero"  # "no casualties or injuries" denies both
    if earlier and (candidate.kind in kinds or union or not _independent(earlier, candidate)):
        return False
    earlier.append(candidate)
    return True


def _independent(earlier: Sequence[Candidate], candidate: Candidate) -> bool:
    """Whether two things are said of one count: "five kidnapped engineers were released", "five engineers kidnapped in
    Orle were released", "the death of two guides who had been abducted", "killed or injured nobody"."""
    return all(
        "own" in (c.rule.builds, candidate.rule.builds)
        or c.rule is candidate.rule
        or c.trigger == candidate.trigger
        or candidate.rule.name == "reduced_relative"
        or (c.trigger < c.item.first) != (candidate.trigger < c.item.first)
        for c in earlier
    )


def _build(
    rule: Rule,
    match: re.Match[str],
    items: Sequence[Item],
    tokens: Sequence[Token],
    lexicon: Lexicon,
    taken: Taken,
    before: Sequence[Statement],
) -> Iterator[Candidate]:
    if match.end() == match.start():
        return
    match rule.builds:
        case "own":
            yield from own(rule, items, match.start("who"), tokens, lexicon)
        case "zero":
            yield from zero(rule, match, items, tokens, lexicon)
        case "everybody":
            yield from everybody(rule, match, items, tokens, lexicon)
        case "reference":
            yield from reference(rule, match, items, tokens, lexicon)
        case "toll":
            yield from total(rule, match, items, tokens, lexicon, taken, before)
        case _:
            yield from victims(rule, match, items, tokens, lexicon)
