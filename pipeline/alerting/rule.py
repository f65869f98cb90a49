"""A rule: a query, what an alert says and how often, with examples that must and must not match."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from pipeline.alerting.conditions import VALUES
from pipeline.alerting.template import names
from pipeline.query import QueryError, fields_of, parse
from schemas.alert import Escalation, Severity
from schemas.base import UtcTime
from schemas.condition import (
    Cardinality,
    Change,
    Condition,
    Frequency,
    NewTerm,
    Sequence,
    Spike,
    Threshold,
    WindowCondition,
)
from schemas.duration import duration_seconds
from schemas.fields import BY_NAME
from schemas.topics import BACKFILL_CHANNEL

_NUMERIC: Final = ("integer", "float")
_COUNTABLE: Final = ("keyword", "integer", "boolean")
MAX_LATENESS_S: Final = 7 * 86_400

RuleId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*([_-][a-z0-9]+)*$", max_length=64)]
"""Lower case with underscores or hyphens: part of Kafka keys, file names and addresses."""


class FieldNameError(ValueError):
    """A key of the rule names no suitable field."""


class ExampleArticle(BaseModel):
    """One of several articles that make an example together."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: str = "0s"
    """How long after the first one it was published: "0s", "36h"."""
    title: str | None = None
    text: str = Field(default="", validation_alias="body")
    """Body of the article; `text` and `body` mean the same."""
    id: str | None = None
    """Articles with one id are revisions of one article. None means an article of its own."""
    source: str | None = None
    """Name of who published it. None means nobody is named."""

    @model_validator(mode="before")
    @classmethod
    def _text_is_body(cls, data: Any) -> Any:
        return _as_body(data)

    @model_validator(mode="after")
    def _has_text(self) -> Self:
        duration_seconds(self.at, "at")
        if not self.text.strip() and not (self.title or "").strip():
            raise ValueError("an article of an example needs `text` or `title`")
        return self


