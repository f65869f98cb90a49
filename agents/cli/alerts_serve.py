"""`tocsin alerts serve`: what people do about alerts, over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from agents.cli.context import settings_of

app = typer.Typer()


@app.command("serve")
def serve(
    context: typer.Context,
    tokens_file: Annotated[
        Path, typer.Option(help="A name and a token a line, for each caller; nobody else may read it.")
    ],
    port: Annotated[int, typer.Option(min=0, max=65535, help="On 127.0.0.1; 0 takes a free one.")] = 8079,
) -> None:
    """Take acknowledgements, snoozes and comments by HTTP on loopback, until Ctrl-C: POST /alerts/ID/acknowledge."""
    from agents.handling_callers import read_callers
    from agents.handling_server import serve_handling
    from agents.logs import configure_logging
    from agents.supervision.entry import run_until_signal

    settings = settings_of(context)
    callers = read_callers(tokens_file.expanduser())
    configure_logging(settings)

    def ready(port: int) -> None:
        typer.echo(f"http://127.0.0.1:{port}/alerts", err=True)  # standard output is for data

    run_until_signal(lambda stop: serve_handling(settings, callers, port, stop, ready))
