"""Texts with marked names, as the reading of names gives them: `{p:President|Amina Noor}` is a person with a title.

p: person, o: organisation, l: location, n: nationality. What joins mentions is tested without what finds them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

from pipeline import gazetteer
from pipeline.names import known
from pipeline.names.passes import Part
from pipeline.names.reading import Label, Mention, Reading
from pipeline.text import Text, analyse
from schemas.enrichment import TextField

_MARK: Final = re.compile(r"\{([poln]):(?:([^{}|]*)\|)?([^{}]*)\}")
_LABELS: Final[dict[str, Label]] = {"p": "person", "o": "organisation", "l": "location", "n": "nationality"}


def unmark(marked: str) -> tuple[str, list[tuple[str, str | None, int, int]]]:
    """The plain text; and label letter, title, start and end of every mark."""
    plain, found, at = "", [], 0
    for match in _MARK.finditer(marked):
        plain += marked[at : match.start()]
        title = match[2]
        plain += f"{title} " if title else ""
        found.append((match[1], title, len(plain), len(plain) + len(match[3])))
        plain += match[3]
        at = match.end()
    return plain + marked[at:], found


def _mention(text: Text, letter: str, title: str | None, start: int, end: int) -> Mention:
    first = text.starts.index(start)
    last = bisect_left(text.starts, end)
    surface = text.raw[start:end]
    country = gazetteer.demonym(surface) if letter == "n" else None
    body = known.match(text.tokens, first, last) if letter == "o" else None
    organisation = body.organisation if body and body.length == last - first else None
    if organisation:
        country = organisation.country
    return Mention(first, last, _LABELS[letter], "test.marked", 0.9, title, organisation, country)


def part(marked: str, field: TextField = "body") -> Part:
    """The part that *marked* describes."""
    plain, marks = unmark(marked)
    text = analyse(plain, field)
    return Part(Reading(text, frozenset()), tuple(_mention(text, *mark) for mark in marks), ())
