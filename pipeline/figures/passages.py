"""Sentences of a text, with the lines of hard-wrapped wire text joined again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.text import Sentence, Text

MIN_WRAPPED: Final = 50
MAX_WRAPPED: Final = 100
"""Wire text is wrapped at 60 to 80 characters; a longer line is a paragraph, a shorter one a headline or a table."""
MAX_TOKENS: Final = 200
"""A longer "sentence" (a table, a page without stops) is cut, so that work stays bounded."""
_ENDERS: Final = frozenset('.!?;:"”)')


def _is_wrapped(text: Text, sentence: Sentence, following: Sentence) -> bool:
    """Whether only a line break, not a stop, divides the two."""
    raw = text.raw
    if raw[sentence.end - 1] in _ENDERS:
        return False
    gap = raw[sentence.end : following.start]
    if gap.count("\n") != 1 or gap.strip():
        return False
    begin = raw.rfind("\n", 0, sentence.end) + 1
    return MIN_WRAPPED <= sentence.end - begin <= MAX_WRAPPED and not gap.endswith("  ")


def _cut(first: int, last: int) -> Iterator[tuple[int, int]]:
    for start in range(first, last, MAX_TOKENS):
        yield start, min(start + MAX_TOKENS, last)


def passages_with(text: Text, marks: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Those of `passages` in which one of the tokens *marks*, which rise, stands; the others are not looked at."""
    first = last = end = i = 0
    for mark in marks:
        if mark < end:
            continue
        if mark >= last:
            first, last, i = _passage_round(text, mark, i)
        begin = mark - (mark - first) % MAX_TOKENS
        end = min(begin + MAX_TOKENS, last)
        yield begin, end


def by_passage(text: Text, marks: Sequence[int]) -> Iterator[tuple[int, int, Sequence[int]]]:
    """`passages_with`, and those of *marks* that stand in each."""
    at = 0
    for first, last in passages_with(text, marks):
        begin, at = at, bisect_left(marks, last, at)
        yield first, last, marks[begin:at]


def _passage_round(text: Text, mark: int, i: int) -> tuple[int, int, int]:
    """The passage, before it is cut, with token *mark* in it, and the first sentence after; *i*: one not behind it."""
    sentences = text.sentences
    while sentences[i].last <= mark:
        i += 1
    first = i
    while first and _is_wrapped(text, sentences[first - 1], sentences[first]):
        first -= 1
    while i + 1 < len(sentences) and _is_wrapped(text, sentences[i], sentences[i + 1]):
        i += 1
    return sentences[first].first, sentences[i].last, i + 1


def passages(text: Text) -> Iterator[tuple[int, int]]:
    """Token ranges, half open, each one sentence."""
    sentences = text.sentences
    i = 0
    while i < len(sentences):
        first = sentences[i].first
        while i + 1 < len(sentences) and _is_wrapped(text, sentences[i], sentences[i + 1]):
            i += 1
        last = sentences[i].last
        if last - first <= MAX_TOKENS:
            yield first, last
        else:
            yield from _cut(first, last)
        i += 1
