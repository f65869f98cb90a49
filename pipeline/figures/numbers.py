"""Read one quantity from tokens: digits, words, mixtures, vague words, ranges and bounds.

>>> from pipeline.figures.english import LEXICON
>>> from pipeline.text import analyse
>>> quantity = read_quantity(analyse("at least 3.5 million people").tokens, 0, LEXICON)
>>> (quantity.low, quantity.best, quantity.high, quantity.qualifier)
(3500000, 3500000, None, 'at_least')
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from msgspec import Struct

from pipeline.figures.lexicon import Lexicon
from pipeline.text import Token
from schemas.enrichment import Qualifier

MAX_VALUE: Final = 10_000_000_000
"""More people than there are: a larger number is not a figure."""

_PLAIN: Final = re.compile(r"\d{1,10}", re.ASCII)
_GROUPED: Final = re.compile(r"\d{1,3}(?:([.,\u00a0\u202f])\d{3})(?:\1\d{3})*|\d{1,2}(?:,\d{2})+,\d{3}", re.ASCII)
_DECIMAL: Final = re.compile(r"(\d{1,6})[.,](\d{1,3})", re.ASCII)
_SUFFIXED: Final = re.compile(r"(\d{1,6}(?:[.,]\d{1,2})?)(m|mn|k)", re.ASCII)
MAX_SPLIT: Final = 7
"""Digits of a number after which no more groups are joined to it."""
MAX_BOUNDS: Final = 3
"""Bounding phrases before one number ("about another 30")."""
PARTED_REACH: Final = 4
"""Words from a verb to its number: "killed AT LEAST 145"."""
_GOVERNING: Final = frozenset({"participle", "active"})
_PREDICATES: Final = frozenset({"participle", "passive_only", "intransitive", "adjective"})
_THREE_DIGITS: Final = re.compile(r"\d{3}", re.ASCII)


class Quantity(NamedTuple):
    """A number of people or of anything else. Token indices, half open."""

    first: int
    """Where the phrase begins, with "at least"."""
    core: int
    """Where the number itself begins."""
    last: int
    low: int | None
    best: int | None
    high: int | None
    qualifier: Qualifier
    incremental: bool = False
    """ "another 14", "an additional 14"."""


def of_one_word(i: int, value: int) -> Quantity:
    """Exactly *value*, said by the word at token *i*."""
    return Quantity(i, i, i + 1, value, value, value, "exact")


class _Number(Struct, frozen=True):
    value: int
    last: int


def _scaled(text: str, scale: int) -> int | None:
    """Value of "3,5" or "3.5" or "40" times *scale*."""
    decimal = _DECIMAL.fullmatch(text)
    if decimal:
        whole, part = decimal.groups()
        return int(whole) * scale + int(part) * scale // int("1" + "0" * len(part))
    return int(text) * scale if _PLAIN.fullmatch(text) else None


def _grouped(text: str) -> int | None:
    """Value of a plain or grouped whole number: 12, 7,939, 1.200 (people come in whole numbers), 2,50,000."""
    if _PLAIN.fullmatch(text):
        return int(text)
    if _GROUPED.fullmatch(text):
        return int(re.sub(r"\D", "", text))
    return None


def _is_group(tokens: Sequence[Token], i: int) -> bool:
    """Whether token *i* is exactly three digits, as the tail of a number split by a space has them."""
    return i < len(tokens) and _THREE_DIGITS.fullmatch(tokens[i].text) is not None


def _is_parted(tokens: Sequence[Token], i: int, last: int, lexicon: Lexicon) -> bool:
    """ "killed 145, 551 WOUNDED", "killed 7, 939 WERE hurt": the second number has a verb of its own; not "killed 7,
    939 people", "shows 6, 218 were held"."""
    words = lexicon.triggers.words
    before = (words.get(token[3]) for token in tokens[max(0, i - PARTED_REACH) : i])
    if not any(trigger is not None and trigger.form in _GOVERNING for trigger in before):
        return False
    following = tokens[last][3] if last < len(tokens) else ""
    own = words.get(following)
    return lexicon.context.classes.get(following) == "B" or (own is not None and own.form in _PREDICATES)


