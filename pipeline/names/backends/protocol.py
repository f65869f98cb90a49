"""What every tagger of names must do, and what a model behind one has to tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, Protocol

from pipeline.names.tagger import Tagged
from pipeline.names.tagger.segments import Segment
from pipeline.text import Text


class BackendError(RuntimeError):
    """The backend cannot be opened, or its model does not do what it must. The message says what is wrong and what to
    do."""


class NameTagger(Protocol):
    """Finds the names in an article's texts. `name` says which tagger, for the record's provenance."""

    @property
    def name(self) -> str: ...

    def tag(self, texts: Sequence[Text], small: frozenset[str]) -> list[list[tuple[Segment, list[Tagged]]]]:
        """Segments of each text with the names in them, in reading order; *small*: words printed in small letters.

        A function of its arguments alone. Every name lies within its segment, and none overlaps another.
        """
        ...


class Found(NamedTuple):
    """A name that a model found: code points `start` to `end` of the text it was given."""

    start: int
    end: int
    label: str
    confidence: float | None = None
    """How sure the model is of the type, 0 to 1. None means that it does not say."""


FindNames = Callable[[Sequence[str]], Iterable[Iterable[Found]]]
"""The names of each of several texts."""
