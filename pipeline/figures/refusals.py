"""Why a number is not a figure: judged from its neighbours alone. The reasons are part of the record (`rejected`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Final

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
Check = Callable[[Sequence[Token], Quantity, Lexicon], bool]

_DIGITS: Final = re.compile(r"[0-9]+")
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
SMALL_WHOLE: Final = 10
"""Largest whole, but for round hundreds, of which "out of" makes a proportion and no count."""
MAX_AGES: Final = 12
"""Tokens of a list of ages."""
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2035


def _before(tokens: Sequence[Token], quantity: Quantity, n: int = 1) -> Token | None:
    at = quantity.core - n
    return tokens[at] if at >= 0 else None


def _after(tokens: Sequence[Token], quantity: Quantity, n: int = 0) -> Token | None:
    at = quantity.last + n
    return tokens[at] if at < len(tokens) else None


def _is_digits(token: Token | None) -> bool:
    return token is not None and _DIGITS.fullmatch(token.text) is not None


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
    before, after = _before(tokens, quantity), _after(tokens, quantity)
    number = tokens[quantity.core]
    if after is not None and after.text == ":" and after.start == number.end:
        follower = _after(tokens, quantity, 1)
        return _is_digits(follower) and follower is not None and follower.start == after.end
    if before is not None and before.text == ":" and before.end == number.start and quantity.core >= 2:
        return _is_digits(tokens[quantity.core - 2]) and tokens[quantity.core - 2].end == before.start
    return False


def is_score(tokens: Sequence[Token], quantity: Quantity, lexicon: Lexicon) -> bool:
    """ "54-3", "4-1": joined numbers that are not a range; not "15-20 men"."""
    if quantity.qualifier == "range":
        return False
    number, before, after = tokens[quantity.core], _before(tokens, quantity), _after(tokens, quantity)
    if after is not None and after.text in {"-", "–"} and after.start == tokens[quantity.last - 1].end:
        return _is_digits(_after(tokens, quantity, 1))
    return (
        before is not None
        and before.text in {"-", "–"}
        and before.end == number.start
        and _is_digits(_before(tokens, quantity, 2))
    )


def is_day_of_month(tokens: Sequence[Token], quantity: Quantity, lexicon: Lexicon) -> bool:
    """ "5 March", "March 5", "13 and 14 January"; not "5 marchers"."""
    value = quantity.best if quantity.best is not None else quantity.high
    if value is None or value > 31 or not _is_digits(tokens[quantity.core]):
        return False
    if is_month(_after(tokens, quantity), _after(tokens, quantity, 1), lexicon):
        return True
    before = _before(tokens, quantity)
    if is_month(before, tokens[quantity.core], lexicon):
        after = _after(tokens, quantity)
        return after is None or not after.text[0].isalpha() or after.lower in lexicon.context.classes
    joined = _after(tokens, quantity)
    if joined is not None and joined.lower in lexicon.context.joiners_of_days:
        return _is_digits(_after(tokens, quantity, 1)) and is_month(
            _after(tokens, quantity, 2), _after(tokens, quantity, 3), lexicon
        )
    return False


def is_year(tokens: Sequence[Token], quantity: Quantity, lexicon: Lexicon) -> bool:
    """ "in 1994", "March 2019", "(2013)"; not "2000 people" and not "2,019"."""
    text = tokens[quantity.core].text
    if _is_short_year(tokens, quantity, lexicon):
        return True
    if quantity.last - quantity.core != 1 or not _YEAR.fullmatch(text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        return False
    before, after = _before(tokens, quantity), _after(tokens, quantity)
    if before is not None and (
        before.lower in lexicon.context.year_prepositions or before.lower in lexicon.context.months
    ):
        return not _counts_people(after, lexicon)
    return not (_counts_people(after, lexicon) or (after is not None and after.lower in lexicon.triggers.words))


def _is_short_year(tokens: Sequence[Token], quantity: Quantity, lexicon: Lexicon) -> bool:
    """ "25 MAY 89": two digits after a day and a month, as wires date their reports."""
    if quantity.last - quantity.core != 1 or len(tokens[quantity.core].text) != 2:
        return False
    month, day = _before(tokens, quantity), _before(tokens, quantity, 2)
    return (
        month is not None
        and month.lower in lexicon.context.months
        and _is_digits(tokens[quantity.core])
        and _is_digits(day)
    )


def _counts_people(token: Token | None, lexicon: Lexicon) -> bool:
    return token is not None and token.lower in lexicon.nouns.people


def is_age(tokens: Sequence[Token], quantity: Quantity, lexicon: Lexicon) -> bool:
    """ "aged 34", "Henry, 19,", "a girl, 9,", "aged 12 and 15"; not "killed, 19 wounded"."""
    if quantity.best is None or quantity.best > 120:
        return False
    following = _after(tokens, quantity)
    if following is not None and f"-{following.lower}" in lexicon.context.age_endings:
        return True
    if _follows_age_word(tokens, quantity, lexicon) or _follows_people(tokens, quantity, lexicon):
        return True
    before, after, name = _before(tokens, quantity), _after(tokens, quantity), _before(tokens, quantity, 2)
    closed = after is None or after.text in {",", ".", ")"} or after.lower in lexicon.context.age_joiners
    enclosed = before is not None and before.text in {",", "("} and closed
    named = name is not None and (name.is_capitalised or name.lower in lexicon.nouns.person)
    return enclosed and named and _is_digits(tokens[quantity.core])


def _follows_people(tokens: Sequence[Token], quantity: Quantity, lexicon: Lexicon) -> bool:
    """ "The suspects, 17 and 18, were": two ages or more between commas, after a noun for people."""
    first = last = quantity.core
    if not first or tokens[first - 1][3] not in lexicon.context.joiners_of_days:
        return False
    while first > max(0, quantity.core - MAX_AGES) and _in_ages(tokens[first - 1], lexicon):
        first -= 1
    while last < min(len(tokens), quantity.core + MAX_AGES) and _in_ages(tokens[last], lexicon):
        last += 1
    ages = [token for token in tokens[first:last] if token.text.isdigit()]
    return (
        len(ages) > 1
        and first > 0
        and tokens[first].text == ","
        and tokens[first - 1].lower in lexicon.nouns.people
        and tokens[last - 1].text == ","
    )


def _in_ages(token: Token, lexicon: Lexicon) -> bool:
    return token.lower in lexicon.context.joiners_of_days or (token.text.isdigit() and int(token.text[:4]) <= 120)


def _follows_age_word(tokens: Sequence[Token], quantity: Quantity, lexicon: Lexicon) -> bool:
    """ "aged 9, 11 and 14": only numbers and joiners back to the word."""
    at = quantity.core - 1
    while at >= max(0, quantity.core - MAX_AGES) and (
        tokens[at].text.isdigit() or tokens[at].lower in lexicon.context.joiners_of_days
    ):
        at -= 1
    return at >= 0 and tokens[at].lower in lexicon.context.age_words


def is_money(tokens: Sequence[Token], quantity: Quantity, lexicon: Lexicon) -> bool:
    """ "$40 million", "Rs 500", "millions in losses"; not "40 killed"."""
    before, after, of = _before(tokens, quantity), _after(tokens, quantity), _after(tokens, quantity, 1)
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
    if part is None or of is None or part >= of or not _is_whole(tokens, whole + 1, lexicon):
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


def is_children(tokens: Sequence[Token], quantity: Quantity, lexicon: Lexicon) -> bool:
    """ "a mother of three was killed"; not "the mother of three children killed in the raid"."""
    parent = _before(tokens, quantity, 2)
    if parent is None or parent.lower not in lexicon.nouns.parents:
        return False
    noun, verb = _after(tokens, quantity), _after(tokens, quantity, 1)
    if not _counts_people(noun, lexicon) or verb is None:
        return True
    return verb.lower not in lexicon.triggers.words and lexicon.context.classes.get(verb.lower) != "W"


CHECKS: Final[tuple[tuple[int, str, Check], ...]] = (
    (CLOCK, "clock time", is_clock_time),
    (DAY, "day of month", is_day_of_month),
    (YEAR, "year", is_year),
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
    before = _before(tokens, quantity)
    if before is None or quantity.first != quantity.core or not _is_digits(tokens[quantity.core]):
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
