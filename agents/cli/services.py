"""`tocsin services up|down|status|logs`."""

from __future__ import annotations

from dataclasses import asdict
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.text import Text

from agents.cli.context import JsonFlag, err, out, print_json, settings_of

if TYPE_CHECKING:
    from agents.services.lifecycle import ServiceStatus

app = typer.Typer(
    help="Real Apache Kafka and Elasticsearch on this machine, on loopback, from their released files, without Docker.",
    no_args_is_help=True,
)

Names = Annotated[list[str] | None, typer.Argument(metavar="[kafka] [elasticsearch]", help="Default: both.")]
COLOURS = {"running": "green", "not answering": "yellow", "stopped": "dim"}
NOT_RUNNING = 3
"""Exit code of `status`, as other service managers have it."""


def _tell(line: str) -> None:
    err.print(Text(line, style="dim"), soft_wrap=True)


@app.command("up")
def up(
    context: typer.Context,
    names: Names = None,
    kafka_port: Annotated[int | None, typer.Option(min=0, max=65535, help="0 takes a free one.")] = None,
    elasticsearch_port: Annotated[int | None, typer.Option(min=0, max=65535, help="0 takes a free one.")] = None,
    json: JsonFlag = False,
) -> None:
    """Start the servers and print the settings that point Tocsin at them: eval "$(tocsin services up)".

    The first time it downloads them with Maven (54 and 100 MB) and checks every file. They run until `services down`.
    """
    from agents.services import lifecycle

    settings = settings_of(context, services_kafka_port=kafka_port, services_elasticsearch_port=elasticsearch_port)
    with err.status("looking for a JDK") as spinner:

        def tell(line: str) -> None:
            spinner.update(escape(line))
            if not err.is_terminal or line.startswith("warning"):
                _tell(line)

        found = lifecycle.up(settings, names or [], tell=tell)
    variables = {one.variable: one.url for one in found}
    if json:
        print_json(variables | {"services": _as_json(found)})
    else:
        for name, value in variables.items():
            typer.echo(f"export {name}={value}")


@app.command("down")
def down(context: typer.Context, names: Names = None, json: JsonFlag = False) -> None:
    """Stop the servers; their data stay."""
    from agents.services import lifecycle

    found = lifecycle.down(settings_of(context), names or [], tell=_tell)
    if json:
        print_json({"services": _as_json(found)})


@app.command("status")
def status(context: typer.Context, names: Names = None, json: JsonFlag = False) -> None:
    """Print what runs, where, and where its files are; exit 3 when one does not answer."""
    from agents.services import lifecycle

    found = lifecycle.status(settings_of(context), names or [])
    if json:
        print_json({"services": _as_json(found)})
    else:
        _show(found)
    if any(one.state != "running" for one in found):
        raise typer.Exit(NOT_RUNNING)


@app.command("logs")
def logs(
    context: typer.Context,
    names: Names = None,
    lines: Annotated[int, typer.Option("-n", "--lines", min=0, help="Lines from the end of each.")] = 50,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on with what is added, until Ctrl-C.")] = False,
) -> None:
    """Print the end of the servers' own logs."""
    from agents.services import lifecycle, log_files

    found = lifecycle.status(settings_of(context), names or [])
    paths = {one.name: one.log for one in found}
    last = [(name, line) for name, path in paths.items() for line in log_files.last_lines(path, lines)]
    for name, line in chain(last, log_files.follow(paths) if follow else ()):
        typer.echo(line if len(paths) == 1 else f"{name:<13} | {line}")


def _as_json(found: list[ServiceStatus]) -> list[dict[str, Any]]:
    return [asdict(one) for one in found]


def _show(found: list[ServiceStatus]) -> None:
    for one in found:
        head = Text.assemble(f"{one.title:<22}", (one.state, COLOURS[one.state]))
        if one.pid is not None:
            head.append(f"  {one.url}  process {one.pid}")
        out.print(head, soft_wrap=True)
        out.print(Text(f"  {one.folder}", style="dim"), soft_wrap=True)
