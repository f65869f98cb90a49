"""Where the rules, feeds and sample articles that ship with Tocsin lie."""

from __future__ import annotations

from pathlib import Path

_ROOM = Path(__file__).parent


def seeds_dir() -> Path:
    """`seeds/` inside the installed package, or of the checkout when it is installed in place."""
    packaged = _ROOM / "seeds"
    return packaged if packaged.is_dir() else _ROOM.parent / "seeds"
