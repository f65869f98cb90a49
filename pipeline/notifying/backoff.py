"""How long to wait before a target is tried again, and when to give an alert up."""

from __future__ import annotations

from typing import Final

MAX_ASKED_S: Final = 600.0
"""A receiver may ask for a longer pause than our own, up to this."""
MAX_REFUSALS: Final = 5
"""Attempts of an alert that the receiver itself calls wrong (400, 413, 422): the others behind it must not wait."""


def pause_s(attempt: int, chance: float, *, first_s: float, most_s: float, asked_s: float | None = None) -> float:
    """Seconds before the next attempt: doubling and capped, with jitter, and no less than the receiver asked for.

    Args:
        attempt: 1 after the first failure.
        chance: in [0, 1).
    """
    doubled = min(most_s, first_s * 2.0 ** min(attempt - 1, 30))
    return max(doubled * (0.5 + 0.5 * chance), min(asked_s or 0.0, MAX_ASKED_S))


def gives_up(*, attempts: int, refusals: int, failing_for_s: float, give_up_after_s: float) -> bool:
    """Whether the alert becomes a dead letter now.

    Args:
        attempts: how often this alert was tried.
        refusals: how often the receiver called it wrong.
        failing_for_s: for how long the target has taken nothing.
    """
    return refusals >= MAX_REFUSALS or (attempts > 0 and failing_for_s >= give_up_after_s)
