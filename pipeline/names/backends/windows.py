"""Texts that are longer than a model can read: windows that overlap, and in which of them each word is read.

    pieces   . . . . . . . . . . . . . . . .
    window   [- - - - - - - -]
                       [- - - - - - - -]
                                 [- - - - -]

A word is read where it has most context: in the middle of a window rather than at an edge that is not the text's.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.text.model import Token

Offsets = Sequence[tuple[int, int]]
"""Per piece of a window, the code points that it stands for; empty ones are the tokenizer's own."""


class Place(NamedTuple):
    """Where a word is read: a window, and a piece in it, both counted from 0."""

    window: int
    piece: int
    context: int
    """Pieces to the nearer edge at which the text was cut."""


def first_pieces(words: Sequence[Token], offsets: Offsets) -> Iterator[tuple[int, int]]:
    """Index of each of *words* that a window shows, and of the first piece that shows it.

    The first piece speaks for the word, as models are trained: what follows it in the word bears no label then.
    """
    ends = [word.end for word in words]
    following = 0
    for piece, (start, end) in enumerate(offsets):
        following = max(following, bisect_right(ends, start))
        while start < end and following < len(words) and words[following].start < end:
            yield following, piece
            following += 1


def best_places(words: Sequence[Token], windows: Sequence[Offsets]) -> dict[int, Place]:
    """By index of the word, where it has most context; a word that no window shows is missing."""
    best: dict[int, Place] = {}
    for window, offsets in enumerate(windows):
        whole = len(offsets)
        for word, piece in first_pieces(words, offsets):
            before = piece if window else whole
            after = whole if window == len(windows) - 1 else whole - 1 - piece
            place = Place(window, piece, min(before, after))
            if word not in best or place.context > best[word].context:
                best[word] = place
    return best
