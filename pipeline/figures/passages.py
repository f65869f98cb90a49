"""Sentences of a text, with the lines of hard-wrapped wire text joined again."""

from __future__ import annotations

from collections.abc import Iterator
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
