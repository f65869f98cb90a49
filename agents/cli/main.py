"""`tocsin`: the list of commands, the flags that all share, and how an error reaches a person."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from agents.cli import (
    alerts,
    alerts_handling,
    alerts_serve,
    bench,
    config,
    dead_letters,
    demo,
    enrich,
    feed,
    feeds,
    lists,
    notify,
    reenrich,
    reindex,
    rules,
    run_agents,
    search,
    services,
    setup,
    status,
)
from agents.cli.context import Flags, err
from agents.errors import TocsinError

app = typer.Typer(
    name="tocsin",
    help="Streaming news monitoring: who, where, how many and which sanctions, with evidence, as alerts.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command("demo")(demo.demo)
app.command("up")(run_agents.up)
app.command("worker")(run_agents.worker)
app.command("broker")(run_agents.broker)
app.command("feed")(feed.feed)
app.command("enrich")(enrich.enrich)
app.command("search")(search.search)
app.command("setup")(setup.setup)
app.command("reindex")(reindex.reindex)
app.command("reenrich")(reenrich.reenrich)
app.command("status")(status.status)
app.command("doctor")(status.doctor)
app.command("bench")(bench.bench)
alerts.app.add_typer(alerts_handling.app)  # without a name: the commands stand beside `list` and `tail`
alerts.app.add_typer(alerts_serve.app)
app.add_typer(alerts.app, name="alerts")
app.add_typer(notify.app, name="notify")
app.add_typer(rules.app, name="rules")
app.add_typer(feeds.app, name="feeds")
app.add_typer(lists.app, name="lists")
app.add_typer(dead_letters.app, name="dead-letters")
app.add_typer(services.app, name="services")
app.add_typer(config.app, name="config")


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"tocsin {version('tocsin')}")
        raise typer.Exit


@app.callback()
def root(
    context: typer.Context,
    data_dir: Annotated[Path | None, typer.Option(help="Folder of the embedded broker and index.")] = None,
    kafka_url: Annotated[str | None, typer.Option(help="embedded:// or kafka://host:port.")] = None,
    index_url: Annotated[str | None, typer.Option(help="embedded://")] = None,
    topic_prefix: Annotated[str | None, typer.Option(help="First part of every topic name.")] = None,
    log_level: Annotated[str | None, typer.Option(help="debug, info, warning or error.")] = None,
    _version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    given = {
        "data_dir": data_dir,
        "kafka_url": kafka_url,
        "index_url": index_url,
        "topic_prefix": topic_prefix,
        "log_level": log_level,
    }
    context.obj = Flags({name: value for name, value in given.items() if value is not None})


def run() -> None:
    """Entry point. An error that a person can act on is one message; anything else is a bug and shows its traceback."""
    try:
        app()
    except TocsinError as error:
        err.print(f"[bold red]tocsin:[/] {str(error).replace('[', chr(92) + '[')}", soft_wrap=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()  # the reader (head, less) left; there is nobody to tell
        sys.exit(141)


if __name__ == "__main__":
    run()
