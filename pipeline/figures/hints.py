"""Which questions about the meaning of a figure a word of its sentence gives reason to ask.

Most sentences hold none of the words that a question turns on. Every question keeps the words that it reads in the
lexicon; here they are only gathered, so that one look at the words of a sentence spares the questions without any.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import reduce
from operator import or_
from typing import Final

from pipeline.figures.dates import YEAR
from pipeline.figures.lexicon import Lexicon

CLAUSES: Final = 1
"""Marks between clauses."""
COMPARISON: Final = 2
PAST: Final = 4
"""Phrases of the past."""
RATE: Final = 8
RUNNING: Final = 16
DAY: Final = 32
PERIOD: Final = 64
SPEECH: Final = 128
BLAME: Final = 256
UNREAL: Final = 512
DOUBT: Final = 1024
DENIAL: Final = 2048
MEMORIAL: Final = 4096
SUPERLATIVE: Final = 8192
SINCE: Final = 16384
YEARS: Final = 32768
"""Numbers of years: "twenty YEARS"."""
DATE: Final = 65536
"""A year itself: "2013"."""
OTHER: Final = 131072
"""Another event: "a SIMILAR attack"."""
OLD: Final = PAST | MEMORIAL | SINCE | YEARS | DATE | OTHER
"""What may put a number into the past."""
STOPS: Final = frozenset(";:")


def _words(lexicon: Lexicon) -> dict[int, Collection[str]]:
    context = lexicon.context
    return {
        CLAUSES: STOPS,
        COMPARISON: context.comparisons.rare_words,
        PAST: context.background.rare_words,
        MEMORIAL: context.background_nouns,
        SUPERLATIVE: context.superlatives,
        SINCE: context.year_counters,
        YEARS: context.plural_units_of_time,
        OTHER: context.others_like,
        RATE: {*context.units_of_time, *context.short_times, *context.rate_words, context.share_opener},
        RUNNING: context.cumulative.rare_words | context.wars,
        DAY: {*context.months, *context.weekdays, *context.relative_days},
        PERIOD: context.period_openers.rare_words,
        SPEECH: {*context.said, *context.according.rare_words},
        BLAME: lexicon.agents.blames.rare_words,
        UNREAL: {*context.modals, *context.expectations, *context.conditionals, *context.fiction, context.being},
        DOUBT: context.hedges,
        DENIAL: {*context.denials, *context.withdrawals},
    }


def hints_by_word(lexicon: Lexicon) -> dict[str, int]:
    """Word -> the sum of the questions that it gives reason for."""
    found: dict[str, int] = {}
    for hint, words in _words(lexicon).items():
        for word in words:
            found[word] = found.get(word, 0) | hint
    return found


def hint_of(lower: str, listed: Mapping[str, int]) -> int:
    """The questions that a word gives reason for: those *listed*, and a year's."""
    return listed.get(lower, 0) | (DATE if YEAR.fullmatch(lower) else 0)


def hints_of(words: Iterable[str], hints: Mapping[str, int]) -> int:
    """The questions that are to be asked about a sentence of these *words*."""
    return reduce(or_, map(hints.__getitem__, words), 0)
