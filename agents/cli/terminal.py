"""What a terminal may be told: text from articles, feeds and messages must not move its cursor, retitle or reorder it.

ECMA-48 controls begin with ESC (U+001B) or stand alone in U+0080 to U+009F; bidirectional overrides and isolates
(UAX 9) make a line read otherwise than it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

_UNSAFE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_UNSAFE_IN_JSON: Final = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    """*text* with U+FFFD for each character that steers a terminal; newline and tab stay."""
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str) -> str:
    """*text* with every stretch of blanks and line ends as one blank, so that it cannot pose as further lines."""
    return " ".join(text.split())


def escaped_json(json: str) -> str:
    """The same JSON value, with escapes for what steers a terminal; JSON itself escapes only below U+0020."""
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", json)


class SafeConsole(Console):
    """A console that prints `visible` text, whatever it is given; its own colours are not text and stay."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(visible(segment.text), segment.style)
