"""Article: one published text as it arrives on `tocsin.articles`."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints, model_validator

from schemas.base import SCHEMA_VERSION, Record, UtcTime, Version

CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2 in capitals; `XK` (user-assigned) for Kosovo."""


class Source(Record):
    """Who published the article."""

    id: str | None = None
    """Stable id of the source, usually the feed id. None means the producer gave none."""
    name: str | None = None
    """Name as readers know it. None means not given."""
    domain: str | None = None
    """Host that published it, lower case, without `www.`. None means neither given nor derivable from the URL."""
    country: CountryCode | None = None
    """Country of publication, a weak prior for places. None means unknown."""


class Article(Record):
    """One published text. The least that is accepted is a non-empty `title` or `body`.

    Unknown top-level fields are moved into `extra`, so that a producer's own data survives the whole pipeline.
    """

    schema_version: Version = SCHEMA_VERSION
    """Version of the record format, `major.minor`."""
    id: str | None = Field(default=None, min_length=1, max_length=256)
    """Article id. None means that the enricher derives one (canonical URL, else source and guid, else content)."""
    guid: str | None = None
    """The publisher's own id of the entry. None means not given."""
    url: str | None = None
    """Address of the article (http or https). None means not given."""
    title: str | None = None
    """Headline, plain text. None means not given."""
    body: str = ""
    """Plain text; all `body` offsets count Unicode code points of this string. Empty means a headline only."""
    html: str | None = None
    """The article as HTML, sanitised by whoever shows it. None means not given."""
    summary: str | None = None
    """The publisher's own abstract, plain text. None means not given."""
    authors: tuple[str, ...] = ()
    """Names in the byline, as printed."""
    published_at: UtcTime | None = None
    """When the publisher says it was published, UTC. None means not stated: dates in the text stay relative."""
    observed_at: UtcTime | None = None
    """When the article, in this revision, was first seen, UTC. None means: take the Kafka message's timestamp.
    Orders revisions: the later one wins in the index."""
    language: str | None = None
    """ISO 639-1 code stated by the producer. None means: detect it."""
    source: Source = Source.model_construct()
    """Who published it."""
    tags: tuple[str, ...] = ()
    """The publisher's categories."""
    revision: int = Field(default=0, ge=0)
    """0 for the first version seen, then counting up."""
    extra: dict[str, Any] = Field(default_factory=dict)
    """Every top-level field that this version does not know, unchanged."""

    @model_validator(mode="before")
    @classmethod
    def _keep_unknown_fields(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        unknown = {key: value for key, value in data.items() if key not in cls.model_fields}
        if not unknown:
            return data
        extra = data.get("extra")
        known = {key: value for key, value in data.items() if key in cls.model_fields}
        return known | {"extra": unknown | (extra if isinstance(extra, dict) else {})}

    @model_validator(mode="after")
    def _has_text(self) -> Self:
        if not self.body.strip() and not (self.title or "").strip():
            raise ValueError("an article needs a title or a body that is not blank")
        return self
