"""`tocsin alerts list|tail`: read the alert topics. What people do about alerts is in `alerts_handling.py`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, get_args

import typer
from rich.text import Text

from agents.cli.context import JsonFlag, echo_json, out, run_async, settings_of
from agents.cli.terminal import one_line
from agents.errors import UsageError
from schemas.alert import Alert
from schemas.handling import AlertStatus

app = typer.Typer(help="Alerts that the rules raised.", no_args_is_help=True)

COLOURS = {"critical": "bold white on red", "high": "bold red", "medium": "yellow", "low": "cyan", "info": "dim"}

ChannelOption = Annotated[list[str] | None, typer.Option("--channel", "-c", help="Only this channel; may be repeated.")]
RuleOption = Annotated[str | None, typer.Option("--rule", "-r", help="Only this rule.")]


@app.command("list")
def list_alerts(
    context: typer.Context,
    channel: ChannelOption = None,
    rule: RuleOption = None,
    status: Annotated[
        list[str] | None,
        typer.Option(help="Only in this state: open, acknowledged, snoozed, resolved, false_positive; repeatable."),
    ] = None,
    json: JsonFlag = False,
) -> None:
    """Print the alerts that the topics hold, in event time, with what people did about them."""
    from agents.alert_topics import alert_topics, read_alerts
    from agents.handling import followed_handling

    settings = settings_of(context)
    if wrong := sorted(set(status or ()) - set(get_args(AlertStatus))):
        raise UsageError(f"no state {wrong[0]!r}; states: {', '.join(get_args(AlertStatus))}")

    async def collect() -> tuple[list[Alert], dict[str, AlertStatus]]:
        topics = await alert_topics(settings, channel or ())
        async with followed_handling(settings) as followed:
            states = (await followed.current()).states
        alerts = [alert async for alert in read_alerts(settings, topics)]
        return alerts, {id: state.status for id, state in states.items()}

    alerts, states = run_async(collect())
    found = [one for one in alerts if _wanted(one, rule) and (not status or states.get(one.id, "open") in status)]
    for alert in sorted(found, key=lambda alert: (alert.event_time, alert.id)):
        print_alert(alert, json=json, status=states.get(alert.id, "open"))
    if not found and not json:
        out.print("no alerts")


@app.command("tail")
def tail(
    context: typer.Context,
    channel: ChannelOption = None,
    rule: RuleOption = None,
    from_start: Annotated[bool, typer.Option(help="Begin with the oldest alert.")] = False,
    limit: Annotated[int | None, typer.Option("--limit", "-n", min=1, help="Stop after so many.")] = None,
    json: JsonFlag = False,
) -> None:
    """Print alerts as they are raised, until Ctrl-C."""
    from agents.alert_topics import tail_alerts

    settings = settings_of(context)

    async def follow(channels: Sequence[str]) -> None:
        left = limit
        async for alert in tail_alerts(settings, channels, from_start=from_start):
            if not _wanted(alert, rule):
                continue
            print_alert(alert, json=json)
            left = None if left is None else left - 1
            if left == 0:
                return

    run_async(follow(channel or ()))


def _wanted(alert: Alert, rule: str | None) -> bool:
    return rule is None or alert.rule_id == rule


def print_alert(alert: Alert, *, json: bool = False, status: AlertStatus = "open") -> None:
    """One alert: a JSON line, or its headline, reason and evidence."""
    if json:
        echo_json(alert.model_dump_json())
        return
    head = Text.assemble(
        f"{alert.event_time:%Y-%m-%d %H:%M} ",
        (f"{alert.severity:<8}", COLOURS[alert.severity]),
        f" {alert.rule_id} ",
        (f"[{alert.group}] " if alert.group else "", "bold"),
        (one_line(alert.title), "bold"),
        (f" ({status.replace('_', ' ')})" if status != "open" else "", "green"),
    )
    out.print(head, soft_wrap=True)
    out.print(Text(f"    {alert.summary}", style="dim"), soft_wrap=True)
    for evidence in alert.evidence[:3]:
        out.print(Text(f"    “{one_line(evidence.sentence)}”"), soft_wrap=True)
    where = ", ".join(alert.article_ids)
    out.print(Text(f"    {alert.url or 'article'} ({where})", style="dim"), soft_wrap=True)
