"""`tocsin alerts ack|snooze|resolve|reopen|comment|show`: what people do about an alert."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from agents.cli.alerts import print_alert
from agents.cli.context import JsonFlag, out, print_json, run_async, settings_of
from agents.cli.terminal import one_line
from agents.errors import UsageError

if TYPE_CHECKING:
    from agents.handling import Done
    from schemas.alert import Alert
    from schemas.handling import AlertComment, AlertHandling, AlertStatus

app = typer.Typer()

IdArgument = Annotated[str, typer.Argument(metavar="ID", help="Id of the alert, or the beginning of it.")]
ByOption = Annotated[str | None, typer.Option(help="Who does it; default: you.")]
CommentOption = Annotated[str | None, typer.Option("--comment", "-m", help="Why, in words.")]


@app.command("ack")
def acknowledge(
    context: typer.Context,
    alert: IdArgument,
    by: ByOption = None,
    comment: CommentOption = None,
    json: JsonFlag = False,
) -> None:
    """Say that somebody looks after an alert. What happens next in its situation is delivered as before."""
    _set(context, alert, "acknowledged", by, comment, json)


@app.command("snooze")
def snooze(
    context: typer.Context,
    alert: IdArgument,
    last: Annotated[str | None, typer.Option("--for", help="So long from now: 6h, 2d.")] = None,
    until: Annotated[datetime | None, typer.Option(help="Event time in UTC.")] = None,
    by: ByOption = None,
    comment: CommentOption = None,
    json: JsonFlag = False,
) -> None:
    """Deliver no alerts of the same rule and group before an event time, unless one is more severe."""
    _set(context, alert, "snoozed", by, comment, json, until=_end(last, until))


@app.command("resolve")
def resolve(
    context: typer.Context,
    alert: IdArgument,
    false_positive: Annotated[
        bool,
        typer.Option(
            "--false-positive",
            help="It was none: deliver no update of its situation, and nothing more on the listed entry it is about.",
        ),
    ] = False,
    by: ByOption = None,
    comment: CommentOption = None,
    json: JsonFlag = False,
) -> None:
    """Say that an alert is done with. What happens next in its situation is delivered again."""
    _set(context, alert, "false_positive" if false_positive else "resolved", by, comment, json)


@app.command("reopen")
def reopen(
    context: typer.Context,
    alert: IdArgument,
    by: ByOption = None,
    comment: CommentOption = None,
    json: JsonFlag = False,
) -> None:
    """Take back what was said of an alert; it keeps nothing silent any more."""
    _set(context, alert, "open", by, comment, json)


@app.command("comment")
def add_comment(
    context: typer.Context,
    alert: IdArgument,
    text: Annotated[str, typer.Argument(help="What to say, at most 4,000 characters.")],
    by: ByOption = None,
    json: JsonFlag = False,
) -> None:
    """Write something about an alert."""
    written = _act(context, alert, None, by, text).comment
    assert written is not None
    if json:
        print_json(written.model_dump(mode="json"))
    else:
        out.print(Text(f"commented on {written.alert_id}"))


@app.command("show")
def show(context: typer.Context, alert: IdArgument, json: JsonFlag = False) -> None:
    """Print one alert, the state it is in and what people wrote about it."""
    settings = settings_of(context)

    async def read() -> tuple[Alert, AlertHandling | None, tuple[AlertComment, ...]]:
        from agents.handling import find_alert, followed_handling

        found = await find_alert(settings, alert)
        async with followed_handling(settings) as followed:
            book = await followed.current()
        return found, book.states.get(found.id), book.comments(found.id)

    found, state, comments = run_async(read())
    if json:
        told = {"alert": found, "handling": state, "comments": comments}
        print_json({name: _plain(value) for name, value in told.items()})
        return
    print_alert(found)
    if state is not None:
        until = f" until {state.until:%Y-%m-%d %H:%M}" if state.until else ""
        out.print(Text(f"    {state.status}{until} by {one_line(state.by)}, {state.at:%Y-%m-%d %H:%M}", style="green"))
    for one in sorted(comments, key=lambda one: (one.at, one.id)):
        out.print(Text(f"    {one.at:%Y-%m-%d %H:%M} {one_line(one.by)}: {one_line(one.text)}"), soft_wrap=True)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return None if value is None else value.model_dump(mode="json")


def _end(last: str | None, until: datetime | None) -> datetime:
    """
    Raises:
        UsageError: neither or both are given, or the duration is none.
    """
    from schemas.duration import duration_seconds

    if (last is None) == (until is None):
        raise UsageError("say how long: --for 2d, or --until 2026-03-01T12:00:00")
    if until is not None:
        return until.replace(tzinfo=UTC) if until.tzinfo is None else until.astimezone(UTC)
    try:
        length = duration_seconds(last or "", "--for")
    except ValueError as error:
        raise UsageError(str(error)) from error
    return datetime.now(UTC) + timedelta(seconds=length)


def _who(by: str | None) -> str:
    try:
        return by or getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        raise UsageError("this account has no name; say who does it with --by") from None


def _set(
    context: typer.Context,
    alert: str,
    status: AlertStatus,
    by: str | None,
    comment: str | None,
    json: bool,
    until: datetime | None = None,
) -> None:
    record = _act(context, alert, status, by, comment or None, until).state
    assert record is not None
    if json:
        print_json(record.model_dump(mode="json"))
    else:
        ends = f" until {record.until:%Y-%m-%d %H:%M} UTC" if record.until else ""
        out.print(Text(f"{record.alert_id} {record.status.replace('_', ' ')}{ends}"))


def _act(
    context: typer.Context,
    alert: str,
    status: AlertStatus | None,
    by: str | None,
    text: str | None,
    until: datetime | None = None,
) -> Done:
    settings, who = settings_of(context), _who(by)

    async def write() -> Done:
        from agents.handling import act, find_alert

        return await act(settings, await find_alert(settings, alert), status, by=who, text=text, until=until)

    return run_async(write())
