"""What every tagger of names must do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pipeline.names.tagger import Tagged
from pipeline.names.tagger.segments import Segment
from pipeline.text import Text


class NameTagger(Protocol):
    """Finds the names in an article's texts. `name` says which tagger, for the record's provenance."""

    @property
    def name(self) -> str: ...

    def tag(self, texts: Sequence[Text], small: frozenset[str]) -> list[list[tuple[Segment, list[Tagged]]]]:
        """Segments of each text with the names in them, in reading order; *small*: words printed in small letters.

        A function of its arguments alone. Every name lies within its segment, and none overlaps another.
        """
        ...
