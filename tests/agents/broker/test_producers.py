"""A batch that is sent again is stored once; a batch that is missing is noticed."""

from __future__ import annotations

import pytest

from agents.broker.protocol import ErrorCode, RequestError


def code_of(call, *arguments) -> ErrorCode:
    with pytest.raises(RequestError) as refused:
        call(*arguments)
    return refused.value.code


def test_a_repeated_batch_gets_its_first_offset_and_is_not_appended(open_log, batch) -> None:
    log = open_log()
    first = batch(b"a", b"b", producer=(7, 0, 0))
    log.append(batch(b"other"), 0)
    assert log.append(first, 0).base_offset == 1
    again = log.append(first, 0)
    assert (again.base_offset, again.duplicate, log.end_offset) == (1, True, 3)


def test_five_batches_in_flight_may_all_come_again(open_log, batch) -> None:
    log = open_log()
    sent = [batch(b"%d" % n, producer=(7, 0, n)) for n in range(5)]
    offsets = [log.append(one, 0).base_offset for one in sent]
    assert [log.append(one, 0).base_offset for one in sent] == offsets
    assert log.end_offset == 5


@pytest.mark.parametrize("rolled", [False, True])
def test_a_repeated_batch_is_recognised_after_a_restart(open_log, batch, rolled) -> None:
    log = open_log()
    sent = batch(b"a", producer=(7, 0, 0))
    log.append(sent, 0)
    if rolled:
        log.roll()
    again = open_log()
    assert again.append(sent, 0).duplicate
    assert again.append(batch(b"b", producer=(7, 0, 1)), 0).base_offset == 1


def test_a_gap_in_the_sequence_is_refused(open_log, batch) -> None:
    log = open_log()
    log.append(batch(b"a", producer=(7, 0, 0)), 0)
    assert code_of(log.append, batch(b"c", producer=(7, 0, 2)), 0) == ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER


def test_a_sequence_from_long_ago_is_named_a_duplicate(open_log, batch) -> None:
    log = open_log()
    for number in range(8):
        log.append(batch(b"x", producer=(7, 0, number)), 0)
    assert code_of(log.append, batch(b"x", producer=(7, 0, 1)), 0) == ErrorCode.DUPLICATE_SEQUENCE_NUMBER


def test_an_older_epoch_is_fenced_and_a_newer_one_begins_at_zero(open_log, batch) -> None:
    log = open_log()
    log.append(batch(b"a", producer=(7, 1, 0)), 0)
    assert code_of(log.append, batch(b"b", producer=(7, 0, 1)), 0) == ErrorCode.INVALID_PRODUCER_EPOCH
    assert code_of(log.append, batch(b"b", producer=(7, 2, 5)), 0) == ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER
    assert log.append(batch(b"b", producer=(7, 2, 0)), 0).base_offset == 1


def test_sequences_wrap_to_zero(open_log, batch) -> None:
    log = open_log()
    last = 2**31 - 1
    log.append(batch(b"a", b"b", producer=(7, 0, last - 1)), 0)
    assert log.append(batch(b"c", producer=(7, 0, 0)), 0).base_offset == 2


def test_an_unknown_producer_may_begin_anywhere(open_log, batch) -> None:
    assert open_log().append(batch(b"a", producer=(9, 3, 41)), 0).base_offset == 0


def test_memory_of_producers_is_bounded(open_log, batch) -> None:
    log = open_log()
    for number in range(600):
        log.append(batch(b"x", producer=(number, 0, 0)), 0)
    assert len(log.producers) == 500
