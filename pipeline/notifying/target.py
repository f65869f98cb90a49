"""A target: who is told, of which alerts, and how."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Final, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from pipeline.handling import LEVELS
from schemas.alert import Alert, Severity
from schemas.duration import Seconds
from schemas.topics import BACKFILL_CHANNEL, TEST_CHANNEL

MAX_TARGETS: Final = 200
"""Each is a consumer group of its own with a connection and a few tasks."""
SILENT_CHANNELS: Final = (BACKFILL_CHANNEL, TEST_CHANNEL)

Kind = Literal["webhook", "apprise", "atom"]
ChannelName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*([_-][a-z0-9]+)*$", max_length=64)]

_OF_KIND: Final[Mapping[Kind, frozenset[str]]] = {
    "webhook": frozenset({"url", "secret_file", "allow_hosts", "ca_file", "digest", "digest_max"}),
    "apprise": frozenset({"url_file", "digest", "digest_max"}),
    "atom": frozenset({"entries"}),
}
"""Keys that only some kinds have; one that would be ignored is refused."""
_NEEDED: Final[Mapping[Kind, tuple[str, ...]]] = {
    "webhook": ("url", "secret_file"),
    "apprise": ("url_file",),
    "atom": (),
}
_HOST: Final = re.compile(r"[^\s/?#@\\\x00-\x20\x7f-\uffff]+")


class Target(BaseModel):
    """One `[[target]]` of the targets file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z][a-z0-9]*([_-][a-z0-9]+)*$", max_length=48)
    """Names the target in its consumer group, in logs and in dead letters."""
    kind: Kind
    """webhook: signed HTTP; apprise: chat, mail and push; atom: a feed file per channel."""
    channels: tuple[ChannelName, ...] = ()
    """Alert channels. Empty means all but `backfill` and `test`, which nobody is notified of."""
    min_severity: Severity = "info"
    """Least severity."""
    enabled: bool = True

    url: str | None = Field(default=None, max_length=2_000)
    """webhook: address, https. It must hold no secret; the signature proves who we are."""
    secret_file: str | None = None
    """webhook: file with the secrets that sign, one a line; every one of them signs, so that one can be exchanged."""
    allow_hosts: tuple[str, ...] = ()
    """webhook: `host` or `host:port` that may have a private or loopback address, and may be spoken to without TLS."""
    ca_file: str | None = None
    """webhook: certificates (PEM) of the authority that signed the receiver's. None means the usual authorities."""
    url_file: str | None = None
    """apprise: file with the one address of the service, which holds its password or token."""
    digest: Seconds = Field(default=0, ge=0, le=7 * 86_400)
    """Alerts of so much time in one message, counted from midnight UTC: "1h", "1d". 0 means each by itself."""
    digest_max: int = Field(default=100, ge=2, le=1_000)
    """So many alerts fill a digest, which is then sent before its time."""
    entries: int = Field(default=100, ge=1, le=1_000)
    """atom: how many alerts a feed holds, the newest."""

    timeout_s: float = Field(default=10.0, gt=0, le=120)
    """Longest wait for one answer, seconds."""
    give_up_after: Seconds = Field(default=86_400, ge=0, le=30 * 86_400)
    """A target that has failed for so long gets one more try of each alert, which then becomes a dead letter."""

    @model_validator(mode="after")
    def _keys_fit_the_kind(self) -> Self:
        special = frozenset[str]().union(*_OF_KIND.values())
        for name in sorted(self.model_fields_set & special - _OF_KIND[self.kind]):
            raise ValueError(f"{name}: a target of kind {self.kind!r} has no such key")
        for name in _NEEDED[self.kind]:
            if not getattr(self, name):
                raise ValueError(f"kind: a target of kind {self.kind!r} needs the key {name!r}")
        return self

    @model_validator(mode="after")
    def _values_make_sense(self) -> Self:
        if silent := [name for name in self.channels if name in SILENT_CHANNELS]:
            raise ValueError(f"channels: nobody is notified of the channel {silent[0]!r}")
        if self.digest and 86_400 % self.digest and self.digest % 86_400:
            raise ValueError("digest: must divide a day, or be whole days, so that it ends at the same times each day")
        if self.url is not None and (problem := url_problem(self.url, self.allow_hosts)):
            raise ValueError(f"url: {problem}")
        return self


def url_problem(url: str, allow_hosts: tuple[str, ...]) -> str | None:
    """Why a webhook's address cannot be used whatever it resolves to. None: it can. Never quotes the address, which
    may hold what belongs in a file."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "is no valid address"
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host):
        return "must be https://host/path, the host in ASCII"
    if parts.username is not None or parts.password is not None:
        return "holds a user name or password; receivers know us by the signature"
    if parts.fragment:
        return "has a fragment, which is never sent"
    if parts.scheme == "http" and not is_allowed(host, port or 80, allow_hosts):
        return f"must be https://; for a receiver inside your network name its host in allow_hosts = [{host!r}]"
    return None


def is_allowed(host: str, port: int, allow_hosts: tuple[str, ...]) -> bool:
    """Whether the operator named the host, alone or with the port."""
    shown = f"[{host}]" if ":" in host else host
    return bool({host, shown, f"{shown}:{port}"} & {one.lower() for one in allow_hosts})


def wants(target: Target, alert: Alert) -> bool:
    """Whether the target is told of the alert, whatever people did about it."""
    if alert.mode != "live" or alert.channel in SILENT_CHANNELS:
        return False
    if target.channels and alert.channel not in target.channels:
        return False
    return LEVELS[alert.severity] >= LEVELS[target.min_severity]


def topic_pattern(target: Target, prefix: str, redeliveries: str) -> str:
    """Regular expression of the topics that the target reads, for `re.match`.

    Args:
        prefix: what the full names of alert topics begin with, the dot included.
        redeliveries: full name of the topic of alerts that are sent again.
    """
    if target.channels:
        channels = "|".join(re.escape(name) for name in target.channels)
    else:
        channels = rf"(?!(?:{'|'.join(SILENT_CHANNELS)})$).+"
    return rf"^(?:{re.escape(prefix)}(?:{channels})|{re.escape(redeliveries)})$"
