"""Versions of a list: packing, comparing, refusing."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.lists.model import ListError
from pipeline.lists.versions import check_successor, compare, digests_of, pack, unpack, version_of
from schemas.lists import ListedName, ListEntry, ListVersion

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def entry(ident: str, name: str = "Ada Quillon") -> ListEntry:
    return ListEntry(list="t", id=ident, type="person", names=(ListedName(name=name, kind="primary"),))


def version(count: int, day: date = date(2026, 2, 1)) -> ListVersion:
    return version_of("t", pack(entry(str(n)) for n in range(count)), day, "csv", NOW)


def test_what_was_packed_comes_out_again() -> None:
    entries = [entry(str(number), f"Name {number}" * 10) for number in range(9_000)]
    packed = pack(entries)
    assert len(packed.parts) > 1
    assert list(unpack(packed.parts)) == entries
    assert digests_of(packed.parts) == packed.digests


def test_equal_entries_are_one_version_and_others_are_another() -> None:
    assert version(3) == version(3)
    assert version(3).id != version(4).id
    assert version(3).id.startswith("2026-02-01-")


def test_a_damaged_part_is_refused_with_the_remedy() -> None:
    part = pack([entry("1")]).parts[0]
    with pytest.raises(ListError, match="import the list again"):
        list(unpack([part[:-9]]))


def test_added_changed_and_removed_entries_are_told_apart() -> None:
    old = pack([entry("1"), entry("2"), entry("3")]).digests
    new = pack([entry("2"), entry("3", "Bo Quillon"), entry("4")]).digests
    found = compare(old, new)
    assert (found.added, found.changed, found.removed) == (("4",), ("3",), ("1",))


@given(st.sets(st.integers(0, 30)), st.sets(st.integers(0, 30)))
def test_a_difference_leads_from_the_old_list_to_the_new_one(old: set[int], new: set[int]) -> None:
    found = compare({str(n): b"" for n in old}, {str(n): b"" for n in new})
    assert (({str(n) for n in old} - set(found.removed)) | set(found.added)) == {str(n) for n in new}


def test_a_list_that_lost_a_fifth_is_taken_and_one_that_lost_more_is_not() -> None:
    check_successor(version(10), version(8))
    with pytest.raises(ListError, match="shrank"):
        check_successor(version(10), version(7))
    check_successor(version(10), version(7), may_shrink=True)


def test_an_older_list_does_not_replace_a_newer_one_unasked() -> None:
    older = version(11, date(2026, 1, 1))
    with pytest.raises(ListError, match="--allow-older"):
        check_successor(version(10), older)
    check_successor(version(10), older, may_be_older=True)
