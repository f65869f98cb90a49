"""Durations as people write them: "90s", "30m", "6h", "7d" or a sum such as "1d12h"."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final

from pydantic import BeforeValidator

MAX_SECONDS: Final = 366 * 24 * 3600

_UNIT_SECONDS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_DURATION: Final = re.compile(r"(?:\d{1,9}[smhd])+")
_PART: Final = re.compile(r"(\d+)([smhd])")


def duration_seconds(duration: str, what: str = "duration") -> int:
    """Seconds in *duration*.

    Args:
        what: how a message calls it.

    Raises:
        ValueError: it is written otherwise, or longer than 366 days.
    """
    if not _DURATION.fullmatch(duration):
        raise ValueError(f"{what} {duration[:40]!r} is no duration; write for example '30m', '6h' or '0s' for none")
    total = sum(int(count) * _UNIT_SECONDS[unit] for count, unit in _PART.findall(duration))
    if total > MAX_SECONDS:
        raise ValueError(f"{what} {duration!r} is longer than 366 days")
    return total


def duration_text(seconds: int) -> str:
    """*seconds* as a rule file writes them: the largest unit that leaves nothing over."""
    for unit in ("d", "h", "m"):
        if seconds and seconds % _UNIT_SECONDS[unit] == 0:
            return f"{seconds // _UNIT_SECONDS[unit]}{unit}"
    return f"{seconds}s"


def _written(value: Any) -> Any:
    return duration_seconds(value) if isinstance(value, str) else value


Seconds = Annotated[int, BeforeValidator(_written)]
"""Whole seconds. A rule file writes them as "24h"; messages carry the number."""
