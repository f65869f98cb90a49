"""Who speaks in a quotation that runs over several sentences."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from pipeline.figures.attribution import speeches
from pipeline.figures.lexicon import Lexicon
from pipeline.text import Text, Token

_OPENERS: Final = frozenset("“«„")
_CLOSERS: Final = frozenset("”»")
_MARKS: Final = _OPENERS | _CLOSERS | frozenset('"')


class Quotation(Struct, frozen=True):
    """Token range of a quotation, half open, and its speaker as printed."""

    first: int
    last: int
    speaker: str | None


def _ranges(text: Text) -> list[tuple[int, int]]:
    """Token ranges between quotation marks; a quotation ends with its paragraph at the latest."""
    found: list[tuple[int, int]] = []
    opened: int | None = None
    paragraph = 0  # index of the token that begins the paragraph after that of the last mark
    for i in [i for i, token in enumerate(text.tokens) if token[0] in _MARKS]:
        mark = text.tokens[i].text
        if opened is not None and paragraph <= i:
            found.append((opened, paragraph))
            opened = None
        if paragraph <= i:
            paragraph = _next_paragraph(text, i)
        if opened is None and mark not in _CLOSERS:
            opened = i
        elif opened is not None and mark not in _OPENERS:
            found.append((opened, i + 1))
            opened = None
    return found if opened is None else [*found, (opened, paragraph)]


def _next_paragraph(text: Text, i: int) -> int:
    """Index of the first token on a line below that of token *i*; the number of tokens when there is none."""
    line_break = text.raw.find("\n", text.tokens[i].end)
    return bisect_left(text.starts, line_break) if line_break >= 0 else len(text.tokens)


def speaker_in(tokens: Sequence[Token], raw: str, lexicon: Lexicon, skip: range | None = None) -> str | None:
    """The first speaker named among *tokens*; verbs of saying at indices in *skip* are inside the quotation."""
    for speech in speeches(tokens, lexicon):
        if skip is None or speech.verb not in skip:
            return " ".join(raw[tokens[speech.first].start : tokens[speech.last - 1].end].split())
    return None


def quotations(text: Text, lexicon: Lexicon) -> tuple[Quotation, ...]:
    """Quotations that are longer than one sentence, with the speaker named in the sentence where they end or begin."""
    found = []
    starts = [sentence.first for sentence in text.sentences]
    for first, last in _ranges(text):
        around = text.sentences[bisect_right(starts, first) - 1 : bisect_left(starts, last)]
        if len(around) < 2:
            continue
        speaker = None
        for sentence in (around[-1], around[0]):
            skip = range(max(0, first - sentence.first), max(0, last - sentence.first))
            speaker = speaker or speaker_in(text.words(sentence), text.raw, lexicon, skip)
        found.append(Quotation(first, last, speaker))
    return tuple(found)


def speaker_at(found: Sequence[Quotation], i: int) -> str | None:
    """Speaker of the quotation around token *i*; *found* is in reading order."""
    at = bisect_right(found, i, key=lambda quotation: quotation.first) - 1
    return found[at].speaker if at >= 0 and i < found[at].last else None
