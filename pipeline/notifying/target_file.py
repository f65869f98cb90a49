"""Read the targets file: TOML, a `[[target]]` table for each. What is not understood is refused, with line and column
and what was probably meant: a misspelt key that is ignored is an alert that never arrives."""

from __future__ import annotations

import re
import tomllib
from difflib import get_close_matches
from itertools import islice
from typing import Any, Final

from pydantic import ValidationError

from pipeline.notifying.target import MAX_TARGETS, Target

_TOML_PLACE: Final = re.compile(r"\(at line (\d+), column (\d+)\)")
_TABLE: Final = re.compile(r"^[ \t]*\[\[[ \t]*target[ \t]*\]\]", re.MULTILINE)


class TargetError(Exception):
    """The targets file is wrong. The message has file, line and column, what is wrong and what to write instead."""

    def __init__(self, path: str, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(f"{':'.join(str(part) for part in (path, line, column) if part is not None)}: {message}")
        self.line = line
        self.column = column


def parse_targets(toml_text: str, path: str) -> tuple[Target, ...]:
    """The targets, those that are not enabled too, in the file's order.

    Args:
        path: the file's name, for messages only.

    Raises:
        TargetError: it is not TOML, a key is unknown, missing or wrong, or two targets have one id.
    """
    tables = _tables(toml_text, path)
    targets = tuple(_target(table, number, toml_text, path) for number, table in enumerate(tables))
    seen: set[str] = set()
    for number, target in enumerate(targets):
        if target.id in seen:
            raise TargetError(path, f"two targets have the id {target.id!r}", *_place(toml_text, number, "id"))
        seen.add(target.id)
    return targets


def _tables(toml_text: str, path: str) -> list[Any]:
    try:
        found = tomllib.loads(toml_text)
    except tomllib.TOMLDecodeError as error:
        at = _TOML_PLACE.search(str(error))
        line, column = (int(at[1]), int(at[2])) if at else (None, None)
        raise TargetError(path, f"not TOML: {_TOML_PLACE.sub('', str(error)).strip()}", line, column) from None
    if unknown := sorted(found.keys() - {"target"}):
        raise TargetError(
            path, f"unknown key {unknown[0]!r}; targets are tables [[target]]", *_top(toml_text, unknown[0])
        )
    tables = found.get("target", [])
    if not isinstance(tables, list):
        raise TargetError(path, "a target is written [[target]], with two brackets", *_top(toml_text, "target"))
    if len(tables) > MAX_TARGETS:
        raise TargetError(path, f"{len(tables)} targets; {MAX_TARGETS} are the most")
    return tables


def _target(table: Any, number: int, toml_text: str, path: str) -> Target:
    try:
        return Target.model_validate(table)
    except ValidationError as error:
        key, message = _problem(error)
        raise TargetError(path, message, *_place(toml_text, number, key)) from None


def _problem(error: ValidationError) -> tuple[str, str]:
    """The key at fault, empty when there is none, and what is wrong with it."""
    problems = error.errors(include_url=False, include_input=False)
    # A misspelt key is often also a missing one; the misspelling is what the person wants to hear of.
    problem = next((one for one in problems if one["type"] == "extra_forbidden"), problems[0])
    key = str(problem["loc"][0]) if problem["loc"] else ""
    message = problem["msg"].removeprefix("Value error, ")
    if problem["type"] == "extra_forbidden":
        return key, f"unknown key {key!r}{_suggestion(key)}"
    if problem["type"] == "missing":
        return "", f"key {key!r} is missing"
    if key:
        return key, f"{key}: {message}"
    return message.partition(":")[0], message


def _suggestion(key: str) -> str:
    near = get_close_matches(key, list(Target.model_fields), n=1)
    return f"; did you mean {near[0]}?" if near else f"; keys are {', '.join(Target.model_fields)}"


def _place(toml_text: str, number: int, key: str) -> tuple[int, int] | tuple[None, None]:
    """Line and column of *key* in the table *number* (from 0), or of the table."""
    starts = [match.start() for match in islice(_TABLE.finditer(toml_text), number, number + 2)]
    if not starts:
        return None, None
    end = starts[1] if len(starts) > 1 else len(toml_text)
    found = re.compile(rf"^[ \t]*([\"']?{re.escape(key)}[\"']?)[ \t]*=", re.MULTILINE).search(toml_text, starts[0], end)
    return _line_column(toml_text, found.start(1) if key and found else starts[0])


def _top(toml_text: str, key: str) -> tuple[int, int] | tuple[None, None]:
    found = re.search(rf"^[ \t]*\[{{0,2}}[ \t]*[\"']?({re.escape(key)})", toml_text, re.MULTILINE)
    return _line_column(toml_text, found.start(1)) if found else (None, None)


def _line_column(toml_text: str, at: int) -> tuple[int, int]:
    return toml_text.count("\n", 0, at) + 1, at - toml_text.rfind("\n", 0, at)
