"""`tocsin notify check|test|resume|run`: the targets that are told of alerts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from agents.cli.context import JsonFlag, counted, out, print_json, run_async, settings_of
from agents.errors import UnavailableError, UsageError

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
    settings = settings_of(context)
    alert = example_alert(target, datetime.now(UTC))
    run_async(_tell(settings, _target(settings, target), alert))
    if json:
        print_json({"target": target, "alert": alert.id})
    else:
        out.print(Text(f"test alert {alert.id} delivered to {target}"))


def _target(settings: Settings, id: str) -> Target:
    """
    Raises:
        UsageError: there is no such target, or the targets file is wrong.
    """
    from agents.notifier.targets import load_targets

    targets = {one.id: one for one in load_targets(settings)}
    if id not in targets:
        raise UsageError(f"no target {id!r}; targets: {', '.join(targets) or 'none'}")
    return targets[id]


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


@app.command("resume")
def resume(
    context: typer.Context,
    target: Annotated[str, typer.Argument(help="Id of the target.")],
    since: Annotated[str, typer.Option(help="A time in UTC (2026-03-01, 2026-03-01T10:00) or so long ago: 6h, 2d.")],
    json: JsonFlag = False,
) -> None:
    """Let a target go on with the alerts raised since a time, while its notifier is stopped. It may be told of some
    again, by the same ids."""
    from agents.notifier.beginning import resume as go_on

    settings = settings_of(context)
    moment = _moment(since, datetime.now(UTC))
    waiting = run_async(go_on(settings, _target(settings, target), moment))
    if json:
        print_json({"target": target, "since": moment.isoformat(), "alerts_at_most": waiting})
    else:
        out.print(Text(f"{target} goes on from {moment:%Y-%m-%d %H:%M} UTC; {counted(waiting, 'alert')} at most wait"))


def _moment(text: str, now: datetime) -> datetime:
    """
    Raises:
        UsageError: it is neither a duration nor a time, or it lies ahead.
    """
    from schemas.duration import duration_seconds

    try:
        moment = now - timedelta(seconds=duration_seconds(text))
    except ValueError:
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            raise UsageError(
                f"--since {text!r}: give a time in UTC (2026-03-01T10:00) or a duration (6h, 2d)"
            ) from None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    if moment > now:
        raise UsageError(f"--since {text!r} lies ahead")
    return moment


@app.command("run")
def run(context: typer.Context) -> None:
    """Run the notifier alone under a watchdog, beside a broker that runs already, until Ctrl-C."""
    from agents.logs import configure_logging
    from agents.supervision.supervisor import guard_notifier

    settings = settings_of(context)
    configure_logging(settings)
    code = guard_notifier(settings)
    if code:
        raise typer.Exit(code)
