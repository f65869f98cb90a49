"""Lens charts: columns of one data view, and how they are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from deploy.kibana.columns import Column
from deploy.kibana.data_views import reference_to
from deploy.kibana.saved_object import Reference
from deploy.kibana.searches import lucene
from schemas.collections import Collection

LAYER: Final = "layer"
"""Every chart here has one layer."""

Series = Literal["bar_stacked", "bar_horizontal", "line"]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart. The order of the columns is the order of the splits."""

    title: str
    collection: Collection
    columns: Mapping[str, Column]
    kind: Literal["lnsXY", "lnsMetric", "lnsDatatable", "lnsPie"]
    drawing: Mapping[str, Any]
    query: str = ""

    @property
    def references(self) -> tuple[Reference, ...]:
        return (reference_to(self.collection, f"indexpattern-datasource-layer-{LAYER}"),)

    def attributes(self) -> dict[str, Any]:
        layer = {
            "columns": {id: column.as_state() for id, column in self.columns.items()},
            "columnOrder": list(self.columns),
            "incompleteColumns": {},
        }
        return {
            "title": self.title,
            "type": "lens",
            "visualizationType": self.kind,
            "references": [{"name": one.name, "type": one.type, "id": one.id} for one in self.references],
            "state": {
                "datasourceStates": {"formBased": {"layers": {LAYER: layer}}},
                "visualization": dict(self.drawing),
                "query": lucene(self.query),
                "filters": [],
                "internalReferences": [],
                "adHocDataViews": {},
            },
        }


def metric(title: str, collection: Collection, column: Column, query: str = "") -> Chart:
    """One number."""
    drawing = {"layerId": LAYER, "layerType": "data", "metricAccessor": "value"}
    return Chart(
        title=title, collection=collection, columns={"value": column}, kind="lnsMetric", drawing=drawing, query=query
    )


def table(title: str, collection: Collection, columns: Mapping[str, Column], query: str = "") -> Chart:
    drawing = {"layerId": LAYER, "layerType": "data", "columns": [{"columnId": id} for id in columns]}
    return Chart(title=title, collection=collection, columns=columns, kind="lnsDatatable", drawing=drawing, query=query)


def donut(title: str, collection: Collection, by: Column, value: Column, query: str = "") -> Chart:
    """Shares. *by* is ordered by the column `value`."""
    layer = {
        "layerId": LAYER,
        "layerType": "data",
        "primaryGroups": ["by"],
        "metrics": ["value"],
        "numberDisplay": "value",
        "categoryDisplay": "default",
        "legendDisplay": "default",
        "nestedLegend": False,
    }
    return Chart(
        title=title,
        collection=collection,
        columns={"by": by, "value": value},
        kind="lnsPie",
        drawing={"shape": "donut", "layers": [layer]},
        query=query,
    )


def graph(
    title: str,
    collection: Collection,
    columns: Mapping[str, Column],
    *,
    series: Series,
    x: str,
    split: str | None = None,
    query: str = "",
) -> Chart:
    """Columns that are not buckets against the column *x*, one series for each value of *split*."""
    layer: dict[str, Any] = {
        "layerId": LAYER,
        "layerType": "data",
        "seriesType": series,
        "xAccessor": x,
        "accessors": [id for id, column in columns.items() if not column.bucketed],
        "position": "top",
        "showGridlines": False,
    }
    shown = {"x": False, "yLeft": False, "yRight": False}
    drawing = {
        "layers": [layer | ({"splitAccessor": split} if split else {})],
        "preferredSeriesType": series,
        "legend": {"isVisible": True, "position": "right"},
        "valueLabels": "hide",
        "fittingFunction": "None",
        "axisTitlesVisibilitySettings": shown,
        "tickLabelsVisibilitySettings": {"x": True, "yLeft": True, "yRight": True},
        "gridlinesVisibilitySettings": {"x": True, "yLeft": True, "yRight": True},
        "yLeftExtent": {"mode": "full"},
        "yRightExtent": {"mode": "full"},
    }
    return Chart(title=title, collection=collection, columns=columns, kind="lnsXY", drawing=drawing, query=query)
