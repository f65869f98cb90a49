"""Read dates, alone or with arithmetic, as Elasticsearch reads them.

A date that leaves out the end of the time stands for the whole stretch: `2026-03-01` is a day, `2026-03-01T10:00` a
minute, `now/d` today. `>` and `<=` look at the stretch's last millisecond, `>=` and `<` at its first.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final, NamedTuple

from pipeline.query.errors import ValueRefusedError, shown
from pipeline.query.moments import Bound, Moment, Step, from_ms, read_steps, to_ms, walk

_DATE: Final = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?(Z|[+-]\d\d:\d\d)?)?", re.ASCII
)
_NOW: Final = "now"
_THEN: Final = "||"


class Stretch(NamedTuple):
    """First and last value that a written value stands for, both included; the same for numbers."""

    first: Bound
    last: Bound


def read_date(text: str) -> Stretch:
    """A day, minute, second or millisecond, in ms since 1970 UTC, or a time counted from `now`.

    Raises:
        ValueRefusedError: it is no such date. Years and months alone are refused because Elasticsearch reads `2026` as
            milliseconds and `2026-03` as its first day.
    """
    if text.startswith(_NOW):
        steps = read_steps(text, len(_NOW))
        return Stretch(Moment(steps, round_up=False), Moment(steps, round_up=True))
    day, then, _ = text.partition(_THEN)
    plain = _plain_date(day)
    if not then:
        return Stretch(*plain)
    steps = read_steps(text, len(day) + len(then))
    if not steps:
        raise ValueRefusedError("a step is missing after `||`", f"write for example {day}||+7d", len(text))
    return _from_date(plain[0], steps)


def names_one_moment(stretch: Stretch) -> bool:
    """Whether it is a single millisecond, moving with `now`: nothing is ever found by looking for exactly that."""
    return isinstance(stretch.first, Moment) and all(step.by is not None for step in stretch.first.steps)


def _from_date(start: int, steps: tuple[Step, ...]) -> Stretch:
    first, last = (to_ms(walk(from_ms(start), steps, round_up=up)) for up in (False, True))
    return Stretch(first, last)


def _plain_date(text: str) -> tuple[int, int]:
    match = _DATE.fullmatch(text)
    if not match:
        raise ValueRefusedError(f"{shown(text)} is not a date", _date_hint(text))
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    try:
        clock = time(int(hour or 0), int(minute or 0), int(second or 0), tzinfo=_zone(zone))
        first = datetime.combine(date(int(year), int(month), int(day)), clock)
    except ValueError as error:
        raise ValueRefusedError(f"{shown(text)} is not a date: {error}", _date_hint(text)) from None
    start = to_ms(first) + int((fraction or "0").ljust(3, "0"))
    return start, start + _length(hour, second, fraction) - 1


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
    if re.fullmatch(r"\d{4}(-\d\d)?", text):
        return f"give a range of days: [{text[:4]}-{text[5:] or '01'}-01 TO ...]"
    if re.match(r"\d{4}-\d\d-\d\d[^|]*[+/-]\d*[a-zA-Z]", text):
        return f"arithmetic on a date begins with ||: {text[:10]}||+7d"
    return "write 2026-03-01, 2026-03-01T10:00:00Z or now-7d"
