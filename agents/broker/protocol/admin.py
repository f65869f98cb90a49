"""Message tables of the administration APIs: topics, partitions and configuration."""

from __future__ import annotations

from agents.broker.protocol.codec import Array, Field

_THROTTLE = Field("throttle_time_ms", "int32", default=0)

CREATE_TOPICS_REQUEST = (
    Field(
        "topics",
        Array(
            (
                Field("name", "string"),
                Field("num_partitions", "int32"),
                Field("replication_factor", "int16"),
                Field("assignments", Array((Field("partition_index", "int32"), Field("broker_ids", Array("int32"))))),
                Field("configs", Array((Field("name", "string"), Field("value", "string?")))),
            )
        ),
    ),
    Field("timeout_ms", "int32"),
    Field("validate_only", "bool", since=1),
)
CREATE_TOPICS_RESPONSE = (
    Field("throttle_time_ms", "int32", since=2, default=0),
    Field(
        "topics",
        Array(
            (
                Field("name", "string"),
                Field("error_code", "int16"),
                Field("error_message", "string?", since=1),
            )
        ),
    ),
)

DELETE_TOPICS_REQUEST = (Field("topic_names", Array("string")), Field("timeout_ms", "int32"))
DELETE_TOPICS_RESPONSE = (
    Field("throttle_time_ms", "int32", since=1, default=0),
    Field("responses", Array((Field("name", "string"), Field("error_code", "int16")))),
)

CREATE_PARTITIONS_REQUEST = (
    Field(
        "topics",
        Array(
            (
                Field("name", "string"),
                Field("count", "int32"),
                Field("assignments", Array((Field("broker_ids", Array("int32")),), nullable=True)),
            )
        ),
    ),
    Field("timeout_ms", "int32"),
    Field("validate_only", "bool"),
)
CREATE_PARTITIONS_RESPONSE = (
    _THROTTLE,
    Field(
        "results",
        Array((Field("name", "string"), Field("error_code", "int16"), Field("error_message", "string?"))),
    ),
)

DESCRIBE_CONFIGS_REQUEST = (
    Field(
        "resources",
        Array(
            (
                Field("resource_type", "int8"),
                Field("resource_name", "string"),
                Field("configuration_keys", Array("string", nullable=True)),
            )
        ),
    ),
    Field("include_synonyms", "bool"),
    Field("include_documentation", "bool", since=3),
)
DESCRIBE_CONFIGS_RESPONSE = (
    _THROTTLE,
    Field(
        "results",
        Array(
            (
                Field("error_code", "int16"),
                Field("error_message", "string?"),
                Field("resource_type", "int8"),
                Field("resource_name", "string"),
                Field(
                    "configs",
                    Array(
                        (
                            Field("name", "string"),
                            Field("value", "string?"),
                            Field("read_only", "bool"),
                            Field("config_source", "int8"),
                            Field("is_sensitive", "bool", default=False),
                            Field(
                                "synonyms",
                                Array((Field("name", "string"), Field("value", "string?"), Field("source", "int8"))),
                                default=(),
                            ),
                            Field("config_type", "int8", since=3),
                            Field("documentation", "string?", since=3),
                        )
                    ),
                ),
            )
        ),
    ),
)

INCREMENTAL_ALTER_CONFIGS_REQUEST = (
    Field(
        "resources",
        Array(
            (
                Field("resource_type", "int8"),
                Field("resource_name", "string"),
                Field(
                    "configs",
                    Array(
                        (
                            Field("name", "string"),
                            Field("config_operation", "int8"),
                            Field("value", "string?"),
                        )
                    ),
                ),
            )
        ),
    ),
    Field("validate_only", "bool"),
)
INCREMENTAL_ALTER_CONFIGS_RESPONSE = (
    _THROTTLE,
    Field(
        "responses",
        Array(
            (
                Field("error_code", "int16"),
                Field("error_message", "string?"),
                Field("resource_type", "int8"),
                Field("resource_name", "string"),
            )
        ),
    ),
)
