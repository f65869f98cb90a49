"""Which queries can match a document at all, without trying each: what a percolator does.

For every query there is a set of keys of which a matching document has at least one. Only the queries that share a key
with the document are candidates; their predicates decide.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final, Generic, NamedTuple, TypeVar

from pipeline.query.tree import And, Exists, Flag, Node, Or, Phrase, Range, Term, Wildcard
from pipeline.query.view import View
from schemas.collections import FIELD_TYPES

T = TypeVar("T")

_FEW_VALUES: Final = frozenset(
    ("language", "mode", "pipeline", "source.country", "sanctions.mode", "figures.kind", "events.plover", "failures")
)
_SOME_VALUES: Final = ("events.", "sanctions.", "toll.", "lists.matches.list", "nationalities", "source.")
"""Fields with some dozen values, or one for all the articles of a publisher."""
_SELDOM: Final = ("sanctions.", "lists.", "toll.", "nationalities", "summary", "tags")
"""Fields that most articles lack; `sanctions.flagged` alone is in all."""

PREFIX: Final = 4
"""How much of a word's beginning is looked up when a query says no more than how it begins."""


class Key(NamedTuple):
    """A word or keyword value in a field; without `term`, any value in the field; without both, any document."""

    field: str | None = None
    term: str | None = None
    is_prefix: bool = False
    """`term` is how the word or value begins, at most `PREFIX` characters."""


ALWAYS = frozenset({Key()})


def required_keys(node: Node) -> frozenset[Key]:
    """Keys of which every document that matches has at least one; `ALWAYS` when no key is necessary (NOT, `*:*`)."""
    match node:
        case And(nodes):
            return min((required_keys(child) for child in nodes), key=_commonness)
        case Or(nodes):
            keys = frozenset(key for child in nodes for key in required_keys(child))
            return ALWAYS if Key() in keys else keys
        case Term(fields, value):
            return frozenset(Key(field, value) for field in fields)
        case Phrase(fields, words):
            rarest = max(words, key=len)
            return frozenset(Key(field, rarest) for field in fields)
        case Wildcard(fields, parts):
            beginning = parts[0].text[:PREFIX] or None
            return frozenset(Key(field, beginning, beginning is not None) for field in fields)
        case Exists(field) | Range(field) | Flag(field):
            return frozenset({Key(field)})
    return ALWAYS


def _commonness(keys: frozenset[Key]) -> tuple[float, int]:
    """Smaller is rarer: the sum over the keys, as a document with any of them is a candidate; then few keys."""
    return sum(map(_share, keys)), len(keys)


def _share(key: Key) -> float:
    """About which share of articles has the key.

    Rough on purpose: it decides only which of a query's clauses is looked up, never what is found. Long words are rarer
    than short ones, a headline's words than a body's, a country or a name is rarer than a word, and fields such as
    language have few values for all articles.
    """
    if key.field is None:
        return math.inf
    field = FIELD_TYPES[key.field]
    if key.term is None:
        return 0.1 if key.field.startswith(_SELDOM) and key.field != "sanctions.flagged" else 1.0
    if field == "keyword":
        return 0.5 if key.field in _FEW_VALUES else 0.1 if key.field.startswith(_SOME_VALUES) else 0.01
    length = min(len(key.term), 10)
    share = (0.05 if key.field == "title" else 0.5) / (length * math.sqrt(length))
    return share * 4 if key.is_prefix else share


@dataclass(frozen=True, slots=True)
class _Lookup:
    """Items by words or values, or by how these begin."""

    field: str
    length: int | None
    """Characters of a beginning. None means whole words."""
    numbers: Mapping[str, Sequence[int]]
    terms: frozenset[str]
    """The keys of `numbers`; sets are met faster than keys."""

    def found(self, view: View) -> Iterable[int]:
        terms = view.terms.get(self.field, ())
        if self.length is not None:
            terms = {term[: self.length] for term in terms}
        return chain.from_iterable(map(self.numbers.__getitem__, self.terms.intersection(terms)))


class CandidateIndex(Generic[T]):
    """Items, each with its query, looked up by what a document holds."""

    def __init__(self, items: Iterable[tuple[Node, T]]) -> None:
        self._items: list[T] = []
        by_key: defaultdict[Key, list[int]] = defaultdict(list)
        for node, item in items:
            for key in required_keys(node):
                by_key[key].append(len(self._items))
            self._items.append(item)
        self._always = by_key.pop(Key(), [])
        self._by_field = {key.field: numbers for key, numbers in by_key.items() if key.term is None}
        self._lookups = tuple(_lookups(by_key))

    def candidates(self, view: View) -> tuple[T, ...]:
        """The items whose query can match, in the order in which they were given."""
        found = set(self._always)
        for field in self._by_field.keys() & view.present:
            found.update(self._by_field[field])
        for lookup in self._lookups:
            found.update(lookup.found(view))
        return tuple(self._items[number] for number in sorted(found))


def _lookups(by_key: Mapping[Key, list[int]]) -> Iterator[_Lookup]:
    tables: defaultdict[tuple[str, int | None], dict[str, list[int]]] = defaultdict(dict)
    for key, numbers in by_key.items():
        if key.field is not None and key.term is not None:
            tables[key.field, len(key.term) if key.is_prefix else None][key.term] = numbers
    for (field, length), table in tables.items():
        yield _Lookup(field, length, table, frozenset(table))
