"""Numbers of clocks and calendars: times of day, days of a month, years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.figures.beside import counts_people, is_digits, token_after, token_before
from pipeline.figures.lexicon import Lexicon
from pipeline.figures.numbers import Quantity
from pipeline.text import Token

_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2035


def is_month(token: Token | None, following: Token | None, lexicon: Lexicon) -> bool:
    """Whether a token names a month. "may" is one only when printed so, and not before a verb."""
    if token is None or token.lower not in lexicon.context.months:
        return False
    if token.lower in lexicon.context.verb_months and token.text.isupper():
        return (
            following is None or not following.text[0].isalpha() or following.lower in lexicon.context.year_prepositions
        )
    if token.lower in lexicon.context.verb_months:
        return token.is_capitalised
    return True


def is_clock_time(tokens: Sequence[Token], quantity: Quantity, lexicon: Lexicon) -> bool:
    """ "14:20", "at 6" is left alone; not "Killed: 12"."""
    before, after = token_before(tokens, quantity), token_after(tokens, quantity)
    number = tokens[quantity.core]
    if after is not None and after.text == ":" and after.start == number.end:
        follower = token_after(tokens, quantity, 1)
        return is_digits(follower) and follower is not None and follower.start == after.end
    if before is not None and before.text == ":" and before.end == number.start and quantity.core >= 2:
        return is_digits(tokens[quantity.core - 2]) and tokens[quantity.core - 2].end == before.start
    return False


def is_day_of_month(tokens: Sequence[Token], quantity: Quantity, lexicon: Lexicon) -> bool:
    """ "5 March", "March 5", "13 and 14 January"; not "5 marchers"."""
    value = quantity.best if quantity.best is not None else quantity.high
    if value is None or value > 31 or not is_digits(tokens[quantity.core]):
        return False
    if _month_follows(tokens, quantity, 0, lexicon):
        return True
    before = token_before(tokens, quantity)
    if is_month(before, tokens[quantity.core], lexicon):
        after = token_after(tokens, quantity)
        return after is None or not after.text[0].isalpha() or after.lower in lexicon.context.classes
    joined = token_after(tokens, quantity)
    if joined is not None and joined.lower in lexicon.context.joiners_of_days:
        return is_digits(token_after(tokens, quantity, 1)) and _month_follows(tokens, quantity, 2, lexicon)
    return False


def _month_follows(tokens: Sequence[Token], quantity: Quantity, n: int, lexicon: Lexicon) -> bool:
    """Whether a month stands *n* tokens after the quantity, or after one more: "12 de mayo"."""
    link = token_after(tokens, quantity, n)
    if link is not None and link.lower in lexicon.context.day_links:
        n += 1
    return is_month(token_after(tokens, quantity, n), token_after(tokens, quantity, n + 1), lexicon)


def is_year(tokens: Sequence[Token], quantity: Quantity, lexicon: Lexicon) -> bool:
    """ "in 1994", "March 2019", "(2013)"; not "2000 people" and not "2,019"."""
    text = tokens[quantity.core].text
    if _is_short_year(tokens, quantity, lexicon):
        return True
    if quantity.last - quantity.core != 1 or not _YEAR.fullmatch(text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        return False
    before, after = token_before(tokens, quantity), token_after(tokens, quantity)
    if before is not None and (
        before.lower in lexicon.context.year_prepositions or before.lower in lexicon.context.months
    ):
        return not counts_people(after, lexicon)
    return not (counts_people(after, lexicon) or (after is not None and after.lower in lexicon.triggers.words))


def _is_short_year(tokens: Sequence[Token], quantity: Quantity, lexicon: Lexicon) -> bool:
    """ "25 MAY 89": two digits after a day and a month, as wires date their reports; not "on 25 May 89 people"."""
    if quantity.last - quantity.core != 1 or len(tokens[quantity.core].text) != 2:
        return False
    month, day = token_before(tokens, quantity), token_before(tokens, quantity, 2)
    return (
        month is not None
        and month.lower in lexicon.context.months
        and is_digits(tokens[quantity.core])
        and is_digits(day)
        and not counts_people(token_after(tokens, quantity), lexicon)
    )
