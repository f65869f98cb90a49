"""The encoder and decoder that turn the literal message tables into bytes and back.

A message is a tuple of `Field`. Each field has a wire type and the range of API versions in which it is present;
`compile_reader` and `compile_writer` turn such a tuple into one function per version. Only the *non-flexible*
encoding of the Kafka protocol is spoken (fixed-width integers, 16-bit string lengths, 32-bit array lengths; no tagged
fields). Source of the encoding: Kafka protocol guide, "Protocol Primitive Types".
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Primitive = Literal["bool", "int8", "int16", "int32", "int64", "string", "string?", "bytes", "bytes?"]
"""A trailing question mark means that the value may be None."""

Message = dict[str, Any]
Reader = Callable[[memoryview, int], tuple[Any, int]]
"""(frame, position) -> (value, position after it); raises ProtocolError."""
Writer = Callable[[bytearray, Any], None]


class ProtocolError(ValueError):
    """The bytes are not what the protocol allows here; the connection cannot be trusted any further."""


class _Required:
    """Marks a field which the handler must fill in."""


REQUIRED = _Required()


@dataclass(frozen=True)
class Array:
    """A list of primitives or of structures; `nullable` lists may be None (length -1 on the wire)."""

    of: Primitive | tuple[Field, ...]
    nullable: bool = False


@dataclass(frozen=True)
class Field:
    """One field. `since` and `until` are API versions, both inclusive; `default` is written for an absent value."""

    name: str
    type: Primitive | Array
    since: int = 0
    until: int = 99
    default: Any = REQUIRED


_INTEGERS = {
    "bool": struct.Struct(">?"),
    "int8": struct.Struct(">b"),
    "int16": struct.Struct(">h"),
    "int32": struct.Struct(">i"),
    "int64": struct.Struct(">q"),
}
_INT16 = _INTEGERS["int16"]
_INT32 = _INTEGERS["int32"]


def compile_reader(fields: tuple[Field, ...], version: int) -> Reader:
    """One function that reads the fields present in `version` into a dict."""
    plan = [(f.name, _reader(f.type, version)) for f in fields if f.since <= version <= f.until]

    def read(frame: memoryview, at: int) -> tuple[Message, int]:
        message: Message = {}
        for name, read_field in plan:
            message[name], at = read_field(frame, at)
        return message, at

    return read


def compile_writer(fields: tuple[Field, ...], version: int) -> Writer:
    """One function that appends the fields present in `version`; a missing value without a default is a KeyError."""
    plan = [(f.name, f.default, _writer(f.type, version)) for f in fields if f.since <= version <= f.until]

    def write(out: bytearray, message: Message) -> None:
        for name, default, write_field in plan:
            write_field(out, message[name] if default is REQUIRED else message.get(name, default))

    return write


def _reader(kind: Primitive | Array, version: int) -> Reader:
    if isinstance(kind, Array):
        return _array_reader(kind, version)
    if kind in _INTEGERS:
        return _integer_reader(_INTEGERS[kind])
    return _chunk_reader(_INT16 if kind.startswith("string") else _INT32, kind.startswith("string"), kind.endswith("?"))


def _integer_reader(packing: struct.Struct) -> Reader:
    size, unpack = packing.size, packing.unpack_from

    def read(frame: memoryview, at: int) -> tuple[Any, int]:
        try:
            return unpack(frame, at)[0], at + size
        except struct.error as error:
            raise ProtocolError(f"frame ends inside a number at byte {at}") from error

    return read


def _chunk_reader(length_type: struct.Struct, text: bool, nullable: bool) -> Reader:
    read_length = _integer_reader(length_type)

    def read(frame: memoryview, at: int) -> tuple[Any, int]:
        length, at = read_length(frame, at)
        if length == -1 and nullable:
            return None, at
        if length < 0 or at + length > len(frame):
            raise ProtocolError(f"length {length} at byte {at} does not fit the frame of {len(frame)} bytes")
        chunk = frame[at : at + length]
        return (_text(chunk, at) if text else bytes(chunk)), at + length

    return read


def _text(chunk: memoryview, at: int) -> str:
    try:
        return str(chunk, "utf-8")
    except UnicodeDecodeError as error:
        raise ProtocolError(f"string at byte {at} is not UTF-8") from error


def _array_reader(kind: Array, version: int) -> Reader:
    item = compile_reader(kind.of, version) if isinstance(kind.of, tuple) else _reader(kind.of, version)
    read_length = _integer_reader(_INT32)

    def read(frame: memoryview, at: int) -> tuple[Any, int]:
        length, at = read_length(frame, at)
        if length == -1 and kind.nullable:
            return None, at
        # Every element takes at least one byte, so a larger count is a lie; checked before anything is allocated.
        if length < 0 or length > len(frame) - at:
            raise ProtocolError(f"array of {length} elements at byte {at} does not fit the frame")
        values = []
        for _ in range(length):
            value, at = item(frame, at)
            values.append(value)
        return values, at

    return read


def _writer(kind: Primitive | Array, version: int) -> Writer:
    if isinstance(kind, Array):
        return _array_writer(kind, version)
    if kind in _INTEGERS:
        return _integer_writer(_INTEGERS[kind])
    return _chunk_writer(_INT16 if kind.startswith("string") else _INT32, kind.endswith("?"))


def _integer_writer(packing: struct.Struct) -> Writer:
    def write(out: bytearray, value: Any) -> None:
        out += packing.pack(value)

    return write


def _chunk_writer(length_type: struct.Struct, nullable: bool) -> Writer:
    def write(out: bytearray, value: Any) -> None:
        if value is None:
            if not nullable:
                raise ValueError("None in a field that is not nullable")
            out += length_type.pack(-1)
            return
        chunk = value.encode() if isinstance(value, str) else value
        out += length_type.pack(len(chunk))
        out += chunk

    return write


def _array_writer(kind: Array, version: int) -> Writer:
    item = compile_writer(kind.of, version) if isinstance(kind.of, tuple) else _writer(kind.of, version)

    def write(out: bytearray, values: Any) -> None:
        if values is None:
            if not kind.nullable:
                raise ValueError("None in an array that is not nullable")
            out += _INT32.pack(-1)
            return
        out += _INT32.pack(len(values))
        for value in values:
            item(out, value)

    return write
