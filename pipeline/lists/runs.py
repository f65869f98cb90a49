"""Where names may stand in a text: runs of words with capitals (or of scripts that have none), cut into words.

tokens -> runs -> persons' words (joined, without particles and honorifics)
               -> bodies' words (without legal forms and words of grammar)
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from pipeline.lists.clues import ENOUGH, MAX_TOKEN, body_word, words_in
from pipeline.lists.index import ListIndex
from pipeline.lists.tokens import Word, join, usual
from pipeline.lists.vocabulary import FILLERS, HONORIFICS, PARTICLES
from pipeline.text import Text

_ATTACHED: Final = ("al-", "el-", "ul-", "as-", "an-", "ad-", "ar-", "az-", "ash-", "ibn-", "bin-", "d'", "l'")
_LINKS: Final = FILLERS | PARTICLES
_LIGHT: Final = PARTICLES | HONORIFICS
_MAX_RUN: Final = 40
"""Longer runs are cut: an article all in capitals is one run a sentence."""


class Run(NamedTuple):
    """A stretch in which a name may stand. Words' `first` and `last` are token numbers."""

    person: tuple[Word, ...]
    every: tuple[Word, ...]
    """As `person`, with honorifics and particles: some people are listed as "Haji Yusuf" or "Na Chu"."""
    body: tuple[Word, ...]


@lru_cache(maxsize=16_384)
def _begins_name(token: str) -> bool:
    """Not in lower case: a capital, a digit ("Victory 3"), a script without case, "al-Something"."""
    first = token[0]
    if "a" <= first <= "z":
        return "-" in token and token.lower().startswith(_ATTACHED)
    return "A" <= first <= "Z" or (first.isalnum() and not first.islower() and len(token) <= MAX_TOKEN)


def find_runs(text: Text, index: ListIndex) -> Iterator[Run]:
    """Runs of *text* in which a name of *index* may stand; links between capitals ("of", "bin") belong to them."""
    printed, clues = text.printed, index.clues
    # Most words begin with a small letter, and "al-Something" is the exception; of the others most are in no name.
    telling = {
        word
        for word in set(printed)
        if (not "a" <= word < "{" or "-" in word[2:4]) and clues(word) and _begins_name(word)
    }
    done = 0
    for place in [i for i, word in enumerate(printed) if word in telling]:
        if place < done:
            continue
        start, done = _around(text, place)
        for first, last in _pieces(printed, start, done):
            if sum(map(clues, printed[first:last])) >= ENOUGH:
                yield _cut(printed, first, last)


def _around(text: Text, place: int) -> tuple[int, int]:
    """First and last (half open) of the words that may belong to one name with *place*, within its sentence."""
    printed, lowers, sentence = text.printed, text.lowers, text.sentence_of(place)
    first = at = place
    while at > sentence.first and (_begins_name(printed[at - 1]) or lowers[at - 1] in _LINKS):
        at -= 1
        first = at if _begins_name(printed[at]) else first
    last = at = place + 1
    while at < sentence.last and (_begins_name(printed[at]) or lowers[at] in _LINKS):
        at += 1
        last = at if _begins_name(printed[at - 1]) else last
    return first, last


def _pieces(printed: tuple[str, ...], first: int, end: int) -> Iterator[tuple[int, int]]:
    """No longer than `_MAX_RUN`, without links at either side."""
    while end - first > _MAX_RUN:
        places = [i for i in range(first, end) if _begins_name(printed[i])]
        last = next(i for i in reversed(places) if i < first + _MAX_RUN) + 1
        yield first, last
        first = next(i for i in places if i >= last)
    yield first, end


def _cut(printed: tuple[str, ...], first: int, last: int) -> Run:
    words = [Word(word, i, i + 1) for i in range(first, last) for word in words_in(printed[i])]
    every = tuple([Word(usual(text), start, end) for text, start, end in join(words)])
    person = tuple([word for word in every if word.text not in _LIGHT])
    body = [(word, body_word(word.text)) for word in words]
    same = len(body) == len(person) and all(kept == one.text for one, (_, kept) in zip(person, body, strict=True))
    return Run(
        person=person,
        every=every if len(every) > len(person) else person,
        body=person if same else tuple([Word(kept, start, end) for (_, start, end), kept in body if kept]),
    )
