"""A rule: a query, what an alert says and how often, with examples that must and must not match.

One TOML file a rule. `parse_rule` refuses what it does not understand, with file, line and column, and says what was
probably meant: a misspelt key that is silently ignored is an alert that never comes.
"""

from __future__ import annotations

import re
import tomllib
from difflib import get_close_matches
from itertools import islice
from os import PathLike
from typing import Annotated, Any, Final, NoReturn, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from pipeline.alerting.template import TemplateError, names
from pipeline.query import ALWAYS, QueryError, fields_of, parse, required_keys
from schemas.alert import Severity
from schemas.base import UtcTime
from schemas.fields import BY_NAME
from schemas.topics import BACKFILL_CHANNEL

MAX_THROTTLE_SECONDS: Final = 366 * 24 * 3600

_UNIT_SECONDS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_DURATION: Final = re.compile(r"(?:\d{1,9}[smhd])+")
_DURATION_PART: Final = re.compile(r"(\d+)([smhd])")
_TOML_PLACE: Final = re.compile(r"\(at line (\d+), column (\d+)\)")
_NUMERIC: Final = ("integer", "float")

RuleId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*([_-][a-z0-9]+)*$", max_length=64)]
"""Lower case with underscores or hyphens: part of Kafka keys, file names and addresses."""


class RuleError(Exception):
    """A rule file is wrong. The message has file, line and column, what is wrong and what to write instead."""

    def __init__(self, path: str, message: str, line: int | None = None, column: int | None = None) -> None:
        place = ":".join(str(part) for part in (path, line, column) if part is not None)
        super().__init__(f"{place}: {message}")
        self.path = path
        self.message = message
        self.line = line
        self.column = column


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
            _field(name, "update_on", _NUMERIC)
        if self.group_by is not None:
            _field(self.group_by, "group_by", ("keyword", "integer", "boolean"))
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


def _suggestion(word: str, known: tuple[str, ...] | list[str]) -> str:
    near = get_close_matches(word, known, n=3, cutoff=0.6)
    return f"; did you mean {' or '.join(near)}?" if near else ""


def _field(name: str, key: str, types: tuple[str, ...]) -> None:
    found = BY_NAME.get(name)
    if found is None:
        raise FieldNameError(f"{key}: no field is called {name!r}{_suggestion(name, list(BY_NAME))}")
    if found.type not in types:
        raise FieldNameError(f"{key}: field {name!r} is of type {found.type}; it takes {' or '.join(types)}")


def _line_of(toml_text: str, key: str, number: int = 0) -> tuple[int, int] | None:
    """Line and column of *key*, or of the table *number* (from 0) of that name; None when it is written otherwise."""
    name = re.escape(key)
    pattern = rf"^([ \t]*)(?:\[\[[ \t]*{name}[ \t]*\]\]|[\"']?{name}[\"']?[ \t]*[=.])"
    found = next(islice(re.finditer(pattern, toml_text, re.MULTILINE), number, None), None)
    if found is None:
        return None
    return toml_text.count("\n", 0, found.start()) + 1, len(found.group(1)) + 1


def _place_in(toml_text: str, key: str, value: str, column: int) -> tuple[int, int] | None:
    """Line and column in the file of character *column* (from 1) of *value*; those of the key when it has escapes."""
    key_place = _line_of(toml_text, key)
    if key_place is None:
        return None
    line_start = [0, *(match.end() for match in re.finditer("\n", toml_text))][key_place[0] - 1]
    at = toml_text.find(value, line_start)
    if at < 0:
        return key_place
    at += column - 1
    return toml_text.count("\n", 0, at) + 1, at - toml_text.rfind("\n", 0, at)


def _load(toml_text: str, path: str) -> dict[str, Any]:
    try:
        return tomllib.loads(toml_text)
    except tomllib.TOMLDecodeError as error:
        place = _TOML_PLACE.search(str(error))
        line, column = (int(place[1]), int(place[2])) if place else (None, None)
        raise RuleError(path, f"not TOML: {_TOML_PLACE.sub('', str(error)).strip()}", line, column) from None


def _explain(error: ValidationError, toml_text: str, path: str) -> NoReturn:
    problem = error.errors(include_url=False)[0]
    location = [str(part) for part in problem["loc"]]
    key = location[0] if location else ""
    message = problem["msg"].removeprefix("Value error, ")
    if problem["type"] == "extra_forbidden":
        known = [*Example.model_fields, "body"] if key == "examples" else list(Rule.model_fields)
        message = f"unknown key {location[-1]!r}{_suggestion(location[-1], known)}"
        key = location[-1]
    elif problem["type"] == "missing":
        message = f"key {'.'.join(location)!r} is missing"
    elif key:
        message = f"{'.'.join(location)}: {message}"
    else:
        key = message.partition(":")[0] if message.startswith(("update_on", "group_by")) else message.split()[0]
    number = int(location[1]) if key == "examples" and len(location) > 1 and location[1].isdigit() else 0
    line, column = _line_of(toml_text, key, number) or (None, None)
    raise RuleError(path, message, line, column) from None


def _check_query(rule: Rule, toml_text: str, path: str) -> None:
    try:
        node = parse(rule.query)
    except QueryError as error:
        line, column = _place_in(toml_text, "query", rule.query, error.position + 1) or (None, None)
        hint = f"; {error.hint}" if error.hint else ""
        raise RuleError(path, f"query: {error.message}{hint}", line, column) from None
    if required_keys(node) == ALWAYS:
        line, column = _line_of(toml_text, "query") or (None, None)
        raise RuleError(path, "query: matches whatever is not excluded; add a clause that has to hold", line, column)


def _check_message(rule: Rule, toml_text: str, path: str) -> None:
    column = 1
    try:
        for name, column in names(rule.message):  # noqa: B007 (column is used when the check below fails)
            _field(name, "message", ("text", "keyword", "integer", "float", "boolean", "date"))
        return
    except TemplateError as error:
        message, column = f"message: {error}", error.column
    except FieldNameError as error:
        message = str(error)
    place = _place_in(toml_text, "message", rule.message, column) or (None, None)
    raise RuleError(path, message, *place)


def parse_rule(toml_text: str, path: str | PathLike[str]) -> Rule:
    """Read one rule file.

    Args:
        toml_text: the file's text.
        path: the file's name, for messages only.

    Raises:
        RuleError: it is not TOML, a key is unknown, missing or wrong, or the query or the message cannot be understood.
    """
    name = str(path)
    try:
        rule = Rule.model_validate(_load(toml_text, name))
    except ValidationError as error:
        _explain(error, toml_text, name)
    _check_query(rule, toml_text, name)
    _check_message(rule, toml_text, name)
    return rule
