"""Search the embedded index: one page in order of time, and counts. Blocking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any, Final, NamedTuple

import orjson
import tantivy

from agents.index.embedded.compile import all_of, compile_query, term
from agents.index.embedded.schema import ID, SOURCE, TIMESTAMP, VERSION
from agents.index.embedded.store import count_of, live
from agents.index.errors import SearchRefusedError
from agents.index.protocol import (
    MAX_WINDOW,
    Bucket,
    Cursor,
    FacetCount,
    Hit,
    Interval,
    SearchRequest,
    SearchResult,
    StoredDocument,
)
from agents.index.snippets import snippets_of
from pipeline.query.canon import from_ms
from pipeline.query.tree import All
from schemas.mapping import facet_field

_COUNTED_VALUES: Final = 1_000
"""Values per facet that are fetched: tantivy does not say which of equally frequent ones it leaves out."""
_SCAN_PAGE: Final = 500
_HOUR_MS: Final = 3_600_000
_DAY_MS: Final = 24 * _HOUR_MS


class _Place(NamedTuple):
    timestamp_ms: int
    address: tantivy.DocAddress


class Search:
    """One searcher and schema: what a search needs, for as long as it takes."""

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema) -> None:
        self._searcher = searcher
        self._schema = schema

    def run(self, request: SearchRequest) -> SearchResult:
        query = live(compile_query(request.query, self._schema), self._schema)
        total = count_of(self._searcher, query)
        places = self._page(query, request) if request.size and total else []
        hits = tuple(self._hit(place, request) for place in places)
        counted = self._counts(query, request)
        return SearchResult(total, hits, _facets(counted, request), _buckets(counted, request.histogram))

    def scan(self) -> Iterator[list[StoredDocument]]:
        """Every document of this searcher, page by page."""
        query = live(tantivy.Query.all_query(), self._schema)
        after: Cursor | None = None
        while places := self._page(query, SearchRequest(query=All(), size=_SCAN_PAGE, after=after)):
            page = [self._stored(place) for place in places]
            yield page
            after = Cursor(places[-1].timestamp_ms, page[-1].id)

    def _stored(self, place: _Place) -> StoredDocument:
        stored = self._searcher.doc(place.address)
        (version,) = self._searcher.fast_field_values(VERSION, [place.address])
        return StoredDocument(stored[ID][0], int(version or 0), orjson.loads(stored[SOURCE][0]))

    def _page(self, query: tantivy.Query, request: SearchRequest) -> list[_Place]:
        if request.after is None:
            return list(self._ordered(query, request.offset, request.size))
        same = [place for id, place in self._same_time(query, request.after.timestamp_ms) if id > request.after.id]
        earlier = all_of([query, self._before(request.after.timestamp_ms)])
        places = same[: request.size]
        return [*places, *self._ordered(earlier, 0, request.size - len(places))]

    def _ordered(self, query: tantivy.Query, offset: int, size: int) -> Iterator[_Place]:
        """Places *offset* to *offset* + *size*. tantivy sorts by time only; those of one time are sorted by id here."""
        if size <= 0:
            return
        found = self._searcher.search(query, limit=offset + size, count=False, order_by_field=TIMESTAMP).hits
        at = 0
        for timestamp_ms, group in groupby(found, key=lambda hit: int(hit[0])):
            addresses = [address for _, address in group]
            begin, at = at, at + len(addresses)
            if at <= offset:
                continue
            if len(addresses) == 1 and at < len(found):
                yield _Place(timestamp_ms, addresses[0])
                continue
            same = self._same_time(query, timestamp_ms, limit=len(addresses))  # the last time may go on beyond the page
            yield from (place for _, place in list(same)[max(0, offset - begin) :])

    def _same_time(
        self, query: tantivy.Query, timestamp_ms: int, limit: int | None = None
    ) -> Iterator[tuple[str, _Place]]:
        """Id and place of the documents of one time in order of their ids; all of them without *limit*."""
        query = all_of([query, term(self._schema, TIMESTAMP, timestamp_ms)])
        size, offset = limit or MAX_WINDOW, 0
        while True:
            found = self._searcher.search(
                query, limit=size, count=False, order_by_field=ID, order=tantivy.Order.Asc, offset=offset
            ).hits
            for id, address in found:
                yield id, _Place(timestamp_ms, address)
            if limit or len(found) < size:
                return
            offset += size

    def _before(self, timestamp_ms: int) -> tantivy.Query:
        kind = tantivy.FieldType.Integer
        return tantivy.Query.range_query(self._schema, TIMESTAMP, kind, None, timestamp_ms, True, False)

    def _hit(self, place: _Place, request: SearchRequest) -> Hit:
        stored = self._searcher.doc(place.address)
        source, id = orjson.loads(stored[SOURCE][0]), stored[ID][0]
        snippets = snippets_of(request.query, source, request.collection) if request.highlight else {}
        return Hit(id, source, Cursor(place.timestamp_ms, id), snippets)

    def _counts(self, query: tantivy.Query, request: SearchRequest) -> Mapping[str, Any]:
        fields = request.collection.by_name
        wanted: dict[str, Any] = {
            name: {"terms": {"field": facet_field(fields[name]), "size": _COUNTED_VALUES}} for name in request.facets
        }
        if request.histogram is not None:
            # Empty buckets are left out: one article dated 1970 would make half a million of them.
            interval = float(_HOUR_MS if request.histogram == "hour" else _DAY_MS)
            wanted[TIMESTAMP] = {"histogram": {"field": TIMESTAMP, "interval": interval, "min_doc_count": 1}}
        if not wanted:
            return {}
        try:
            found: Mapping[str, Any] = self._searcher.aggregate(query, wanted)
        except ValueError as error:
            raise SearchRefusedError(f"too much to count: {error}; narrow the query or count per day") from error
        return found


def _facets(counted: Mapping[str, Any], request: SearchRequest) -> dict[str, tuple[FacetCount, ...]]:
    return {name: _most_frequent(counted[name]["buckets"], request.facet_size) for name in request.facets}


def _most_frequent(buckets: Iterable[Mapping[str, Any]], size: int) -> tuple[FacetCount, ...]:
    counts = [FacetCount(bucket["key"], bucket["doc_count"]) for bucket in buckets]
    return tuple(sorted(counts, key=lambda one: (-one.count, one.value))[:size])


def _buckets(counted: Mapping[str, Any], interval: Interval | None) -> tuple[Bucket, ...]:
    if interval is None:
        return ()
    counts: Counter[datetime] = Counter()
    for bucket in counted[TIMESTAMP]["buckets"]:
        counts[_start(from_ms(int(bucket["key"])), interval)] += bucket["doc_count"]
    return tuple(Bucket(start, count) for start, count in sorted(counts.items()) if count)


def _start(moment: datetime, interval: Interval) -> datetime:
    """First moment of the calendar interval around *moment*, UTC."""
    if interval == "hour":
        return moment
    day = datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
    if interval == "week":
        # The first week of year 1 would begin before time does.
        return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))
    return day.replace(day=1) if interval == "month" else day
