"""Days and periods that a figure holds for, resolved against the publication date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from pipeline.figures.lexicon import Lexicon
from pipeline.text import Token

YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
_DAY: Final = re.compile(r"[0-9]{1,2}")
_PERIOD_ENDS: Final = frozenset("BmpocwWsv")
"""Token classes that end a period."""
MAX_PERIOD: Final = 7
"""Words of a period as printed."""


def weekday_before(published: date, weekday: int) -> date:
    """The last such weekday on or before the day of publication."""
    return published - timedelta(days=(published.weekday() - weekday) % 7)


def _calendar_day(tokens: Sequence[Token], i: int, published: date | None, lexicon: Lexicon) -> date | None:
    """ "5 March 2019", "March 5", the year taken from *published* when it is not printed."""
    context = lexicon.context
    month = context.months.get(tokens[i].lower)
    if month is None or not (tokens[i].is_capitalised or context.small_months):
        return None
    linked = i - 2 if i > 1 and tokens[i - 1].lower in context.day_links else i - 1
    near = (linked,) if context.small_months else (linked, i + 1)
    day = next((tokens[j] for j in near if 0 <= j < len(tokens) and _DAY.fullmatch(tokens[j].text)), None)
    year = next((int(t.text) for t in tokens[i + 1 : i + 4] if YEAR.fullmatch(t.text)), None)
    if day is None or (year is None and published is None):
        return None
    try:
        found = date(year or (published.year if published else 1), month, int(day.text))
    except ValueError:
        return None
    if year is None and published is not None and found > published:
        return found.replace(year=found.year - 1) if not (month == 2 and found.day == 29) else None
    return found


def day_of(tokens: Sequence[Token], published: date | None, lexicon: Lexicon) -> date | None:
    """The first day named among *tokens*; None when there is none or it cannot be resolved."""
    months, weekdays = lexicon.context.months, lexicon.context.weekdays
    relative = lexicon.context.relative_days
    for i, (_, _, _, lower) in enumerate(tokens):
        named = _calendar_day(tokens, i, published, lexicon) if lower in months else None
        if named is not None:
            return named
        if published is not None:
            if lower in weekdays:
                return weekday_before(published, weekdays[lower])
            if lower in relative:
                return published - timedelta(days=relative[lower])
    return None


def year_at(tokens: Sequence[Token], lexicon: Lexicon) -> int | None:
    """Index of a year printed after a preposition ("in 2013") or as the first of two ("between 2014 and 2020")."""
    for i, (before, token) in enumerate(pairwise(tokens), start=1):
        if token[0][0] in "12" and YEAR.fullmatch(token[0]):
            lower = before.lower
            if lower in lexicon.context.year_prepositions or lower in lexicon.context.months:
                return i
            link = lexicon.numbers.range_openers.get(lower)
            if link is not None and _is_second_year(tokens[i + 1 : i + 4], link):
                return i
    return None


def _is_second_year(tokens: Sequence[Token], link: str) -> bool:
    """ "AND 2020", with no noun after it: not "between 1900 and 2000 people"."""
    if len(tokens) < 2 or tokens[0].lower != link or not YEAR.fullmatch(tokens[1].text):
        return False
    return len(tokens) < 3 or not tokens[2].text[0].isalpha()


def period_of(tokens: Sequence[Token], lexicon: Lexicon) -> tuple[int, int] | None:
    """The stretch of time counted ("since 2011", "in the past week"), as token indices, half open."""
    openers = lexicon.context.period_openers
    first_words = openers.first_words
    for i in [i for i, token in enumerate(tokens) if token[3] in first_words]:
        opener = openers.at(tokens, i)
        if opener is not None:
            last = i + opener[1]
            while last < len(tokens) and last - i < MAX_PERIOD and _is_inside(tokens[last], lexicon):
                last += 1
            return i, last
    return None


def _is_inside(token: Token, lexicon: Lexicon) -> bool:
    if not token.text[0].isalnum():
        return False
    lower, context = token.lower, lexicon.context
    return lower in context.weekdays or lower in context.months or context.classes.get(lower) not in _PERIOD_ENDS


def is_long(period: str | None, lexicon: Lexicon) -> bool:
    """Whether a period as printed is one of months or years, or of a war: "since January", "so far this year", "since
    the invasion began"; not "since Monday", "since 5 March", "in the past week"."""
    if period is None:
        return False
    words, context = period.lower().split(), lexicon.context
    if any(YEAR.fullmatch(word) or word in context.long_units or word in context.wars for word in words):
        return True
    return any(word in context.months for word in words) and not any(map(_DAY.fullmatch, words))
