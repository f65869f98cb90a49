"""`tocsin config show`: every setting, its value, where else it can be set, and what it means."""

from __future__ import annotations

import typer
from rich.table import Table

from agents.cli.context import JsonFlag, out, print_json, settings_of
from agents.settings import ENV_PREFIX, Settings
from schemas.descriptions import descriptions

app = typer.Typer(help="Settings.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Settings."""


@app.command("show")
def show(context: typer.Context, json: JsonFlag = False) -> None:
    """Print the settings in force; * marks those that differ from the default."""
    settings = settings_of(context)
    values = settings.model_dump(mode="json")
    if json:
        print_json(values)
        return
    defaults = Settings().model_dump(mode="json")
    table = Table(box=None, pad_edge=False)
    for column in ("", "setting", "value", "environment", "meaning"):
        table.add_column(column, overflow="fold", no_wrap=column == "setting")
    meanings = descriptions(Settings)
    for name in Settings.model_fields:
        changed = "*" if values[name] != defaults[name] else ""
        meaning = " ".join(meanings.get(name, "").split())
        table.add_row(changed, name, str(values[name]), f"{ENV_PREFIX}{name.upper()}", meaning)
    out.print(table)
