"""What an index does, whichever engine it is: write once per version, find, count.

to_document(enriched) -> IndexDocument(id, version, body) -> write -> Outcome
parse(text) -> SearchRequest(query, ...) -> search -> SearchResult
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, Literal, NamedTuple, Protocol

from agents.index.errors import SearchRefusedError
from pipeline.query.highlight import Snippet
from pipeline.query.moments import to_ms
from pipeline.query.now import fixed
from pipeline.query.tree import Node
from schemas.collections import ARTICLES, Collection

MAX_SIZE: Final = 1_000
"""Largest page."""
MAX_WINDOW: Final = 10_000
"""How deep `offset` reaches, as in Elasticsearch; beyond it, page with `after`."""
MAX_ID_BYTES: Final = 512
"""Longest id, as in Elasticsearch."""
HISTOGRAM_INTERVALS: Final = ("hour", "day", "week", "month")

Interval = Literal["hour", "day", "week", "month"]
Status = Literal["written", "unchanged", "rejected"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexDocument:
    """A document to write."""

    id: str
    version: int
    """External version: the higher one wins, an equal one changes nothing."""
    body: Mapping[str, Any]
    """Flat, with the names of its collection (`schemas/collections.py`); `@timestamp` is required."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document. Written and unchanged are durable when they are returned."""

    status: Status
    reason: str | None = None
    """Why it was rejected, in words. None unless rejected."""


WRITTEN: Final = Outcome("written")
UNCHANGED: Final = Outcome("unchanged")
"""The same version or a later one is there already, or it was deleted at such a version."""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    id: str
    version: int
    body: Mapping[str, Any]


class Cursor(NamedTuple):
    """Place in the order of results: `@timestamp` in ms, latest first, then id."""

    timestamp_ms: int
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """A search. Results are ordered by `@timestamp`, latest first, then by id.

    Raises:
        SearchRefusedError: on creation, when it asks for more than a search gives or for a facet that is none.
    """

    query: Node
    """Fixed on creation: engines see no `now`."""
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    """What `now` means in the query; the moment of creation. The same one for each page, or pages may overlap."""
    collection: Collection = ARTICLES
    """Whose fields the query and facets name: the one of the index that is searched."""
    size: int = 10
    """Hits to return, 0 to `MAX_SIZE`; 0 counts only."""
    offset: int = 0
    """Hits to pass over; with `size` at most `MAX_WINDOW`."""
    after: Cursor | None = None
    """Return what comes after this place; not together with `offset`."""
    highlight: bool = False
    """Whether hits carry snippets of their text fields."""
    facets: tuple[str, ...] = ()
    """Fields whose values are counted; those with `facet` in the registry."""
    facet_size: int = 10
    """Values per facet, the most frequent ones, 1 to 100."""
    histogram: Interval | None = None
    """Count documents per calendar interval of `@timestamp`, UTC; weeks begin on Monday."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "query", fixed(self.query, to_ms(self.now)))
        _check(0 <= self.size <= MAX_SIZE, f"size is 0 to {MAX_SIZE}, not {self.size}")
        window = f"offset and size reach {MAX_WINDOW} hits; page on with `after` the last one"
        _check(self.offset >= 0 and self.offset + self.size <= MAX_WINDOW, window)
        _check(not (self.after and self.offset), "`after` and `offset` exclude each other")
        _check(1 <= self.facet_size <= 100, f"facet_size is 1 to 100, not {self.facet_size}")
        intervals = ", ".join(HISTOGRAM_INTERVALS)
        _check(self.histogram in (None, *HISTOGRAM_INTERVALS), f"histogram is one of {intervals}, not {self.histogram}")
        for name in self.facets:
            known = self.collection.by_name.get(name)
            facets = ", ".join(one.name for one in self.collection.fields if one.facet)
            _check(known is not None and known.facet, f"{name[:60]!r} is not counted; facets are {facets}")


def _check(fits: bool, message: str) -> None:
    if not fits:
        raise SearchRefusedError(message)


@dataclass(frozen=True, slots=True)
class Hit:
    id: str
    source: Mapping[str, Any]
    """The document as it was written."""
    cursor: Cursor
    """Its place, to go on from."""
    snippets: Mapping[str, Snippet] = field(default_factory=dict)
    """By name of the text field; only fields in which something was found."""


@dataclass(frozen=True, slots=True)
class FacetCount:
    value: str
    """As it is spelled in the documents."""
    count: int


@dataclass(frozen=True, slots=True)
class Bucket:
    start: datetime
    """First moment of the interval, UTC."""
    count: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    total: int
    """All documents that match, not only those on the page."""
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetCount, ...]]
    """Most frequent value first, then by value."""
    histogram: tuple[Bucket, ...] = ()
    """Earliest first; intervals without documents are left out."""


class Index(Protocol):
    """The index of one collection. Opened for writing, it is this release's own version of it; opened for reading only,
    the one that searches are to find now, which is another version while this one is still being filled.

    Every method may raise `IndexUnavailableError`: nothing was done, and the same call may succeed later.
    """

    async def set_up(self) -> None:
        """Create what is missing; changes nothing that is there.

        Raises:
            IndexSchemaError: what is there was made by another version.
        """
        ...

    async def write(self, documents: Sequence[IndexDocument]) -> list[Outcome]:
        """Write documents and return one outcome for each, in order, when all are durable.

        A document is `unchanged` when its version is not higher than what is there or was deleted there; so a replay
        changes nothing.
        """
        ...

    async def get(self, id: str) -> StoredDocument | None:
        """The document, as soon as its write has returned; None when there is none."""
        ...

    async def search(self, request: SearchRequest) -> SearchResult: ...

    def scan(self) -> AsyncIterator[StoredDocument]:
        """Every document that is there when it begins, in no order, whatever is written meanwhile."""
        ...

    async def delete(self, ids: Sequence[str]) -> int:
        """Delete documents and return how many there were. Only a later version than the deleted one comes back."""
        ...

    async def count(self) -> int:
        """Number of documents."""
        ...

    async def close(self) -> None:
        """Finish what is under way and free what is held. Closing twice is harmless."""
        ...
