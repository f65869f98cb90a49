"""Message tables of the consumer-group APIs: finding the coordinator, membership, committed offsets, group
administration."""

from __future__ import annotations

from agents.broker.protocol.codec import Array, Field
from agents.broker.protocol.data import NO_AUTHORIZED_OPERATIONS

_THROTTLE_SINCE_1 = Field("throttle_time_ms", "int32", since=1, default=0)

FIND_COORDINATOR_REQUEST = (Field("key", "string"), Field("key_type", "int8", since=1))
FIND_COORDINATOR_RESPONSE = (
    _THROTTLE_SINCE_1,
    Field("error_code", "int16"),
    Field("error_message", "string?", since=1, default=None),
    Field("node_id", "int32"),
    Field("host", "string"),
    Field("port", "int32"),
)

JOIN_GROUP_REQUEST = (
    Field("group_id", "string"),
    Field("session_timeout_ms", "int32"),
    Field("rebalance_timeout_ms", "int32", since=1),
    Field("member_id", "string"),
    Field("group_instance_id", "string?", since=5),
    Field("protocol_type", "string"),
    Field("protocols", Array((Field("name", "string"), Field("metadata", "bytes")))),
)
JOIN_GROUP_RESPONSE = (
    Field("throttle_time_ms", "int32", since=2, default=0),
    Field("error_code", "int16"),
    Field("generation_id", "int32"),
    Field("protocol_name", "string"),
    Field("leader", "string"),
    Field("member_id", "string"),
    Field(
        "members",
        Array(
            (
                Field("member_id", "string"),
                Field("group_instance_id", "string?", since=5),
                Field("metadata", "bytes"),
            )
        ),
    ),
)

SYNC_GROUP_REQUEST = (
    Field("group_id", "string"),
    Field("generation_id", "int32"),
    Field("member_id", "string"),
    Field("group_instance_id", "string?", since=3),
    Field("assignments", Array((Field("member_id", "string"), Field("assignment", "bytes")))),
)
SYNC_GROUP_RESPONSE = (_THROTTLE_SINCE_1, Field("error_code", "int16"), Field("assignment", "bytes"))

HEARTBEAT_REQUEST = (
    Field("group_id", "string"),
    Field("generation_id", "int32"),
    Field("member_id", "string"),
    Field("group_instance_id", "string?", since=3),
)
HEARTBEAT_RESPONSE = (_THROTTLE_SINCE_1, Field("error_code", "int16"))

LEAVE_GROUP_REQUEST = (
    Field("group_id", "string"),
    Field("member_id", "string", until=2),
    Field("members", Array((Field("member_id", "string"), Field("group_instance_id", "string?"))), since=3),
)
LEAVE_GROUP_RESPONSE = (
    _THROTTLE_SINCE_1,
    Field("error_code", "int16"),
    Field(
        "members",
        Array((Field("member_id", "string"), Field("group_instance_id", "string?"), Field("error_code", "int16"))),
        since=3,
    ),
)

OFFSET_COMMIT_REQUEST = (
    Field("group_id", "string"),
    Field("generation_id_or_member_epoch", "int32"),
    Field("member_id", "string"),
    Field("group_instance_id", "string?", since=7),
    Field("retention_time_ms", "int64", until=4),
    Field(
        "topics",
        Array(
            (
                Field("name", "string"),
                Field(
                    "partitions",
                    Array(
                        (
                            Field("partition_index", "int32"),
                            Field("committed_offset", "int64"),
                            Field("committed_leader_epoch", "int32", since=6),
                            Field("committed_metadata", "string?"),
                        )
                    ),
                ),
            )
        ),
    ),
)
OFFSET_COMMIT_RESPONSE = (
    Field("throttle_time_ms", "int32", since=3, default=0),
    Field(
        "topics",
        Array(
            (
                Field("name", "string"),
                Field("partitions", Array((Field("partition_index", "int32"), Field("error_code", "int16")))),
            )
        ),
    ),
)

_FETCHED_TOPICS = (Field("name", "string"), Field("partition_indexes", Array("int32")))
OFFSET_FETCH_REQUEST = (
    Field("group_id", "string"),
    Field("topics", Array(_FETCHED_TOPICS), until=1),
    Field("topics", Array(_FETCHED_TOPICS, nullable=True), since=2),
)
OFFSET_FETCH_RESPONSE = (
    Field("throttle_time_ms", "int32", since=3, default=0),
    Field(
        "topics",
        Array(
            (
                Field("name", "string"),
                Field(
                    "partitions",
                    Array(
                        (
                            Field("partition_index", "int32"),
                            Field("committed_offset", "int64"),
                            Field("committed_leader_epoch", "int32", since=5),
                            Field("metadata", "string?"),
                            Field("error_code", "int16"),
                        )
                    ),
                ),
            )
        ),
    ),
    Field("error_code", "int16", since=2),
)

DESCRIBE_GROUPS_REQUEST = (
    Field("groups", Array("string")),
    Field("include_authorized_operations", "bool", since=3),
)
DESCRIBE_GROUPS_RESPONSE = (
    _THROTTLE_SINCE_1,
    Field(
        "groups",
        Array(
            (
                Field("error_code", "int16"),
                Field("group_id", "string"),
                Field("group_state", "string"),
                Field("protocol_type", "string"),
                Field("protocol_data", "string"),
                Field(
                    "members",
                    Array(
                        (
                            Field("member_id", "string"),
                            Field("group_instance_id", "string?", since=4),
                            Field("client_id", "string"),
                            Field("client_host", "string"),
                            Field("member_metadata", "bytes"),
                            Field("member_assignment", "bytes"),
                        )
                    ),
                ),
                Field("authorized_operations", "int32", since=3, default=NO_AUTHORIZED_OPERATIONS),
            )
        ),
    ),
)

LIST_GROUPS_REQUEST = ()
LIST_GROUPS_RESPONSE = (
    _THROTTLE_SINCE_1,
    Field("error_code", "int16", default=0),
    Field("groups", Array((Field("group_id", "string"), Field("protocol_type", "string")))),
)

DELETE_GROUPS_REQUEST = (Field("groups_names", Array("string")),)
DELETE_GROUPS_RESPONSE = (
    Field("throttle_time_ms", "int32", default=0),
    Field("results", Array((Field("group_id", "string"), Field("error_code", "int16")))),
)

OFFSET_DELETE_REQUEST = (
    Field("group_id", "string"),
    Field(
        "topics",
        Array((Field("name", "string"), Field("partitions", Array((Field("partition_index", "int32"),))))),
    ),
)
OFFSET_DELETE_RESPONSE = (
    Field("error_code", "int16"),
    Field("throttle_time_ms", "int32", default=0),
    Field(
        "topics",
        Array(
            (
                Field("name", "string"),
                Field("partitions", Array((Field("partition_index", "int32"), Field("error_code", "int16")))),
            )
        ),
    ),
)
