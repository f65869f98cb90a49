"""`tocsin up`, `tocsin worker` and `tocsin broker`: what keeps running."""

from __future__ import annotations

from typing import Annotated

import typer

from agents.cli.context import settings_of


def up(context: typer.Context) -> None:
    """Run everything on this machine: the broker when it is embedded, all agents, the poller when it is switched on."""
    from agents.logs import configure_logging
    from agents.supervision.supervisor import run_up

    settings = settings_of(context)
    configure_logging(settings)
    run_up(settings, say=lambda line: typer.echo(line, err=True))  # standard output is for data


def worker(
    context: typer.Context,
    agents: Annotated[list[str] | None, typer.Argument(help="Agents to run; default: all.")] = None,
    worker_id: Annotated[
        str | None, typer.Option("--id", help="Name of this worker among those of its agents.")
    ] = None,
) -> None:
    """Run agents in one process under a watchdog, beside a broker that runs already."""
    from agents.logs import configure_logging
    from agents.supervision.supervisor import guard_worker

    settings = settings_of(context, worker_id=worker_id)
    configure_logging(settings)
    code = guard_worker(settings, agents or [])
    if code:
        raise typer.Exit(code)


def broker(
    context: typer.Context,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="0 takes a free one.")] = None,
) -> None:
    """Run the embedded broker alone, on loopback, until Ctrl-C."""
    from agents.logs import configure_logging
    from agents.supervision.broker_process import run_broker

    settings = settings_of(context, broker_port=port)
    configure_logging(settings)
    run_broker(settings)
