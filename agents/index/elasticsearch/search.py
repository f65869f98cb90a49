"""Searches: the request's body and what the answer means. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from agents.index.elasticsearch.document import SORT_ID, TIMESTAMP, from_source
from agents.index.protocol import Bucket, Cursor, FacetCount, Hit, SearchRequest, SearchResult
from agents.index.snippets import snippets_of
from pipeline.query.canon import from_ms
from pipeline.query.elasticsearch import compile_elasticsearch
from schemas.fields import Field
from schemas.mapping import facet_field

LIVE: Final[dict[str, Any]] = {"exists": {"field": TIMESTAMP}}
"""Leaves out the tombstones of deleted documents."""
_HISTOGRAM: Final = "histogram"
_FACET: Final = "facet:"
_COUNTED_VALUES: Final = 1_000
"""Values that each shard counts: the ones it leaves out may be frequent on another."""


def search_body(request: SearchRequest) -> dict[str, Any]:
    """The parameters of the search."""
    body: dict[str, Any] = {
        "query": {"bool": {"filter": [compile_elasticsearch(request.query), LIVE]}},
        "size": request.size,
        "track_total_hits": True,
        "sort": [{TIMESTAMP: "desc"}, {SORT_ID: "asc"}],
    }
    if request.after is not None and request.size:
        body["search_after"] = list(request.after)
    elif request.size:
        body["from"] = request.offset
    aggregations = _aggregations(request)
    return body | {"aggregations": aggregations} if aggregations else body


def _aggregations(request: SearchRequest) -> dict[str, Any]:
    fields, size = request.collection.by_name, request.facet_size
    wanted: dict[str, Any] = {f"{_FACET}{name}": _facet(fields[name], size) for name in request.facets}
    if request.histogram is not None:
        # Empty buckets are left out: one article dated 1970 would make half a million of them.
        wanted[_HISTOGRAM] = {
            "date_histogram": {"field": TIMESTAMP, "calendar_interval": request.histogram, "min_doc_count": 1}
        }
    return wanted


def _facet(field: Field, size: int) -> dict[str, Any]:
    return {"terms": {"field": facet_field(field), "size": size, "shard_size": max(size, _COUNTED_VALUES)}}


def read_result(answer: Mapping[str, Any], request: SearchRequest) -> SearchResult:
    """The result that the server's answer holds."""
    counted = answer.get("aggregations", {})
    return SearchResult(
        answer["hits"]["total"]["value"],
        tuple(_hit(hit, request) for hit in answer["hits"]["hits"]),
        {name: _counts(counted[f"{_FACET}{name}"]) for name in request.facets},
        _buckets(counted[_HISTOGRAM]) if request.histogram else (),
    )


def _hit(hit: Mapping[str, Any], request: SearchRequest) -> Hit:
    body = from_source(hit["_source"])
    snippets = snippets_of(request.query, body, request.collection) if request.highlight else {}
    return Hit(hit["_id"], body, Cursor(*hit["sort"]), snippets)


def _counts(counted: Mapping[str, Any]) -> tuple[FacetCount, ...]:
    return tuple(FacetCount(bucket["key"], bucket["doc_count"]) for bucket in counted["buckets"])


def _buckets(counted: Mapping[str, Any]) -> tuple[Bucket, ...]:
    return tuple(Bucket(from_ms(bucket["key"]), bucket["doc_count"]) for bucket in counted["buckets"])
