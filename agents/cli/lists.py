"""`tocsin lists import|status|show|diff|rescreen|remove|allow`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agents.cli import lists_allow
from agents.cli.context import JsonFlag, err, out, print_json, run_async, settings_of
from agents.cli.lists_rescreen import SINCE, SinceOption, as_json, moment, rescreen, run_rescreen, tell
from agents.cli.lists_show import diff, show, tell_difference
from agents.cli.lists_status import status
from agents.errors import TocsinError, UnavailableError, UsageError

if TYPE_CHECKING:
    from agents.lists.importing import Imported
    from agents.lists.rescreening import Rescreened
    from agents.settings import Settings

app = typer.Typer(help="Sanctions lists that articles are screened against.", no_args_is_help=True)


def _columns(given: Sequence[str]) -> dict[str, str]:
    """ "name=Full name" as our column and the file's."""
    pairs = [one.partition("=") for one in given]
    if wrong := [name for name, sign, column in pairs if not (name and sign and column)]:
        raise UsageError(f"--column {wrong[0]!r}: give it as OURS=THEIRS, for example --column name='Full name'")
    return {name: column for name, _, column in pairs}


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(f"--date {text!r} is no date; write it as 2026-03-31") from None


@app.command("import")
def import_(
    context: typer.Context,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Files of one list, as published; also .gz and .zip.")
    ],
    list_id: Annotated[str | None, typer.Option("--list", help="Id of the list; default: that of its format.")] = None,
    day: Annotated[str | None, typer.Option("--date", help="Date of the list, if the file does not say it.")] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            help="Column of another CSV file, OURS=THEIRS, as often as needed. Ours: name, id, aliases, weak_aliases, "
            "type, countries, birth_dates, positions, identifiers, programmes, listed_on."
        ),
    ] = None,
    delimiter: Annotated[str, typer.Option(help="What separates the cells of such a file.")] = ",",
    allow_shrink: Annotated[bool, typer.Option("--allow-shrink", help="Take a file with far fewer entries.")] = False,
    allow_older: Annotated[
        bool, typer.Option("--allow-older", help="Take a file that is older than the list in use.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check and compare only.")] = False,
    rescreen_again: Annotated[
        bool, typer.Option("--rescreen/--no-rescreen", help="Screen indexed articles against what changed.")
    ] = True,
    since: SinceOption = SINCE,
    json: JsonFlag = False,
) -> None:
    """Import a list or a newer version of it.

    OFAC, EU, UN, UK, OpenSanctions, or any CSV file; the format is known by the content.

    A file that is broken, that shrank or that is older is refused, and the list in use stays. Of a newer version, the
    names that are new or gone are looked for in the articles that are indexed already (`tocsin lists rescreen`).
    """
    from agents.lists.importing import ImportOptions, import_list

    options = ImportOptions(
        list_id=list_id,
        snapshot=_day(day),
        columns=_columns(column or []),
        delimiter=delimiter,
        may_shrink=allow_shrink,
        may_be_older=allow_older,
        dry_run=dry_run,
    )
    settings, start = settings_of(context), moment(since)
    with err.status("reading") as status:
        done = run_async(import_list(settings, files, options, lambda count: status.update(f"read {count:,} entries")))
    if not json:
        _tell(done, dry_run=dry_run)
    again = _rescreen(settings, done, start) if rescreen_again and done.written and done.old else None
    if json:
        print_json(_as_json(done) | {"rescreened": as_json(again) if again else None})
    elif again:
        tell(again)


def _rescreen(settings: Settings, done: Imported, since: datetime) -> Rescreened:
    try:
        return run_rescreen(settings, done.version.list, since)
    except TocsinError as error:
        later = f"`tocsin lists rescreen {done.version.list}` does that later"
        raise UnavailableError(
            f"{error}\nThe list is in use, but indexed articles were not screened again; {later}"
        ) from error


def _as_json(done: Imported) -> dict[str, object]:
    return {
        "version": done.version.model_dump(mode="json"),
        "replaces": done.old.id if done.old else None,
        "written": done.written,
        "added": done.difference.added,
        "changed": done.difference.changed,
        "removed": done.difference.removed,
        "skipped": [{"id": one.entry_id, "reason": one.reason} for one in done.skipped],
    }


def _tell(done: Imported, *, dry_run: bool) -> None:
    version = done.version
    what = f"{version.list} of {version.snapshot} ({version.format}, {version.id})"
    if done.written:
        said = f"{what}: {_entries(version.entries)}, in use within seconds"
    elif dry_run:
        said = f"{what}: {_entries(version.entries)}; nothing was written"
    else:
        said = f"{what}: nothing has changed"
    out.print(said, markup=False)
    tell_difference(done.difference)
    if done.written and done.old is None:
        out.print("Articles are screened as they come; what is indexed already was not compared with it.")
    if done.skipped:
        first = done.skipped[0]
        out.print(f"{len(done.skipped)} left out, the first {first.entry_id!r}: {first.reason}", markup=False)


def _entries(number: int) -> str:
    return "1 entry" if number == 1 else f"{number:,} entries"


@app.command("remove")
def remove(
    context: typer.Context, list_id: Annotated[str, typer.Argument(metavar="LIST")], json: JsonFlag = False
) -> None:
    """Take a list out of use, with all its versions.

    What was found with it stays in the articles.
    """
    run_async(_remove(settings_of(context), list_id))
    if json:
        print_json({"removed": list_id})
    else:
        out.print(f"{list_id} is removed", markup=False)


async def _remove(settings: Settings, list_id: str) -> None:
    from agents.lists.store import load_lists, remove_list

    store = await load_lists(settings)
    if not store.of_list(list_id):
        raise UsageError(f"no list {list_id!r}; `tocsin lists show` shows those there are")
    await remove_list(settings, list_id, store)


app.command("status")(status)
app.command("show")(show)
app.command("diff")(diff)
app.command("rescreen")(rescreen)
app.add_typer(lists_allow.app, name="allow")
