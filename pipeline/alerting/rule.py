"""A rule: a query, what an alert says and how often, with examples that must and must not match."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from pipeline.alerting.template import names
from pipeline.query import fields_of, parse
from schemas.alert import Severity
from schemas.base import UtcTime
from schemas.fields import BY_NAME
from schemas.topics import BACKFILL_CHANNEL

MAX_THROTTLE_SECONDS: Final = 366 * 24 * 3600

_UNIT_SECONDS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_DURATION: Final = re.compile(r"(?:\d{1,9}[smhd])+")
_DURATION_PART: Final = re.compile(r"(\d+)([smhd])")
_NUMERIC: Final = ("integer", "float")

RuleId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*([_-][a-z0-9]+)*$", max_length=64)]
"""Lower case with underscores or hyphens: part of Kafka keys, file names and addresses."""


class FieldNameError(ValueError):
    """A key of the rule names no suitable field."""


class Example(BaseModel):
    """An article that a rule must match, or must not."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    match: bool
    title: str | None = None
    text: str = Field(default="", validation_alias="body")
    """Body of the article; `text` and `body` mean the same."""
    published_at: UtcTime | None = None
    """None means not stated."""
    listed: tuple[str, ...] = ()
    """Names of persons that are on a list when the example is tried."""

    @model_validator(mode="before")
    @classmethod
    def _text_is_body(cls, data: Any) -> Any:
        if not isinstance(data, dict) or "text" not in data:
            return data
        if "body" in data:
            raise ValueError("an example has `text` or `body`, not both")
        return {"body" if key == "text" else key: value for key, value in data.items()}

    @model_validator(mode="after")
    def _has_text(self) -> Self:
        if not self.text.strip() and not (self.title or "").strip():
            raise ValueError("an example needs `text` or `title`")
        return self


class Rule(BaseModel):
    """When an article concerns a channel's subscribers, and what they are told."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    id: RuleId
    version: int = Field(ge=1)
    """Raise it when the rule's meaning changes: the new version alerts afresh."""
    title: str = Field(min_length=1, max_length=120)
    """Name of the rule for people."""
    description: str = ""
    """What it watches for, why its threshold is what it is, what it leaves out."""
    query: str = Field(min_length=1, max_length=10_000)
    """In Tocsin's query language: what you search is what alerts."""
    severity: Severity
    channel: RuleId
    """Alerts go to the topic `alerts.<channel>`."""
    group_by: str | None = None
    """Field whose (first) value makes the group that is throttled by itself. None means one group."""
    throttle: str = "0s"
    """At most one alert per group in this stretch of event time: "6h", "1d12h"; "0s" means no throttle."""
    update_on: tuple[str, ...] = ()
    """Numeric fields whose rise alerts again inside the throttle, as an update."""
    update_factor: float = Field(default=1.5, gt=1, le=1000)
    """How many times the highest value alerted so far a field of `update_on` must reach."""
    message: str = Field(min_length=1, max_length=1_000)
    """Title of the alert, with `{field}` for values of the article."""
    owner: str = Field(min_length=1, max_length=200)
    """Who answers for the rule."""
    runbook: str | None = None
    """What to do when it fires: an address or a sentence."""
    enabled: bool = True
    examples: tuple[Example, ...] = ()

    @property
    def throttle_seconds(self) -> int:
        return seconds(self.throttle)

    @property
    def fields(self) -> frozenset[str]:
        """Names of the fields that the query, the message, the group and the updates use."""
        group = {self.group_by} if self.group_by else set()
        return fields_of(parse(self.query)) | {name for name, _ in names(self.message)} | group | set(self.update_on)

    @model_validator(mode="after")
    def _keys_agree(self) -> Self:
        seconds(self.throttle)
        if self.channel == BACKFILL_CHANNEL:
            raise ValueError(f"channel {BACKFILL_CHANNEL!r} is where would-be alerts are kept; choose another")
        for name in self.update_on:
            check_field(name, "update_on", _NUMERIC)
        if self.group_by is not None:
            check_field(self.group_by, "group_by", ("keyword", "integer", "boolean"))
        return self


def seconds(duration: str) -> int:
    """Seconds in "90s", "30m", "6h", "7d" or a sum such as "1d12h".

    Raises:
        ValueError: it is written otherwise, or longer than 366 days.
    """
    if not _DURATION.fullmatch(duration):
        raise ValueError(f"throttle {duration[:40]!r} is no duration; write for example '30m', '6h' or '0s' for none")
    total = sum(int(count) * _UNIT_SECONDS[unit] for count, unit in _DURATION_PART.findall(duration))
    if total > MAX_THROTTLE_SECONDS:
        raise ValueError(f"throttle {duration!r} is longer than 366 days")
    return total


def suggestion(word: str, known: tuple[str, ...] | list[str]) -> str:
    """What was probably meant, as the end of a message; empty when nothing in *known* is near."""
    near = get_close_matches(word, known, n=3, cutoff=0.6)
    return f"; did you mean {' or '.join(near)}?" if near else ""


def check_field(name: str, key: str, types: tuple[str, ...]) -> None:
    """Raises: FieldNameError when the field *name*, written under *key*, is unknown or not of one of *types*."""
    found = BY_NAME.get(name)
    if found is None:
        raise FieldNameError(f"{key}: no field is called {name!r}{suggestion(name, list(BY_NAME))}")
    if found.type not in types:
        raise FieldNameError(f"{key}: field {name!r} is of type {found.type}; it takes {' or '.join(types)}")
