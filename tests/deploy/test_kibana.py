"""deploy/kibana/tocsin.ndjson: what can be known of it without Kibana and without a server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest

from agents.rules import load_rules
from agents.settings import Settings
from deploy.kibana.__main__ import FILE, all_objects
from deploy.kibana.saved_object import TYPE_VERSIONS, as_file
from schemas.collections import COLLECTIONS, Collection
from schemas.mapping import alias_of, build_mapping

OBJECTS: list[dict[str, Any]] = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
BY_ALIAS = {alias_of(collection): collection for collection in COLLECTIONS}
FITTING = {
    "terms": {"keyword"},
    "date_histogram": {"date"},
    "max": {"long", "double"},
}


def of_type(name: str) -> list[dict[str, Any]]:
    return [one for one in OBJECTS if one["type"] == name]


def panels() -> list[dict[str, Any]]:
    return [panel for one in of_type("dashboard") for panel in json.loads(one["attributes"]["panelsJSON"])]


def charts() -> Iterator[tuple[str, Collection, dict[str, Any]]]:
    """Title, collection and attributes of every Lens panel."""
    for panel in panels():
        if panel["type"] == "lens":
            attributes = panel["embeddableConfig"]["attributes"]
            (reference,) = attributes["references"]
            yield attributes["title"], BY_ALIAS[reference["id"]], attributes


def layer_of(attributes: dict[str, Any]) -> dict[str, Any]:
    (layer,) = attributes["state"]["datasourceStates"]["formBased"]["layers"].values()
    return layer  # type: ignore[no-any-return]


def type_in(collection: Collection, name: str) -> str | None:
    """Type of a field, or of its `.raw` form, in the mapping that the index is made with."""
    properties = build_mapping(collection)["properties"]
    if name in properties:
        return str(properties[name]["type"])
    base, _, sub = name.rpartition(".")
    inner = properties.get(base, {}).get("fields", {}).get(sub)
    return str(inner["type"]) if inner else None


def test_committed_file_is_what_the_code_makes() -> None:
    assert FILE.read_text("utf-8") == as_file(all_objects())


def test_ids_are_unique_and_every_reference_resolves_to_an_object_above() -> None:
    seen: set[tuple[str, str]] = set()
    for one in OBJECTS:
        for reference in one["references"]:
            assert (reference["type"], reference["id"]) in seen, (one["id"], reference)
        names = [reference["name"] for reference in one["references"]]
        assert len(names) == len(set(names))
        assert (one["type"], one["id"]) not in seen
        seen.add((one["type"], one["id"]))


def test_objects_say_which_shape_they_have() -> None:
    for one in OBJECTS:
        assert one["coreMigrationVersion"] == "8.8.0"
        assert one["typeMigrationVersion"] == TYPE_VERSIONS[one["type"]]


def json_strings(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Attributes that hold JSON as text."""
    for name, inner in value.items():
        if isinstance(inner, dict):
            yield from json_strings(inner, f"{path}.{name}")
        elif name.endswith("JSON") or name in ("fieldAttrs", "fieldFormatMap", "fields", "runtimeFieldMap", "typeMeta"):
            yield f"{path}.{name}", inner


def test_json_inside_strings_parses() -> None:
    found = [text for one in OBJECTS for _, text in json_strings(one["attributes"])]
    assert len(found) > len(OBJECTS)
    for text in found:
        json.loads(text)


def test_every_collection_has_a_data_view_of_its_alias_and_its_fields() -> None:
    views = {one["attributes"]["title"]: one for one in of_type("index-pattern")}
    assert views.keys() == BY_ALIAS.keys()
    for alias, view in views.items():
        assert BY_ALIAS[alias].by_name[view["attributes"]["timeFieldName"]].type == "date"
        assert json.loads(view["attributes"]["fieldAttrs"]).keys() == BY_ALIAS[alias].by_name.keys()
        assert json.loads(view["attributes"]["fieldFormatMap"]).keys() <= BY_ALIAS[alias].by_name.keys()


