"""Date arithmetic as Elasticsearch has it: `now-7d/d`, `2026-03-01||+1M/d`.

A time, then steps from left to right: `+1M` and `-7d` move it, `/d` rounds it to a whole day. Units are y, M (month), w
(from Monday), d, h, m (minute) and s; everything is UTC.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple, TypeAlias

from pipeline.query.errors import ValueRefusedError

MAX_STEPS: Final = 8
"""Steps of one time."""
MAX_YEARS: Final = 100
"""How far one step goes."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MS: Final = timedelta(milliseconds=1)
_FIRST: Final = datetime.min.replace(tzinfo=UTC)
_LAST: Final = datetime.max.replace(microsecond=999_000, tzinfo=UTC)

_MONTHS: Final = {"y": 12, "M": 1}
_SECONDS: Final = {"w": 604_800, "d": 86_400, "h": 3_600, "m": 60, "s": 1}
_PER_YEAR: Final = {"y": 1, "M": 12, "w": 53, "d": 366, "h": 8_784, "m": 527_040, "s": 31_622_400}
"""Of each unit, how many a year has at most."""
_STEP: Final = re.compile(r"([+/-])(\d*)([A-Za-z]*)", re.ASCII)
_MEANT: Final = {"Y": "y", "D": "d", "W": "w", "S": "s", "min": "m", "mo": "M", "sec": "s"}
UNITS: Final = "units are y, M (month), w, d, h, m (minute) and s"


class Step(NamedTuple):
    """`by` units forward, negative for back; None rounds to the unit."""

    by: int | None
    unit: str


class Moment(NamedTuple):
    """A time that depends on what `now` is."""

    steps: tuple[Step, ...]
    round_up: bool
    """Rounding gives the unit's last millisecond instead of its first."""

    def at(self, now: int) -> int:
        """The time, when it is *now*; both in ms since 1970 UTC."""
        start = min(max(now, to_ms(_FIRST)), to_ms(_LAST))
        return to_ms(walk(from_ms(start), self.steps, round_up=self.round_up))


Bound: TypeAlias = float | Moment
"""A number, a time in ms since 1970 UTC, or a time that depends on `now`."""


def to_ms(moment: datetime) -> int:
    """Milliseconds since 1970 UTC, rounded down."""
    return (moment - _EPOCH) // _MS


def from_ms(ms: int) -> datetime:
    """The time that `to_ms` made the number from."""
    return _EPOCH + ms * _MS


def read_steps(text: str, start: int) -> tuple[Step, ...]:
    """The steps that *text* holds from *start* on.

    Raises:
        ValueRefusedError: it holds something else there.
    """
    steps: list[Step] = []
    at = start
    while at < len(text):
        match = _STEP.match(text, at)
        if match is None:
            hint = "write steps such as -7d or +1M, then /d to round to the day"
            raise ValueRefusedError(f"{text[at : at + 20]!r} is no step of a date", hint, at)
        steps.append(_step(match))
        at = match.end()
    if len(steps) > MAX_STEPS:
        raise ValueRefusedError(f"more than {MAX_STEPS} steps from one date", "add them up", start)
    return tuple(steps)


def _step(match: re.Match[str]) -> Step:
    operator, digits, unit = match.groups()
    if operator == "/" and digits:
        raise ValueRefusedError("rounding takes a unit without a number", f"write /{unit or 'd'}", match.start(2))
    if not unit:
        raise ValueRefusedError("a unit is missing", UNITS, match.end())
    unit = "h" if unit == "H" else unit
    if unit not in _PER_YEAR:
        meant = f"did you mean {_MEANT[unit]}? " if unit in _MEANT else ""
        raise ValueRefusedError(f"there is no unit {unit[:20]!r}", meant + UNITS, match.start(3))
    if operator == "/":
        return Step(None, unit)
    if len(digits) > 12 or int(digits or 1) > MAX_YEARS * _PER_YEAR[unit]:
        raise ValueRefusedError(f"the step is longer than {MAX_YEARS} years", "write the day itself", match.start(2))
    return Step((-1 if operator == "-" else 1) * int(digits or 1), unit)


def walk(moment: datetime, steps: tuple[Step, ...], *, round_up: bool) -> datetime:
    """*moment* after the steps; before the year 1 and after 9999 it stays at the first or last moment there is."""
    for step in steps:
        try:
            moment = _rounded(moment, step.unit, up=round_up) if step.by is None else _moved(moment, step.by, step.unit)
        except (OverflowError, ValueError):
            moment = _FIRST if (step.by or 0) < 0 else _LAST
    return moment


def _moved(moment: datetime, by: int, unit: str) -> datetime:
    """The 31st plus a month is the month's last day, as in Java."""
    if unit not in _MONTHS:
        return moment + timedelta(seconds=by * _SECONDS[unit])
    year, month = divmod(moment.year * 12 + moment.month - 1 + by * _MONTHS[unit], 12)
    if not 1 <= year <= 9999:
        raise OverflowError
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))


def _rounded(moment: datetime, unit: str, *, up: bool) -> datetime:
    first = _first_of(moment, unit)
    return _moved(first, 1, unit) - _MS if up else first


def _first_of(moment: datetime, unit: str) -> datetime:
    if unit in "hms":
        size = timedelta(seconds=_SECONDS[unit])
        return moment - (moment - _EPOCH) % size
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    match unit:
        case "y":
            return day.replace(month=1, day=1)
        case "M":
            return day.replace(day=1)
        case "w":
            # The first week of year 1 would begin before time does.
            return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))
    return day
