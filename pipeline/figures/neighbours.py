"""What the words beside a number say of it at one look, so that only the checks that may refuse it are made.

Most numbers stand between words that mean nothing to any check of `pipeline.figures.refusals`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from msgspec import Struct

from pipeline.figures.lexicon import Lexicon
from pipeline.figures.numbers import Quantity
from pipeline.text import Token

CLOCK: Final = 1
DAY: Final = 2
YEAR: Final = 4
AGE: Final = 8
MONEY: Final = 16
PERCENTAGE: Final = 32
RATIO: Final = 64
SCORE: Final = 128
ZERO: Final = 256
LABEL: Final = 512
FAMILY: Final = 1024

_DASHES: Final = ("-", "–")
_OPENERS: Final = (",", "(")
_YEAR_DIGITS: Final = 4


class Neighbours(Struct, frozen=True):
    """Tables of one language: word -> the checks that it gives reason for, by where it stands."""

    before: Mapping[str, int]
    """Directly before the number."""
    after: Mapping[str, int]
    """Directly after it."""
    second: Mapping[str, int]
    """After the word after it ("7 people IN 10")."""
    endings: frozenset[str]
    """Marks that make money of a number when the word before ends with one."""


def _table(checks: Mapping[int, Collection[str]]) -> dict[str, int]:
    table: dict[str, int] = {}
    for check, words in checks.items():
        for word in words:
            table[word] = table.get(word, 0) | check
    return table


def neighbours_of(lexicon: Lexicon) -> Neighbours:
    """Derive the tables of *lexicon*."""
    context = lexicon.context
    links, parents = context.ratio_links, lexicon.nouns.parents
    return Neighbours(
        before=_table(
            {
                CLOCK: ":",
                DAY | YEAR: context.months,
                AGE: {*_OPENERS, *context.joiners_of_days, *context.age_words, *context.age_links},
                MONEY: context.money,
                RATIO: {phrase.split()[-1] for phrase in links.table},
                SCORE: _DASHES,
                LABEL: context.number_labels,
                FAMILY: {word for word, letter in context.classes.items() if letter == "o"} if parents else (),
            }
        ),
        after=_table(
            {
                CLOCK: ":",
                DAY: {*context.months, *context.joiners_of_days, *context.day_links},
                AGE: {
                    *(ending.removeprefix("-") for ending in context.age_endings),
                    *(context.joiners_of_days if context.age_units else ()),
                },
                MONEY: {context.ratio_word},
                PERCENTAGE: context.percent.first_words,
                RATIO: links.first_words,
                SCORE: _DASHES,
            }
        ),
        second=dict.fromkeys(links.first_words, RATIO),
        endings=frozenset(word for word in context.money if len(word) == 1),
    )


def due_checks(tokens: Sequence[Token], quantity: Quantity, neighbours: Neighbours) -> int:
    """The checks, as one sum of the constants above, that may refuse the quantity."""
    core, last = quantity.core, quantity.last
    due = ZERO if quantity.best == 0 else 0
    if core:
        text, _, _, lower = tokens[core - 1]
        due |= neighbours.before.get(lower, 0)
        if "0" <= lower < ":":  # "aged 9, 11"; ":" follows "9"
            due |= AGE
        if text[-1] in neighbours.endings:
            due |= MONEY
    if last < len(tokens):
        due |= neighbours.after.get(tokens[last][3], 0)
        if last + 1 < len(tokens):
            due |= neighbours.second.get(tokens[last + 1][3], 0)
    return due | YEAR if len(tokens[core][0]) == _YEAR_DIGITS else due
