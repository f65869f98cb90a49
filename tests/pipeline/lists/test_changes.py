"""Who is new on a list, who has a new name, who is gone, and since which version."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from pipeline.lists.changes import Change, NamedVersion, find_changes, named_version
from schemas.lists import ListedName, ListEntry, ListVersion


def version(day: int, names: Mapping[str, str]) -> NamedVersion:
    """Entries by id; several names are separated by a semicolon."""
    made = ListVersion(
        list="t",
        id=str(day),
        snapshot=date(2026, 3, day),
        sha256="0" * 64,
        format="csv",
        entries=len(names),
        parts=1,
        imported_at=datetime(2026, 3, day, tzinfo=UTC),
    )
    entries = [
        ListEntry(list="t", id=ident, type="person", names=tuple(ListedName(name=name) for name in said.split(";")))
        for ident, said in names.items()
    ]
    return named_version(made, entries)


def told(*versions: NamedVersion) -> list[tuple[str, str, int]]:
    return [(one.entry_id, one.kind, one.snapshot.day) for one in find_changes(versions)]


def test_a_first_version_changes_nothing() -> None:
    assert told() == told(version(1, {"a": "Ada Quillon"})) == []


def test_each_change_has_the_date_of_the_version_that_made_it() -> None:
    first = version(1, {"a": "Ada Quillon", "b": "Bo Quillon"})
    second = version(2, {"a": "Ada Quillon;Ada Quill", "b": "Bo Quillon"})
    third = version(3, {"a": "Ada Quillon;Ada Quill", "c": "Cy Quillon"})
    assert told(first, second, third) == [("a", "renamed", 2), ("b", "removed", 3), ("c", "added", 3)]


def test_who_comes_and_goes_again_is_no_change() -> None:
    assert told(version(1, {}), version(2, {"a": "Ada Quillon"}), version(3, {})) == []


def test_a_name_that_is_gone_makes_nobody_renamed() -> None:
    assert told(version(1, {"a": "Ada Quillon;Ada Quill"}), version(2, {"a": "Ada Quillon"})) == []


def test_a_weak_name_that_the_list_now_calls_good_is_a_new_name() -> None:
    before, after = version(1, {"a": "Ada"}), version(2, {"a": "Ada"})
    weak = before._replace(names={"a": frozenset({("Ada", "weak")})})
    assert told(weak, after) == [("a", "renamed", 2)]


def test_a_change_is_named_as_in_search() -> None:
    assert Change("t", "a", "added", date(2026, 3, 1)).key == "t/a"


IDS = st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["Ada Quillon", "Bo Quillon"]))


@given(st.lists(IDS, max_size=4))
def test_added_and_removed_lead_from_the_first_version_to_the_last(names: list[dict[str, str]]) -> None:
    versions = [version(day, one) for day, one in enumerate(names, 1)]
    found = find_changes(versions)
    if versions:
        kinds = {kind: {one.entry_id for one in found if one.kind == kind} for kind in ("added", "removed")}
        assert (set(names[0]) - kinds["removed"]) | kinds["added"] == set(names[-1])
