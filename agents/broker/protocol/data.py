"""Message tables of the APIs that carry data: Produce, Fetch, ListOffsets, Metadata, ApiVersions, InitProducerId.

Field names are Kafka's own (clients/src/main/resources/common/message), so that the tables can be compared with any
other codec.
"""

from __future__ import annotations

from agents.broker.protocol.codec import Array, Field

PRODUCE_REQUEST = (
    Field("transactional_id", "string?"),
    Field("acks", "int16"),
    Field("timeout_ms", "int32"),
    Field(
        "topic_data",
        Array(
            (
                Field("name", "string"),
                Field("partition_data", Array((Field("index", "int32"), Field("records", "bytes?")))),
            )
        ),
    ),
)
PRODUCE_RESPONSE = (
    Field(
        "responses",
        Array(
            (
                Field("name", "string"),
                Field(
                    "partition_responses",
                    Array(
                        (
                            Field("index", "int32"),
                            Field("error_code", "int16"),
                            Field("base_offset", "int64"),
                            Field("log_append_time_ms", "int64", default=-1),
                            Field("log_start_offset", "int64", since=5),
                            Field(
                                "record_errors",
                                Array(
                                    (
                                        Field("batch_index", "int32"),
                                        Field("batch_index_error_message", "string?"),
                                    )
                                ),
                                since=8,
                                default=(),
                            ),
                            Field("error_message", "string?", since=8, default=None),
                        )
                    ),
                ),
            )
        ),
    ),
    Field("throttle_time_ms", "int32", default=0),
)

FETCH_REQUEST = (
    Field("replica_id", "int32"),
    Field("max_wait_ms", "int32"),
    Field("min_bytes", "int32"),
    Field("max_bytes", "int32"),
    Field("isolation_level", "int8"),
    Field("session_id", "int32", since=7),
    Field("session_epoch", "int32", since=7),
    Field(
        "topics",
        Array(
            (
                Field("topic", "string"),
                Field(
                    "partitions",
                    Array(
                        (
                            Field("partition", "int32"),
                            Field("current_leader_epoch", "int32", since=9),
                            Field("fetch_offset", "int64"),
                            Field("log_start_offset", "int64", since=5),
                            Field("partition_max_bytes", "int32"),
                        )
                    ),
                ),
            )
        ),
    ),
    Field(
        "forgotten_topics_data",
        Array((Field("topic", "string"), Field("partitions", Array("int32")))),
        since=7,
    ),
    Field("rack_id", "string", since=11),
)
FETCH_RESPONSE = (
    Field("throttle_time_ms", "int32", default=0),
    Field("error_code", "int16", since=7, default=0),
    Field("session_id", "int32", since=7, default=0),
    Field(
        "responses",
        Array(
            (
                Field("topic", "string"),
                Field(
                    "partitions",
                    Array(
                        (
                            Field("partition_index", "int32"),
                            Field("error_code", "int16"),
                            Field("high_watermark", "int64"),
                            Field("last_stable_offset", "int64"),
                            Field("log_start_offset", "int64", since=5),
                            Field(
                                "aborted_transactions",
                                Array((Field("producer_id", "int64"), Field("first_offset", "int64")), nullable=True),
                                default=None,
                            ),
                            Field("preferred_read_replica", "int32", since=11, default=-1),
                            Field("records", "bytes?"),
                        )
                    ),
                ),
            )
        ),
    ),
)

LIST_OFFSETS_REQUEST = (
    Field("replica_id", "int32"),
    Field("isolation_level", "int8", since=2),
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
                            Field("current_leader_epoch", "int32", since=4),
                            Field("timestamp", "int64"),
                        )
                    ),
                ),
            )
        ),
    ),
)
LIST_OFFSETS_RESPONSE = (
    Field("throttle_time_ms", "int32", since=2, default=0),
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
                            Field("error_code", "int16"),
                            Field("timestamp", "int64"),
                            Field("offset", "int64"),
                            Field("leader_epoch", "int32", since=4),
                        )
                    ),
                ),
            )
        ),
    ),
)

METADATA_REQUEST = (
    # Version 0 has no null: there an empty list means every topic.
    Field("topics", Array((Field("name", "string"),)), until=0),
    Field("topics", Array((Field("name", "string"),), nullable=True), since=1),
    Field("allow_auto_topic_creation", "bool", since=4),
    Field("include_cluster_authorized_operations", "bool", since=8),
    Field("include_topic_authorized_operations", "bool", since=8),
)
NO_AUTHORIZED_OPERATIONS = -(2**31)
"""Kafka's value for "not asked for or not known": this broker has no authorisation."""
METADATA_RESPONSE = (
    Field("throttle_time_ms", "int32", since=3, default=0),
    Field(
        "brokers",
        Array(
            (
                Field("node_id", "int32"),
                Field("host", "string"),
                Field("port", "int32"),
                Field("rack", "string?", since=1, default=None),
            )
        ),
    ),
    Field("cluster_id", "string?", since=2),
    Field("controller_id", "int32", since=1),
    Field(
        "topics",
        Array(
            (
                Field("error_code", "int16"),
                Field("name", "string"),
                Field("is_internal", "bool", since=1, default=False),
                Field(
                    "partitions",
                    Array(
                        (
                            Field("error_code", "int16"),
                            Field("partition_index", "int32"),
                            Field("leader_id", "int32"),
                            Field("leader_epoch", "int32", since=7),
                            Field("replica_nodes", Array("int32")),
                            Field("isr_nodes", Array("int32")),
                            Field("offline_replicas", Array("int32"), since=5, default=()),
                        )
                    ),
                ),
                Field("topic_authorized_operations", "int32", since=8, default=NO_AUTHORIZED_OPERATIONS),
            )
        ),
    ),
    Field("cluster_authorized_operations", "int32", since=8, default=NO_AUTHORIZED_OPERATIONS),
)

API_VERSIONS_REQUEST = ()
API_VERSIONS_RESPONSE = (
    Field("error_code", "int16"),
    Field(
        "api_keys",
        Array((Field("api_key", "int16"), Field("min_version", "int16"), Field("max_version", "int16"))),
    ),
    Field("throttle_time_ms", "int32", since=1, default=0),
)

INIT_PRODUCER_ID_REQUEST = (Field("transactional_id", "string?"), Field("transaction_timeout_ms", "int32"))
INIT_PRODUCER_ID_RESPONSE = (
    Field("throttle_time_ms", "int32", default=0),
    Field("error_code", "int16"),
    Field("producer_id", "int64"),
    Field("producer_epoch", "int16"),
)
