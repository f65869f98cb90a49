"""Read the values of numbers, dates and booleans as Elasticsearch reads them.

A date that leaves out the end of the time stands for the whole stretch: `2026-03-01` is a day,
`2026-03-01T10:00` a minute. `>` and `<=` look at the stretch's last millisecond, `>=` and `<` at its first.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final, NamedTuple

from schemas.fields import FieldType

MAX_INTEGER: Final = 2**63 - 1
"""Both engines store whole numbers in 64 bits."""

_INTEGER: Final = re.compile(r"-?\d{1,19}", re.ASCII)
_FLOAT: Final = re.compile(r"-?\d{1,300}(?:\.\d{1,300})?", re.ASCII)
_DATE: Final = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?(Z|[+-]\d\d:\d\d)?)?", re.ASCII
)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MS: Final = timedelta(milliseconds=1)


class Stretch(NamedTuple):
    """First and last value that a written value stands for, both included; the same for numbers."""

    first: float
    last: float


class ValueRefusedError(ValueError):
    """The text is no value of the type. `hint` says what would be one."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def read_boolean(text: str) -> bool:
    """`true` or `false`.

    Raises:
        ValueRefusedError: anything else.
    """
    if text not in ("true", "false"):
        raise ValueRefusedError(f"{_shown(text)} is neither true nor false", "write true or false")
    return text == "true"


def read_integer(text: str) -> Stretch:
    """A whole number.

    Raises:
        ValueRefusedError: it is none, or needs more than 64 bits.
    """
    if not _INTEGER.fullmatch(text) or abs(int(text)) > MAX_INTEGER:
        raise ValueRefusedError(f"{_shown(text)} is not a whole number", "write digits only, for example 1000")
    return Stretch(int(text), int(text))


def read_float(text: str) -> Stretch:
    """A decimal number.

    Raises:
        ValueRefusedError: it is none.
    """
    if not _FLOAT.fullmatch(text) or math.isinf(float(text)):
        raise ValueRefusedError(f"{_shown(text)} is not a number", "write digits, for example 0.5")
    return Stretch(float(text), float(text))


def read_date(text: str) -> Stretch:
    """A day, minute, second or millisecond, in ms since 1970 UTC.

    Raises:
        ValueRefusedError: it is no such date. Years and months alone are refused because Elasticsearch reads `2026` as
            milliseconds and `2026-03` as its first day.
    """
    match = _DATE.fullmatch(text)
    if not match:
        raise ValueRefusedError(f"{_shown(text)} is not a date", _date_hint(text))
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    try:
        clock = time(int(hour or 0), int(minute or 0), int(second or 0), tzinfo=_zone(zone))
        first = datetime.combine(date(int(year), int(month), int(day)), clock)
    except ValueError as error:
        raise ValueRefusedError(f"{_shown(text)} is not a date: {error}", _date_hint(text)) from None
    start = (first - _EPOCH) // _MS + int((fraction or "0").ljust(3, "0"))
    return Stretch(start, start + _length(hour, second, fraction) - 1)


_READERS: Final[dict[FieldType, Callable[[str], Stretch]]] = {
    "integer": read_integer,
    "float": read_float,
    "date": read_date,
}
RANGE_TYPES: Final = tuple(_READERS)
"""Types that can be compared."""


def read_stretch(kind: FieldType, text: str) -> Stretch:
    """The value of a type in `RANGE_TYPES`.

    Raises:
        ValueRefusedError: *text* is none.
    """
    return _READERS[kind](text)


def _length(hour: str | None, second: str | None, fraction: str | None) -> int:
    """Of the stretch, ms."""
    if hour is None:
        return 86_400_000
    if second is None:
        return 60_000
    return 1_000 if fraction is None else 1


def _zone(text: str | None) -> timezone:
    if text in (None, "Z"):
        return UTC
    hours, minutes = int(text[1:3]), int(text[4:6])
    if hours > 18 or minutes > 59:
        raise ValueError("the offset is out of range")
    return timezone((-1 if text[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes))


def _date_hint(text: str) -> str:
    if text.startswith("now") or "||" in text:
        return "dates relative to now are not supported; write the day, for example 2026-03-01"
    if re.fullmatch(r"\d{4}(-\d\d)?", text):
        return f"give a range of days: [{text[:4]}-{text[5:] or '01'}-01 TO ...]"
    return "write 2026-03-01 or 2026-03-01T10:00:00Z"


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:39] + "…")
