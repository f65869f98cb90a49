"""The shipped table of Kafka ACLs, applied to a broker, and what it forbids."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from confluent_kafka.admin import (
    AclBinding,
    AclOperation,
    AclPermissionType,
    AdminClient,
    ResourcePatternType,
    ResourceType,
)

from agents.settings import Settings

TABLE = Path(__file__).parents[3] / "deploy" / "security" / "kafka-acls.txt"
_OPERATIONS = {
    "Alter": AclOperation.ALTER,
    "AlterConfigs": AclOperation.ALTER_CONFIGS,
    "Create": AclOperation.CREATE,
    "Describe": AclOperation.DESCRIBE,
    "DescribeConfigs": AclOperation.DESCRIBE_CONFIGS,
    "Read": AclOperation.READ,
    "Write": AclOperation.WRITE,
}


class Acl(NamedTuple):
    """A line of the table."""

    component: str
    operation: str
    resource: str
    name: str
    pattern: str

    def covers(self, resource: str, name: str) -> bool:
        matches = name.startswith(self.name) if self.pattern == "prefixed" else name == self.name
        return self.resource == resource and matches


def read_table() -> list[Acl]:
    lines = (line.split() for line in TABLE.read_text().splitlines() if line and not line.startswith("#"))
    return [Acl(*line) for line in lines]


def may(table: Iterable[Acl], component: str, operation: str, topic: str) -> bool:
    return any(
        acl.component == component and acl.operation == operation and acl.covers("topic", topic) for acl in table
    )


def grant(admin: Settings, table: Iterable[Acl]) -> None:
    """Apply the *table*, each component being a user of that name."""
    assert admin.kafka_password is not None
    client = AdminClient(
        {
            "bootstrap.servers": admin.kafka_url.removeprefix("kafka://"),
            "security.protocol": "SASL_SSL",
            "sasl.mechanism": admin.kafka_sasl_mechanism,
            "sasl.username": str(admin.kafka_username),
            "sasl.password": admin.kafka_password.get_secret_value(),
            "ssl.ca.location": str(admin.kafka_ca_file),
            "log_level": 0,
        }
    )
    for created in client.create_acls([_binding(acl) for acl in table]).values():
        created.result(timeout=60)


def _binding(acl: Acl) -> AclBinding:
    return AclBinding(
        ResourceType.GROUP if acl.resource == "group" else ResourceType.TOPIC,
        acl.name,
        ResourcePatternType.PREFIXED if acl.pattern == "prefixed" else ResourcePatternType.LITERAL,
        f"User:{acl.component}",
        "*",
        _OPERATIONS[acl.operation],
        AclPermissionType.ALLOW,
    )
