"""Committed offsets survive everything but their own deletion."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agents.broker.offsets import Committed, OffsetStore


def at(offset: int, at_ms: int = 0) -> Committed:
    return Committed(offset, -1, "", at_ms)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "offsets.jsonl"


def opened(path: Path) -> OffsetStore:
    store = OffsetStore(path)
    store.load()
    return store


def test_the_newest_commit_is_there_after_a_restart(path: Path) -> None:
    store = opened(path)
    store.commit("g", {("t", 0): at(5), ("t", 1): Committed(6, 0, "note", 9)})
    store.commit("g", {("t", 0): at(7)})
    assert opened(path).of("g") == {("t", 0): at(7), ("t", 1): Committed(6, 0, "note", 9)}


def test_a_torn_last_line_is_cut_wherever_it_is_torn(path: Path) -> None:
    store = opened(path)
    store.commit("g", {("t", 0): at(5)})
    kept = path.stat().st_size
    store.commit("g", {("t", 0): at(600)})
    content = path.read_bytes()
    for length in range(kept, len(content)):
        path.write_bytes(content[:length])
        again = opened(path)
        assert again.of("g") == {("t", 0): at(5)}
        again.commit("g", {("t", 0): at(8)})
        assert opened(path).of("g") == {("t", 0): at(8)}


def test_an_unreadable_line_costs_only_itself(path: Path) -> None:
    store = opened(path)
    store.commit("g", {("t", 0): at(5)})
    path.write_bytes(path.read_bytes() + b"\x00\xff garbage\n[1]\n")
    store = opened(path)
    store.commit("g", {("t", 1): at(1)})
    assert opened(path).of("g") == {("t", 0): at(5), ("t", 1): at(1)}


def test_the_journal_is_written_anew_when_it_is_mostly_outdated(path: Path) -> None:
    store = opened(path)
    for number in range(2500):
        store.commit("g", {("t", 0): at(number)})
    before = path.stat().st_size
    assert store.rewrite_when_worthwhile()
    assert not store.rewrite_when_worthwhile()
    assert path.stat().st_size < before / 100
    assert opened(path).of("g") == {("t", 0): at(2499)}


def test_a_full_disk_leaves_the_former_offset_in_force(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = opened(path)
    store.commit("g", {("t", 0): at(5)})
    write = os.write
    monkeypatch.setattr(os, "write", lambda fd, data: write(fd, data[:7]))
    with pytest.raises(OSError, match="space") as refused:
        store.commit("g", {("t", 0): at(6)})
    assert refused.value.errno == errno.ENOSPC
    monkeypatch.undo()
    assert store.of("g") == opened(path).of("g") == {("t", 0): at(5)}


def test_offsets_of_a_deleted_topic_are_forgotten_in_every_group(path: Path) -> None:
    store = opened(path)
    store.commit("g", {("t", 0): at(5), ("u", 0): at(1)})
    store.commit("h", {("t", 3): at(5)})
    store.forget_topic("t")
    assert store.groups() == opened(path).groups() == ["g"]


def test_only_old_commits_expire(path: Path) -> None:
    store = opened(path)
    store.commit("g", {("t", 0): at(5, at_ms=100), ("t", 1): at(5, at_ms=200)})
    store.expire("g", before_ms=200)
    assert opened(path).of("g") == {("t", 1): at(5, at_ms=200)}


NAMES = st.sampled_from(["g", "h", "gruppe ü\n"])
PLACES = st.tuples(st.sampled_from(["t", "u"]), st.integers(0, 2))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("commit"), NAMES, PLACES, st.integers(0, 2**62)),
            st.tuples(st.just("forget"), NAMES, PLACES),
            st.tuples(st.just("forget_group"), NAMES),
            st.tuples(st.just("reopen")),
        ),
        max_size=30,
    )
)
def test_any_history_is_replayed_exactly(tmp_path_factory: pytest.TempPathFactory, steps: list[tuple]) -> None:
    path = tmp_path_factory.mktemp("offsets") / "offsets.jsonl"
    store, expected = opened(path), {}
    for step in steps:
        match step:
            case ("commit", group, place, offset):
                store.commit(group, {place: at(offset)})
                expected[(group, place)] = offset
            case ("forget", group, place):
                store.forget(group, [place])
                expected.pop((group, place), None)
            case ("forget_group", group):
                store.forget_group(group)
                expected = {key: value for key, value in expected.items() if key[0] != group}
            case ("reopen",):
                store = opened(path)
    for one in (store, opened(path)):
        found = {(group, place): it.offset for group in one.groups() for place, it in one.of(group).items()}
        assert found == expected