def _split_number(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> _Number | None:
    """ "7, 939" and "2 700": a number that editing split at its thousands; where a comma is no mark of thousands, "до
    145, 551 человек" are two numbers and "1 300 000" is one."""
    head = tokens[i].text
    if not (_PLAIN.fullmatch(head) and len(head) <= 3 and head != "0" and i + 1 < len(tokens)):
        return None
    j, commas = i + 1, lexicon.numbers.split_groups
    if commas and tokens[j].text == "," and tokens[j].start == tokens[i].end and _is_group(tokens, j + 1):
        j += 1
    elif not _is_group(tokens, j):
        return None
    if tokens[j].start - tokens[j - 1].end > 1 or (j > i + 1 and _is_parted(tokens, i, j + 1, lexicon)):
        return None
    value, last = head + tokens[j].text, j + 1
    while (
        not commas
        and len(value) <= MAX_SPLIT
        and _is_group(tokens, last)
        and tokens[last].start - tokens[last - 1].end <= 1
    ):
        value, last = value + tokens[last].text, last + 1
    return _Number(int(value), last)


def _multiplied(tokens: Sequence[Token], i: int, value: int, lexicon: Lexicon) -> _Number:
    """Apply "hundred", "thousand", "dozen"... after a value, repeatedly."""
    while (
        i < len(tokens)
        and value < MAX_VALUE
        and (scale := lexicon.numbers.multipliers.get(tokens[i].lower))
        and len(tokens[i].text) > 2
    ):
        value, i = value * scale, i + 1
    return _Number(value, i)


def _digits(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> _Number | None:
    text = tokens[i].text
    if not ("0" <= text[0] <= "9"):
        return None
    suffixed = None if "0" <= text[-1] <= "9" else _SUFFIXED.fullmatch(text.lower())
    if suffixed:
        amount = _scaled(suffixed[1], lexicon.numbers.suffixes.get(suffixed[2], 0))
        return _Number(amount, i + 1) if amount else None
    scale = lexicon.numbers.multipliers.get(tokens[i + 1].lower) if i + 1 < len(tokens) else None
    if scale and len(tokens[i + 1].text) > 2:
        scaled = (
            _scaled(text, scale)
            if _DECIMAL.fullmatch(text) and not (scale < 1_000_000 and _GROUPED.fullmatch(text))
            else None
        )
        value = scaled if scaled is not None else _grouped(text)
        if value is None:
            return None
        return _Number(scaled, i + 2) if scaled is not None else _multiplied(tokens, i + 1, value, lexicon)
    split = _split_number(tokens, i, lexicon)
    if split:
        return split
    value = _grouped(text)
    return _Number(value, i + 1) if value is not None else None


def _words(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> _Number | None:
    """ "one hundred and twenty-four", "two dozen", "half a dozen", "a hundred"."""
    lower = tokens[i].lower
    if (
        lower == lexicon.numbers.half
        and i + 2 < len(tokens)
        and tokens[i + 1].lower in lexicon.numbers.articles
        and lexicon.numbers.multipliers.get(tokens[i + 2].lower) == 12
    ):
        return _Number(6, i + 3)
    if lower in lexicon.numbers.halves:
        whole = lexicon.numbers.multipliers.get(tokens[i + 1].lower, 0) if i + 1 < len(tokens) else 0
        return _Number(whole // 2, i + 2) if whole else None
    total, current, j, read = 0, 0, i, False
    if lower in lexicon.numbers.articles:
        multiplier = lexicon.numbers.multipliers.get(tokens[i + 1].lower) if i + 1 < len(tokens) else None
        if multiplier is None or len(tokens[i + 1].text) < 3:
            return None
        current, j = 1, i + 1
    while j < len(tokens) and total < MAX_VALUE:
        word = tokens[j].lower
        unit = lexicon.numbers.units.get(word) or (lexicon.numbers.inner.get(word) if current else None)
        if unit and _fits(current, unit):
            current, read = current + unit, True
        elif (scale := lexicon.numbers.multipliers.get(word)) and current and len(word) > 2:
            read = True
            if scale <= 100:  # "mille deux cents": the hundreds are two
                thousands, rest = divmod(current, 1000)
                current = thousands * 1000 + rest * scale if rest else current * scale
            else:
                total, current = total + current * scale, 0
        elif not (word in lexicon.numbers.joiners and read and _continues(tokens, j, current, total, lexicon)):
            break
        j += 1
    return _Number(total + current, j) if read else None


def _fits(current: int, unit: int) -> bool:
    """Whether *unit* fills the zeros at the end of *current*: 100 and 24, 120 and 4; not 3 and 24, not 100 and 1000."""
    return not current or any(current % scale == 0 and unit < scale for scale in (1000, 100, 10))


def _continues(tokens: Sequence[Token], j: int, current: int, total: int, lexicon: Lexicon) -> bool:
    """Whether "and" at *j* is inside a number: before a smaller number word, after hundreds, thousands or, in some
    languages, tens."""
    after_round = (current and current % (10 if lexicon.numbers.joins_tens else 100) == 0) or (total and not current)
    following = tokens[j + 1].lower if j + 1 < len(tokens) else ""
    return bool(after_round) and (following in lexicon.numbers.units or following in lexicon.numbers.inner)


def _and_a_half(tokens: Sequence[Token], number: _Number, lexicon: Lexicon) -> _Number:
    """ "dos millones Y MEDIO", "deux millions ET DEMI"."""
    numbers, at = lexicon.numbers, number.last
    scale = numbers.multipliers.get(tokens[at - 1].lower)
    if not scale or at + 1 >= len(tokens) or tokens[at].lower not in numbers.joiners:
        return number
    return _Number(number.value + scale // 2, at + 2) if tokens[at + 1].lower in numbers.halves else number


def _value_at(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> _Number | None:
    if i >= len(tokens):
        return None
    number = _digits(tokens, i, lexicon) or _words(tokens, i, lexicon)
    if number and lexicon.numbers.halves:
        number = _and_a_half(tokens, number, lexicon)
    return number if number and number.value <= MAX_VALUE else None


def _range_end(tokens: Sequence[Token], number: _Number, lexicon: Lexicon, link: str | None) -> _Number | None:
    """The upper end when a range goes on after *number*: "6 to 8", "15-20", and "6 and 8" after "between"."""
    j = number.last
    if j + 1 >= len(tokens):
        return None
    word = tokens[j].lower
    if word != link and (link is not None or word not in lexicon.numbers.range_words):
        return None
    upper = _value_at(tokens, j + 1, lexicon)
    return upper if upper and upper.value > number.value else None


def _bound_before(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> tuple[str, int, bool]:
    """Qualifier, first token after the bounding phrases, and whether they say "more than known before"."""
    qualifier, incremental = "exact", False
    for _ in range(MAX_BOUNDS):
        found = lexicon.numbers.bounds_before.at(tokens, i) if i < len(tokens) else None
        if found is None:
            break
        bound, n = found
        if bound == "exact":  # "more than 12" is a bound, "another 12" an increment
            incremental = incremental or any(token.lower in lexicon.numbers.increments for token in tokens[i : i + n])
        else:
            qualifier = bound
        i += n
    return qualifier, i, incremental


def _finish(first: int, core: int, number: _Number, qualifier: str, incremental: bool) -> Quantity:
    value = number.value
    if qualifier == "at_least":
        return Quantity(first, core, number.last, value, value, None, "at_least", incremental)
    if qualifier == "at_most":
        return Quantity(first, core, number.last, None, value, value, "at_most", incremental)
    if qualifier == "about":
        return Quantity(first, core, number.last, None, value, None, "about", incremental)
    return Quantity(first, core, number.last, value, value, value, "exact", incremental)


def _with_partitive(tokens: Sequence[Token], number: _Number, lexicon: Lexicon) -> _Number:
    """The number and "de" after a multiplier: "une trentaine DE blessés", "2 millones DE dólares"; not "une dizaine DE
    ces blessés", which is a part."""
    numbers, at = lexicon.numbers, number.last
    if at + 1 >= len(tokens) or tokens[at].lower not in numbers.partitives:
        return number
    following = tokens[at + 1].lower
    if tokens[at - 1].lower not in numbers.multipliers or following in numbers.part_pronouns:
        return number
    return number if following in lexicon.context.determiners else _Number(number.value, at + 1)


def _ranged(
    tokens: Sequence[Token], first: int, core: int, lexicon: Lexicon, qualifier: str, incremental: bool
) -> Quantity | None:
    link = lexicon.numbers.range_openers.get(tokens[core].lower)
    start = core + 1 if link else core
    number = _value_at(tokens, start, lexicon)
    if number is None:
        return None
    number = _with_partitive(tokens, number, lexicon)
    upper = _range_end(tokens, number, lexicon, link)
    if upper and link and first and tokens[first - 1].lower in lexicon.numbers.changes:
        return Quantity(first, upper.last - 1, upper.last, upper.value, upper.value, upper.value, "exact", incremental)
    if upper:
        return Quantity(first, start, upper.last, number.value, None, upper.value, "range", incremental)
    if link:
        return None
    if qualifier == "exact" and any(token.lower in lexicon.numbers.rough for token in tokens[core : number.last]):
        qualifier = "about"
    after = lexicon.numbers.bounds_after.at(tokens, number.last) if number.last < len(tokens) else None
    if after is not None:
        return _finish(first, core, _Number(number.value, number.last + after[1]), after[0], incremental)
    return _finish(first, core, number, qualifier, incremental)


def _vague(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> Quantity | None:
    found = lexicon.numbers.vague.at(tokens, i)
    return Quantity(i, i, i + found[1], found[0], None, None, "vague") if found is not None else None


def read_digits(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> Quantity | None:
    """The quantity that begins with the number at token *i* itself, without bounds before it; None when it is none."""
    return _ranged(tokens, i, i, lexicon, "exact", False)


def read_quantity(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> Quantity | None:
    """The quantity whose phrase begins at token *i*, or None. Bounded look-ahead, so a text is read in linear time."""
    vague = _vague(tokens, i, lexicon)
    if vague is not None:
        return vague
    qualifier, core, incremental = _bound_before(tokens, i, lexicon)
    if core >= len(tokens):
        return None
    inner = _vague(tokens, core, lexicon) if core > i else None
    if inner is not None:
        return inner._replace(first=i, incremental=incremental)
    return _ranged(tokens, i, core, lexicon, qualifier, incremental)
