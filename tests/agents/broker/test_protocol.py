"""The message tables against kio, an independent implementation generated from Kafka's own definitions."""

from __future__ import annotations

import dataclasses
import datetime
import enum
from typing import Any

import pytest
from aiokafka.protocol import admin as aiokafka_admin
from hypothesis import given, settings
from hypothesis import strategies as st
from kio.index import UnknownEntity, load_request_schema, load_response_schema
from kio.schema.errors import ErrorCode as KioErrorCode
from kio.serial import entity_reader, entity_writer

from agents.broker.protocol import APIS, Api, ProtocolError
from agents.broker.protocol.codec import Array, Field, compile_reader, compile_writer

INTEGER_BITS = {"int8": 8, "int16": 16, "int32": 32, "int64": 64}
ABSENT_IN_KIO = {("CreateTopics", 0), ("CreateTopics", 1), ("DeleteTopics", 0)}
"""Versions that Kafka 4 dropped, but which clients of the last years still send."""


def every_version() -> list[tuple[Api, int]]:
    return [(api, version) for api in APIS.values() for version in range(api.versions[0], api.versions[1] + 1)]


def name_of(value: object) -> str | None:
    return value.name if isinstance(value, Api) else None


def values(kind: Any, version: int, name: str) -> st.SearchStrategy[Any]:
    if isinstance(kind, Array):
        item = messages(kind.of, version) if isinstance(kind.of, tuple) else values(kind.of, version, name)
        lists = st.lists(item, max_size=3)
        return st.none() | lists if kind.nullable else lists
    if name.endswith("error_code"):
        return st.sampled_from([code.value for code in KioErrorCode])
    if name == "log_append_time_ms":
        return st.integers(0, 4 * 10**12)
    if name == "retention_time_ms":
        return st.integers(-1, 10**12)  # kio holds it in a timedelta
    if kind == "bool":
        return st.booleans()
    if kind in INTEGER_BITS:
        half = 2 ** (INTEGER_BITS[kind] - 1)
        return st.integers(-half, half - 1)
    plain = st.text(max_size=20) if kind.startswith("string") else st.binary(max_size=40)
    return st.none() | plain if kind.endswith("?") else plain


def messages(fields: tuple[Field, ...], version: int) -> st.SearchStrategy[dict[str, Any]]:
    present = [field for field in fields if field.since <= version <= field.until]
    return st.fixed_dictionaries({field.name: values(field.type, version, field.name) for field in present})


def plain(value: Any) -> Any:
    """kio's objects as the dictionaries of our codec, without the unit suffixes which it drops."""
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, datetime.timedelta):
        return value // datetime.timedelta(milliseconds=1)
    if isinstance(value, datetime.datetime):
        return round(value.timestamp() * 1000)
    if isinstance(value, enum.Enum):
        return value.value
    if dataclasses.is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return value


def without_units(message: Any) -> Any:
    if isinstance(message, list):
        return [without_units(item) for item in message]
    if isinstance(message, dict):
        return {name.removesuffix("_ms"): without_units(value) for name, value in message.items()}
    return message


@pytest.mark.parametrize(("api", "version"), every_version(), ids=name_of)
@pytest.mark.parametrize("direction", ["request", "response"])
def test_every_message_is_what_kafka_defines(api: Api, version: int, direction: str) -> None:
    fields = api.request if direction == "request" else api.response
    load = load_request_schema if direction == "request" else load_response_schema
    try:
        schema = load(api.key, version)
    except UnknownEntity:
        assert (api.name, version) in ABSENT_IN_KIO
        return
    write, read = compile_writer(fields, version), compile_reader(fields, version)

    @settings(max_examples=12, deadline=None)
    @given(messages(fields, version))
    def check(message: dict[str, Any]) -> None:
        ours = bytearray()
        write(ours, message)
        theirs, size = entity_reader(schema)(bytes(ours), 0)
        assert size == len(ours)
        assert plain(theirs) == without_units(message)
        written = bytearray()

        class Sink:
            write = staticmethod(written.extend)

        entity_writer(schema)(Sink(), theirs)
        assert written == ours
        assert read(memoryview(bytes(ours)), 0) == (message, len(ours))

    check()


def test_old_topic_requests_are_read_as_aiokafka_writes_them() -> None:
    topic = ("t", 3, 1, [], [("cleanup.policy", "compact")])
    frame = aiokafka_admin.CreateTopicsRequest_v0([topic], 500).encode()
    request, size = compile_reader(APIS[19].request, 0)(memoryview(frame), 0)
    assert size == len(frame)
    assert request["topics"][0]["configs"] == [{"name": "cleanup.policy", "value": "compact"}]
    assert request["timeout_ms"] == 500

    frame = aiokafka_admin.CreateTopicsRequest_v1([topic], 500, True).encode()
    request, size = compile_reader(APIS[19].request, 1)(memoryview(frame), 0)
    assert (size, request["validate_only"]) == (len(frame), True)

    frame = aiokafka_admin.DeleteTopicsRequest_v0(["a", "b"], 7).encode()
    request, size = compile_reader(APIS[20].request, 0)(memoryview(frame), 0)
    assert (size, request) == (len(frame), {"topic_names": ["a", "b"], "timeout_ms": 7})


@given(st.binary(max_size=200), st.sampled_from(every_version()))
@settings(max_examples=500, deadline=None)
def test_hostile_bytes_are_a_protocol_error_or_a_message(frame: bytes, which: tuple[Api, int]) -> None:
    api, version = which
    try:
        message, size = compile_reader(api.request, version)(memoryview(frame), 0)
    except ProtocolError:
        return
    assert size <= len(frame)
    assert set(message) == {f.name for f in api.request if f.since <= version <= f.until}


@pytest.mark.parametrize("length", [-2, -(2**31), 2**31 - 1, 100])
def test_impossible_array_length_is_refused_before_anything_is_allocated(length: int) -> None:
    frame = length.to_bytes(4, "big", signed=True) + b"\x00" * 20
    with pytest.raises(ProtocolError, match="array"):
        compile_reader((Field("numbers", Array("int8")),), 0)(memoryview(frame), 0)


def test_a_field_without_default_must_be_given() -> None:
    with pytest.raises(KeyError, match="error_code"):
        compile_writer(APIS[12].response, 0)(bytearray(), {})


def test_null_is_refused_where_the_protocol_has_none() -> None:
    with pytest.raises(ValueError, match="not nullable"):
        compile_writer((Field("name", "string"),), 0)(bytearray(), {"name": None})
    with pytest.raises(ValueError, match="not nullable"):
        compile_writer((Field("names", Array("string")),), 0)(bytearray(), {"names": None})
