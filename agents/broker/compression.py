"""Unpacking of record batches with a bound on what comes out, so that a few hostile bytes cannot take all memory."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import cramjam

_FIRST_BUFFER_BYTES = 64 * 1024
_BUFFER_FULL = "failed to write whole buffer"

_XERIAL_MAGIC = b"\x82SNAPPY\x00"
_XERIAL_HEADER_BYTES = 16


class DecompressionError(ValueError):
    """The records of a batch cannot be unpacked."""


def decompress(codec: int, body: bytes, limit: int) -> bytes:
    """The unpacked bytes, at most `limit`; `codec` is the number in a batch's attributes. Raises DecompressionError."""
    try:
        unpacked = CODECS[codec](body, limit)
    except DecompressionError:
        raise
    except (zlib.error, cramjam.DecompressionError, ValueError) as error:
        raise DecompressionError(f"records cannot be unpacked: {error}") from error
    if len(unpacked) > limit:
        raise DecompressionError(f"records unpack to more than {limit} bytes")
    return unpacked


def _stored(body: bytes, limit: int) -> bytes:
    return body


def _gzip(body: bytes, limit: int) -> bytes:
    return zlib.decompressobj(wbits=31).decompress(body, limit + 1)


def _snappy(body: bytes, limit: int) -> bytes:
    """Either one raw block or the framing of xerial's Java library: a header, then length-prefixed blocks."""
    if not body.startswith(_XERIAL_MAGIC):
        return _snappy_block(body, limit)
    unpacked, at = bytearray(), _XERIAL_HEADER_BYTES
    while at < len(body):
        size = int.from_bytes(body[at : at + 4], "big")
        unpacked += _snappy_block(body[at + 4 : at + 4 + size], limit - len(unpacked))
        at += 4 + size
    return bytes(unpacked)


def _snappy_block(block: bytes, limit: int) -> bytes:
    if cramjam.snappy.decompress_raw_len(block) > limit:
        raise DecompressionError(f"records unpack to more than {limit} bytes")
    return bytes(cramjam.snappy.decompress_raw(block))


def _growing(unpack_into: Callable[[bytes, bytearray], int]) -> Callable[[bytes, int], bytes]:
    """cramjam unpacks a whole frame or fails when the buffer is full, so the buffer grows by steps up to the limit."""

    def unpack(body: bytes, limit: int) -> bytes:
        size = min(limit, max(_FIRST_BUFFER_BYTES, 8 * len(body)))
        while True:
            buffer = bytearray(size)
            try:
                return bytes(memoryview(buffer)[: unpack_into(body, buffer)])
            except cramjam.DecompressionError as error:
                if _BUFFER_FULL not in str(error) or size == limit:
                    raise
            size = min(limit, 8 * size)

    return unpack


CODECS: dict[int, Callable[[bytes, int], bytes]] = {
    0: _stored,
    1: _gzip,
    2: _snappy,
    3: _growing(cramjam.lz4.decompress_into),
    4: _growing(cramjam.zstd.decompress_into),
}
"""Codec number -> function (packed bytes, limit) -> unpacked bytes."""
