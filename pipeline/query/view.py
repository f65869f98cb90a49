"""A document made ready for matching: canonical and cut into words once, however many queries look at it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Any, Final

from pipeline.query.canon import canonical, field_named

_NOTHING: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class View:
    """One document. Fields without a searchable value are in none of the mappings."""

    terms: Mapping[str, Set[str]]
    """Words of the text fields and values of the keyword fields, in lower case."""
    runs: Mapping[str, str]
    """The words of each text field in order, separated by blanks, with one at either end."""
    numbers: Mapping[str, tuple[float, ...]]
    """Numbers, and times in ms since 1970 UTC."""
    flags: Mapping[str, Set[bool]]
    present: Set[str]
    """Names of the fields that have a searchable value."""
    now: int | None = None
    """What `now` means in a query, ms since 1970 UTC. None: only queries without it are tried."""

    def terms_of(self, field: str) -> Set[str]:
        return self.terms.get(field, _NOTHING)

    def holds_phrase(self, field: str, words: Iterable[str]) -> bool:
        """No word contains a blank, so that a phrase is a stretch of the run."""
        return f" {' '.join(words)} " in self.runs.get(field, "")


def view(document: Mapping[str, Any], now: int | None = None) -> View:
    """Make the view of a flat document, as `pipeline.document.to_document` makes them.

    Args:
        now: what `now` means in the queries that are tried on it, ms since 1970 UTC; for rules the event time.

    Raises:
        DocumentError: the document has an unknown field or a value of a wrong type.
    """
    terms: dict[str, Set[str]] = {}
    runs: dict[str, str] = {}
    numbers: dict[str, tuple[float, ...]] = {}
    flags: dict[str, Set[bool]] = {}
    for name, value in document.items():
        field = field_named(name)
        found = canonical(field, value)
        if not found:
            continue
        match field.type:
            case "text":
                terms[name], runs[name] = frozenset(found), f" {' '.join(found)} "
            case "keyword":
                terms[name] = frozenset(found)
            case "boolean":
                flags[name] = frozenset(found)
            case _:
                numbers[name] = found
    return View(terms, runs, numbers, flags, frozenset((*terms, *numbers, *flags)), now)
