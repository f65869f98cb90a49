"""Feed: what the poller reads, and what it remembers between two polls."""

from __future__ import annotations

from pydantic import Field

from schemas.article import CountryCode
from schemas.base import SCHEMA_VERSION, Record, UtcTime, Version


class Feed(Record):
    """One RSS, Atom or JSON feed to poll."""

    schema_version: Version = SCHEMA_VERSION
    id: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")
    """Short stable name; also the `source.id` of its articles and a metrics label."""
    url: str
    name: str | None = None
    """None means: take the feed's own title."""
    country: CountryCode | None = None
    """Country of publication. None means unknown."""
    language: str | None = None
    """ISO 639-1. None means: detect per article."""
    interval_seconds: int = Field(default=600, ge=30)
    tags: tuple[str, ...] = ()
    enabled: bool = True


class SeenEntry(Record):
    """What is remembered of one entry, to tell new from changed from known."""

    digest: str
    """Hash of the entry's texts."""
    revision: int = Field(default=0, ge=0)
    """How often the texts have changed since the entry was first seen."""


class FeedState(Record):
    """What the poller knows of a feed after its last poll; saved only after the broker acknowledged the articles."""

    schema_version: Version = SCHEMA_VERSION
    feed_id: str
    etag: str | None = None
    """None means the server sent none."""
    last_modified: str | None = None
    """The header as sent. None means the server sent none."""
    next_poll_at: UtcTime | None = None
    """None means: as soon as possible."""
    last_success_at: UtcTime | None = None
    """None means never."""
    failures: int = Field(default=0, ge=0)
    """Failed polls in a row; lengthens the wait."""
    last_error: str | None = None
    """None means the last poll succeeded."""
    seen: dict[str, SeenEntry] = Field(default_factory=dict)
    """The feed's latest entries by their key (guid, else address, else title)."""
