"""Settings: one frozen object, built once at the entry point and passed down.

Order, strongest first: flags of the command line, `TOCSIN_*` in the environment, `tocsin.toml` (the file named by
`TOCSIN_CONFIG`, else in the working directory), the defaults below. A bad value refuses to start and says which
setting, where it came from and why.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, Literal, Self
from urllib.parse import SplitResult, urlsplit

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator, model_validator

from agents.access.rules import problem_of
from agents.errors import SettingsError
from schemas.mapping import ALIAS

ENV_PREFIX: Final = "TOCSIN_"
EMBEDDED: Final = "embedded://"
_NOT_SETTINGS: Final = frozenset({"TOCSIN_CONFIG", "TOCSIN_SHARED", "TOCSIN_REQUIRE_REAL"})


def _default_data_dir() -> Path:
    return Path(platformdirs.user_data_dir("tocsin", appauthor=False))


class Settings(BaseModel):
    """Every setting with its meaning, unit and default; `tocsin config show` prints this table."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True, defer_build=True)

    data_dir: Path = Field(default_factory=_default_data_dir)
    """Folder of the embedded broker, the embedded index and the workers' state."""

    kafka_url: str = EMBEDDED
    """`embedded://` for the built-in broker, else `kafka://host:port[,host:port...]`."""
    kafka_security: Literal["plaintext", "tls", "sasl_tls", "sasl_plaintext"] = "plaintext"
    """How Kafka is spoken to: in the open; over TLS; over TLS and with a password; with a password in the open. Kafka's
    own names (SSL, SASL_SSL) are understood too."""
    kafka_sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = "SCRAM-SHA-512"
    """How the password is proven to Kafka. PLAIN shows it to the broker, SCRAM does not."""
    kafka_username: str | None = Field(default=None, min_length=1)
    """Who we are for Kafka, with `sasl_tls`."""
    kafka_password: SecretStr | None = Field(default=None, min_length=1)
    """Password of that user. Better kept in a file: see `kafka_password_file`."""
    kafka_password_file: Path | None = None
    """File that holds the password, one line."""
    kafka_allow_sasl_without_tls: bool = False
    """Whether `sasl_plaintext` may be used, where whoever is on the way reads and changes everything."""
    kafka_ca_file: Path | None = None
    """Certificates (PEM) of the authority that signed the brokers'. None means the usual authorities."""
    kafka_certificate_file: Path | None = None
    """Our own certificate (PEM), where the brokers ask for one; the key may stand in the same file."""
    kafka_key_file: Path | None = None
    """Key (PEM) of that certificate."""
    kafka_key_password: SecretStr | None = Field(default=None, min_length=1)
    """Password of that key, if it is encrypted."""
    kafka_key_password_file: Path | None = None
    """File that holds the password of the key, one line."""
    broker_port: int = Field(default=19092, ge=0, le=65535)
    """Port of the embedded broker on loopback; 0 picks a free one and writes it to the data folder."""
    broker_fsync: Literal["never", "interval", "always"] = "interval"
    """When the embedded broker forces data to disk: never (the system decides; survives a crash of the process), at
    intervals (once a second), or always, before each acknowledgement (survives a power cut)."""
    topic_prefix: str = Field(default="tocsin", pattern=r"^[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}$")
    """First part of every topic name and consumer group."""
    partitions: int = Field(default=1, ge=1, le=1000)
    """Partitions of new topics. 1 keeps alerts in one order on one machine; raise it where workers share the work."""
    replication: int = Field(default=1, ge=1, le=9)
    """Replicas of new topics; 3 is usual on a cluster. The embedded broker has one."""
    max_message_bytes: int = Field(default=33_554_432, ge=65_536)
    """Largest message that is produced or fetched, bytes."""

    index_url: str = EMBEDDED
    """`embedded://` for the built-in index in the data folder, else the addresses of an Elasticsearch cluster:
    `https://host:port[,https://host:port...]`."""
    index_heap_bytes: int = Field(default=67_108_864, ge=16_777_216)
    """Memory the embedded index may use before it writes a segment, bytes."""
    index_alias: str = Field(default=ALIAS, pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")
    """Name under which an Elasticsearch index is searched; the index behind it is called so with `-v` and a number."""
    index_shards: int = Field(default=1, ge=1, le=100)
    """Primary shards of a new Elasticsearch index; one holds tens of millions of articles."""
    index_replicas: int = Field(default=1, ge=0, le=9)
    """Copies of each shard of a new Elasticsearch index; 0 on a single node."""
    index_timeout_s: float = Field(default=20.0, gt=0, le=600)
    """Longest wait for one answer of Elasticsearch, seconds; at most a third of `wedge_timeout_s` counts."""
    index_api_key: SecretStr | None = Field(default=None, min_length=1)
    """API key for Elasticsearch, as it encodes them. Better kept in a file: see `index_api_key_file`."""
    index_api_key_file: Path | None = None
    """File that holds the API key; a key that was exchanged there is taken up when the old one is refused."""
    index_username: str | None = Field(default=None, min_length=1)
    """User of Elasticsearch, where there is no API key."""
    index_password: SecretStr | None = Field(default=None, min_length=1)
    """Password of that user. Better kept in a file: see `index_password_file`."""
    index_password_file: Path | None = None
    """File that holds the password, one line."""
    index_ca_file: Path | None = None
    """Certificates (PEM) of the authority that signed Elasticsearch's. None means the usual authorities."""
    index_fingerprint: str | None = Field(default=None, pattern=r"^[0-9A-Fa-f]{2}(:?[0-9A-Fa-f]{2}){31}$")
    """SHA-256 fingerprint of Elasticsearch's own certificate, instead of an authority."""

    worker_id: str = Field(default="0", pattern=r"^[a-zA-Z0-9._-]{1,64}$")
    """Name of this worker among those that run the same agent; a restarted worker takes up where its name left off."""
    enrich_processes: int = Field(default=0, ge=0, le=256)
    """Processes that enrich; 0 means one per core."""
    enrich_timeout_s: float = Field(default=20.0, gt=0, le=3600)
    """Longest time for one article, seconds; then its process is ended and the article becomes a dead letter."""
    enrich_memory_bytes: int = Field(default=1_610_612_736, ge=268_435_456)
    """Address space of one enrichment process, bytes; an article that needs more becomes a dead letter."""
    max_article_bytes: int = Field(default=2_000_000, ge=1_000)
    """Largest article, bytes of JSON; a larger one becomes a dead letter."""
    max_attempts: int = Field(default=2, ge=1, le=20)
    """How often an article that breaks our own code is tried before it becomes a dead letter."""
    names_backend: str | None = Field(default=None, pattern=r"^(spacy|transformers):.+$")
    """What finds names under the rules: `spacy:` and an installed pipeline of spaCy, or its folder; `transformers:` and
    the folder of a model for token classification that was exported to ONNX. None means the packaged tagger, which is
    many times faster. An enricher that cannot open it does not start."""

    lists_threshold: float = Field(default=0.72, ge=0.6, le=1)
    """Least score of a match with a sanctions list. Higher finds fewer people who are meant and fewer who are not."""

    rules_dir: Path | None = None
    """Folder with rule files (`*.toml`). None means the rules that ship with Tocsin."""
    feeds_file: Path | None = None
    """TOML file with feeds for the poller, beside those added with `tocsin feeds add`. None means the shipped one."""
    poll_feeds: bool = False
    """Whether `tocsin up` polls feeds. Off, so that a first run connects to nobody."""
    fetch_allow_hosts: tuple[str, ...] = ()
    """Hosts that the poller may reach although their addresses are private or loopback, as `host` or `host:port`."""
    fetch_contact: str | None = None
    """Address or page named in the poller's User-Agent, so that publishers can reach you. None names only Tocsin."""

    notify_file: Path | None = None
    """TOML file with the targets that are told of alerts. None means that nobody is; `tocsin notify check` reads it."""
    notify_retry_first_s: float = Field(default=1.0, gt=0, le=3600)
    """Pause after the first failure of a target, seconds; it doubles while the target fails."""
    notify_retry_max_s: float = Field(default=60.0, gt=0, le=3600)
    """Longest pause between two tries of a target, seconds."""

    services_kafka_port: int = Field(default=0, ge=0, le=65535)
    """Port on loopback of the Kafka that `tocsin services up` starts; 0 takes the one it had, else a free one."""
    services_kafka_heap: str = Field(default="512m", pattern=r"^[1-9][0-9]{0,5}[mg]$")
    """Most heap of that Kafka, such as 512m or 2g."""
    services_elasticsearch_port: int = Field(default=0, ge=0, le=65535)
    """Port on loopback of the Elasticsearch that `tocsin services up` starts; 0 as above."""
    services_elasticsearch_heap: str = Field(default="512m", pattern=r"^[1-9][0-9]{0,5}[mg]$")
    """Heap of that Elasticsearch."""

    stop_timeout_s: float = Field(default=25.0, gt=0)
    """How long a worker may take to finish its work when told to stop, seconds."""
    wedge_timeout_s: float = Field(default=60.0, gt=5)
    """A worker whose loop stands still, or that has work and commits nothing, for this long is ended, seconds."""
    metrics_port: int | None = Field(default=None, ge=0, le=65535)
    """Port on loopback for Prometheus metrics of a worker. None means none."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """Least level that is logged."""
    log_format: Literal["auto", "console", "json"] = "auto"
    """auto: console on a terminal, else JSON lines."""

    @field_validator("*")
    @classmethod
    def _absolute(cls, value: Any) -> Any:
        return value.expanduser().resolve() if isinstance(value, Path) else value

    @field_validator("kafka_url")
    @classmethod
    def _known_kafka(cls, url: str) -> str:
        if url != EMBEDDED and not url.startswith("kafka://"):
            raise ValueError("must be embedded:// or kafka://host:port[,host:port...]")
        if "@" in url:
            raise ValueError("holds a password, which would be logged; use kafka_username and kafka_password_file")
        return url

    @field_validator("kafka_security", mode="before")
    @classmethod
    def _kafkas_own_names(cls, name: Any) -> Any:
        ours = {"ssl": "tls", "sasl_ssl": "sasl_tls"}
        return ours.get(name.lower(), name.lower()) if isinstance(name, str) else name

    @field_validator("index_url")
    @classmethod
    def _known_index(cls, url: str) -> str:
        addresses = [urlsplit(one) for one in url.split(",")]
        if {"http", "https"}.isdisjoint(one.scheme for one in addresses):
            return url
        if len({one.scheme for one in addresses}) > 1:
            raise ValueError("all addresses must begin alike, with https:// or http://")
        if any(one.username or one.password for one in addresses):
            raise ValueError("holds a password, which would be logged; use index_api_key_file")
        if not all(one.hostname and _port_of(one) for one in addresses):
            raise ValueError("must be https://host:port[,https://host:port...]")
        return url

    @model_validator(mode="after")
    def _connects_in_one_way(self) -> Self:
        if problem := problem_of(self):
            raise ValueError(problem)
        return self

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.max_article_bytes > self.max_message_bytes:
            raise ValueError(f"max_article_bytes ({self.max_article_bytes}) exceeds max_message_bytes")
        return self

    @property
    def broker_dir(self) -> Path:
        return self.data_dir / "broker"

    @property
    def index_dir(self) -> Path:
        return self.data_dir / "index"

    @property
    def state_dir(self) -> Path:
        return self.data_dir / "state"

    @property
    def services_dir(self) -> Path:
        return self.data_dir / "services"

    @property
    def uses_embedded_broker(self) -> bool:
        return self.kafka_url == EMBEDDED


def _port_of(address: SplitResult) -> int | None:
    try:
        return address.port
    except ValueError:
        return None


def _from_file(environ: Mapping[str, str]) -> dict[str, Any]:
    named = environ.get("TOCSIN_CONFIG")
    path = Path(named) if named else Path("tocsin.toml")
    if not path.exists():
        if named:
            raise SettingsError(f"TOCSIN_CONFIG names {path}, which does not exist")
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read as TOML: {error}") from error


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for variable, text in environ.items():
        if not variable.startswith(ENV_PREFIX) or variable in _NOT_SETTINGS:
            continue
        name = variable.removeprefix(ENV_PREFIX).lower()
        values[name] = _parsed(name, text)
    return values


def _parsed(name: str, text: str) -> Any:
    """Environment values are strings; an empty one means None, a tuple is separated by commas."""
    if name == "fetch_allow_hosts":
        return tuple(part.strip() for part in text.split(",") if part.strip())
    return text if text != "" else None


def _explain(error: ValidationError, origin: Mapping[str, str]) -> str:
    lines = []
    for problem in error.errors(include_url=False, include_input=False):
        if not problem["loc"]:  # settings that do not fit together
            lines.append(problem["msg"].removeprefix("Value error, "))
            continue
        name = str(problem["loc"][0])
        where = origin.get(name, "default")
        if problem["type"] == "extra_forbidden":
            near = get_close_matches(name, Settings.model_fields, 1)
            hint = f"; did you mean {near[0]}?" if near else "; `tocsin config show` lists all settings"
            lines.append(f"{where}: there is no setting {name!r}{hint}")
        else:
            lines.append(f"{name} ({where}): {problem['msg'].removeprefix('Value error, ')}")
    return "\n".join(lines)


def load_settings(flags: Mapping[str, Any] | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Build the settings.

    Args:
        flags: settings given on the command line; None values are left out.
        environ: the environment; None means the process's own.

    Raises:
        SettingsError: a value is bad or a name unknown; the message names each, its origin and the reason.
    """
    environ = os.environ if environ is None else environ
    layers = {
        "tocsin.toml": _from_file(environ),
        "environment": _from_environment(environ),
        "command line": {name: value for name, value in (flags or {}).items() if value is not None},
    }
    origin = {name: layer for layer, values in layers.items() for name in values}
    merged = {name: value for values in layers.values() for name, value in values.items()}
    try:
        return Settings(**merged)
    except ValidationError as error:
        raise SettingsError(_explain(error, origin)) from None
