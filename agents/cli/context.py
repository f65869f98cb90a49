"""What every command shares: the settings it was called with, and how it prints."""

from __future__ import annotations

from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeVar

import orjson
import typer
from rich.padding import Padding
from rich.text import Text

from agents.cli.terminal import SafeConsole, escaped_json, one_line
from agents.settings import Settings, load_settings

T = TypeVar("T")

out = SafeConsole(highlight=False)
err = SafeConsole(stderr=True, highlight=False, soft_wrap=True)  # a path stays whole, to be copied

JsonFlag = Annotated[bool, typer.Option("--json", help="Print JSON (lines, where there are several).")]


@dataclass(frozen=True)
class Flags:
    """Settings given before the command's name."""

    values: dict[str, Any] = field(default_factory=dict)


def settings_of(context: typer.Context, **flags: Any) -> Settings:
    """The settings for this call; *flags* are those of the command itself.

    Raises:
        SettingsError: a setting is wrong.
    """
    given = context.obj.values if isinstance(context.obj, Flags) else {}
    return load_settings(given | {name: value for name, value in flags.items() if value is not None})


def print_json(value: Any) -> None:
    """One JSON value on one line, raw: no colours, no wrapping."""
    echo_json(orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS).decode())


def echo_json(json: str) -> None:
    """JSON text as it is, but for what would steer a terminal: that is escaped, which changes no value."""
    typer.echo(escaped_json(json))


def print_entry(head: Text, *below: str) -> None:
    """One item of a list: its headline, and what is told of it on indented lines, each wrapped to the terminal."""
    out.print(head)
    for line in below:
        if line:
            out.print(Padding(Text(one_line(line), style="dim"), (0, 0, 0, 4)))


def counted(number: int, noun: str) -> str:
    """ "1 rule", "2 rules"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def run_async(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run one command's coroutine on the fast loop."""
    import uvloop

    return uvloop.run(coroutine)
