"""The three collections that are searched: articles, alerts and dead letters. Each has its fields and its index.

What is indexed, found and shown of a record is said here and nowhere else: the Elasticsearch mapping, the tantivy
schema and the query language's field check are made from a collection's fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from schemas.fields import DEFAULT_FIELDS, FIELDS, Field, FieldType

CollectionName = Literal["articles", "alerts", "dead-letters"]


@dataclass(frozen=True, kw_only=True)
class Collection:
    """Documents of one kind. Every one of them has the fields `id` and `@timestamp`."""

    name: CollectionName
    version: int
    """Major version of the mapping, and the number in the index's name. Raised when a field's type or meaning changes;
    a field that is only added needs no new one on Elasticsearch."""
    fields: tuple[Field, ...]
    default_fields: tuple[str, ...]
    """Where words without a field are looked for."""

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        return {field.name: field for field in self.fields}


ARTICLES: Final = Collection(name="articles", version=1, fields=FIELDS, default_fields=DEFAULT_FIELDS)

ALERTS: Final = Collection(
    name="alerts",
    version=1,
    default_fields=("title", "summary", "evidence"),
    fields=(
        Field(name="id", type="keyword", meaning="alert id"),
        Field(name="@timestamp", type="date", meaning="event time; what results are sorted by"),
        Field(name="raised_at", type="date", meaning="when the alert was raised"),
        Field(name="rule_id", type="keyword", facet=True, meaning="rule that raised it"),
        Field(name="rule_version", type="integer", meaning="version of the rule"),
        Field(name="severity", type="keyword", facet=True, meaning="info, low, medium, high or critical"),
        Field(name="severity.level", type="integer", meaning="severity as a number, info 0 to critical 4"),
        Field(name="channel", type="keyword", facet=True, meaning="alert channel of the rule"),
        Field(name="group", type="keyword", facet=True, meaning="value that the rule groups by, such as a country"),
        Field(name="title", type="text", meaning="message of the rule"),
        Field(name="summary", type="text", meaning="which clause held, in words"),
        Field(name="article_ids", type="keyword", multi=True, meaning="articles that made the rule fire"),
        Field(name="url", type="keyword", meaning="address of the first article"),
        Field(name="evidence", type="text", meaning="sentences that support it, a line each"),
        Field(name="values", type="flattened", meaning="values that made the rule fire, by field"),
        Field(name="values_before", type="flattened", meaning="values of the alert that this one updates"),
        Field(name="is_update", type="boolean", meaning="it updates an earlier alert of the same situation"),
        Field(
            name="update_of", type="keyword", meaning="id of the first alert of the situation; missing for the first"
        ),
        Field(name="mode", type="keyword", facet=True, meaning="live or backfill"),
        Field(
            name="status",
            type="keyword",
            facet=True,
            meaning="what people did: open, acknowledged, snoozed, resolved or false_positive",
        ),
        Field(name="status.by", type="keyword", facet=True, meaning="who set the status; missing while it is open"),
        Field(name="status.at", type="date", meaning="when the status was set; missing while it is open"),
        Field(name="status.until", type="date", meaning="event time until which its rule and group are snoozed"),
        Field(name="comments", type="text", meaning="what people wrote about it, a line each"),
    ),
)

DEAD_LETTERS: Final = Collection(
    name="dead-letters",
    version=1,
    default_fields=("detail",),
    fields=(
        Field(name="id", type="keyword", meaning="dead-letter id"),
        Field(name="@timestamp", type="date", meaning="when its stage gave up; what results are sorted by"),
        Field(name="stage", type="keyword", facet=True, meaning="agent that gave up"),
        Field(name="reason", type="keyword", facet=True, meaning="why, as one of a few words"),
        Field(name="error", type="keyword", facet=True, meaning="class of the exception, for failures in our own code"),
        Field(name="detail", type="text", meaning="what is wrong and where, in words"),
        Field(name="traceback", type="text", meaning="where our own code failed"),
        Field(name="topic", type="keyword", facet=True, meaning="topic the message came from"),
        Field(name="partition", type="integer", meaning="its partition"),
        Field(name="offset", type="integer", meaning="its offset"),
        Field(name="key", type="keyword", meaning="the message's key, as text"),
        Field(name="written_at", type="date", meaning="Kafka time of the message"),
        Field(name="raw_size", type="integer", meaning="bytes of the message's value, which is not indexed itself"),
        Field(name="attempts", type="integer", meaning="how often it was tried"),
        Field(name="open", type="boolean", meaning="it still waits for a replay"),
        Field(name="replayed_at", type="date", meaning="when it was replayed; missing while it is open"),
    ),
)

COLLECTIONS: Final = (ARTICLES, ALERTS, DEAD_LETTERS)

FIELD_TYPES: Final[dict[str, FieldType]] = {field.name: field.type for one in COLLECTIONS for field in one.fields}
"""Type of each name; one that several collections use is of one type in all of them."""


def collection_named(name: str) -> Collection | None:
    """The collection called *name*."""
    return next((one for one in COLLECTIONS if one.name == name), None)
