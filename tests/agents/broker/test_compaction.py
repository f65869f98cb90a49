"""Compaction keeps the newest record of each key, and nothing a reader could miss."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agents.broker.compaction import compact, plan_compaction
from agents.broker.compression import DecompressionError, decompress

DAY_MS = 24 * 60 * 60 * 1000


def run_compaction(log, now_ms: int = 2000) -> bool:
    plan = plan_compaction(log.segments, log.compacted_until, now_ms, log.config.delete_retention_ms)
    if plan is None:
        return False
    for old, new in compact(plan):
        assert log.replace(old, new)
    log.compacted_until = plan.last_offset + 1
    return True


def newest_by_key(written: list[tuple[bytes, bytes | None]]) -> dict[bytes, bytes | None]:
    return dict(written)


def test_only_the_newest_record_of_a_key_stays_at_its_offset(open_log, keyed_batch, values_in) -> None:
    log = open_log(compacted=True)
    log.append(keyed_batch((b"a", b"1"), (b"b", b"1"), (b"a", b"2")), 0)
    log.append(keyed_batch((b"b", b"2"), codec="zstd"), 0)
    log.roll()
    log.append(keyed_batch((b"c", b"1")), 0)
    assert run_compaction(log)
    assert values_in(log) == {2: b"2", 3: b"2", 4: b"1"}
    assert values_in(open_log(compacted=True)) == {2: b"2", 3: b"2", 4: b"1"}
    assert log.end_offset == 5


def test_a_newer_record_in_the_growing_segment_replaces_closed_ones(open_log, keyed_batch, values_in) -> None:
    log = open_log(compacted=True)
    log.append(keyed_batch((b"a", b"1"), (b"z", b"z")), 0)
    log.roll()
    log.append(keyed_batch((b"a", b"2")), 0)
    run_compaction(log)
    assert values_in(log) == {1: b"z", 2: b"2"}


def test_records_without_a_key_stay(open_log, keyed_batch, values_in) -> None:
    log = open_log(compacted=True)
    log.append(keyed_batch((None, b"1"), (None, b"2"), (b"a", b"3")), 0)
    log.roll()
    run_compaction(log)
    assert values_in(log) == {0: b"1", 1: b"2", 2: b"3"}


def test_deletion_markers_stay_for_a_day_and_then_go(open_log, keyed_batch, values_in) -> None:
    log = open_log(compacted=True)
    log.append(keyed_batch((b"a", b"1"), (b"a", None), (b"z", b"z"), timestamps=0), 0)
    log.roll()
    run_compaction(log, now_ms=DAY_MS)
    assert values_in(log) == {1: None, 2: b"z"}
    log.append(keyed_batch((b"y", b"y"), timestamps=0), 0)
    log.roll()
    run_compaction(log, now_ms=DAY_MS + 1)
    assert values_in(log) == {2: b"z", 3: b"y"}


def test_the_last_record_stays_even_as_a_deletion_marker(open_log, keyed_batch, values_in) -> None:
    log = open_log(compacted=True)
    log.append(keyed_batch((b"a", b"1"), (b"a", None), timestamps=0), 0)
    log.roll()
    run_compaction(log, now_ms=10 * DAY_MS)
    assert values_in(log) == {1: None}


def test_an_emptied_segment_is_skipped_by_readers(open_log, keyed_batch, values_in) -> None:
    log = open_log(compacted=True)
    for value in (b"1", b"2", b"3"):
        log.append(keyed_batch((b"a", value)), 0)
        log.roll()
    run_compaction(log)
    assert [segment.size == 0 for segment in log.segments] == [True, True, False, True]
    assert values_in(log) == {2: b"3"}
    again = open_log(compacted=True)
    assert values_in(again) == {2: b"3"}
    assert again.end_offset == 3


def test_nothing_is_done_twice(open_log, keyed_batch) -> None:
    log = open_log(compacted=True)
    log.append(keyed_batch((b"a", b"1")), 0)
    assert not run_compaction(log)
    log.roll()
    assert run_compaction(log)
    assert not run_compaction(log)


def test_a_segment_that_retention_took_meanwhile_is_not_brought_back(open_log, keyed_batch) -> None:
    log = open_log(compacted=True, deleted_by_retention=True, retention_ms=0)
    log.append(keyed_batch((b"a", b"1"), (b"a", b"2"), timestamps=0), 0)
    log.roll()
    plan = plan_compaction(log.segments, 0, 0, 0)
    assert plan is not None
    rewritten = compact(plan)
    log.forget_old(now_ms=10**6)
    assert [log.replace(old, new) for old, new in rewritten] == [False]
    assert open_log().start_offset == 2


def test_a_compacted_batch_still_tells_repeated_batches(open_log, keyed_batch) -> None:
    log = open_log(compacted=True)
    sent = keyed_batch((b"a", b"1"), (b"a", b"2"), producer=(7, 0, 0))
    log.append(sent, 0)
    log.roll()
    run_compaction(log)
    assert open_log(compacted=True).append(sent, 0).duplicate


@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from([b"a", b"b", b"c"]), st.binary(max_size=5)), min_size=1, max_size=6),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(["none", "gzip", "snappy", "lz4", "zstd"]),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_state_a_reader_builds_is_the_same_before_and_after(
    tmp_path_factory, open_log, keyed_batch, values_in, batches, codec
) -> None:
    log = open_log(compacted=True)
    log.roll()
    start = log.end_offset
    for pairs in batches:
        log.append(keyed_batch(*pairs, codec=codec), 0)
        log.roll()
    before = values_in(log)
    run_compaction(log)
    after = values_in(log)
    written = [pair for pairs in batches for pair in pairs]
    newest = {key: start + position for position, (key, _) in enumerate(written)}
    assert {offset: after.get(offset) for offset in newest.values()} == {o: before[o] for o in newest.values()}
    assert set(after) & set(range(start, log.end_offset)) == set(newest.values())


@pytest.mark.parametrize("codec", [1, 3, 4])
def test_a_decompression_bomb_is_refused(codec) -> None:
    import cramjam

    pack = {1: cramjam.gzip.compress, 3: cramjam.lz4.compress, 4: cramjam.zstd.compress}[codec]
    bomb = bytes(pack(b"\x00" * (64 << 20)))
    with pytest.raises(DecompressionError):
        decompress(codec, bomb, 1 << 20)


@pytest.mark.parametrize("codec", [1, 2, 3, 4])
@given(junk=st.binary(max_size=100))
@settings(max_examples=100, deadline=None)
def test_junk_is_a_decompression_error_or_bounded(codec, junk) -> None:
    try:
        assert len(decompress(codec, junk, 1 << 20)) <= 1 << 20
    except DecompressionError as error:
        assert str(error)
