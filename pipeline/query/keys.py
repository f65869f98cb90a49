"""Which queries can match a document at all, without trying each: what a percolator does.

For every query there is a set of keys of which a matching document has at least one. Only the queries that share a key
with the document are candidates; their predicates decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Generic, NamedTuple, TypeVar

from pipeline.query.tree import And, Exists, Flag, Node, Or, Phrase, Range, Term, Wildcard
from pipeline.query.view import View

T = TypeVar("T")


class Key(NamedTuple):
    """A word or keyword value in a field; without `term`, any value in the field; without both, any document."""

    field: str | None = None
    term: str | None = None


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
        case Wildcard(fields):
            return frozenset(Key(field) for field in fields)
        case Exists(field) | Range(field) | Flag(field):
            return frozenset({Key(field)})
    return ALWAYS


def _commonness(keys: frozenset[Key]) -> tuple[int, int, int]:
    """Smaller is rarer: a term before a field before anything; then few keys; then long words, which are rare ones."""
    if keys == ALWAYS:
        return 2, 0, 0
    by_field = any(key.term is None for key in keys)
    return int(by_field), len(keys), -min(len(key.term or "") for key in keys)


class CandidateIndex(Generic[T]):
    """Items, each with its query, looked up by what a document holds."""

    def __init__(self, items: Iterable[tuple[Node, T]]) -> None:
        self._items: list[T] = []
        self._always: list[int] = []
        self._by_field: defaultdict[str, list[int]] = defaultdict(list)
        self._by_term: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for node, item in items:
            for key in required_keys(node):
                self._add(key, len(self._items))
            self._items.append(item)

    def _add(self, key: Key, number: int) -> None:
        if key.field is None:
            self._always.append(number)
        elif key.term is None:
            self._by_field[key.field].append(number)
        else:
            self._by_term[key.field][key.term].append(number)

    def candidates(self, view: View) -> tuple[T, ...]:
        """The items whose query can match, in the order in which they were given."""
        found = set(self._always)
        for field in self._by_field.keys() & view.present:
            found.update(self._by_field[field])
        for field in self._by_term.keys() & view.terms.keys():
            found.update(_numbers(self._by_term[field], view.terms[field]))
        return tuple(self._items[number] for number in sorted(found))


def _numbers(by_term: Mapping[str, list[int]], terms: Iterable[str]) -> Iterable[int]:
    for term in by_term.keys() & terms:
        yield from by_term[term]
