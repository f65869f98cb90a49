"""Which queries can match a document at all, without trying each: what a percolator does.

For every query there is a set of keys of which a matching document has at least one. Only the queries that share a key
with the document are candidates; their predicates decide.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
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


class CandidateIndex(Generic[T]):
    """Items, each with its query, looked up by what a document holds."""

    def __init__(self, items: Iterable[tuple[Node, T]]) -> None:
        self._items: list[T] = []
        self._always: list[int] = []
        self._by_field: defaultdict[str, list[int]] = defaultdict(list)
        self._by_term: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._by_prefix: defaultdict[tuple[str, int], defaultdict[str, list[int]]]
        self._by_prefix = defaultdict(lambda: defaultdict(list))
        for node, item in items:
            for key in required_keys(node):
                self._add(key, len(self._items))
            self._items.append(item)

    def _add(self, key: Key, number: int) -> None:
        if key.field is None:
            self._always.append(number)
        elif key.term is None:
            self._by_field[key.field].append(number)
        elif key.is_prefix:
            self._by_prefix[key.field, len(key.term)][key.term].append(number)
        else:
            self._by_term[key.field][key.term].append(number)

    def candidates(self, view: View) -> tuple[T, ...]:
        """The items whose query can match, in the order in which they were given."""
        found = set(self._always)
        for field in self._by_field.keys() & view.present:
            found.update(self._by_field[field])
        for field in self._by_term.keys() & view.terms.keys():
            found.update(_numbers(self._by_term[field], view.terms[field]))
        for (field, length), by_prefix in self._by_prefix.items():
            if terms := view.terms.get(field):
                found.update(_numbers(by_prefix, {term[:length] for term in terms}))
        return tuple(self._items[number] for number in sorted(found))


def _numbers(by_term: Mapping[str, list[int]], terms: Set[str]) -> Iterable[int]:
    for term in by_term.keys() & terms:
        yield from by_term[term]
