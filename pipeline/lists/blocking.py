"""From a run of words to the few listed names that may stand in it.

whole: the words of a window, in any order, are the words of a listed name
part:  two words near each other are words of a listed name of three and more
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from pipeline.lists.clues import stands_alone
from pipeline.lists.index import ListIndex
from pipeline.lists.layout import MASK
from pipeline.lists.runs import Run
from pipeline.lists.tokens import Word

MAX_WINDOW: Final = 9
_MAX_REACH: Final = 3
"""How far apart two words of one person's name may stand, in words that count."""
_MAX_NAMES: Final = 40
"""A pair of words that more names share says too little."""

USUAL_NAMES: Final = 30_000
"""A short list says little about how rare a word is; it is taken as if it were as long as the usual ones together."""
PART_BITS: Final = 16
"""Two words that tell less than this together are no clue to a longer name."""

Known = tuple[int, int]
"""Hash of a word and the number of names that it occurs in; zeros for a word in none."""


class Candidate(NamedTuple):
    """Listed name number `name` may stand in the words `first` to `last` (half open) of `words`."""

    name: int
    words: tuple[Word, ...]
    first: int
    last: int


def find_candidates(run: Run, index: ListIndex) -> Iterator[Candidate]:
    """Candidates in *run*; one name may come more than once."""
    known = [index.word(word.text) for word in run.person]
    if sum(1 for key, _ in known if key) > 1:
        yield from _whole(run.person, known, index)
        yield from _parts(run.person, known, index)
    if run.every is not run.person:
        yield from _whole(run.every, [index.word(word.text) for word in run.every], index)
    if run.body is not run.person:
        known = [index.word(word.text) for word in run.body]
        yield from _whole(run.body, known, index)
    yield from _single(run.body, known, index)


def _whole(words: tuple[Word, ...], known: Sequence[Known], index: ListIndex) -> Iterator[Candidate]:
    size = len(words)
    for start in range(size - 1):
        key = known[start][0]
        if not key:
            continue
        for end in range(start + 1, min(size, start + MAX_WINDOW)):
            if not known[end][0]:
                break
            key = (key + known[end][0]) & MASK
            for name in index.by_key(key, _MAX_NAMES):
                yield Candidate(name, words, start, end + 1)


def _parts(words: tuple[Word, ...], known: Sequence[Known], index: ListIndex) -> Iterator[Candidate]:
    size = len(words)
    rarest = (max(index.names, USUAL_NAMES) + 1) ** 2 / 2**PART_BITS
    for start in range(size - 1):
        key, count = known[start]
        if not key:
            continue
        for end in range(start + 1, min(size, start + _MAX_REACH + 1)):
            other, others = known[end]
            if other and count * others <= rarest:
                both = (key + other) & MASK
                # With a word between them the two may be a whole name: "Oleg Leonidovich Sedov" on a list without it.
                between = index.by_key(both, _MAX_NAMES) if end > start + 1 else ()
                for name in (*between, *index.by_pair(both, _MAX_NAMES)):
                    yield Candidate(name, words, start, end + 1)


def _single(words: tuple[Word, ...], known: Sequence[Known], index: ListIndex) -> Iterator[Candidate]:
    for at, (key, _) in enumerate(known):
        if key and stands_alone(words[at].text):
            for name in index.by_key(key, _MAX_NAMES):
                yield Candidate(name, words, at, at + 1)
