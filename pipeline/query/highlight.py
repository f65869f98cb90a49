"""Where a query's words stand in a text, and the stretch of it that shows most of them.

Done here rather than by an engine, so that every engine shows the same, and only for the page that is shown.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.query.predicate import wildcard_pattern
from pipeline.query.tokenize import Word, word_spans
from pipeline.query.tree import And, Leaf, Node, Or, Phrase, Term, Wildcard

SNIPPET_CHARS: Final = 240
"""Longest snippet; about three lines of a result list."""
READ_CHARS: Final = 100_000
"""How far into a text matches are looked for: a page of results must not take long because of one long text."""
_EDGE: Final = 24
"""How far a snippet's ends are moved to stand between words."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of a field's text."""

    text: str
    start: int
    """Code points of the field's text before it."""
    marks: tuple[tuple[int, int], ...]
    """Where the query's words stand in `text`, half open, in reading order, not overlapping."""


def highlight(node: Node, field: str, text: str, max_chars: int = SNIPPET_CHARS) -> Snippet | None:
    """The stretch of *text* that shows most of what the query finds in *field*; None when nothing is found.

    What stands under a NOT is not looked for.
    """
    marks = find_marks(node, field, text)
    if not marks:
        return None
    start, end = _best_stretch(text, marks, max_chars)
    inside = tuple((left - start, right - start) for left, right in marks if start <= left and right <= end)
    return Snippet(text[start:end], start, inside)


def find_marks(node: Node, field: str, text: str) -> list[tuple[int, int]]:
    """Code points of *text* where the query's words and phrases for *field* stand, in order, not overlapping."""
    finders = [_finder(leaf) for leaf in _wanted(node) if field in _fields(leaf)]
    if not finders:
        return []
    words = list(word_spans(text[:READ_CHARS]))
    found = sorted({mark for finder in finders for mark in finder(words)})
    return _disjoint(found)


def _wanted(node: Node) -> Iterator[Leaf]:
    """The leaves that are not under a NOT."""
    match node:
        case And(nodes) | Or(nodes):
            for child in nodes:
                yield from _wanted(child)
        case Term() | Phrase() | Wildcard():
            yield node


def _fields(leaf: Leaf) -> tuple[str, ...]:
    return leaf.fields if isinstance(leaf, Term | Phrase | Wildcard) else ()


_Finder = Callable[[list[Word]], Iterator[tuple[int, int]]]


def _finder(leaf: Leaf) -> _Finder:
    if isinstance(leaf, Phrase):
        return lambda words: _phrases(words, leaf.words)
    if isinstance(leaf, Wildcard):
        matches = wildcard_pattern(leaf.parts).fullmatch
        return lambda words: ((word.start, word.end) for word in words if matches(word.text))
    value = leaf.value if isinstance(leaf, Term) else ""
    return lambda words: ((word.start, word.end) for word in words if word.text == value)


def _phrases(words: list[Word], phrase: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    for at, word in enumerate(words[: len(words) - len(phrase) + 1]):
        if word.text == phrase[0] and all(words[at + i].text == one for i, one in enumerate(phrase)):
            yield word.start, words[at + len(phrase) - 1].end


def _disjoint(marks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted marks, those that touch or overlap joined."""
    joined: list[tuple[int, int]] = []
    for start, end in marks:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _best_stretch(text: str, marks: list[tuple[int, int]], max_chars: int) -> tuple[int, int]:
    """Start and end of the first stretch that holds most marks."""
    if len(text) <= max_chars:
        return 0, len(text)
    ends = [end for _, end in marks]
    room = max_chars - 2 * _EDGE
    best = max(range(len(marks)), key=lambda i: (bisect_left(ends, marks[i][0] + room) - i, -i))
    start = max(0, min(marks[best][0] - _EDGE, len(text) - max_chars))
    end = min(len(text), start + max_chars)
    end = max(end, marks[best][1]) if marks[best][1] - marks[best][0] > room else end
    return _after_blank(text, start, marks[best][0]), _before_blank(text, end, marks[best][1])


def _after_blank(text: str, start: int, limit: int) -> int:
    blank = text.find(" ", start, min(start + _EDGE, limit)) if start else -1
    return start if blank < 0 else blank + 1


def _before_blank(text: str, end: int, limit: int) -> int:
    blank = text.rfind(" ", max(end - _EDGE, limit), end) if end < len(text) else -1
    return end if blank < 0 else blank
