"""The part of the Kafka protocol which the embedded broker speaks.

`APIS` is the whole of it: one row per API with its key, the versions advertised (never a flexible one, which keeps
the codec small; every current client still speaks these) and the message tables of request and response.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from agents.broker.protocol import admin, data, groups
from agents.broker.protocol.codec import (
    Field,
    Message,
    ProtocolError,
    Reader,
    Writer,
    compile_reader,
    compile_writer,
)
from agents.broker.protocol.errors import ErrorCode, RequestError

__all__ = ["APIS", "Api", "ErrorCode", "Message", "ProtocolError", "RequestError", "request_reader", "response_writer"]


@dataclass(frozen=True)
class Api:
    """One row: `versions` is the lowest and the highest version spoken, both inclusive."""

    key: int
    name: str
    versions: tuple[int, int]
    request: tuple[Field, ...]
    response: tuple[Field, ...]

    def speaks(self, version: int) -> bool:
        """True when a request of this version can be read."""
        return self.versions[0] <= version <= self.versions[1]


_ROWS = (
    Api(0, "Produce", (3, 8), data.PRODUCE_REQUEST, data.PRODUCE_RESPONSE),
    Api(1, "Fetch", (4, 11), data.FETCH_REQUEST, data.FETCH_RESPONSE),
    Api(2, "ListOffsets", (1, 5), data.LIST_OFFSETS_REQUEST, data.LIST_OFFSETS_RESPONSE),
    Api(3, "Metadata", (0, 8), data.METADATA_REQUEST, data.METADATA_RESPONSE),
    Api(8, "OffsetCommit", (2, 7), groups.OFFSET_COMMIT_REQUEST, groups.OFFSET_COMMIT_RESPONSE),
    Api(9, "OffsetFetch", (1, 5), groups.OFFSET_FETCH_REQUEST, groups.OFFSET_FETCH_RESPONSE),
    Api(10, "FindCoordinator", (0, 2), groups.FIND_COORDINATOR_REQUEST, groups.FIND_COORDINATOR_RESPONSE),
    Api(11, "JoinGroup", (0, 5), groups.JOIN_GROUP_REQUEST, groups.JOIN_GROUP_RESPONSE),
    Api(12, "Heartbeat", (0, 3), groups.HEARTBEAT_REQUEST, groups.HEARTBEAT_RESPONSE),
    Api(13, "LeaveGroup", (0, 3), groups.LEAVE_GROUP_REQUEST, groups.LEAVE_GROUP_RESPONSE),
    Api(14, "SyncGroup", (0, 3), groups.SYNC_GROUP_REQUEST, groups.SYNC_GROUP_RESPONSE),
    Api(15, "DescribeGroups", (0, 4), groups.DESCRIBE_GROUPS_REQUEST, groups.DESCRIBE_GROUPS_RESPONSE),
    Api(16, "ListGroups", (0, 2), groups.LIST_GROUPS_REQUEST, groups.LIST_GROUPS_RESPONSE),
    Api(18, "ApiVersions", (0, 2), data.API_VERSIONS_REQUEST, data.API_VERSIONS_RESPONSE),
    Api(19, "CreateTopics", (0, 4), admin.CREATE_TOPICS_REQUEST, admin.CREATE_TOPICS_RESPONSE),
    Api(20, "DeleteTopics", (0, 3), admin.DELETE_TOPICS_REQUEST, admin.DELETE_TOPICS_RESPONSE),
    Api(22, "InitProducerId", (0, 1), data.INIT_PRODUCER_ID_REQUEST, data.INIT_PRODUCER_ID_RESPONSE),
    Api(32, "DescribeConfigs", (1, 3), admin.DESCRIBE_CONFIGS_REQUEST, admin.DESCRIBE_CONFIGS_RESPONSE),
    Api(37, "CreatePartitions", (0, 1), admin.CREATE_PARTITIONS_REQUEST, admin.CREATE_PARTITIONS_RESPONSE),
    Api(42, "DeleteGroups", (0, 1), groups.DELETE_GROUPS_REQUEST, groups.DELETE_GROUPS_RESPONSE),
    Api(
        44,
        "IncrementalAlterConfigs",
        (0, 0),
        admin.INCREMENTAL_ALTER_CONFIGS_REQUEST,
        admin.INCREMENTAL_ALTER_CONFIGS_RESPONSE,
    ),
    Api(47, "OffsetDelete", (0, 0), groups.OFFSET_DELETE_REQUEST, groups.OFFSET_DELETE_RESPONSE),
)

APIS: dict[int, Api] = {api.key: api for api in _ROWS}


@cache
def request_reader(key: int, version: int) -> Reader:
    """The function that reads the body of this request."""
    return compile_reader(APIS[key].request, version)


@cache
def response_writer(key: int, version: int) -> Writer:
    """The function that writes the body of the response to it."""
    return compile_writer(APIS[key].response, version)
