"""Cut tokens into sentences.

A blank line, a headline, a list item and a byline end a sentence; a single line break inside hard-wrapped text (old
wire copy, plain-text mail) does not. Otherwise a sentence ends at a full stop, question or exclamation mark, or at the
mark of the script, when what follows can begin a sentence.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator
from operator import itemgetter
from typing import Final

from pipeline.text.lexicon import words
from pipeline.text.model import Sentence, Token
from pipeline.text.tokens import TITLE_ABBREVIATIONS

_ENDERS: Final = frozenset(".!?…。！？｡؟۔।॥።։။។")
_UNSPACED: Final = frozenset("。！？｡॥။។")
"""Marks of scripts that put no space between sentences."""
_CLOSERS: Final = frozenset("\"'”’»)]」』）】")
_OPENERS: Final = frozenset("\"'“‘«([¿¡„「『（【-–—•*")
_STARTERS: Final = words(
    "the a an this that these those he she it they we i you his her its their our my there here in on "
    "at by for from with after before but and so if when while as although however according "
    "meanwhile since during both some many most no not what who why how where one two also earlier "
    "later police officials"
)
"""Capitalised after an abbreviation, these begin a sentence ("in the U.S. The army"); others do not ("U.S. Army")."""

_WRAP_LIMIT: Final = 120  # columns; terminals, telex and mail wrap at 60 to 100
_SHORT_LINE: Final = 40  # columns; shorter lines are headlines, bylines or list items, not wrapped prose
_START: Final = itemgetter(1)
_ACRONYM: Final = re.compile(r"(?:\b[A-Z]\.){2,}\Z")
"""The last full stop of which need not end a sentence: "two U.S." at the end of a line."""
_ACRONYM_LENGTH: Final = 12  # code points, so that the search is linear
_ITEM: Final = re.compile(r"\s*(?:[-–—•*·▪◦‣o]\s|\(?(?:\d{1,3}|[a-zA-Z])[.)]\s)")


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether the first word of *following* would not have fitted into *line*: then the break was made by wrapping."""
    return len(line) + 1 + len(following.split(None, 1)[0]) > 0.9 * width


def _continues(line: str, following: str, width: int | None) -> bool:
    if len(line.strip()) < _SHORT_LINE or _ITEM.match(following):
        return False
    if line[-1] == ":" or (line[-1] in _ENDERS and not _ACRONYM.search(line[-_ACRONYM_LENGTH:])):
        return False
    return following.lstrip()[0].islower() or (width is not None and _is_full(line, following, width))


def _wrap_width(lines: list[str]) -> int | None:
    """Columns at which the text was wrapped. None means that it was not: its lines are paragraphs."""
    lengths = [len(line) for line in lines if len(line) >= _SHORT_LINE]
    wrapped = [length for length in lengths if length <= _WRAP_LIMIT]
    return max(wrapped) if len(wrapped) >= 3 and len(wrapped) >= 0.9 * len(lengths) else None


def _line_breaks(raw: str) -> Iterator[int]:
    """Offsets of the lines that begin a sentence because the line before ended one."""
    lines = raw.splitlines(keepends=True)
    if len(lines) < 2:
        return
    bare = [line.rstrip() for line in lines]
    width = _wrap_width(bare)
    offset, before = 0, ""
    for line, text in zip(lines, bare, strict=True):
        if text and not (before and _continues(before, text, width)):
            yield offset
        offset, before = offset + len(line), text


def _may_start(before: Token, after: Token, lower_case: bool) -> bool:
    """Whether *after* can begin a sentence when *before* ended in a full stop or the like."""
    first = after.text[0]
    if len(before.text) > 1 and before.text[-1] == "." and before.text[0] != ".":
        starter = after.lower in _STARTERS and (after.text.istitle() or after.text in ("I", "A"))
        return starter and before.lower[:-1] not in TITLE_ABBREVIATIONS
    if first.islower():
        return lower_case or after.lower.startswith(("al-", "el-", "iphone"))
    return first.isalnum() or first in _OPENERS or first not in ",;:)].!?…"


def _stop(tokens: tuple[Token, ...], i: int, first: int, lower_case: bool) -> int | None:
    """Index after the sentence that token *i*, an end mark, closes. None means that it closes none.

    Work is proportional to the closing quotes and brackets after the mark, which are then skipped.
    """
    mark, j = tokens[i], i + 1
    while j < len(tokens) and tokens[j].start == tokens[j - 1].end and tokens[j].text in _CLOSERS:
        j += 1
    if j == len(tokens):
        return None
    if mark.text[-1] in _UNSPACED:
        return j
    enumerates = mark.text == "." and i - first == 1 and (tokens[first].text.isdigit() or len(tokens[first].text) == 1)
    if tokens[j].start == tokens[j - 1].end or enumerates:
        return None
    return j if _may_start(mark, tokens[j], lower_case) else None


def _ends(tokens: tuple[Token, ...], printed: tuple[str, ...], breaks: list[int], lower_case: bool) -> Iterator[int]:
    """Indices after the sentences that end at a mark; *breaks* are those that end at a line, rising up to the last."""
    first, line = 0, 0
    for i in [i for i, word in enumerate(printed) if word[-1] in _ENDERS]:
        while breaks[line] <= i:
            first = breaks[line]
            line += 1
        end = _stop(tokens, i, first, lower_case) if i >= first else None
        if end is not None:
            first = min(end, breaks[line])
            yield first


def split(raw: str, tokens: tuple[Token, ...], printed: tuple[str, ...]) -> tuple[Sentence, ...]:
    """Sentences of the text; every token is in exactly one. *printed*: `text` of every token. Linear time."""
    breaks = [*(bisect_left(tokens, offset, key=_START) for offset in _line_breaks(raw)), len(tokens)]
    bounds = sorted({0, *breaks, *_ends(tokens, printed, breaks, raw.islower())})
    return tuple(
        [Sentence(first, last, tokens[first][1], tokens[last - 1][2]) for first, last in itertools.pairwise(bounds)]
    )