def test_every_shipped_rule_has_a_search_with_its_query() -> None:
    searches = {one["id"]: one["attributes"] for one in of_type("search")}
    rules = load_rules(Settings()).rules
    assert rules
    for rule in rules:
        source = json.loads(searches[f"tocsin-rule-{rule.id}"]["kibanaSavedObjectMeta"]["searchSourceJSON"])
        assert source["query"]["language"] == "lucene"
        assert source["query"]["query"].split() == rule.search_query.split()


@pytest.mark.parametrize("search", of_type("search"), ids=lambda one: one["id"])
def test_search_names_its_view_and_columns_that_exist(search: dict[str, Any]) -> None:
    source = json.loads(search["attributes"]["kibanaSavedObjectMeta"]["searchSourceJSON"])
    (reference,) = search["references"]
    assert source["indexRefName"] == reference["name"]
    fields = BY_ALIAS[reference["id"]].by_name
    assert set(search["attributes"]["columns"]) <= fields.keys()
    assert [name for name, _ in search["attributes"]["sort"]] == ["@timestamp"]


@pytest.mark.parametrize(
    "title, collection, attributes", [*charts()], ids=lambda one: one if isinstance(one, str) else ""
)
def test_chart_reads_fields_of_a_fitting_type(title: str, collection: Collection, attributes: dict[str, Any]) -> None:
    for column in layer_of(attributes)["columns"].values():
        if column["operationType"] == "count":
            assert column["sourceField"] == "___records___"
        else:
            assert type_in(collection, column["sourceField"]) in FITTING[column["operationType"]], column


def accessors(drawing: dict[str, Any]) -> Iterator[str]:
    """Ids of the columns that are drawn."""
    if "metricAccessor" in drawing:
        yield drawing["metricAccessor"]
    for column in drawing.get("columns", ()):
        yield column["columnId"]
    for layer in drawing.get("layers", ()):
        yield from layer.get("accessors", ())
        yield from layer.get("primaryGroups", ())
        yield from layer.get("metrics", ())
        yield from (layer[name] for name in ("xAccessor", "splitAccessor") if name in layer)


@pytest.mark.parametrize(
    "title, collection, attributes", [*charts()], ids=lambda one: one if isinstance(one, str) else ""
)
def test_chart_draws_exactly_its_columns(title: str, collection: Collection, attributes: dict[str, Any]) -> None:
    layer = layer_of(attributes)
    assert sorted(layer["columnOrder"]) == sorted(layer["columns"])
    assert sorted(accessors(attributes["state"]["visualization"])) == sorted(layer["columns"])
    for column in layer["columns"].values():
        order = column["params"].get("orderBy")
        assert order is None or not layer["columns"][order["columnId"]]["isBucketed"]
    buckets = [layer["columns"][id]["isBucketed"] for id in layer["columnOrder"]]
    assert buckets == sorted(buckets, reverse=True), "splits come before what is counted"


def test_panels_stay_on_the_grid_and_do_not_overlap() -> None:
    grids = [panel["gridData"] for panel in panels()]
    for panel, grid in zip(panels(), grids, strict=True):
        assert grid["i"] == panel["panelIndex"]
        assert grid["x"] >= 0 and grid["x"] + grid["w"] <= 48 and grid["w"] > 0 and grid["h"] > 0
    for one, other in combinations(grids, 2):
        beside = one["x"] + one["w"] <= other["x"] or other["x"] + other["w"] <= one["x"]
        below = one["y"] + one["h"] <= other["y"] or other["y"] + other["h"] <= one["y"]
        assert beside or below, (one, other)


def test_every_panel_finds_its_references_under_its_own_prefix() -> None:
    for one in of_type("dashboard"):
        names = {reference["name"] for reference in one["references"]}
        wanted = set()
        for panel in json.loads(one["attributes"]["panelsJSON"]):
            inner = panel["embeddableConfig"].get("attributes", {}).get("references", [])
            own = [reference["name"] for reference in inner] or [panel["panelRefName"]]
            wanted |= {f"{panel['panelIndex']}:{name}" for name in own}
        assert names == wanted