class Example(BaseModel):
    """An article, or several that come one after another, for which a rule must alert, or must not."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    match: bool
    title: str | None = None
    text: str = Field(default="", validation_alias="body")
    """Body of the article; `text` and `body` mean the same."""
    published_at: UtcTime | None = None
    """None means not stated."""
    listed: tuple[str, ...] = ()
    """Names of persons that are on a list when the example is tried."""
    articles: tuple[ExampleArticle, ...] = ()
    """Instead of `title` and `text`: articles in their order of arrival, for a rule with a condition."""

    @model_validator(mode="before")
    @classmethod
    def _text_is_body(cls, data: Any) -> Any:
        return _as_body(data)

    @model_validator(mode="after")
    def _has_text(self) -> Self:
        has_text = bool(self.text.strip() or (self.title or "").strip())
        if not has_text and not self.articles:
            raise ValueError("an example needs `text` or `title`")
        if has_text and self.articles:
            raise ValueError("an example has `articles` or `text` and `title`, not both")
        return self


def _as_body(data: Any) -> Any:
    if not isinstance(data, dict) or "text" not in data:
        return data
    if "body" in data:
        raise ValueError("an example has `text` or `body`, not both")
    return {"body" if key == "text" else key: value for key, value in data.items()}


class Rule(BaseModel):
    """When an article concerns a channel's subscribers, and what they are told."""

    model_config = ConfigDict(frozen=True, extra="forbid")

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
    group_each: bool = False
    """Each value of `group_by` makes a group, and a match of its own; for names on lists, told of that one alone."""
    throttle: str = "0s"
    """At most one alert per group in this stretch of event time: "6h", "1d12h"; "0s" means no throttle."""
    update_on: tuple[str, ...] = ()
    """Numeric fields, or `condition.count`, whose rise alerts again inside the throttle, as an update."""
    update_factor: float = Field(default=1.5, gt=1, le=1000)
    """How many times the highest value alerted so far a field of `update_on` must reach."""
    condition: Condition | None = None
    """What has to come together beside the query. None means that each match alerts."""
    lateness: str = "0s"
    """How long, in event time, matches wait so that earlier articles may still come; "0s": alert at once."""
    escalate: tuple[Escalation, ...] = ()
    """Severities from values on; the highest that is reached counts, and a higher one breaks the throttle."""
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
        """In event time; a condition that stays true is throttled by its own window unless the rule says otherwise."""
        own = None if "throttle" in self.model_fields_set else _own_throttle(self.condition)
        return seconds(self.throttle) if own is None else own

    @property
    def lateness_seconds(self) -> int:
        return seconds(self.lateness, "lateness")

    @property
    def window_condition(self) -> WindowCondition | None:
        """The condition that several articles decide. None when one article is enough."""
        return None if isinstance(self.condition, Threshold) else self.condition

    @property
    def search_query(self) -> str:
        """Query for all articles that concern the rule: its own, with the threshold, or what comes first in it."""
        if isinstance(self.condition, Threshold):
            return f"({self.query}) AND {self.condition.field}:>={_number(self.condition.at)}"
        if isinstance(self.condition, Sequence):
            return f"({self.condition.first}) OR ({self.query})"
        return self.query

    @property
    def fields(self) -> frozenset[str]:
        """Names of the fields that the query, the message, the group, the condition and the updates use."""
        used = {name for name, _ in names(self.message)} | set(self.update_on) | {step.field for step in self.escalate}
        used |= {str(name) for name in (self.group_by, getattr(self.condition, "field", None)) if name}
        return fields_of(parse(self.search_query)) | (used - set(VALUES))

    @model_validator(mode="after")
    def _keys_agree(self) -> Self:
        seconds(self.throttle)
        if seconds(self.lateness, "lateness") > MAX_LATENESS_S:
            raise ValueError("lateness is longer than 7 days: alerts would wait for so long")
        if self.channel == BACKFILL_CHANNEL:
            raise ValueError(f"channel {BACKFILL_CHANNEL!r} is where would-be alerts are kept; choose another")
        for name in self.update_on:
            if name not in VALUES:
                check_field(name, "update_on", _NUMERIC, VALUES)
        if self.group_by is not None:
            check_field(self.group_by, "group_by", _COUNTABLE)
        if self.group_each and self.group_by is None:
            raise ValueError("group_each is true, but no group_by says by which field")
        for step in self.escalate:
            if step.field not in VALUES:
                check_field(step.field, "escalate", _NUMERIC, VALUES)
        self._check_condition()
        return self

    def _check_condition(self) -> None:
        if isinstance(self.condition, Threshold | Change):
            check_field(self.condition.field, "condition", _NUMERIC)
        elif isinstance(self.condition, Cardinality | NewTerm):
            check_field(self.condition.field, "condition", _COUNTABLE)
        elif isinstance(self.condition, Sequence):
            try:
                parse(self.condition.first)
            except QueryError as error:
                hint = f"; {error.hint}" if error.hint else ""
                raise ValueError(f"condition: first, character {error.position + 1}: {error.message}{hint}") from None


def _own_throttle(condition: Condition | None) -> int | None:
    """The window of a condition that stays true from one article to the next, seconds. None for the others."""
    match condition:
        case Frequency(window=window) | Cardinality(window=window) | Spike(window=window):
            return window
        case Sequence(within=window):
            return window
    return None


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


def seconds(duration: str, what: str = "throttle") -> int:
    """Seconds in "90s", "30m", "6h", "7d" or a sum such as "1d12h".

    Raises:
        ValueError: it is written otherwise, or longer than 366 days.
    """
    return duration_seconds(duration, what)


def suggestion(word: str, known: tuple[str, ...] | list[str]) -> str:
    """What was probably meant, as the end of a message; empty when nothing in *known* is near."""
    near = get_close_matches(word, known, n=3, cutoff=0.6)
    return f"; did you mean {' or '.join(near)}?" if near else ""


def check_field(name: str, key: str, types: tuple[str, ...], others: tuple[str, ...] = ()) -> None:
    """Raises: FieldNameError when the field *name*, written under *key*, is unknown or not of one of *types*.

    Args:
        others: names that are no fields and may stand here as well, for the suggestion.
    """
    found = BY_NAME.get(name)
    if found is None:
        raise FieldNameError(f"{key}: no field is called {name!r}{suggestion(name, [*BY_NAME, *others])}")
    if found.type not in types:
        raise FieldNameError(f"{key}: field {name!r} is of type {found.type}; it takes {' or '.join(types)}")
