"""A document made ready for matching: canonical and cut into words once, however many queries look at it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from pipeline.query.canon import canonical, field_named, text_of
from pipeline.query.tokenize import word_run, word_set
from schemas.fields import Field


@dataclass(frozen=True, slots=True)
class View:
    """One document. Fields without a searchable value are in none of the mappings."""

    terms: Mapping[str, Set[str]]
    """Words of the text fields and values of the keyword fields, in lower case."""
    texts: Mapping[str, str]
    """The text fields as they stand; several values of one field on lines of their own."""
    numbers: Mapping[str, tuple[float, ...]]
    """Numbers, and times in ms since 1970 UTC."""
    flags: Mapping[str, Set[bool]]
    present: Set[str]
    """Names of the fields that have a searchable value."""
    now: int | None = None
    """What `now` means in a query, ms since 1970 UTC. None: only queries without it are tried."""

    _each: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    """What `_each_word` made."""
    _runs: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    def run(self, name: str) -> str:
        """The words of a text field in order, separated by blanks, with one at either end: no word contains a blank, so
        that a phrase is a stretch of the run.

        Raises:
            KeyError: the document has no such text.
        """
        run = self._runs.get(name)
        if run is None:
            run = self._runs[name] = word_run(self.texts[name])
        return run

    def has_beginning(self, name: str, prefix: str) -> bool:
        """Whether a term of the field begins with *prefix*."""
        if name in self.texts:
            return f" {prefix}" in self._each_word(name)
        return any(term.startswith(prefix) for term in self.terms.get(name, ()))

    def terms_with(self, name: str, prefix: str) -> Iterator[str]:
        """The terms of the field that begin with *prefix*, in any order."""
        if name not in self.texts:
            yield from (term for term in self.terms.get(name, ()) if term.startswith(prefix))
            return
        words, sought = self._each_word(name), f" {prefix}"
        at = words.find(sought)
        while at >= 0:
            end = words.index(" ", at + 1)
            yield words[at + 1 : end]
            at = words.find(sought, end)

    def _each_word(self, name: str) -> str:
        """The words of a text, each once, with blanks around them: looked through much faster than a set of them."""
        each = self._each.get(name)
        if each is None:
            each = self._each[name] = f" {' '.join(self.terms[name])} "
        return each


def view(document: Mapping[str, Any], now: int | None = None, only: Set[str] | None = None) -> View:
    """Make the view of a flat document, as `pipeline.document.to_document` makes them.

    Args:
        now: what `now` means in the queries that are tried on it, ms since 1970 UTC; for rules the event time.

        only: names of the fields that the queries look at; the others are left out. None means all.

    Raises:
        DocumentError: the document has an unknown field or a value of a wrong type.
    """
    names = document if only is None else [name for name in document if name in only]
    return view_of(((field_named(name), document[name]) for name in names), now)


def view_of(values: Iterable[tuple[Field, Any]], now: int | None = None) -> View:
    """The view of a document that has these values.

    Raises:
        DocumentError: a value is not of its field's type.
    """
    terms: dict[str, Set[str]] = {}
    texts: dict[str, str] = {}
    numbers: dict[str, tuple[float, ...]] = {}
    flags: dict[str, Set[bool]] = {}
    for known, value in values:
        if known.type == "text":
            text = text_of(known, value)
            if found := word_set(text):
                terms[known.name], texts[known.name] = found, text
        elif several := canonical(known, value):
            match known.type:
                case "keyword":
                    terms[known.name] = frozenset(several)
                case "boolean":
                    flags[known.name] = frozenset(several)
                case _:
                    numbers[known.name] = several
    return View(terms, texts, numbers, flags, frozenset((*terms, *numbers, *flags)), now)
