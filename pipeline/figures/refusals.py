"""Why a number is not a figure: judged from its neighbours alone. The reasons are part of the record (`rejected`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Final

from pipeline.figures.ages import is_age, is_children
from pipeline.figures.beside import is_digits, token_after, token_before
from pipeline.figures.calendar_numbers import is_clock_time, is_day_of_month, is_year
from pipeline.figures.lexicon import Lexicon
from pipeline.figures.neighbours import (
    AGE,
    CLOCK,
    DAY,
    FAMILY,
    LABEL,
    MONEY,
    PERCENTAGE,
    RATIO,
    SCORE,
    YEAR,
    ZERO,
    Neighbours,
    due_checks,
)
from pipeline.figures.numbers import Quantity
from pipeline.text import Token

RATIO_REASON: Final = "ratio"
YEAR_REASON: Final = "year"
Check = Callable[[Sequence[Token], Quantity, Lexicon], bool]

SMALL_WHOLE: Final = 10
"""Largest whole, but for round hundreds, of which "out of" makes a proportion and no count."""


def is_score(tokens: Sequence[Token], quantity: Quantity, lexicon: Lexicon) -> bool:
    """ "54-3", "4-1": joined numbers that are not a range; not "15-20 men"."""
    if quantity.qualifier == "range":
        return False
    number, before, after = tokens[quantity.core], token_before(tokens, quantity), token_after(tokens, quantity)
    if after is not None and after.text in {"-", "–"} and after.start == tokens[quantity.last - 1].end:
        return is_digits(token_after(tokens, quantity, 1))
    return (
        before is not None
        and before.text in {"-", "–"}
        and before.end == number.start
        and is_digits(token_before(tokens, quantity, 2))
    )


def is_money(tokens: Sequence[Token], quantity: Quantity, lexicon: Lexicon) -> bool:
    """ "$40 million", "Rs 500", "millions in losses"; not "40 killed"."""
    before, after, of = token_before(tokens, quantity), token_after(tokens, quantity), token_after(tokens, quantity, 1)
    if before is not None and (before.lower in lexicon.context.money or before.text[-1] in lexicon.context.money):
        return True
    link = after is not None and after.lower == lexicon.context.ratio_word
    return link and of is not None and of.lower in lexicon.context.losses


def is_percentage(tokens: Sequence[Token], quantity: Quantity, lexicon: Lexicon) -> bool:
    """ "30 per cent", "30 %"; not "30 per day"."""
    return quantity.last < len(tokens) and lexicon.context.percent.at(tokens, quantity.last) is not None


def is_decimal(tokens: Sequence[Token], quantity: Quantity, lexicon: Lexicon) -> bool:
    """ "0" or a number that joins a word by a hyphen; people are counted in whole numbers from one."""
    return quantity.best == 0


def is_ratio(tokens: Sequence[Token], quantity: Quantity, lexicon: Lexicon) -> bool:
    """ "7 in 10 respondents", "seven out of ten", "one in three was"; not "killed 3 in 10 minutes", "3 in 12 raids".

    "12 out of 45 hostages" counts 12: a proportion has a round or small whole.
    """
    at, links = quantity.core, lexicon.context.ratio_links
    near = [token[3] for token in tokens[max(0, at - 3) : at + 3]]
    if quantity.last - at != 1 or links.first_words.isdisjoint(near):
        return False
    for noun in (0, 1):  # "7 in 10", "7 people in 10"
        link = at + 1 + noun
        following = links.at(tokens, link) if link < len(tokens) else None
        if following is not None:
            return _is_share(tokens, at, link + following[1], noun, lexicon)
    for n in (1, 2, 3):
        if at > n and (found := links.at(tokens, at - n)) is not None and found[1] == n:
            out_of = tokens[at - n].lower != lexicon.context.ratio_word
            return out_of or any(_is_share(tokens, at - n - 1 - noun, at, noun, lexicon) for noun in (0, 1))
    return False


def _is_share(tokens: Sequence[Token], share: int, whole: int, noun: int, lexicon: Lexicon) -> bool:
    """Whether the number at *share* is a part of that at *whole*; *noun* words of the counted stand after it."""
    if share < 0 or whole >= len(tokens):
        return False
    part, of = _small(tokens[share], lexicon), _small(tokens[whole], lexicon)
    wholes = lexicon.context.ratio_wholes
    if (
        part is None
        or of is None
        or part >= of
        or (wholes and of not in wholes)
        or not _is_whole(tokens, whole + 1, lexicon)
    ):
        return False
    return tokens[share + 1 + noun].lower == lexicon.context.ratio_word or of <= SMALL_WHOLE or of % 100 == 0


def _small(token: Token, lexicon: Lexicon) -> int | None:
    return int(token.text) if token.text.isdigit() and len(token.text) < 4 else lexicon.numbers.units.get(token.lower)


def _is_whole(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> bool:
    """Whether people, a verb or the end follow the second number of a ratio."""
    if i >= len(tokens) or tokens[i].text in {".", ","}:
        return True
    lower = tokens[i].lower
    return (
        lower in lexicon.nouns.people
        or lower in lexicon.triggers.words
        or lexicon.context.classes.get(lower) in {"B", "m"}
        or lower.endswith(lexicon.nouns.unlisted_suffixes)
    )


CHECKS: Final[tuple[tuple[int, str, Check], ...]] = (
    (CLOCK, "clock time", is_clock_time),
    (DAY, "day of month", is_day_of_month),
    (YEAR, YEAR_REASON, is_year),
    (AGE, "age", is_age),
    (MONEY, "money", is_money),
    (PERCENTAGE, "percentage", is_percentage),
    (RATIO, RATIO_REASON, is_ratio),
    (SCORE, "score or vote", is_score),
    (FAMILY, "children of somebody", is_children),
    (ZERO, "zero", is_decimal),
)
"""In order: the first that says yes gives the reason. Each with what must stand beside the number for it to be made."""
IN_WORDS: Final = AGE | MONEY | PERCENTAGE | RATIO | SCORE | FAMILY
"""Checks of numbers in words, in which there are no times, days, years, zeros and labels to mistake."""


def _label(tokens: Sequence[Token], quantity: Quantity, lexicon: Lexicon) -> str | None:
    """ "Flight 370", "Article 5": the word before makes the number a name."""
    before = token_before(tokens, quantity)
    if before is None or quantity.first != quantity.core or not is_digits(tokens[quantity.core]):
        return None
    return lexicon.context.number_labels.get(before.lower)


@cache
def _checks(due: int) -> tuple[tuple[str, Check], ...]:
    return tuple((reason, check) for mark, reason, check in CHECKS if due & mark)


def refusal(tokens: Sequence[Token], quantity: Quantity, lexicon: Lexicon, neighbours: Neighbours) -> str | None:
    """The reason why the quantity counts no people, or None when its neighbours allow it."""
    due = due_checks(tokens, quantity, neighbours)
    if not "0" <= tokens[quantity.core][3] < ":":  # ":" follows "9"
        due &= IN_WORDS
    if not due:
        return None
    for reason, check in _checks(due):
        if check(tokens, quantity, lexicon):
            return reason
    return _label(tokens, quantity, lexicon) if due & LABEL else None
