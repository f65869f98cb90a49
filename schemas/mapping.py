"""The Elasticsearch indices: mapping and settings made from a collection's fields, and the names of indices.

Only what the server itself has is used: the `standard` analyzer and a `lowercase` normalizer, no scripts, no plug-ins.
"""

from __future__ import annotations

import re
from typing import Any, Final

from schemas.base import SCHEMA_VERSION
from schemas.collections import ARTICLES, Collection
from schemas.fields import Field, FieldType

KEYWORD_LIMIT: Final = 1024
"""Longest keyword that is searchable, in UTF-16 units; a longer one is only stored. Long enough for addresses, and far
below the 32,766 bytes at which Lucene refuses the whole document."""
EXTRA_DEPTH: Final = 10
"""Levels of the producer's own fields that are kept apart; Elasticsearch refuses more than 20."""
ALIAS: Final = "tocsin-articles"
"""What searches of articles and Kibana name, unless a setting says otherwise."""
REFRESH_INTERVAL: Final = "1s"
"""How soon a document is found. Said expressly: without it the server stops refreshing an index that nobody searches,
and the first search after a while would be the slow one."""

_VERSION: Final = re.compile(r"-v(\d{1,6})")
_TYPES: Final[dict[FieldType, dict[str, Any]]] = {
    "text": {"type": "text", "analyzer": "standard"},
    "keyword": {"type": "keyword", "normalizer": "lower", "ignore_above": KEYWORD_LIMIT},
    "integer": {"type": "long"},
    "float": {"type": "double"},
    "boolean": {"type": "boolean"},
    "date": {"type": "date", "format": "strict_date_optional_time"},
    "geo_point": {"type": "geo_point"},
    "flattened": {"type": "flattened", "ignore_above": KEYWORD_LIMIT},
}


def facet_field(field: Field) -> str:
    """Where facets count: a keyword as it is spelled, while the field itself is compared in lower case."""
    return f"{field.name}.raw"


def _property(field: Field) -> dict[str, Any]:
    mapped = dict(_TYPES[field.type])
    if field.facet:
        mapped["fields"] = {"raw": {"type": "keyword", "ignore_above": KEYWORD_LIMIT}}
    return mapped


def build_mapping(collection: Collection = ARTICLES) -> dict[str, Any]:
    """The mapping: flat names as in the registry, nothing else accepted.

    `subobjects: false` because `places` and `places.event` are both values.
    """
    return {
        "dynamic": "strict",
        "subobjects": False,
        "_meta": {"schema_version": SCHEMA_VERSION, "mapping_version": collection.version},
        "properties": {field.name: _property(field) for field in collection.fields},
    }


def build_settings(collection: Collection = ARTICLES, *, shards: int = 1, replicas: int = 1) -> dict[str, Any]:
    """Index settings.

    Args:
        shards: primary shards; one holds tens of millions of articles.
        replicas: copies of each; 0 on a single node, else the index never becomes green.
    """
    return {
        "number_of_shards": shards,
        "number_of_replicas": replicas,
        "refresh_interval": REFRESH_INTERVAL,
        "query": {"default_field": list(collection.default_fields)},
        "analysis": {"normalizer": {"lower": {"type": "custom", "filter": ["lowercase"]}}},
    }


def alias_of(collection: Collection, articles: str = ALIAS) -> str:
    """The alias of *collection* beside the one of the articles: `tocsin-alerts` beside `tocsin-articles`."""
    return articles if collection.name == "articles" else f"{articles.removesuffix('-articles')}-{collection.name}"


def index_name(major: int, alias: str = ALIAS) -> str:
    """Name of the index behind the alias for one major version of its mapping."""
    if major < 0:
        raise ValueError(f"a major version is not negative: {major}")
    return f"{alias}-v{major}"


def parse_index_name(name: str, alias: str = ALIAS) -> int | None:
    """The major version; None when *name* is no index of ours."""
    match = _VERSION.fullmatch(name.removeprefix(alias)) if name.startswith(alias) else None
    return int(match.group(1)) if match else None


def current_index_name(alias: str = ALIAS, collection: Collection = ARTICLES) -> str:
    """The index that this release writes. *alias* is the collection's own."""
    return index_name(collection.version, alias)


def write_alias(index: str) -> str:
    """The second alias of each index, under which it is written. It never moves to another index: a release writes its
    own version, wherever searches look. (And a write through an alias makes no new index when this one was deleted.)"""
    return f"{index}-write"
