"""What a partition remembers of its idempotent producers, so that a batch sent again after a lost answer is stored
once.

The rules are those of Kafka's ProducerStateManager: five batches are remembered for each producer, which is as many
as a client may have in flight; a producer that is not (or no longer) known may begin at any sequence.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import NamedTuple

from agents.broker.batch import BatchHeader
from agents.broker.protocol import ErrorCode, RequestError

_REMEMBERED_BATCHES = 5
_REMEMBERED_PRODUCERS = 500
"""For each partition; the one that was silent longest is forgotten first."""
_SEQUENCES = 2**31
"""Sequence numbers wrap to 0 after 2**31 - 1."""


class _Appended(NamedTuple):
    first_sequence: int
    last_sequence: int
    base_offset: int


@dataclass
class _Producer:
    epoch: int
    recent: deque[_Appended] = field(default_factory=lambda: deque(maxlen=_REMEMBERED_BATCHES))


class ProducerTable:
    """Last sequences of the producers that wrote to one partition."""

    def __init__(self) -> None:
        self._producers: OrderedDict[int, _Producer] = OrderedDict()

    def __len__(self) -> int:
        return len(self._producers)

    def find_duplicate(self, header: BatchHeader) -> int | None:
        """The offset at which this batch already stands, None when it is new. RequestError when it may not be
        appended."""
        producer = self._producers.get(header.producer_id)
        if header.producer_id < 0 or producer is None:
            return None
        if header.producer_epoch < producer.epoch:
            raise RequestError(ErrorCode.INVALID_PRODUCER_EPOCH, "a newer instance of this producer has taken over")
        if header.producer_epoch > producer.epoch:
            _check_new_epoch(header)
            return None
        return _find_in(producer, header)

    def note(self, header: BatchHeader) -> None:
        """Remember a batch that was appended; the header carries the offset it was given."""
        if header.producer_id < 0:
            return
        producer = self._producers.pop(header.producer_id, None)
        if producer is None or producer.epoch != header.producer_epoch:
            producer = _Producer(header.producer_epoch)
        producer.recent.append(_Appended(header.base_sequence, _last_sequence(header), header.base_offset))
        self._producers[header.producer_id] = producer
        if len(self._producers) > _REMEMBERED_PRODUCERS:
            self._producers.popitem(last=False)


def _check_new_epoch(header: BatchHeader) -> None:
    if header.base_sequence != 0:
        raise RequestError(
            ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, f"a new epoch begins with sequence 0, not {header.base_sequence}"
        )


def _find_in(producer: _Producer, header: BatchHeader) -> int | None:
    last = _last_sequence(header)
    for batch in producer.recent:
        if (batch.first_sequence, batch.last_sequence) == (header.base_sequence, last):
            return batch.base_offset
    expected = (producer.recent[-1].last_sequence + 1) % _SEQUENCES
    if header.base_sequence == expected:
        return None
    if (expected - header.base_sequence) % _SEQUENCES < _SEQUENCES // 2:
        raise RequestError(
            ErrorCode.DUPLICATE_SEQUENCE_NUMBER, f"sequence {header.base_sequence} was appended long ago"
        )
    raise RequestError(
        ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, f"sequence {header.base_sequence} where {expected} is expected"
    )


def _last_sequence(header: BatchHeader) -> int:
    return (header.base_sequence + header.last_offset_delta) % _SEQUENCES
