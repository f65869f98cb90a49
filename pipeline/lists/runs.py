"""Where names may stand in a text: runs of words with capitals (or of scripts that have none), cut into words.

tokens -> runs -> persons' words (joined, without particles and honorifics)
               -> bodies' words (without legal forms and words of grammar)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from pipeline.lists.tokens import Word, body_words, join, usual, words_of
from pipeline.lists.vocabulary import FILLERS, HONORIFICS, PARTICLES, VARIANTS
from pipeline.names.lexicon import flags
from pipeline.text import Text, Token

_ATTACHED: Final = ("al-", "el-", "ul-", "as-", "an-", "ad-", "ar-", "az-", "ash-", "ibn-", "bin-", "d'", "l'")
_MAX_TOKEN: Final = 80
_MIN_SINGLE: Final = 4
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


@lru_cache(maxsize=32_768)
def _words(token: str) -> tuple[str, ...]:
    return tuple(words_of(token)) if len(token) <= _MAX_TOKEN else ()


@lru_cache(maxsize=8_192)
def _body_word(word: str) -> str | None:
    kept = body_words([word])
    return kept[0] if kept else None


@lru_cache(maxsize=32_768)
def _begins_name(token: str) -> bool:
    """Not in lower case: a capital, a digit ("Victory 3"), a script without case, "al-Something"."""
    first = token[0]
    if "a" <= first <= "z":
        return "-" in token and token.lower().startswith(_ATTACHED)
    return "A" <= first <= "Z" or (first.isalnum() and not first.islower() and len(token) <= _MAX_TOKEN)


def find_runs(text: Text, knows: Callable[[str], bool]) -> Iterator[Run]:
    """Runs of *text*; links between capitals ("of", "bin") belong to them.

    Args:
        knows: whether a word is in any listed name; a run without one is passed over.
    """
    tokens = text.tokens
    # The hottest line: most words begin with a small letter, and "al-Something" is the exception.
    places = [
        i
        for i, token in enumerate(tokens)
        if (not "a" <= token[0][0] <= "z" or "-" in token[0][2:4]) and _begins_name(token[0])
    ]
    ends = iter(text.sentences)
    end = 0
    at = 0
    while at < len(places):
        first = places[at]
        at += 1
        while end <= first:
            end = next(ends).last
        last, limit = first + 1, min(end, first + _MAX_RUN)
        while at < len(places) and (place := places[at]) < limit and (place == last or _links(tokens, last, place)):
            last = place + 1
            at += 1
        run = _cut(tokens, first, last, knows)
        if run is not None:
            yield run


def _links(tokens: Sequence[Token], last: int, place: int) -> bool:
    """Whether nothing but links stands between."""
    return all(token[3] in _LINKS for token in tokens[last:place])


def _cut(tokens: Sequence[Token], first: int, last: int, knows: Callable[[str], bool]) -> Run | None:
    if last == first + 1:
        alone = _words(tokens[first][0])
        if len(alone) < 2 and not (alone and not _is_ordinary(alone[0]) and knows(alone[0])):
            return None
    cut = [(word, i) for i in range(first, last) for word in _words(tokens[i][0])]
    if not any(knows(word) or word.startswith("ab") or word in VARIANTS for word, _ in cut):
        return None
    words = [Word(word, i, i + 1) for word, i in cut]
    every = tuple([word._replace(text=usual(word.text)) for word in join(words)])
    person = tuple([word for word in every if word.text not in _LIGHT])
    body = [(word, _body_word(word.text)) for word in words]
    same = len(body) == len(person) and all(kept == one.text for one, (_, kept) in zip(person, body, strict=True))
    return Run(
        person=person,
        every=every if len(every) > len(person) else person,
        body=person if same else tuple([word._replace(text=kept) for word, kept in body if kept]),
    )


@lru_cache(maxsize=32_768)
def _is_ordinary(word: str) -> bool:
    """A word or name of everyday texts, which alone is nobody's."""
    return len(word) < _MIN_SINGLE or flags(word) != 0


def stands_alone(word: str) -> bool:
    """Whether a body may be called by this word alone."""
    return not _is_ordinary(word)
