"""Record batches as a producer would send them, and logs to put them into."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from aiokafka.record.default_records import DefaultRecordBatch, DefaultRecordBatchBuilder

from agents.broker.config import BrokerConfig, TopicConfig, topic_config
from agents.broker.log import PartitionLog

Pair = tuple[bytes | None, bytes | None]
MakeBatch = Callable[..., bytes]
OpenLog = Callable[..., PartitionLog]

CODECS = {
    "none": 0,
    "gzip": DefaultRecordBatch.CODEC_GZIP,
    "snappy": DefaultRecordBatch.CODEC_SNAPPY,
    "lz4": DefaultRecordBatch.CODEC_LZ4,
    "zstd": DefaultRecordBatch.CODEC_ZSTD,
}


def build_batch(
    pairs: Sequence[Pair],
    *,
    timestamps: Sequence[int] | int = 1000,
    codec: str = "none",
    producer: tuple[int, int, int] = (-1, -1, -1),
) -> bytes:
    """`producer` is id, epoch and sequence."""
    builder = DefaultRecordBatchBuilder(
        magic=2,
        compression_type=CODECS[codec],
        is_transactional=0,
        producer_id=producer[0],
        producer_epoch=producer[1],
        base_sequence=producer[2],
        batch_size=1 << 26,
    )
    times = [timestamps] * len(pairs) if isinstance(timestamps, int) else timestamps
    for offset, ((key, value), time) in enumerate(zip(pairs, times, strict=True)):
        builder.append(offset, time, key, value, [])
    return bytes(builder.build())


def build_config(**changes: int | bool) -> TopicConfig:
    return dataclasses.replace(topic_config(BrokerConfig(data_dir=Path()), {}), **changes)


@pytest.fixture
def batch() -> MakeBatch:
    """batch(value, ...) -> one batch of keyless records; keywords as in `build_batch`."""

    def make(*values: bytes, **options: object) -> bytes:
        return build_batch([(None, value) for value in values], **options)  # type: ignore[arg-type]

    return make


@pytest.fixture
def keyed_batch() -> MakeBatch:
    """keyed_batch((key, value), ...) -> one batch."""

    def make(*pairs: Pair, **options: object) -> bytes:
        return build_batch(pairs, **options)  # type: ignore[arg-type]

    return make


@pytest.fixture
def open_log(tmp_path: Path) -> OpenLog:
    """Open, or open again, the log in the test's folder; background work is done at once."""

    def open_again(**changes: int | bool) -> PartitionLog:
        return PartitionLog(tmp_path / "0", build_config(**changes), lambda work: work())

    return open_again


@pytest.fixture
def values_in() -> Callable[[PartitionLog], dict[int, bytes | None]]:
    """Read a log as a client does: offset -> value."""

    def read(log: PartitionLog) -> dict[int, bytes | None]:
        values: dict[int, bytes | None] = {}
        offset = log.start_offset
        while chunk := log.read(offset, 1 << 20, at_least_one=True):
            while len(chunk) >= 61 and len(chunk) >= (size := int.from_bytes(chunk[8:12], "big") + 12):
                opened = DefaultRecordBatch(chunk[:size])
                assert opened.validate_crc()
                values |= {record.offset: record.value for record in opened}
                offset, chunk = opened.next_offset, chunk[size:]
        return values

    return read
