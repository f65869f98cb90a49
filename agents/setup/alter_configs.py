"""Kafka's IncrementalAlterConfigs (KIP-339), which aiokafka lacks. Its AlterConfigs sets back every setting that it
does not name, whoever made it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from aiokafka.protocol.api import Request, RequestStruct, Response
from aiokafka.protocol.types import Array, Boolean, Int8, Int16, Int32, Schema, String

_API_KEY: Final = 44
_TOPIC: Final = 2
_SET: Final = 0


class IncrementalAlterConfigsResponse(Response):  # type: ignore[misc]  # aiokafka's protocol is untyped
    """`resources`: error code, error message, kind and name of each."""

    API_KEY = _API_KEY
    API_VERSION = 0
    SCHEMA = Schema(
        ("throttle_time_ms", Int32),
        (
            "resources",
            Array(
                ("error_code", Int16),
                ("error_message", String("utf-8")),
                ("resource_type", Int8),
                ("resource_name", String("utf-8")),
            ),
        ),
    )


class _Struct(RequestStruct):  # type: ignore[misc]
    API_KEY = _API_KEY
    API_VERSION = 0
    RESPONSE_TYPE = IncrementalAlterConfigsResponse
    SCHEMA = Schema(
        (
            "resources",
            Array(
                ("resource_type", Int8),
                ("resource_name", String("utf-8")),
                (
                    "configs",
                    Array(("name", String("utf-8")), ("config_operation", Int8), ("value", String("utf-8"))),
                ),
            ),
        ),
        ("validate_only", Boolean),
    )


class IncrementalAlterConfigsRequest(Request[_Struct]):  # type: ignore[misc]
    """Sets these settings of these topics and leaves all others."""

    API_KEY = _API_KEY

    def __init__(self, topics: Mapping[str, Mapping[str, str]]) -> None:
        self._resources = [
            (_TOPIC, name, [(setting, _SET, value) for setting, value in settings.items()])
            for name, settings in topics.items()
        ]

    def build(self, request_struct_class: type[Any]) -> Any:
        return request_struct_class(self._resources, False)
