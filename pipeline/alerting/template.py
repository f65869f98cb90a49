"""The message of an alert: text with `{field}` in it, filled from the index document.

Only names of the field registry stand between braces: no attributes, no indices, no format specifications, so that
a rule file can never reach into the program. `{{` and `}}` are braces. What an article brings in is one line of
printable text: it can neither break the line nor turn the reading direction of a chat message or mail subject.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

MAX_MESSAGE: Final = 300
"""Characters of an alert's title; longer ones are cut by mail clients and chat services."""
MAX_ITEMS: Final = 5
"""Values of a field with many values that a message names."""
NOT_STATED: Final = "not stated"

_PART: Final = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


class TemplateError(ValueError):
    """A message template is wrong; `column` is where, counted from 1."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.column = column


def plain(text: str, limit: int = MAX_MESSAGE) -> str:
    """*text* as one line without control, formatting and unassigned characters, at most *limit* characters long."""
    line = " ".join(text.split())
    if not line.isprintable():  # False for format characters as well: they turn the direction of text or hide in it
        line = " ".join("".join(char for char in line if char.isprintable()).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def names(template: str) -> tuple[tuple[str, int], ...]:
    """The fields that *template* names, each with its column (from 1), in order.

    Raises:
        TemplateError: a brace stands alone.
    """
    found = []
    for part in _PART.finditer(template):
        if part.group() in ("{", "}"):
            raise TemplateError(
                f"'{part.group()}' stands alone; write '{{field}}' for a value or '{part.group() * 2}' for the brace",
                part.start() + 1,
            )
        if part.group(1) is not None:
            found.append((part.group(1), part.start() + 2))
    return tuple(found)


def shown(value: Any) -> str:
    """A value of a document as people read it."""
    if value is None or value == [] or value == ():
        return NOT_STATED
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M UTC")
    if isinstance(value, (list, tuple)):
        more = ", …" if len(value) > MAX_ITEMS else ""
        return ", ".join(shown(item) for item in value[:MAX_ITEMS]) + more
    return str(value)


def fill(template: str, document: Mapping[str, Any]) -> str:
    """*template* with the values of *document*: numbers with thousands separators, lists with commas, `not stated`
    for what is missing; one line of at most 300 characters."""

    def value(part: re.Match[str]) -> str:
        if part.group(1) is None:
            return part.group()[0]
        return plain(shown(document.get(part.group(1))))

    return plain(_PART.sub(value, template))
