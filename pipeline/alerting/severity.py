"""Severity that rises with a value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, get_args

from schemas.alert import Escalation, Severity

_RANK = {severity: rank for rank, severity in enumerate(get_args(Severity))}


def rank(severity: Severity) -> int:
    """0 for the least severe."""
    return _RANK[severity]


def escalated(severity: Severity, steps: Iterable[Escalation], values: Mapping[str, Any]) -> Severity:
    """The highest of *severity* and of those *steps* whose value is reached."""
    reached = (step.severity for step in steps if _reaches(values.get(step.field), step.at))
    return max((severity, *reached), key=rank)


def _reaches(value: Any, at: float) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value >= at
