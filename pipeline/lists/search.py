"""Queries that find in the index the articles which may name entries of a list.

Wider than screening and far narrower than all articles: what is found is screened again. The index folds nothing, so
a word is looked for by its first letter and then its consonants, whatever stands between them:

    "ZELKHANI, Abd al-Rahman" -> z*l*k*n* and r*h*m*n*, in title or body, in any order

A name whose first letter is spelt otherwise, or another consonant of it, is found only under that spelling's alias.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, islice
from typing import Final

from pipeline.lists.tokens import words_of
from pipeline.lists.vocabulary import COMMON_NAMES, FILLERS, HONORIFICS, LEGAL_FORMS, PARTICLES
from pipeline.names.lexicon import GIVEN, flags
from pipeline.query import Node
from pipeline.query.tokenize import words
from pipeline.query.tree import And, Or, Part, Wildcard
from schemas.lists import ListEntry

CLAUSES: Final = 20
"""Pairs of words in one query, each with two patterns in two fields. A pattern is compared with all words of the index
under its first letter, for each page anew: 60 pairs took Elasticsearch 2 to 7 s on 20,000 articles and a busy machine,
which larger indices would have made longer than anybody waits for an answer."""
_FIELDS: Final = ("title", "body")
_MAX_PERSON: Final = 6
_MAX_BODY: Final = 8
_LEAST: Final = 6
"""Letters of all patterns of a name together; with fewer they fit every other article, and the words themselves are
looked for."""
_MOST: Final = 8
"""Letters of one pattern. The embedded index takes time for them that grows with their square (8 ms for 8, 140 ms for
40) and refuses to search at all at some hundred, which one such word on a list must not bring about."""
_MOST_ITSELF: Final = 40
"""Letters of a word that is looked for as it is; the longest that are no gibberish have fewer."""
_ANY: Final = Part("any")
_VOWELS: Final = re.compile(r"[aeiouy]+")
_SILENT: Final = re.compile(r"(?<=[bcdfgjklmnpqrstvwxz])h")
"""Newsrooms write Zelkhani and Zelkani, Abdulghani and Abdulgani."""
_DOUBLED: Final = re.compile(r"(.)\1+")


def article_queries(entries: Iterable[ListEntry]) -> Iterator[Node]:
    """Queries that together find the articles which may name one of *entries*; none when nothing can be looked for."""
    clauses = iter(dict.fromkeys(clause for entry in entries for clause in _clauses(entry)))
    while portion := tuple(islice(clauses, CLAUSES)):
        yield _any_of(portion)


def _clauses(entry: ListEntry) -> Iterator[Node]:
    for listed in entry.names:
        for spelt in _spellings(listed.name):
            yield from _person(spelt) if entry.type == "person" else _body(spelt)


def _spellings(name: str) -> Iterator[list[str]]:
    """In Latin letters without marks; and as it stands, in letters that are no Latin ones or have marks."""
    yield words_of(name)
    if not name.isascii():
        yield words(name)


def _person(spelt: Sequence[str]) -> Iterator[Node]:
    """Any two words of the name, since the news leaves some out: but two that many people share say too little, unless
    the name has no others."""
    telling = [word for word in spelt if len(word) > 1 and word not in PARTICLES and word not in HONORIFICS]
    telling = (telling if len(telling) > 1 else [word for word in spelt if len(word) > 1])[:_MAX_PERSON]
    if len(telling) < 2:
        yield from (_itself(word) for word in telling if len(spelt) > 1)
        return
    pairs = [pair for pair in combinations(telling, 2) if not all(map(_is_shared, pair))]
    yield from map(_all_of, pairs or (telling,))


def _is_shared(word: str) -> bool:
    return word in COMMON_NAMES or bool(flags(word) & GIVEN)


def _body(spelt: Sequence[str]) -> Iterator[Node]:
    """All words of the name: bodies, ships and aircraft are not shortened."""
    telling = [word for word in spelt if word not in FILLERS and word not in LEGAL_FORMS and not word.isdigit()]
    if kept := (telling or list(spelt))[:_MAX_BODY]:
        yield _all_of(kept)


def _all_of(spelt: Sequence[str]) -> Node:
    made = _pattern if sum(len(_letters(word)) for word in spelt) >= _LEAST else _itself
    nodes = tuple(dict.fromkeys(map(made, spelt)))
    return And(nodes) if len(nodes) > 1 else nodes[0]


def _any_of(nodes: Sequence[Node]) -> Node:
    return Or(tuple(nodes)) if len(nodes) > 1 else nodes[0]


def _itself(word: str) -> Node:
    return Wildcard(_FIELDS, (Part("literal", word[:_MOST_ITSELF]), _ANY))  # "Ali's" is one word of the index


def _pattern(word: str) -> Node:
    letters = _letters(word)
    if len(letters) < 2:
        return _itself(word)
    return Wildcard(_FIELDS, tuple(part for letter in letters[:_MOST] for part in (Part("literal", letter), _ANY)))


def _letters(word: str) -> str:
    """First letter and consonants of a word in Latin letters; empty for any other."""
    if not word.isascii():
        return ""
    once = _DOUBLED.sub(r"\1", _SILENT.sub("", word))
    return once[0] + _VOWELS.sub("", once[1:])
