"""Words that begin a quantity or a phrase only with certain others after them: "a DOZEN", "at LEAST", "in CUSTODY".

Such words ("the", "in", "and") are the most frequent ones, and mostly something else follows: one look at the next word
then spares every closer one.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import NamedTuple

from pipeline.figures.lexicon import Lexicon, NumberWords
from pipeline.figures.words import CLOSER, plain_letter


class Opener(NamedTuple):
    """How a word is read by what follows it."""

    before: Set[str]
    """Words with which it may begin a quantity or a phrase."""
    digits: bool
    """Whether digits are among them."""
    otherwise: str
    """Its reading (`pipeline.figures.words.Words`) before any other word."""


def number_starts(numbers: NumberWords) -> frozenset[str]:
    """Words with which a quantity may begin."""
    words = {*numbers.units, *numbers.articles, *numbers.range_openers, numbers.half}
    return frozenset(words) | numbers.vague.first_words | numbers.bounds_before.first_words


def number_goes_on(numbers: NumberWords) -> frozenset[str]:
    """Words after a number that may belong to it ("12 MILLION", "6 TO 8", "12 OR more")."""
    return frozenset(
        {
            *numbers.units,
            *numbers.multipliers,
            *numbers.inner,
            *numbers.joiners,
            *numbers.range_words,
            *numbers.bounds_after.first_words,
        }
    )


def lone_numbers(numbers: NumberWords) -> frozenset[str]:
    """Number words that are a quantity by themselves and begin no other one."""
    phrases = numbers.vague.first_words | numbers.bounds_before.first_words | numbers.one_more.first_words
    return frozenset(numbers.units) - phrases - numbers.articles - numbers.range_openers.keys() - numbers.rough


def _quantity_openers(numbers: NumberWords) -> dict[str, frozenset[str]]:
    """Word -> those that make a quantity of it. Without words that are one by themselves, or open one in another way.
    Digits may always follow."""
    starts = number_starts(numbers)
    found = {}
    for word in starts - numbers.units.keys() - numbers.range_openers.keys() - {numbers.half}:
        vague, bounds = numbers.vague.second_words(word), numbers.bounds_before.second_words(word)
        more = numbers.one_more.second_words(word)
        if "" in vague | more:
            continue
        after = vague | bounds | more | (starts if "" in bounds else frozenset())
        found[word] = after | numbers.multipliers.keys() if word in numbers.articles else after
    return found


def openers(lexicon: Lexicon, roles: Mapping[str, str]) -> dict[str, Opener]:
    """The openers among the words with *roles* (`pipeline.figures.vocabulary.ROLES`)."""
    quantities, phrases = _quantity_openers(lexicon.numbers), lexicon.triggers.phrases
    found = {}
    for word, own in roles.items():
        before, idle = frozenset[str](), ""
        seconds = phrases.second_words(word)
        if "p" in own and "" not in seconds:
            before, idle = before | seconds, "p"
        digits = "c" in own and word in quantities
        if digits:
            before, idle = before | quantities[word], idle + "c"
        if idle:
            left = "".join(role for role in own if role not in idle)
            found[word] = Opener(before, digits, CLOSER + left if left else plain_letter(word, lexicon.context))
    return found
