"""The log of a partition: what is appended is read, what is torn is cut, what is old is forgotten."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agents.broker.protocol import ErrorCode, RequestError


def only_log_file(folder: Path) -> Path:
    (path,) = folder.glob("0/*.log")
    return path


def test_batches_get_consecutive_offsets_and_are_read_back(open_log, batch, values_in) -> None:
    log = open_log()
    assert [log.append(batch(b"a", b"b"), 0).base_offset, log.append(batch(b"c"), 0).base_offset] == [0, 2]
    assert log.end_offset == 3
    assert values_in(log) == {0: b"a", 1: b"b", 2: b"c"}


def test_reading_starts_at_the_batch_that_holds_the_offset(open_log, batch) -> None:
    log = open_log()
    log.append(batch(b"a", b"b"), 0)
    log.append(batch(b"c"), 0)
    assert log.read(1, 1 << 20, at_least_one=True) == log.read(0, 1 << 20, at_least_one=True)
    assert int.from_bytes(log.read(2, 1 << 20, at_least_one=True)[:8], "big") == 2


def test_a_batch_larger_than_asked_is_read_whole_only_when_it_is_the_first(open_log, batch) -> None:
    log = open_log()
    log.append(batch(b"x" * 5000), 0)
    assert len(log.read(0, 10, at_least_one=True)) > 5000
    assert log.read(0, 10, at_least_one=False) == b""


@pytest.mark.parametrize("offset", [-1, 4, 100])
def test_an_offset_outside_the_log_is_refused(open_log, batch, offset) -> None:
    log = open_log()
    log.append(batch(b"a", b"b", b"c"), 0)
    with pytest.raises(RequestError) as refused:
        log.read(offset, 100, at_least_one=True)
    assert refused.value.code == ErrorCode.OFFSET_OUT_OF_RANGE


def test_the_end_of_the_log_is_empty_not_an_error(open_log, batch) -> None:
    log = open_log()
    log.append(batch(b"a"), 0)
    assert log.read(1, 100, at_least_one=True) == b""


def test_what_was_appended_is_there_after_opening_again(open_log, batch, values_in) -> None:
    log = open_log(segment_bytes=300)
    for number in range(20):
        log.append(batch(b"value %d" % number), 0)
    assert len(log.segments) > 3
    again = open_log(segment_bytes=300)
    assert values_in(again) == {number: b"value %d" % number for number in range(20)}
    assert again.append(batch(b"next"), 0).base_offset == 20


def test_side_files_and_a_full_read_say_the_same(open_log, batch, tmp_path) -> None:
    log = open_log(segment_bytes=200_000)
    for number in range(300):
        log.append(batch(b"%d" % number * 500, timestamps=number), 0)
    with_side_files = open_log()
    for path in tmp_path.glob("0/*.index"):
        path.unlink()
    read_in_full = open_log()
    for one, other in zip(with_side_files.segments, read_in_full.segments, strict=True):
        assert (one.size, one.next_offset, one.newest) == (other.size, other.next_offset, other.newest)
        assert one.index == other.index
    assert len(with_side_files.segments) > 1
    assert len(with_side_files.segments[0].index.positions) > 1


def test_a_torn_tail_is_cut_wherever_it_is_torn(open_log, batch, values_in, tmp_path) -> None:
    log = open_log()
    log.append(batch(b"first"), 0)
    kept = log.size
    log.append(batch(b"second", codec="gzip"), 0)
    path = only_log_file(tmp_path)
    content = path.read_bytes()
    for length in range(kept, len(content)):
        path.write_bytes(content[:length])
        again = open_log()
        assert values_in(again) == {0: b"first"}, length
        assert path.stat().st_size == kept
        assert again.append(batch(b"third"), 0).base_offset == 1
        assert values_in(again) == {0: b"first", 1: b"third"}


def test_a_changed_byte_anywhere_in_the_last_batch_is_noticed(open_log, batch, values_in, tmp_path) -> None:
    log = open_log()
    log.append(batch(b"first"), 0)
    kept = log.size
    log.append(batch(b"second"), 0)
    path = only_log_file(tmp_path)
    content = path.read_bytes()
    covered = [*range(kept, kept + 7), *range(kept + 8, kept + 12), *range(kept + 16, len(content))]
    for position in covered:
        path.write_bytes(content[:position] + bytes([content[position] ^ 0x40]) + content[position + 1 :])
        again = open_log()
        found = values_in(again)
        # The base offset is outside the checksum: a larger one looks like a hole, which compaction also leaves.
        assert found == {0: b"first"} or (position < kept + 8 and found[0] == b"first"), position


def test_bytes_that_were_cut_are_kept_beside_the_log(open_log, batch, tmp_path) -> None:
    open_log().append(batch(b"first"), 0)
    path = only_log_file(tmp_path)
    path.write_bytes(path.read_bytes() + b"torn")
    open_log()
    assert path.with_suffix(".cut").read_bytes() == b"torn"


def test_closed_segments_are_forgotten_by_age(open_log, batch, values_in) -> None:
    log = open_log(segment_bytes=100, retention_ms=1000)
    for time in (1000, 2000, 3000, 4000):
        log.append(batch(b"at %d" % time, timestamps=time), 0)
    log.forget_old(now_ms=3500)
    assert values_in(log) == {2: b"at 3000", 3: b"at 4000"}
    assert log.start_offset == 2


def test_closed_segments_are_forgotten_by_size(open_log, batch) -> None:
    log = open_log(segment_bytes=1000, retention_bytes=3000, retention_ms=-1)
    for number in range(20):
        log.append(batch(b"%03d" % number * 300), 0)
    log.forget_old(now_ms=10**15)
    assert 3000 <= log.size < 5000
    assert log.end_offset == 20


def test_the_growing_segment_is_closed_by_age_and_then_forgotten(open_log, batch) -> None:
    log = open_log(segment_ms=60_000, retention_ms=1000)
    log.append(batch(b"old", timestamps=0), now_ms=0)
    log.roll_by_age(now_ms=59_999)
    assert log.forget_old(now_ms=59_999) == 0
    log.roll_by_age(now_ms=60_000)
    assert log.forget_old(now_ms=60_000) == 1
    assert (log.start_offset, log.end_offset) == (1, 1)


def test_an_idle_segment_is_closed_by_age_also_after_a_restart(open_log, batch, tmp_path) -> None:
    open_log().append(batch(b"old", timestamps=0), now_ms=0)
    os.utime(only_log_file(tmp_path), (100, 100))
    again = open_log(segment_ms=60_000, retention_ms=1000)
    again.roll_by_age(now_ms=159_999)
    assert again.forget_old(now_ms=159_999) == 0
    again.roll_by_age(now_ms=160_000)
    assert again.forget_old(now_ms=160_000) == 1


def test_offsets_go_on_after_everything_was_forgotten_and_the_broker_restarted(open_log, batch) -> None:
    log = open_log(retention_ms=1)
    log.append(batch(b"a", b"b", timestamps=0), 0)
    log.roll()
    log.forget_old(now_ms=10**6)
    again = open_log()
    assert (again.start_offset, again.end_offset) == (2, 2)
    assert again.append(batch(b"c"), 0).base_offset == 2


@pytest.mark.parametrize("codec", ["none", "gzip", "snappy", "lz4", "zstd"])
def test_offsets_are_found_by_timestamp_inside_compressed_batches(open_log, batch, codec) -> None:
    log = open_log(segment_bytes=2000)
    for start in range(0, 1000, 100):
        log.append(batch(*[b"x"] * 10, timestamps=range(start, start + 100, 10), codec=codec), 0)
    assert log.offset_since(0) == (0, 0)
    assert log.offset_since(345) == (35, 350)
    assert log.offset_since(990) == (99, 990)
    assert log.offset_since(991) is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda b: b[:40], ErrorCode.CORRUPT_MESSAGE),
        (lambda b: b[:16] + b"\x01" + b[17:], ErrorCode.UNSUPPORTED_FOR_MESSAGE_FORMAT),
        (lambda b: b[:-1] + bytes([b[-1] ^ 1]), ErrorCode.CORRUPT_MESSAGE),
        (lambda b: b + b, ErrorCode.INVALID_RECORD),
        (lambda b: b[:-1], ErrorCode.INVALID_RECORD),
        (lambda b: b[:21] + b"\x00\x10" + b[23:], ErrorCode.INVALID_RECORD),
        (lambda b: b[:21] + b"\x00\x07" + b[23:], ErrorCode.UNSUPPORTED_COMPRESSION_TYPE),
        (lambda b: b[:57] + b"\x00\x00\x00\x09" + b[61:], ErrorCode.INVALID_RECORD),
        (lambda b: b[:57] + b"\x00\x00\x00\x00" + b[61:], ErrorCode.INVALID_RECORD),
        (lambda b: b"", ErrorCode.CORRUPT_MESSAGE),
    ],
    ids=[
        "truncated-header",
        "old-format",
        "wrong-checksum",
        "two-batches",
        "truncated",
        "transactional",
        "unknown-codec",
        "wrong-count",
        "no-records",
        "empty",
    ],
)
def test_a_broken_batch_is_refused_and_leaves_nothing(open_log, batch, change, code) -> None:
    log = open_log()
    with pytest.raises(RequestError) as refused:
        log.append(change(batch(b"value")), 0)
    assert refused.value.code == code
    assert (log.end_offset, log.size) == (0, 0)


def test_a_batch_above_the_topics_limit_is_refused(open_log, batch) -> None:
    log = open_log(max_message_bytes=1000)
    log.append(batch(b"x" * 900), 0)
    with pytest.raises(RequestError) as refused:
        log.append(batch(b"x" * 1000), 0)
    assert refused.value.code == ErrorCode.MESSAGE_TOO_LARGE


@given(junk=st.binary(max_size=300))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_are_appended_by_accident(open_log, junk) -> None:
    log = open_log()
    with pytest.raises(RequestError):
        log.append(junk, 0)
    assert log.size == 0


def test_a_full_disk_is_an_error_the_producer_retries_and_nothing_is_counted(
    open_log, batch, values_in, monkeypatch
) -> None:
    log = open_log()
    log.append(batch(b"before"), 0)
    write = os.pwrite
    monkeypatch.setattr(os, "pwrite", lambda fd, data, at: write(fd, data[:30], at))

    def full(fd: int, data: memoryview, at: int) -> int:
        monkeypatch.setattr(os, "pwrite", no_space)
        return write(fd, data[:30], at)

    def no_space(fd: int, data: memoryview, at: int) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    with pytest.raises(RequestError) as refused:
        log.append(batch(b"lost"), 0)
    assert refused.value.code == ErrorCode.KAFKA_STORAGE_ERROR
    monkeypatch.setattr(os, "pwrite", write)
    assert log.append(batch(b"after"), 0).base_offset == 1
    assert values_in(log) == {0: b"before", 1: b"after"}
    assert values_in(open_log()) == {0: b"before", 1: b"after"}


def test_an_unsynced_segment_stays_marked_when_the_disk_refuses(open_log, batch, monkeypatch) -> None:
    log = open_log()
    log.append(batch(b"a"), 0)

    def refuse(fd: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="Input/output"):
        log.sync()
    assert log.unsynced == [log.active]
    monkeypatch.undo()
    log.sync()
    assert log.unsynced == []
