"""`tocsin status` and `tocsin doctor`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from agents.cli.context import JsonFlag, counted, err, out, print_json, run_async, settings_of

if TYPE_CHECKING:
    from agents.status import Status

COLOURS = {"ok": "green", "warning": "yellow", "failed": "bold red"}


def status(
    context: typer.Context,
    expect: Annotated[
        list[str] | None, typer.Option(help="Exit 1 unless a worker reads for this agent here; may be repeated.")
    ] = None,
    json: JsonFlag = False,
) -> None:
    """Print what runs here, each agent's lag and outcomes, and what the topics hold."""
    from agents.registry import agents_named
    from agents.status import read_status

    expected = {agent.name for agent in agents_named(expect)} if expect else set()
    found = run_async(read_status(settings_of(context)))
    if json:
        print_json(asdict(found))
    else:
        _print_status(found)
    if absent := [agent.name for agent in found.agents if agent.name in expected and not agent.is_ready]:
        err.print(f"no worker reads here for: {', '.join(absent)}", markup=False)
        raise typer.Exit(1)


def _print_status(found: Status) -> None:
    out.print(f"broker {found.broker}", markup=False)
    agents = Table(box=None, pad_edge=False)
    for column in ("agent", "worker", "lag", "done", "dead letters", "retries"):
        agents.add_column(column, justify="left" if column in ("agent", "worker") else "right")
    for agent in found.agents:
        counts = agent.outcomes
        dead = sum(counts.get("dead_letters", {}).values())
        worker = Text(agent.worker or "does not run here", style="" if agent.worker else "yellow")
        if agent.worker and not agent.is_ready:
            worker.append(" (starts)", style="yellow")
        numbers = (str(counts.get("done", "")), str(dead if counts else ""), str(counts.get("retries", "")))
        agents.add_row(Text(agent.name), worker, f"{agent.lag:,}", *numbers)
    out.print(agents)
    if wrong := sum(agent.outcomes.get("wrong_rules", 0) for agent in found.agents):
        said = f"{counted(wrong, 'rule file')} wrong, the last good version stays in use: see tocsin rules check"
        out.print(Text(said, style="red"))
    if found.wrong_targets:
        out.print(Text(f"nobody is notified: {found.wrong_targets}", style="red"))
    topics = Table(box=None, pad_edge=False)
    topics.add_column("topic")
    topics.add_column("messages", justify="right")
    for name, count in found.topics.items():
        topics.add_row(Text(name), f"{count:,}")
    out.print(topics)


def doctor(context: typer.Context, json: JsonFlag = False) -> None:
    """Check this machine and these settings; exit 1 when something keeps Tocsin from working."""
    from agents.doctor import examine

    checks = run_async(examine(settings_of(context)))
    for check in checks:
        if json:
            print_json(asdict(check))
        else:
            out.print(Text.assemble((f"{check.state:<8}", COLOURS[check.state]), f"{check.name}: {check.said}"))
            if check.advice:
                out.print(Text(f"        {check.advice}", style="dim"))
    if any(check.state == "failed" for check in checks):
        raise typer.Exit(1)
