"""Record batches of format 2, the only one spoken here. They stay opaque: a batch is checked, given its offset and
stored as the producer sent it, compressed or not. Only compaction and the search by timestamp look inside.

Layout (Kafka documentation, "Record Batch"): base offset i64, length i32 of what follows, leader epoch i32, magic i8,
CRC-32C u32 over everything after it, attributes i16, last offset delta i32, base timestamp i64, max timestamp i64,
producer id i64, producer epoch i16, base sequence i32, record count i32, records.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from aiokafka.record.util import calc_crc32c

from agents.broker.compression import CODECS, DecompressionError, decompress
from agents.broker.protocol import ErrorCode, RequestError

LEADER_EPOCH = 0
"""There is one leader, for ever; the field must still be a number that clients accept."""

HEADER = struct.Struct(">qiibIhiqqqhii")
HEADER_BYTES = HEADER.size
_PREFIX_BYTES = 12
"""Base offset and length: the bytes which the length field does not count."""
_CRC_FROM = 21
_CRC = struct.Struct(">I")
_CODEC_BITS = 0x07
_LOG_APPEND_TIME_BIT = 0x08
_TRANSACTION_BITS = 0x30
_MAX_UNPACKED_BYTES = 256 * 1024 * 1024
"""A batch that unpacks to more is treated as unreadable: nobody sends it but a decompression bomb."""


class BatchHeader(NamedTuple):
    """The fixed part of a batch, in wire order. Timestamps are milliseconds since 1970."""

    base_offset: int
    length: int
    leader_epoch: int
    magic: int
    crc: int
    attributes: int
    last_offset_delta: int
    base_timestamp: int
    max_timestamp: int
    producer_id: int
    producer_epoch: int
    base_sequence: int
    record_count: int

    @property
    def size(self) -> int:
        """Bytes of the whole batch."""
        return self.length + _PREFIX_BYTES

    @property
    def next_offset(self) -> int:
        """The offset after the last record."""
        return self.base_offset + self.last_offset_delta + 1


class Record(NamedTuple):
    """One record of an opened batch; `raw` is its encoding including the length."""

    offset: int
    timestamp: int
    key: bytes | None
    is_tombstone: bool
    raw: bytes


def read_header(buffer: bytes | memoryview, at: int = 0) -> BatchHeader:
    """The header at this position; struct.error when fewer than 61 bytes follow."""
    return BatchHeader._make(HEADER.unpack_from(buffer, at))


def crc_is_right(header: BatchHeader, batch: memoryview) -> bool:
    """True when the bytes of the batch are those its producer sent."""
    return bool(calc_crc32c(batch[_CRC_FROM : header.size]) == header.crc)


def check_produced(records: bytes, max_bytes: int) -> BatchHeader:
    """The header of the one batch a producer sent, or RequestError saying what is wrong with it.

    Exactly one batch for each partition, as Kafka demands since Produce version 3."""
    if len(records) < HEADER_BYTES:
        raise RequestError(ErrorCode.CORRUPT_MESSAGE, f"{len(records)} bytes are too few for a record batch")
    header = read_header(records)
    if header.magic != 2:
        raise RequestError(
            ErrorCode.UNSUPPORTED_FOR_MESSAGE_FORMAT, f"record format {header.magic} is not supported, only 2 is"
        )
    if len(records) > max_bytes:
        raise RequestError(ErrorCode.MESSAGE_TOO_LARGE, f"batch of {len(records)} bytes, the topic allows {max_bytes}")
    if header.size != len(records):
        raise RequestError(ErrorCode.INVALID_RECORD, "exactly one whole record batch for each partition is allowed")
    _check_content(header)
    if not crc_is_right(header, memoryview(records)):
        raise RequestError(ErrorCode.CORRUPT_MESSAGE, "the checksum of the record batch is wrong")
    return header


def _check_content(header: BatchHeader) -> None:
    if header.attributes & _TRANSACTION_BITS:
        raise RequestError(ErrorCode.INVALID_RECORD, "transactional and control batches are not supported")
    if header.attributes & _LOG_APPEND_TIME_BIT:
        raise RequestError(ErrorCode.INVALID_RECORD, "producers must send create time, not log append time")
    if header.attributes & _CODEC_BITS not in CODECS:
        raise RequestError(ErrorCode.UNSUPPORTED_COMPRESSION_TYPE, "unknown compression codec")
    if header.record_count < 1 or header.last_offset_delta != header.record_count - 1:
        raise RequestError(ErrorCode.INVALID_RECORD, f"batch counts {header.record_count} records but numbers differ")
    if header.producer_id >= 0 and (header.producer_epoch < 0 or header.base_sequence < 0):
        raise RequestError(ErrorCode.INVALID_RECORD, "producer id without epoch or sequence")


def place(records: bytes, base_offset: int) -> bytearray:
    """The batch with its offset and our leader epoch; the checksum does not cover either."""
    placed = bytearray(records)
    struct.pack_into(">q", placed, 0, base_offset)
    struct.pack_into(">i", placed, _PREFIX_BYTES, LEADER_EPOCH)
    return placed


def open_records(batch: bytes) -> Iterator[Record]:
    """The records inside a batch, unpacked. Raises DecompressionError when that is impossible or beyond reason."""
    header = read_header(batch)
    body = decompress(header.attributes & _CODEC_BITS, batch[HEADER_BYTES : header.size], _MAX_UNPACKED_BYTES)
    at = 0
    for _ in range(header.record_count):
        try:
            record, at = _read_record(header, body, at)
        except IndexError:
            raise DecompressionError(f"batch at offset {header.base_offset} ends inside a record") from None
        yield record


def keep_records(batch: bytes, kept: list[Record]) -> bytes:
    """The same batch with only these of its records, uncompressed. Offsets, times and the producer's sequence stay,
    so that readers and the duplicate check see no difference."""
    header = read_header(batch)
    body = b"".join(record.raw for record in kept)
    rewritten = header._replace(
        length=HEADER_BYTES - _PREFIX_BYTES + len(body),
        attributes=header.attributes & ~_CODEC_BITS,
        record_count=len(kept),
    )
    result = bytearray(HEADER.pack(*rewritten) + body)
    _CRC.pack_into(result, _CRC_FROM - 4, calc_crc32c(memoryview(result)[_CRC_FROM:]))
    return bytes(result)


def _read_record(header: BatchHeader, body: bytes, start: int) -> tuple[Record, int]:
    length, at = _varint(body, start)
    end = at + length
    if length < 0 or end > len(body):
        raise IndexError
    timestamp_delta, at = _varint(body, at + 1)
    offset_delta, at = _varint(body, at)
    key_length, at = _varint(body, at)
    key = None if key_length < 0 else body[at : at + key_length]
    value_length, _ = _varint(body, at + max(key_length, 0))
    record = Record(
        offset=header.base_offset + offset_delta,
        timestamp=header.base_timestamp + timestamp_delta,
        key=key,
        is_tombstone=value_length < 0,
        raw=body[start:end],
    )
    return record, end


def _varint(body: bytes, at: int) -> tuple[int, int]:
    """A zigzag-encoded integer of at most 64 bits; IndexError at the end of the bytes."""
    value = shift = 0
    while True:
        byte = body[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return (value >> 1) ^ -(value & 1), at
        shift += 7
        if shift > 63:
            raise IndexError
