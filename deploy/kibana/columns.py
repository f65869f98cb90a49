"""Columns of a Lens chart: what is counted, and by what it is split. Each means one aggregation of Elasticsearch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from deploy.kibana.searches import lucene
from schemas.collections import Collection
from schemas.mapping import facet_field

Operation = Literal["count", "max", "date_histogram", "terms"]
RECORDS: Final = "___records___"
"""What Lens calls the field of a count."""


@dataclass(frozen=True, kw_only=True)
class Column:
    operation: Operation
    source: str
    label: str
    type: Literal["number", "date", "string"]
    scale: Literal["ratio", "interval", "ordinal"]
    bucketed: bool = False
    params: Mapping[str, Any] = field(default_factory=dict)
    only: str | None = None
    """A query that documents must match to be counted. None counts all."""

    def as_state(self) -> dict[str, Any]:
        state: dict[str, Any] = {
            "operationType": self.operation,
            "sourceField": self.source,
            "label": self.label,
            "customLabel": True,
            "dataType": self.type,
            "scale": self.scale,
            "isBucketed": self.bucketed,
            "params": dict(self.params),
        }
        return state | ({"filter": lucene(self.only)} if self.only else {})


def count(label: str, only: str | None = None) -> Column:
    return Column(
        operation="count",
        source=RECORDS,
        label=label,
        type="number",
        scale="ratio",
        params={"emptyAsNull": False},
        only=only,
    )


def highest(name: str, label: str) -> Column:
    """The highest value. Several articles tell of the same dead, so that a sum of tolls would mean nothing."""
    return Column(operation="max", source=name, label=label, type="number", scale="ratio", params={"emptyAsNull": True})


def over_time(label: str = "Time") -> Column:
    """An interval that Kibana fits to the range of time shown."""
    params = {"interval": "auto", "includeEmptyRows": True, "dropPartials": False}
    return Column(
        operation="date_histogram",
        source="@timestamp",
        label=label,
        type="date",
        scale="interval",
        bucketed=True,
        params=params,
    )


def top(collection: Collection, name: str, label: str, *, by: str, size: int = 10) -> Column:
    """The most frequent values of a facet, as they are spelled; *by* is the id of the column that orders them."""
    params = {
        "size": size,
        "orderBy": {"type": "column", "columnId": by},
        "orderDirection": "desc",
        "otherBucket": False,
        "missingBucket": False,
        "parentFormat": {"id": "terms"},
    }
    return Column(
        operation="terms",
        source=facet_field(collection.by_name[name]),
        label=label,
        type="string",
        scale="ordinal",
        bucketed=True,
        params=params,
    )
