"""A dashboard: charts and saved searches in rows on a grid of 48 columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from deploy.kibana.charts import Chart
from deploy.kibana.saved_object import Reference, SavedObject, compact
from deploy.kibana.searches import lucene

GRID_COLUMNS: Final = 48
_PANEL_VERSION: Final = "8.11.0"


@dataclass(frozen=True)
class Row:
    """Panels side by side, of equal width and of *height* grid rows of about 20 pixels."""

    height: int
    panels: tuple[Chart | SavedObject, ...]


@dataclass(frozen=True)
class _Placed:
    shown: Chart | SavedObject
    index: str
    grid: Mapping[str, Any]

    def as_panel(self) -> dict[str, Any]:
        panel = {"version": _PANEL_VERSION, "gridData": self.grid, "panelIndex": self.index}
        if isinstance(self.shown, Chart):
            return panel | {
                "type": "lens",
                "title": self.shown.title,
                "embeddableConfig": {"attributes": self.shown.attributes(), "enhancements": {}},
            }
        name = f"panel_{self.index}"
        return panel | {"type": self.shown.type, "panelRefName": name, "embeddableConfig": {"enhancements": {}}}

    def references(self) -> Iterator[Reference]:
        """Those of the panel, under its own prefix, so that panels do not meet."""
        if isinstance(self.shown, Chart):
            yield from (one.prefixed(self.index) for one in self.shown.references)
        else:
            yield Reference(f"{self.index}:panel_{self.index}", self.shown.type, self.shown.id)


def _placed(rows: Sequence[Row]) -> Iterator[_Placed]:
    top, number = 0, 0
    for row in rows:
        width = GRID_COLUMNS // len(row.panels)
        for place, shown in enumerate(row.panels):
            number += 1
            index = str(number)
            grid = {"x": place * width, "y": top, "w": width, "h": row.height, "i": index}
            yield _Placed(shown, index, grid)
        top += row.height


def dashboard(id: str, *, title: str, description: str, rows: Sequence[Row]) -> SavedObject:
    """The dashboard, over the last seven days when it is opened."""
    panels = tuple(_placed(rows))
    options = {"useMargins": True, "syncColors": False, "syncCursor": True, "syncTooltips": False}
    attributes = {
        "title": title,
        "description": description,
        "panelsJSON": compact([panel.as_panel() for panel in panels]),
        "optionsJSON": compact(options | {"hidePanelTitles": False}),
        "kibanaSavedObjectMeta": {"searchSourceJSON": compact({"query": lucene(""), "filter": []})},
        "timeRestore": True,
        "timeFrom": "now-7d",
        "timeTo": "now",
        "refreshInterval": {"pause": False, "value": 60_000},
        "version": 1,
    }
    return SavedObject("dashboard", id, attributes, tuple(one for panel in panels for one in panel.references()))
