"""Settings of the broker and of one topic, and the names under which Kafka's tools know them."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from agents.broker.protocol import ErrorCode, RequestError

FsyncPolicy = Literal["never", "interval", "always"]

_DAY_MS = 24 * 60 * 60 * 1000


class BrokerError(Exception):
    """The broker cannot start or go on; the message says why and what to do."""


@dataclass(frozen=True, kw_only=True)
class BrokerConfig:
    """Everything the broker can be told. Sizes are bytes, times are milliseconds, -1 means "without limit" where it
    says so."""

    data_dir: Path
    """Folder of all files; made when absent. One broker at a time holds it."""

    host: str = "127.0.0.1"
    """Loopback address to listen on (127.0.0.0/8, ::1 or localhost); anything else is refused, there is no security
    here."""

    port: int = 0
    """TCP port; 0 takes a free one, which `address.json` then names."""

    default_partitions: int = 1
    """Partitions of a topic that is created automatically or with a count of -1."""

    auto_create_topics: bool = True
    """Create a topic when a client that allows it asks for its metadata. On, because a plain producer may write to
    `tocsin.articles` before the pipeline was ever started, and those messages must be kept rather than refused."""

    max_partitions: int = 2000
    """Partitions of all topics together; beyond it topic creation is refused, so that random names cannot fill the
    disk."""

    fsync: FsyncPolicy = "interval"
    """When written messages are forced to the disk. `never`: left to the operating system. `interval`: every
    `fsync_interval_ms`. `always`: before a message is acknowledged. A killed broker process loses nothing
    acknowledged under any of them; only a power cut or kernel crash makes a difference."""

    fsync_interval_ms: int = 1000
    """How much a power cut can cost under `interval`."""

    retention_ms: int = 7 * _DAY_MS
    """Age after which a closed segment is deleted, -1 never. Kafka's default too. Per topic: `retention.ms`."""

    retention_bytes: int = -1
    """Size of a partition above which its oldest segments are deleted, -1 never: a full disk refuses new messages,
    which the producer sees, while a size limit would drop unread ones silently. Per topic: `retention.bytes`."""

    segment_bytes: int = 64 * 1024 * 1024
    """Size at which a new segment file is begun. Also what is re-read and checked at start. Per topic:
    `segment.bytes`."""

    segment_ms: int = _DAY_MS
    """Age of its first message at which a segment is closed, so that retention by age can work. Per topic:
    `segment.ms`."""

    max_message_bytes: int = 48 * 1024 * 1024
    """Largest record batch accepted: a message of 32 MB plus room. Per topic: `max.message.bytes`."""

    max_request_bytes: int = 128 * 1024 * 1024
    """Largest request frame accepted; a larger length prefix closes the connection unread. A producer puts one batch
    for each partition into a request."""

    max_buffered_bytes: int = 384 * 1024 * 1024
    """Large requests and responses in memory at once, over all connections; more wait their turn."""

    max_connections: int = 512
    """Further connections are closed at once."""

    max_fetch_bytes: int = 16 * 1024 * 1024
    """Largest Fetch answer, whatever the client asks for; a single larger batch is still delivered whole."""

    max_fetch_wait_ms: int = 100
    """Cap on a Fetch that waits for new messages. aiokafka keeps one Fetch in flight for each broker, so a wait on
    idle partitions delays the busy ones; Faust asks for 1500 ms and loses two thirds of its throughput with it."""

    max_group_members: int = 500
    """Members of one consumer group."""

    min_session_timeout_ms: int = 100
    """Shortest session timeout a group member may ask for."""

    max_session_timeout_ms: int = 30 * 60 * 1000
    """Longest session timeout a group member may ask for (Kafka's limit)."""

    offsets_retention_ms: int = 30 * _DAY_MS
    """How long committed offsets of a group without members are kept, counted while the broker runs, so that a
    machine which was switched off over the holidays does not forget where it was."""

    housekeeping_ms: int = 5000
    """How often retention, rolling by age, compaction and the expiry of offsets are looked at."""


@dataclass(frozen=True, kw_only=True)
class TopicConfig:
    """The settings in force for one topic, in the units of `BrokerConfig`."""

    retention_ms: int
    retention_bytes: int
    segment_bytes: int
    segment_ms: int
    max_message_bytes: int
    delete_retention_ms: int
    """How long compaction keeps a deletion marker (a key with a null value) for readers who lag behind."""
    compacted: bool
    deleted_by_retention: bool


_CLEANUP_POLICIES = {"delete": (False, True), "compact": (True, False), "compact,delete": (True, True)}
_COMPACTED_SEGMENT_BYTES = 4 * 1024 * 1024
"""Compaction works on closed segments, and topics of state are small: shorter segments keep them so."""

_INTEGER_SETTINGS: dict[str, tuple[str, int]] = {
    "retention.ms": ("retention_ms", -1),
    "retention.bytes": ("retention_bytes", -1),
    "segment.bytes": ("segment_bytes", 1024),
    "segment.ms": ("segment_ms", 1),
    "max.message.bytes": ("max_message_bytes", 1),
    "delete.retention.ms": ("delete_retention_ms", 0),
}
"""Kafka's name -> (field of TopicConfig, lowest value allowed)."""

