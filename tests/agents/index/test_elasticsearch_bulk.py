"""The `_bulk` exchange: lines, portions, verdicts."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.index.elasticsearch.bulk import Entry, Verdict, index_lines, judge, portions, reason_of

CONFLICT = {"type": "version_conflict_engine_exception", "reason": "current version [5] is higher or equal"}
MALFORMED = {
    "type": "document_parsing_exception",
    "reason": "failed to parse field [points]",
    "caused_by": {"type": "illegal_argument_exception", "reason": "illegal latitude value [200.0] for points"},
}


def item(status: int, error: str | dict[str, Any] | None = None) -> dict[str, Any]:
    said = {"type": error, "reason": "because"} if isinstance(error, str) else error
    return {"index": {"status": status} | ({"error": said} if said else {})}


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (item(201), "written"),
        (item(200), "written"),
        (item(409, CONFLICT), "unchanged"),
        (item(400, MALFORMED), "rejected"),
        (item(400, "illegal_argument_exception"), "rejected"),
        (item(400, "strict_dynamic_mapping_exception"), "again"),
        (item(400, "es_rejected_execution_exception"), "again"),
        (item(429, "es_rejected_execution_exception"), "again"),
        (item(429, "cluster_block_exception"), "again"),
        (item(403, "cluster_block_exception"), "again"),
        (item(403, "security_exception"), "again"),
        (item(404, "index_not_found_exception"), "again"),
        (item(500, "something_new"), "again"),
        (item(503, "unavailable_shards_exception"), "again"),
        (item(418), "again"),
        ({}, "again"),
        ({"index": None}, "again"),
        ({"index": {"status": "201"}}, "again"),
        ("nonsense", "again"),
    ],
    ids=str,
)
def test_verdict(answer: Any, kind: str) -> None:
    assert judge(answer).kind == kind


def test_verdict_on_a_bad_document_says_what_the_server_said_first_and_last() -> None:
    assert judge(item(400, MALFORMED)) == Verdict(
        "rejected",
        "document_parsing_exception: failed to parse field [points]; "
        "illegal_argument_exception: illegal latitude value [200.0] for points",
        "document_parsing_exception",
    )


@given(st.integers(100, 599), st.one_of(st.none(), st.text(), st.dictionaries(st.text(), st.text())))
def test_only_a_400_is_held_against_a_document(status: int, error: Any) -> None:
    verdict = judge({"index": {"status": status, "error": error}})
    assert (verdict.kind == "rejected") == (status == 400)


@given(
    st.recursive(st.none() | st.text(), lambda inner: st.dictionaries(st.sampled_from(["type", "caused_by"]), inner))
)
def test_reason_is_bounded_whatever_the_server_says(error: Any) -> None:
    assert 0 < len(reason_of(error)) <= 500


def test_reason_of_a_cause_that_causes_itself_is_bounded() -> None:
    error: dict[str, Any] = {"type": "loop"}
    error["caused_by"] = error
    assert reason_of(error) == "loop"


@pytest.mark.parametrize(("replace", "kind"), [(False, "external"), (True, "external_gte")])
def test_lines_carry_id_and_version(replace: bool, kind: str) -> None:
    action, source, end = index_lines('a"\n', 7, b'{"title":"x"}', replace_equal=replace).split(b"\n")
    assert orjson.loads(action) == {"index": {"_id": 'a"\n', "version": 7, "version_type": kind}}
    assert (source, end) == (b'{"title":"x"}', b"")


@given(st.text(min_size=1), st.integers(0, 2**63 - 1))
def test_any_document_is_two_lines(id: str, version: int) -> None:
    assert index_lines(id, version, b"{}").count(b"\n") == 2


@given(
    sizes=st.lists(st.integers(1, 50), max_size=60),
    max_bytes=st.integers(1, 100),
    max_items=st.integers(1, 10),
)
def test_portions_hold_everything_in_order_within_bounds(sizes: list[int], max_bytes: int, max_items: int) -> None:
    entries = [Entry(n, b"x" * size) for n, size in enumerate(sizes)]
    cut = list(portions(entries, max_bytes=max_bytes, max_items=max_items))
    assert [entry for portion in cut for entry in portion] == entries
    for portion in cut:
        assert 1 <= len(portion) <= max_items
        assert len(portion) == 1 or sum(len(entry.lines) for entry in portion) <= max_bytes


def test_portions_are_cut_as_they_are_asked_for() -> None:
    made: list[int] = []

    def entries() -> Any:
        for n in range(100):
            made.append(n)
            yield Entry(n, b"xx")

    next(portions(entries(), max_bytes=4, max_items=100))
    assert len(made) == 3
