"""Ranges: `[low TO high]`, `{low TO high}` (bounds excluded), `>low`, `<=high`; `*` leaves a side open."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple, TypeAlias

from pipeline.query.errors import QueryError
from pipeline.query.lexer import Lexeme
from pipeline.query.tree import Range
from pipeline.query.values import RANGE_TYPES, ValueRefusedError, read_stretch
from schemas.fields import Field, FieldType

_COMPARISON: Final = re.compile(r"(>=|<=|>|<)(.*)", re.DOTALL)
_BRACKETS: Final = re.compile(r'([\[{])\s*("[^"]*"|[^\s"]+)\s+TO\s+("[^"]*"|[^\s"\]}]+)\s*([\]}])')


_Refuse: TypeAlias = Callable[[str, str], QueryError]
"""Makes the error from message and hint."""


class _Bounds(NamedTuple):
    """As written. None means open."""

    low: str | None
    high: str | None
    include_low: bool = True
    include_high: bool = True


def range_leaf(field: Field | None, lexeme: Lexeme, query: str) -> Range:
    """The leaf for a range or comparison.

    Raises:
        QueryError: the field cannot be compared, a bound is no value of its type, or the range is empty.
    """

    def refuse(message: str, hint: str) -> QueryError:
        return QueryError(message, query=query, position=lexeme.start, hint=hint)

    if field is None:
        raise refuse("a range needs a field", "write for example toll.killed.best:>=10, or the text in quotes")
    if field.type not in RANGE_TYPES:
        kinds = ", ".join(RANGE_TYPES[:-1]) + f" and {RANGE_TYPES[-1]}"
        raise refuse(f"{field.name} is a {field.type}: it has no order", f"ranges are for {kinds} fields")
    bounds = _brackets(lexeme, refuse) if lexeme.kind == "range" else _comparison(field, lexeme, query, refuse)
    try:
        low = _lowest(field.type, bounds)
        high = _highest(field.type, bounds)
    except ValueRefusedError as error:
        raise refuse(f"{field.name} is a {field.type}: {error}", error.hint) from None
    if low is not None and high is not None and low > high:
        raise refuse("the range is empty: its lower bound is above the upper one", "swap the bounds")
    text = f"{field.name}:{lexeme.text}"
    return Range(field.name, low, high, bounds.include_low, bounds.include_high, text=text)


def _lowest(kind: FieldType, bounds: _Bounds) -> float | None:
    if bounds.low is None:
        return None
    stretch = read_stretch(kind, bounds.low)
    return stretch.first if bounds.include_low else stretch.last


def _highest(kind: FieldType, bounds: _Bounds) -> float | None:
    if bounds.high is None:
        return None
    stretch = read_stretch(kind, bounds.high)
    return stretch.last if bounds.include_high else stretch.first


def _brackets(lexeme: Lexeme, refuse: _Refuse) -> _Bounds:
    match = _BRACKETS.fullmatch(lexeme.text)
    if not match:
        raise refuse(f"{lexeme.text[:60]} is not a range", "write [low TO high], with * for an open side")
    opening, low, high, closing = match.groups()
    return _Bounds(_bound(low), _bound(high), _includes(opening, low), _includes(closing, high))


def _bound(text: str) -> str | None:
    return None if text == "*" else text.strip('"')


def _includes(bracket: str, bound: str) -> bool:
    """An open side counts as included: engines refuse an excluded bound that is not there."""
    return bracket in "[]" or bound == "*"


def _comparison(field: Field, lexeme: Lexeme, query: str, refuse: _Refuse) -> _Bounds:
    match = _COMPARISON.fullmatch(lexeme.text)
    assert match is not None
    sign, text = match.groups()
    value = text.replace("\\", "")
    if not value:
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
