"""Ranges: `[low TO high]`, `{low TO high}` (bounds excluded), `>low`, `<=high`; `*` leaves a side open."""

from __future__ import annotations

import re
from typing import Final, NamedTuple, Protocol

from pipeline.query.errors import QueryError, ValueRefusedError
from pipeline.query.lexer import Lexeme, place_of
from pipeline.query.moments import Bound, Moment
from pipeline.query.tree import Range
from pipeline.query.values import RANGE_TYPES, read_stretch
from schemas.fields import Field

_COMPARISON: Final = re.compile(r"(>=|<=|>|<)(.*)", re.DOTALL)
_BRACKETS: Final = re.compile(r'([\[{])\s*("[^"]*"|[^\s"]+)\s+TO\s+("[^"]*"|[^\s"\]}]+)\s*([\]}])')


_MONTH_MS: Final = 31 * 86_400_000
_SOME_TIMES: Final = range(0, 12 * _MONTH_MS, _MONTH_MS // 2)


class _Refuse(Protocol):
    """Makes the error from message, hint and the place within the lexeme."""

    def __call__(self, message: str, hint: str, at: int = 0) -> QueryError: ...


class _Written(NamedTuple):
    """A bound: its value, the value as it is written with escapes, and where that begins in the lexeme."""

    text: str
    raw: str
    start: int


class _Bounds(NamedTuple):
    """None means open."""

    low: _Written | None
    high: _Written | None
    include_low: bool = True
    include_high: bool = True


def range_leaf(field: Field | None, lexeme: Lexeme, query: str) -> Range:
    """The leaf for a range or comparison.

    Raises:
        QueryError: the field cannot be compared, a bound is no value of its type, or the range is empty.
    """

    def refuse(message: str, hint: str, at: int = 0) -> QueryError:
        return QueryError(message, query=query, position=lexeme.start + at, hint=hint)

    if field is None:
        raise refuse("a range needs a field", "write for example toll.killed.best:>=10, or the text in quotes")
    if field.type not in RANGE_TYPES:
        kinds = ", ".join(RANGE_TYPES[:-1]) + f" and {RANGE_TYPES[-1]}"
        raise refuse(f"{field.name} is a {field.type}: it has no order", f"ranges are for {kinds} fields")
    bounds = _brackets(lexeme, refuse) if lexeme.kind == "range" else _comparison(field, lexeme, query, refuse)
    low = _bound(field, bounds.low, refuse, last=not bounds.include_low)
    high = _bound(field, bounds.high, refuse, last=bounds.include_high)
    if _is_empty(low, high):
        raise refuse("the range is empty: its lower bound is above the upper one", "swap the bounds")
    text = f"{field.name}:{lexeme.text}"
    return Range(field.name, low, high, bounds.include_low, bounds.include_high, text=text)


def _bound(field: Field, written: _Written | None, refuse: _Refuse, *, last: bool) -> Bound | None:
    if written is None:
        return None
    try:
        stretch = read_stretch(field.type, written.text)
    except ValueRefusedError as error:
        at = written.start + place_of(written.raw, error.at)
        raise refuse(f"{field.name} is a {field.type}: {error}", error.hint, at) from None
    return stretch.last if last else stretch.first


def _is_empty(low: Bound | None, high: Bound | None) -> bool:
    """Whether nothing can lie between; of two times that count from `now`, whether that is so in every month."""
    if low is None or high is None:
        return False
    if isinstance(low, Moment) and isinstance(high, Moment):
        return all(low.at(now) > high.at(now) for now in _SOME_TIMES)
    return not isinstance(low, Moment) and not isinstance(high, Moment) and low > high


def _brackets(lexeme: Lexeme, refuse: _Refuse) -> _Bounds:
    match = _BRACKETS.fullmatch(lexeme.text)
    if not match:
        raise refuse(f"{lexeme.text[:60]} is not a range", "write [low TO high], with * for an open side")
    opening, low, high, closing = match.groups()
    return _Bounds(
        _written(low, match.start(2)), _written(high, match.start(3)), _includes(opening, low), _includes(closing, high)
    )


def _written(text: str, start: int) -> _Written | None:
    value = text.strip('"')
    return None if text == "*" else _Written(value, value, start + text.startswith('"'))


def _includes(bracket: str, bound: str) -> bool:
    """An open side counts as included: engines refuse an excluded bound that is not there."""
    return bracket in "[]" or bound == "*"


def _comparison(field: Field, lexeme: Lexeme, query: str, refuse: _Refuse) -> _Bounds:
    match = _COMPARISON.fullmatch(lexeme.text)
    assert match is not None
    sign, text = match.groups()
    value = _Written(text.replace("\\", ""), text, len(sign))
    if not value.text:
        raise refuse(
            f"a value is missing after `{sign}`", _missing_value_hint(field, sign, query[lexeme.end : lexeme.end + 1])
        )
    if sign[0] == ">":
        return _Bounds(value, None, include_low=sign == ">=")
    return _Bounds(None, value, include_high=sign == "<=")


def _missing_value_hint(field: Field, sign: str, after: str) -> str:
    bracketed = {
        ">=": '["low" TO *]',
        ">": '{"low" TO *]',
        "<=": '[* TO "high"]',
        "<": '[* TO "high"}',
    }[sign]
    if after == '"':
        return f"a quoted value goes into brackets: {field.name}:{bracketed}"
    return f"write the value without a blank: {field.name}:{sign}value"
