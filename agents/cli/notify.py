"""`tocsin notify check|test|run`: the targets that are told of alerts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from agents.cli.context import JsonFlag, counted, out, print_json, run_async, settings_of
from agents.errors import UnavailableError, UsageError
from agents.logs import configure_logging

if TYPE_CHECKING:
    from agents.settings import Settings
    from pipeline.notifying import Target
    from schemas.alert import Alert

app = typer.Typer(help="Who is told of alerts: webhooks, chat, mail, push and feeds.", no_args_is_help=True)


@app.command("check")
def check(context: typer.Context, json: JsonFlag = False) -> None:
    """Check the targets file, and the files with secrets that it names; nobody is told anything."""
    from agents.notifier.targets import load_targets

    settings = settings_of(context)
    targets = load_targets(settings)
    run_async(_open_all(settings, targets))
    for target in targets:
        if json:
            print_json(_summary(target))
        else:
            channels = ", ".join(target.channels) or "all channels"
            digest = f", a digest every {target.digest} s" if target.digest else ""
            out.print(Text(f"{target.id:<20} {target.kind:<8} {channels}, from {target.min_severity}{digest}"))
    if not json:
        out.print(f"{counted(len(targets), 'target')}, all right")


async def _open_all(settings: Settings, targets: tuple[Target, ...]) -> None:
    from agents.notifier.targets import open_means

    for target in targets:
        await open_means(settings, target).close()


def _summary(target: Target) -> dict[str, Any]:
    """Without addresses: a person may have written a secret into one."""
    return {
        "id": target.id,
        "kind": target.kind,
        "channels": list(target.channels),
        "min_severity": target.min_severity,
        "digest_s": target.digest,
    }


@app.command("test")
def test(
    context: typer.Context,
    target: Annotated[str, typer.Argument(help="Id of the target.")],
    json: JsonFlag = False,
) -> None:
    """Send one alert that is marked as a test to a target, at once and once."""
    from agents.notifier.targets import load_targets

    settings = settings_of(context)
    targets = {one.id: one for one in load_targets(settings)}
    if target not in targets:
        raise UsageError(f"no target {target!r}; targets: {', '.join(targets) or 'none'}")
    alert = example_alert(target, datetime.now(UTC))
    run_async(_tell(settings, targets[target], alert))
    if json:
        print_json({"target": target, "alert": alert.id})
    else:
        out.print(Text(f"test alert {alert.id} delivered to {target}"))


async def _tell(settings: Settings, target: Target, alert: Alert) -> None:
    from agents.notifier.means import DeliveryError
    from agents.notifier.targets import open_means

    means = open_means(settings, target)
    try:
        await means.tell(alert)
    except DeliveryError as error:
        raise UnavailableError(f"target {target.id}: {error}") from error
    finally:
        await means.close()


def example_alert(target: str, now: datetime) -> Alert:
    """An alert that no rule raised and that says so."""
    from pipeline.identity import alert_id
    from schemas.alert import Alert
    from schemas.topics import TEST_CHANNEL

    return Alert(
        id=alert_id("tocsin-test", 1, target, now.isoformat()),
        rule_id="tocsin-test",
        rule_version=1,
        severity="info",
        channel=TEST_CHANNEL,
        group="",
        title=f"TEST of the target {target}: nothing happened",
        summary="Sent by `tocsin notify test`; no rule raised it.",
        article_ids=(),
        event_time=now,
        raised_at=now,
    )


@app.command("run")
def run(context: typer.Context) -> None:
    """Run the notifier alone, beside a broker that runs already, until Ctrl-C."""
    from agents.supervision.notifier_process import notify_until_stopped

    settings = settings_of(context)
    configure_logging(settings)
    notify_until_stopped(settings)
