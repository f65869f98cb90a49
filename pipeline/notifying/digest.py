"""When a digest ends: at whole multiples of its length in UTC, the same for everybody and after a restart."""

from __future__ import annotations


def ends_at(first_ms: int, length_s: int) -> int:
    """End of the stretch that holds *first_ms*, in ms since 1970 UTC, as is *first_ms*."""
    length_ms = length_s * 1000
    return (first_ms // length_ms + 1) * length_ms
