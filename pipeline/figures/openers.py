"""Words that begin a quantity or a phrase only with certain others after them: "a DOZEN", "at LEAST", "in CUSTODY".

Such words ("the", "in", "and") are the most frequent ones, and mostly something else follows: one look at the next word
then spares every closer one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from typing import Final, NamedTuple

from pipeline.figures.lexicon import Lexicon, NumberWords
from pipeline.figures.words import plain_letter
from pipeline.text.tokens import lower

MAX_DIGITS: Final = 9


class Look(NamedTuple):
    """How a word is read that is more than a letter (`pipeline.figures.items`)."""

    roles: str
    """What it may be, one after the other: `pipeline.figures.vocabulary.ROLES`."""
    letter: str
    """Its letter when it is none of them; "" for no item."""
    opener: Opener | None = None
    """By what follows it, if that matters."""


class Opener(NamedTuple):
    """How a word is read by what follows it."""

    before: Set[str]
    """Words with which it may begin a quantity or a phrase."""
    digits: bool
    """Whether digits are among them."""
    otherwise: Look
    """How it is read before any other word."""


def number_starts(numbers: NumberWords) -> frozenset[str]:
    """Words with which a quantity may begin."""
    words = {*numbers.units, *numbers.articles, *numbers.range_openers, *numbers.halves, numbers.half}
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


def lone_values(numbers: NumberWords) -> Callable[[str], int | None]:
    """A function from a token as printed to its value, if it is a number and begins no other one ("twelve"; not "one"
    of "one hundred")."""
    phrases = numbers.vague.first_words | numbers.bounds_before.first_words | numbers.one_more.first_words
    others = phrases | numbers.articles | numbers.range_openers.keys() | numbers.rough
    words = {word: value for word, value in numbers.units.items() if word not in others}

    def value(text: str) -> int | None:
        if text.isdigit() and text.isascii() and len(text) <= MAX_DIGITS:
            return int(text)
        return words.get(lower(text))

    return value


def _quantity_openers(numbers: NumberWords) -> dict[str, frozenset[str]]:
    """Word -> those that make a quantity of it. Without words that are one by themselves, or open one in another way.
    Digits may always follow."""
    starts = number_starts(numbers)
    found = {}
    for word in starts - numbers.units.keys() - numbers.range_openers.keys() - numbers.halves - {numbers.half}:
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
            found[word] = Opener(before, digits, Look(left, plain_letter(word, lexicon.context)))
    return found