_FIXED_SETTINGS = {
    "compression.type": "producer",
    "message.timestamp.type": "CreateTime",
    "min.insync.replicas": "1",
    "unclean.leader.election.enable": "false",
}
"""Settings with only one possible value on a broker without replicas; stated again they are accepted, else refused."""

_IGNORED_SETTINGS = frozenset(
    {
        "file.delete.delay.ms",
        "flush.messages",
        "flush.ms",
        "index.interval.bytes",
        "max.compaction.lag.ms",
        "min.cleanable.dirty.ratio",
        "min.compaction.lag.ms",
        "preallocate",
        "segment.index.bytes",
        "segment.jitter.ms",
    }
)
"""Kafka's tuning knobs without a counterpart here; they promise nothing to a reader: kept, shown, without effect."""


def topic_config(broker: BrokerConfig, overrides: Mapping[str, str]) -> TopicConfig:
    """The settings in force for a topic with these overrides (Kafka names). Raises RequestError(INVALID_CONFIG)."""
    policy = overrides.get("cleanup.policy", "delete")
    normal = ",".join(sorted(part.strip() for part in policy.split(",")))
    if normal not in _CLEANUP_POLICIES:
        raise _invalid(f"cleanup.policy must be one of {', '.join(_CLEANUP_POLICIES)}, not {policy!r}")
    compacted, deleted = _CLEANUP_POLICIES[normal]
    numbers = {
        "retention_ms": broker.retention_ms,
        "retention_bytes": broker.retention_bytes,
        "segment_bytes": min(broker.segment_bytes, _COMPACTED_SEGMENT_BYTES) if compacted else broker.segment_bytes,
        "segment_ms": broker.segment_ms,
        "max_message_bytes": broker.max_message_bytes,
        "delete_retention_ms": _DAY_MS,
    }
    for name, value in overrides.items():
        if name in _INTEGER_SETTINGS:
            field, lowest = _INTEGER_SETTINGS[name]
            numbers[field] = _integer(name, value, lowest)
        else:
            _check_other(name, value)
    return TopicConfig(**numbers, compacted=compacted, deleted_by_retention=deleted)


def describe_topic_config(config: TopicConfig) -> dict[str, str]:
    """Kafka's name -> value in force, for DescribeConfigs."""
    policies = {flags: name for name, flags in _CLEANUP_POLICIES.items()}
    shown = {"cleanup.policy": policies[(config.compacted, config.deleted_by_retention)]}
    shown |= {name: str(getattr(config, field)) for name, (field, _) in _INTEGER_SETTINGS.items()}
    return shown | _FIXED_SETTINGS


def describe_broker_config(config: BrokerConfig) -> dict[str, str]:
    """Kafka's name -> value, for DescribeConfigs of the broker."""
    return {
        "auto.create.topics.enable": str(config.auto_create_topics).lower(),
        "fetch.max.bytes": str(config.max_fetch_bytes),
        "log.dirs": str(config.data_dir),
        "log.retention.bytes": str(config.retention_bytes),
        "log.retention.ms": str(config.retention_ms),
        "log.segment.bytes": str(config.segment_bytes),
        "message.max.bytes": str(config.max_message_bytes),
        "num.partitions": str(config.default_partitions),
        "offsets.retention.minutes": str(config.offsets_retention_ms // 60_000),
        "socket.request.max.bytes": str(config.max_request_bytes),
    }


def check_loopback(host: str) -> str:
    """The address to bind; `localhost` becomes 127.0.0.1. Raises BrokerError for anything that is not loopback."""
    if host == "localhost":
        return "127.0.0.1"
    try:
        loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise BrokerError(
            f"The embedded broker has no authentication and listens on loopback only (127.0.0.0/8, ::1), not {host!r}. "
            "Use Apache Kafka to serve other machines."
        )
    return host


def _integer(name: str, value: str, lowest: int) -> int:
    try:
        number = int(value)
    except ValueError:
        raise _invalid(f"{name} must be a whole number, not {value[:50]!r}") from None
    if not lowest <= number < 2**63:
        raise _invalid(f"{name} must be at least {lowest}, not {number}")
    return number


def _check_other(name: str, value: str) -> None:
    if name in _FIXED_SETTINGS and value.lower() != _FIXED_SETTINGS[name].lower():
        raise _invalid(f"{name} can only be {_FIXED_SETTINGS[name]!r} on the embedded broker, not {value[:50]!r}")
    if name != "cleanup.policy" and name not in _FIXED_SETTINGS and name not in _IGNORED_SETTINGS:
        raise _invalid(f"The embedded broker knows no topic setting {name[:80]!r}")


def _invalid(message: str) -> RequestError:
    return RequestError(ErrorCode.INVALID_CONFIG, message)
