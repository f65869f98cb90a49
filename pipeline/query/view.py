"""A document made ready for matching: canonical and cut into words once, however many queries look at it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from itertools import islice, takewhile
from typing import Any

from pipeline.query.canon import canonical, field_named


@dataclass(frozen=True, slots=True)
class View:
    """One document. Fields without a searchable value are in none of the mappings."""

    terms: Mapping[str, Set[str]]
    """Words of the text fields and values of the keyword fields, in lower case."""
    runs: Mapping[str, str]
    """The words of each text field in order, separated by blanks, with one at either end: no word contains a blank, so
    that a phrase is a stretch of the run."""
    numbers: Mapping[str, tuple[float, ...]]
    """Numbers, and times in ms since 1970 UTC."""
    flags: Mapping[str, Set[bool]]
    present: Set[str]
    """Names of the fields that have a searchable value."""
    now: int | None = None
    """What `now` means in a query, ms since 1970 UTC. None: only queries without it are tried."""

    _sorted: dict[str, list[str]] = field(default_factory=dict, compare=False, repr=False)
    """The terms of a field in order, made when they are first needed: once, however many queries look for a prefix."""

    def words_with(self, name: str, prefix: str) -> list[str]:
        """The terms of the field that begin with *prefix*, in order of code points."""
        terms = self._sorted.get(name)
        if terms is None:
            terms = self._sorted[name] = sorted(self.terms.get(name, ()))
        first = bisect_left(terms, prefix)
        return list(takewhile(lambda term: term.startswith(prefix), islice(terms, first, None)))


def view(document: Mapping[str, Any], now: int | None = None, only: Set[str] | None = None) -> View:
    """Make the view of a flat document, as `pipeline.document.to_document` makes them.

    Args:
        now: what `now` means in the queries that are tried on it, ms since 1970 UTC; for rules the event time.

        only: names of the fields that the queries look at; the others are left out. None means all.

    Raises:
        DocumentError: the document has an unknown field or a value of a wrong type.
    """
    terms: dict[str, Set[str]] = {}
    runs: dict[str, str] = {}
    numbers: dict[str, tuple[float, ...]] = {}
    flags: dict[str, Set[bool]] = {}
    for name, value in document.items():
        if only is not None and name not in only:
            continue
        known = field_named(name)
        found = canonical(known, value)
        if not found:
            continue
        match known.type:
            case "text":
                terms[name], runs[name] = frozenset(found), f" {' '.join(found)} "
            case "keyword":
                terms[name] = frozenset(found)
            case "boolean":
                flags[name] = frozenset(found)
            case _:
                numbers[name] = found
    return View(terms, runs, numbers, flags, frozenset((*terms, *numbers, *flags)), now)
