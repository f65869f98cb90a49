"""`tocsin setup`: topics, index templates, indices and aliases, made where they are missing and compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Final

import typer
from rich.text import Text

from agents.cli.context import JsonFlag, out, print_json, run_async, settings_of
from agents.errors import UsageError
from agents.setup.part import Part, State

UNUSABLE: Final = 1
"""Exit code when something that is there must not be used as it is."""
_STYLES: Final[dict[State, str]] = {"ok": "green", "missing": "cyan", "differs": "yellow", "wrong": "bold red"}


def setup(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would be done, and change nothing.")] = False,
    apply: Annotated[
        bool, typer.Option("--apply", help="Also change settings of what is there, and add partitions.")
    ] = False,
    json: JsonFlag = False,
) -> None:
    """Create topics and indices that are missing, and say what differs from the settings. Safe to run again."""
    from agents.logs import configure_logging
    from agents.setup.run import set_up

    if dry_run and apply:
        raise UsageError("--dry-run changes nothing and --apply does; choose one")
    settings = settings_of(context)
    configure_logging(settings)
    parts = run_async(set_up(settings, dry_run=dry_run, apply=apply))
    if json:
        for part in parts:
            print_json(asdict(part))
    else:
        _show(parts, dry_run=dry_run)
    if any(part.state == "wrong" for part in parts):
        raise typer.Exit(UNUSABLE)


def _show(parts: Sequence[Part], *, dry_run: bool) -> None:
    for part in parts:
        state = "would be created" if dry_run and part.state == "missing" else part.done or part.state
        out.print(
            Text.assemble(
                f"{part.kind:<8} ", (part.name, "bold"), "  ", (state, _STYLES[part.state]), f"  {part.said}"
            ),
            soft_wrap=True,
        )
        if part.mend:
            out.print(Text(f"{'':<8} -> {part.mend}"), soft_wrap=True)
    missing = sum(part.state == "missing" for part in parts)
    differing = sum(part.state in ("differs", "wrong") for part in parts)
    done = sum(bool(part.done) for part in parts)
    counted = f"{missing} would be created" if dry_run else f"{done} created or changed"
    out.print(Text(f"{len(parts)} parts, {counted}, {differing} to look at", style="dim"))
