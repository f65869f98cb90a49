"""What is named in one text of the article: listed when a sentence first asks, since most articles never do."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from pipeline.findings import Findings
from pipeline.text import Text
from schemas.enrichment import EntityType

Spans = tuple[tuple[int, int], ...]
"""Code points, half open."""


class Named(Struct, frozen=True, dict=True):
    """The persons, organisations and locations of *found* that *text* names."""

    text: Text
    found: Findings

    @cached_property
    def persons(self) -> Spans:
        """Where persons are named."""
        return tuple(self._spans("person"))

    @cached_property
    def bodies(self) -> Spans:
        """Where organisations are named, in reading order."""
        return tuple(sorted(self._spans("organisation")))

    @cached_property
    def places(self) -> tuple[tuple[int, str], ...]:
        """Where locations are named, and their names, in reading order."""
        field = self.text.field
        named = [(m.start, place.name) for place in self.found.locations for m in place.mentions if m.field == field]
        return tuple(sorted(named))

    def _spans(self, kind: EntityType) -> Iterator[tuple[int, int]]:
        field = self.text.field
        for entity in self.found.entities:
            if entity.type == kind:
                for mention in entity.mentions:
                    if mention.field == field:
                        yield mention.start, mention.end

    def person_tokens(self, first: int, last: int) -> frozenset[int]:
        """Those of the tokens *first* to *last* that are inside a named person, counted from *first*."""
        named = self._in_persons
        return frozenset([i - first for i in named[bisect_left(named, first) : bisect_left(named, last)]])

    @cached_property
    def _in_persons(self) -> Sequence[int]:
        """The tokens of the text that are inside a named person, rising."""
        starts, covered = self.text.starts, set[int]()
        for start, end in self.persons:
            at = bisect_left(starts, start)
            if at < len(starts) and starts[at] == start:
                covered.update(range(at, bisect_left(starts, end, at)))
        return sorted(covered)
