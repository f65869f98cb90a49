"""`tocsin dead-letters list|show|replay`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from agents.cli.context import JsonFlag, counted, out, print_entry, print_json, run_async, settings_of
from agents.errors import UsageError
from agents.settings import Settings
from schemas.alert import DeadLetter

if TYPE_CHECKING:
    from agents.dead_letters import Replayed, Stored

app = typer.Typer(help="Messages that a stage had to give up on.", no_args_is_help=True)

ReasonOption = Annotated[str | None, typer.Option("--reason", help="Only those with this reason.")]
_SHOWN: int = 2_000


@app.command("list")
def list_dead_letters(
    context: typer.Context,
    reason: ReasonOption = None,
    all_letters: Annotated[bool, typer.Option("--all", help="Also those that were replayed.")] = False,
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, help="Only the latest so many; 0 means all.")] = 50,
    json: JsonFlag = False,
) -> None:
    """Print the dead letters that wait for a replay, oldest first."""
    from agents.dead_letters import read_dead_letters

    stored = run_async(read_dead_letters(settings_of(context)))
    waiting = [one for one in stored if _wanted(one, reason) and (one.is_open or all_letters)]
    chosen = waiting[-limit:] if limit else waiting
    if json:
        for one in chosen:
            print_json(one.letter.model_dump(mode="json", exclude={"raw", "traceback"}) | {"open": one.is_open})
        return
    for one in chosen:
        letter = one.letter
        source = f"{letter.topic}/{letter.partition}/{letter.offset}, {letter.raw_size:,} bytes"
        head = f"{letter.id[:12]}  {letter.failed_at:%Y-%m-%d %H:%M}  {letter.stage}  {letter.reason}"
        print_entry(Text(head), letter.detail, source)
    left_out = f", the latest {len(chosen)} shown" if len(chosen) < len(waiting) else ""
    out.print(counted(len(waiting), "dead letter") + left_out, style="dim")


def _wanted(stored: Stored, reason: str | None) -> bool:
    return reason is None or stored.letter.reason == reason


@app.command("show")
def show(
    context: typer.Context,
    letter_id: Annotated[str, typer.Argument(help="Id, or its beginning.")],
    raw: Annotated[bool, typer.Option("--raw", help="Only the message's bytes, as they came.")] = False,
    json: JsonFlag = False,
) -> None:
    """Print one dead letter with its message."""
    letter = run_async(_in_full(settings_of(context), letter_id))
    if raw:
        typer.echo(letter.raw, nl=False)
    elif json:
        print_json(letter.model_dump(mode="json"))
    else:
        for name, value in letter.model_dump(exclude={"raw", "traceback"}).items():
            out.print(Text(f"{name}: {value}"))
        if letter.traceback:
            out.print(Text(letter.traceback, style="dim"))
        text = letter.raw.decode("utf-8", "replace")
        out.print(Text(text[:_SHOWN] + (" ..." if len(text) > _SHOWN else "")))


async def _in_full(settings: Settings, letter_id: str) -> DeadLetter:
    from agents.dead_letters import find_dead_letter, in_full

    found = await find_dead_letter(settings, letter_id)
    async for letter in in_full(settings, [found]):
        return letter
    raise UsageError(f"dead letter {found.letter.id} has just gone: the topic's retention ended")


@app.command("replay")
def replay_letters(
    context: typer.Context,
    ids: Annotated[list[str] | None, typer.Argument(help="Ids, or their beginnings.")] = None,
    reason: ReasonOption = None,
    all_letters: Annotated[bool, typer.Option("--all", help="Every one that waits.")] = False,
    json: JsonFlag = False,
) -> None:
    """Send the messages again to where they came from; exit 1 when one is gone."""
    if not ids and reason is None and not all_letters:
        raise UsageError("say which: ids, --reason, or --all")
    results = run_async(_replay(settings_of(context), ids or [], reason))
    for result in results:
        if json:
            print_json({"id": result.id, "outcome": result.outcome, "detail": result.detail})
        else:
            out.print(Text(f"{result.id[:12]} {result.outcome}: {result.detail}"))
    if not results and not json:
        out.print("no dead letter waits")
    if any(result.outcome == "gone" for result in results):
        raise typer.Exit(1)


async def _replay(settings: Settings, ids: list[str], reason: str | None) -> list[Replayed]:
    from agents.dead_letters import find_dead_letter, read_dead_letters, replay

    if ids:
        chosen = [await find_dead_letter(settings, one) for one in ids]
    else:
        chosen = [one for one in await read_dead_letters(settings) if one.is_open and _wanted(one, reason)]
    return await replay(settings, chosen)
