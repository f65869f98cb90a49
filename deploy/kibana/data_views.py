"""A data view for each collection: the alias it is searched under, its time, and what its fields mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from deploy.kibana.saved_object import Reference, SavedObject, compact
from schemas.collections import COLLECTIONS, Collection, CollectionName
from schemas.mapping import alias_of

NAMES: Final[Mapping[CollectionName, str]] = {
    "articles": "Tocsin articles",
    "alerts": "Tocsin alerts",
    "dead-letters": "Tocsin dead letters",
}


def view_id(collection: Collection) -> str:
    """Id of the data view; the default alias, also where a deployment searches under another."""
    return alias_of(collection)


def reference_to(collection: Collection, name: str) -> Reference:
    return Reference(name, "index-pattern", view_id(collection))


def data_view(collection: Collection) -> SavedObject:
    """The data view of *collection*. Kibana reads the fields themselves from the index."""
    links = {field.name: {"id": "url", "params": {}} for field in collection.fields if field.name == "url"}
    meanings = {field.name: {"customDescription": field.meaning} for field in collection.fields}
    attributes = {
        "title": alias_of(collection),
        "name": NAMES[collection.name],
        "timeFieldName": "@timestamp",
        "fieldAttrs": compact(meanings),
        "fieldFormatMap": compact(links),
        "fields": "[]",
        "runtimeFieldMap": "{}",
        "sourceFilters": "[]",
        "typeMeta": "{}",
    }
    return SavedObject("index-pattern", view_id(collection), attributes)


def data_views() -> tuple[SavedObject, ...]:
    return tuple(data_view(collection) for collection in COLLECTIONS)
