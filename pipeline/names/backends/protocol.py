"""What a model behind a tagger of names has to tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple


class BackendError(RuntimeError):
    """The backend cannot be opened, or its model does not do what it must. The message says what is wrong and what to
    do."""


class Found(NamedTuple):
    """A name that a model found: code points `start` to `end` of the text it was given."""

    start: int
    end: int
    label: str
    confidence: float | None = None
    """How sure the model is of the type, 0 to 1. None means that it does not say."""


FindNames = Callable[[Sequence[str]], Iterable[Iterable[Found]]]
"""The names of each of several texts."""
