"""Cut a name into the words that are compared.

name -> romanised, folded words -> joined words (abd al-aziz, saif al-din) -> without particles, honorifics, forms
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from pipeline.gazetteer import fold
from pipeline.lists.romanise import romanise
from pipeline.lists.skeleton import skeleton
from pipeline.lists.vocabulary import FILLERS, HONORIFICS, LEGAL_FORMS, LEGAL_PHRASES, NUMBERS, PARTICLES, VARIANTS
from schemas.lists import EntryType

_WORD: Final = re.compile(r"[^\W_]+")
_SERVANT: Final = re.compile(r"^abd(?:u|e|o|a|i)?(?:l|r|s|n|d|z|sh)?-?$")
_SERVANT_JOINED: Final = re.compile(
    r"^ab(?:d|id)(?:(?:ou|[ueoai])?(?:l|r(?=r)|s(?=s)|n(?=n)|d(?=d)|z(?=z))(?=.{3})|(?:ou|[ueoai])(?=[^aeiou].{3}))"
)
_SON: Final = re.compile(r"(?:y?[aeo]v|y|i|yev|iev|au)[iy]t?ch$")
_DAUGHTER: Final = re.compile(r"(?:y?[aeo]v|yev|iev|i|au|ov)na$")
_ARTICLES: Final = frozenset("al el ul ur ud us ad ar as an az ash ed eddin".split())
_FAITH: Final = re.compile(r"^(?:al|ed|ad|ud|ul|eddin|e)?d+[ie]+ne?$")
_FAITH_JOINED: Final = re.compile(r"(?:ae|a|u|e|o)?(?:l|d)?d[ie]+ne?$")
_PHRASE_HEADS: Final = frozenset(phrase[0] for phrase in LEGAL_PHRASES)
_MAX_WORDS: Final = 24
_PATRONYMIC: Final = 8
_LONG_FORM: Final = 10
"""Legal forms of this length are known in any spelling."""


class Word(NamedTuple):
    """A folded word; `first` to `last` (half open) are the places in the name or text that it was read from."""

    text: str
    first: int
    last: int


class NameTokens(NamedTuple):
    """The words of a name."""

    all: tuple[str, ...]
    """Every word, folded, in order."""
    core: tuple[str, ...]
    """Those that tell who is meant, joined where spellings differ in the gap. Never empty unless `all` is."""


def words_of(name: str) -> list[str]:
    """Folded words in Latin letters. Apostrophes are no gap, everything else that is no letter or digit is."""
    return _WORD.findall(fold(romanise(name).replace("&", " and ")))[:_MAX_WORDS]


def cut_name(name: str, entry_type: EntryType) -> NameTokens:
    """The words of *name*.

    >>> cut_name("Dr. Abd al-Aziz bin Salih", "person").core
    ('abdaziz', 'salih')
    >>> cut_name("The Velmar Trading Co., Ltd.", "organisation").core
    ('velmar', 'trading')
    """
    words = words_of(name)
    core = _person(words) if entry_type == "person" else body_words(words)
    return NameTokens(tuple(words), core or tuple(words))


tokenise_name: Final = lru_cache(maxsize=16_384)(cut_name)
"""The same for names that come again, as those do that articles are compared with."""


def _person(words: list[str]) -> tuple[str, ...]:
    if _may_join(words):
        words = [word.text for word in join([Word(word, i, i + 1) for i, word in enumerate(words)])]
    joined = list(map(usual, words))
    kept = [word for word in joined if word not in PARTICLES and word not in HONORIFICS]
    if len(kept) >= 2 or len(joined) == len(kept):
        return tuple(kept)
    # "Haji Yusuf" is all that is known of some people.
    with_titles = [word for word in joined if word not in PARTICLES]
    return tuple(with_titles if len(with_titles) >= 2 else joined)


@lru_cache(maxsize=32_768)
def usual(word: str) -> str:
    """One form for the given names and patronymics that neighbouring languages write each in its own way.

    >>> usual("aliaksandr"), usual("igorovych") == usual("igorevich")
    ('alexander', True)
    """
    word = VARIANTS.get(word, word)
    if len(word) < _PATRONYMIC or not word.endswith(("ch", "na")):
        return word
    for pattern, ending in ((_SON, "ovich"), (_DAUGHTER, "ovna")):
        if found := pattern.search(word):
            return word[: found.start()] + ending
    return word


def body_words(words: list[str]) -> tuple[str, ...]:
    """Without legal forms and small words; numbers as digits."""
    kept = [NUMBERS.get(word, word) for word in _without_phrases(words)]
    return tuple(word for word in kept if word not in FILLERS and not _is_form(word))


def _is_form(word: str) -> bool:
    return word in LEGAL_FORMS or (len(word) >= _LONG_FORM and skeleton(word).key in _long_forms())


@cache
def _long_forms() -> frozenset[str]:
    return frozenset(skeleton(word).key for word in LEGAL_FORMS if len(word) >= _LONG_FORM)


def _without_phrases(words: list[str]) -> list[str]:
    if _PHRASE_HEADS.isdisjoint(words):
        return words
    out: list[str] = []
    i = 0
    while i < len(words):
        phrase = next((one for one in LEGAL_PHRASES if tuple(words[i : i + len(one)]) == one), None)
        if phrase is None:
            out.append(words[i])
        i += len(phrase) if phrase else 1
    return out


def join(words: Sequence[Word]) -> Sequence[Word]:
    """One word for what some spell as several: "abd al aziz" and "abdulaziz", "saif al din" and "saifuddin"."""
    return _join_faith(_join_servants(words)) if _may_join([word.text for word in words]) else words


def _may_join(texts: Sequence[str]) -> bool:
    return any(map(may_be_joined, texts))


@lru_cache(maxsize=16_384)
def may_be_joined(word: str) -> bool:
    """Whether `join` may make another word of this one, alone or with its neighbours. Most names have none such."""
    servant = word[:2] == "ab" and (_SERVANT.match(word) or _SERVANT_JOINED.match(word))
    return bool(servant or ("d" in word[-5:] and (_FAITH.match(word) or _FAITH_JOINED.search(word))))


def _join_servants(words: Sequence[Word]) -> list[Word]:
    out: list[Word] = []
    i = 0
    while i < len(words):
        word = words[i]
        if _SERVANT.match(word.text) and i + 1 < len(words):
            j = i + 2 if words[i + 1].text in _ARTICLES and i + 2 < len(words) else i + 1
            out.append(Word("abd" + words[j].text, word.first, words[j].last))
            i = j + 1
            continue
        joined = _SERVANT_JOINED.match(word.text)
        out.append(word._replace(text="abd" + word.text[joined.end() :]) if joined else word)
        i += 1
    return out


def _join_faith(words: Sequence[Word]) -> list[Word]:
    out: list[Word] = []
    for word in words:
        if _FAITH.match(word.text) and out:
            while len(out) > 1 and out[-1].text in _ARTICLES:
                out.pop()
            out[-1] = Word(out[-1].text + "din", out[-1].first, word.last)
        else:
            cut = _FAITH_JOINED.search(word.text)
            ends = cut is not None and cut.start() >= 3 and len(word.text) > 6
            out.append(word._replace(text=word.text[: cut.start()] + "din") if cut and ends else word)
    return out
