"""Read one rule file: TOML, one rule.

What is not understood is refused, with file, line and column and what was probably meant: a misspelt key that is
silently ignored is an alert that never comes.
"""

from __future__ import annotations

import re
import tomllib
from itertools import islice
from os import PathLike
from typing import Any, Final, NoReturn, get_args

from pydantic import ValidationError

from pipeline.alerting.rule import Example, ExampleArticle, FieldNameError, Rule, check_field, suggestion
from pipeline.alerting.template import TemplateError, names
from pipeline.query import ALWAYS, QueryError, parse, required_keys
from schemas.alert import Escalation
from schemas.condition import Condition, Sequence

_NAMED_KEYS: Final = ("update_on:", "group_by:", "condition:", "escalate:")
_TOML_PLACE: Final = re.compile(r"\(at line (\d+), column (\d+)\)")


class RuleError(Exception):
    """A rule file is wrong. The message has file, line and column, what is wrong and what to write instead."""

    def __init__(self, path: str, message: str, line: int | None = None, column: int | None = None) -> None:
        place = ":".join(str(part) for part in (path, line, column) if part is not None)
        super().__init__(f"{place}: {message}")
        self.path = path
        self.message = message
        self.line = line
        self.column = column


def _line_of(toml_text: str, key: str, number: int = 0) -> tuple[int, int] | None:
    """Line and column of *key*, or of the table *number* (from 0) of that name; None when it is written otherwise."""
    name = re.escape(key)
    pattern = rf"^([ \t]*)(?:\[\[?[ \t]*{name}[ \t]*\]|[\"']?{name}[\"']?[ \t]*[=.])"
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


def _known_keys(key: str) -> list[str]:
    """What may be written in the table *key*, or beside it."""
    if key == "examples":
        return [*Example.model_fields, *ExampleArticle.model_fields, "body"]
    if key == "condition":
        return sorted({name for kind in get_args(get_args(Condition)[0]) for name in kind.model_fields})
    return list(Escalation.model_fields) if key == "escalate" else list(Rule.model_fields)


def _explain(error: ValidationError, toml_text: str, path: str) -> NoReturn:
    problems = error.errors(include_url=False)
    # A misspelt key is also a missing one; the misspelling is what the person wants to hear of.
    problem = next((one for one in problems if one["type"] == "extra_forbidden"), problems[0])
    location = [str(part) for part in problem["loc"]]
    key = location[0] if location else ""
    message = problem["msg"].removeprefix("Value error, ")
    if problem["type"] == "extra_forbidden":
        known = _known_keys(key)
        message = f"unknown key {location[-1]!r}{suggestion(location[-1], known)}"
        key = location[-1]
    elif problem["type"] == "missing":
        message = f"key {'.'.join(location)!r} is missing"
    elif key:
        message = f"{'.'.join(location)}: {message}"
    else:
        key = message.partition(":")[0] if message.startswith(_NAMED_KEYS) else message.split()[0]
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
    if isinstance(rule.condition, Sequence) and required_keys(parse(rule.condition.first)) == ALWAYS:
        line, column = _line_of(toml_text, "condition") or (None, None)
        raise RuleError(path, "condition: first matches whatever is not excluded; add a clause", line, column)


def _check_message(rule: Rule, toml_text: str, path: str) -> None:
    column = 1
    try:
        for name, column in names(rule.message):  # noqa: B007 (column is used when the check below fails)
            check_field(name, "message", ("text", "keyword", "integer", "float", "boolean", "date"))
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
