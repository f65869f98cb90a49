"""`tocsin lists import|show|diff|remove|allow`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from agents.cli.context import JsonFlag, err, out, print_json, run_async, settings_of
from agents.errors import UsageError

if TYPE_CHECKING:
    from agents.lists.importing import Imported
    from agents.lists.store import ListStore
    from agents.settings import Settings
    from pipeline.lists.versions import Difference
    from schemas.lists import AllowDecision, ListEntry, ListVersion

app = typer.Typer(help="Sanctions lists that articles are screened against.", no_args_is_help=True)
allow = typer.Typer(help="Decisions that a match is not the listed one.", no_args_is_help=True)
app.add_typer(allow, name="allow")

_SHOWN = 10


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
    files: Annotated[list[Path], typer.Argument(help="Files of one list, as published; also .gz and .zip.")],
    list_id: Annotated[str | None, typer.Option("--list", help="Id of the list; default: that of its format.")] = None,
    day: Annotated[str | None, typer.Option("--date", help="Date of the list, if the file does not say it.")] = None,
    column: Annotated[list[str] | None, typer.Option(help="Column of another CSV file: OURS=THEIRS.")] = None,
    delimiter: Annotated[str, typer.Option(help="What separates the cells of such a file.")] = ",",
    allow_shrink: Annotated[bool, typer.Option(help="Take a file with far fewer entries.")] = False,
    allow_older: Annotated[bool, typer.Option(help="Take a file that is older than the list in use.")] = False,
    dry_run: Annotated[bool, typer.Option(help="Check and compare only.")] = False,
    json: JsonFlag = False,
) -> None:
    """Import a list, or a newer version of it: OFAC, EU, UN, UK, OpenSanctions, or any CSV file.

    A file that is broken, that shrank or that is older is refused, and the list in use stays.
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
    with err.status("reading") as status:
        done = run_async(
            import_list(settings_of(context), files, options, lambda count: status.update(f"read {count:,} entries"))
        )
    if json:
        print_json(_as_json(done))
    else:
        _tell(done, dry_run=dry_run)


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
    _tell_difference(done.difference)
    if done.skipped:
        first = done.skipped[0]
        out.print(f"{len(done.skipped)} left out, the first {first.entry_id!r}: {first.reason}", markup=False)


def _entries(number: int) -> str:
    return "1 entry" if number == 1 else f"{number:,} entries"


def _tell_difference(difference: Difference) -> None:
    for name, ids in zip(difference._fields, difference, strict=True):
        if ids:
            more = f" and {len(ids) - _SHOWN:,} more" if len(ids) > _SHOWN else ""
            out.print(f"{name:>8} {len(ids):>7,}  {', '.join(ids[:_SHOWN])}{more}", markup=False)


async def _load(settings: Settings) -> ListStore:
    from agents.lists.store import load_lists

    return await load_lists(settings)


def _one(store: ListStore, list_id: str) -> ListVersion:
    if list_id not in store.current:
        raise UsageError(f"no list {list_id!r}; `tocsin lists show` shows those there are")
    return store.current[list_id]


@app.command("show")
def show(
    context: typer.Context,
    list_id: Annotated[str | None, typer.Argument(metavar="LIST", help="Default: all lists.")] = None,
    find: Annotated[str | None, typer.Option(help="Entries with this word in a name or as id.")] = None,
    json: JsonFlag = False,
) -> None:
    """Show the lists in use; of one list its versions, and its entries with --find."""
    store = run_async(_load(settings_of(context)))
    if list_id is None:
        _show_versions(list(store.current.values()), json=json)
    elif find is None:
        _one(store, list_id)
        _show_versions(store.of_list(list_id), json=json)
    else:
        _show_entries(store, _one(store, list_id), find, json=json)


def _show_versions(versions: Sequence[ListVersion], *, json: bool) -> None:
    if json:
        for version in versions:
            print_json(version.model_dump(mode="json"))
        return
    if not versions:
        out.print("no list is imported; `tocsin lists import FILE` imports one")
        return
    table = Table(box=None, pad_edge=False)
    for name in ("list", "date", "entries", "format", "imported", "version", ""):
        table.add_column(name, overflow="fold")
    for one in versions:
        row = (one.list, f"{one.snapshot}", f"{one.entries:,}", one.format, f"{one.imported_at:%Y-%m-%d %H:%M}", one.id)
        table.add_row(*map(Text, (*row, "in use" if one.current else "kept")))
    out.print(table)


def _show_entries(store: ListStore, version: ListVersion, find: str, *, json: bool) -> None:
    from pipeline.lists.versions import unpack

    wanted = find.casefold()
    found = 0
    for entry in unpack(store.parts_of(version)):
        if wanted == entry.id.casefold() or any(wanted in name.name.casefold() for name in entry.names):
            found += 1
            if json:
                print_json(entry.model_dump(mode="json"))
            else:
                _show_entry(entry)
    if not found:
        raise UsageError(f"no entry of {version.list} has {find!r} in a name or as id")


def _show_entry(entry: ListEntry) -> None:
    out.print(Text(f"{entry.id}  {entry.names[0].name}  ({entry.type})", style="bold"))
    for label, values in (
        ("also", [f"{one.name}{' (weak)' if one.kind == 'weak' else ''}" for one in entry.names[1:]]),
        ("countries", entry.countries),
        ("born", entry.birth_dates),
        ("positions", entry.positions),
        ("numbers", entry.identifiers),
        ("programmes", entry.programmes),
    ):
        if values:
            out.print(Text(f"    {label}: {'; '.join(values)}"))


@app.command("diff")
def diff(
    context: typer.Context,
    list_id: Annotated[str, typer.Argument(metavar="LIST")],
    older: Annotated[str | None, typer.Argument(help="Version; default: the one before.")] = None,
    newer: Annotated[str | None, typer.Argument(help="Version; default: the one in use.")] = None,
    json: JsonFlag = False,
) -> None:
    """Show what was added, changed and removed between two versions of a list."""
    from pipeline.lists.versions import compare, digests_of

    store = run_async(_load(settings_of(context)))
    current = _one(store, list_id)
    known = {version.id: version for version in store.of_list(list_id)}
    others = [version for version in known.values() if version.id != (newer or current.id)]
    if older is None and not others:
        raise UsageError(f"only one version of {list_id} is kept")
    ids = (older or others[0].id, newer or current.id)
    if unknown := [ident for ident in ids if ident not in known]:
        raise UsageError(f"no version {unknown[0]!r} of {list_id}; there are {', '.join(known)}")
    before, after = (digests_of(store.parts_of(known[ident])) for ident in ids)
    difference = compare(before, after)
    if json:
        print_json({"list": list_id, "older": ids[0], "newer": ids[1], **difference._asdict()})
        return
    out.print(f"{list_id}: {ids[0]} -> {ids[1]}", markup=False)
    _tell_difference(difference)


@app.command("remove")
def remove(
    context: typer.Context, list_id: Annotated[str, typer.Argument(metavar="LIST")], json: JsonFlag = False
) -> None:
    """Take a list and all its versions out of use. What was found with it stays in the articles."""
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


@allow.command("add")
def allow_add(
    context: typer.Context,
    list_id: Annotated[str, typer.Argument(metavar="LIST")],
    entry_id: Annotated[str, typer.Argument(metavar="ENTRY", help="Id of the entry that is not meant.")],
    reason: Annotated[str, typer.Option(help="Why; kept with the decision.")],
    by: Annotated[str, typer.Option(help="Person or desk that decides.")],
    name: Annotated[str | None, typer.Option(help="Only for the name printed so; default: whatever the name.")] = None,
    json: JsonFlag = False,
) -> None:
    """Decide that a match is not the listed one: later matches show the decision and do not alert."""
    from agents.lists.store import decision_id
    from schemas.lists import AllowDecision

    if not reason.strip() or not by.strip():
        raise UsageError("--reason and --by must say something")
    decision = AllowDecision(
        id=decision_id(list_id, entry_id, name),
        list=list_id,
        entry_id=entry_id,
        name=name,
        decided_by=by,
        decided_at=datetime.now(UTC),
        reason=reason,
    )
    run_async(_decide(settings_of(context), decision))
    _show_decision(decision, json=json)


async def _decide(settings: Settings, decision: AllowDecision) -> None:
    from agents.lists.store import load_lists, save_decision
    from pipeline.lists.versions import unpack

    store = await load_lists(settings)
    version = _one(store, decision.list)
    if not any(entry.id == decision.entry_id for entry in unpack(store.parts_of(version))):
        raise UsageError(f"the list {decision.list} has no entry {decision.entry_id!r}")
    await save_decision(settings, decision)


@allow.command("list")
def allow_list(context: typer.Context, json: JsonFlag = False) -> None:
    """Show the decisions."""
    for decision in run_async(_load(settings_of(context))).decisions.values():
        _show_decision(decision, json=json)


@allow.command("remove")
def allow_remove(
    context: typer.Context, decision_id: Annotated[str, typer.Argument(metavar="DECISION")], json: JsonFlag = False
) -> None:
    """Take a decision back: matches alert again."""
    decision = run_async(_take_back(settings_of(context), decision_id))
    if json:
        print_json({"removed": decision.id})
    else:
        out.print(f"decision {decision.id} on {decision.list} {decision.entry_id} is taken back", markup=False)


async def _take_back(settings: Settings, decision_id: str) -> AllowDecision:
    from agents.lists.store import load_lists, remove_decision

    store = await load_lists(settings)
    found = next((one for one in store.decisions.values() if one.id == decision_id), None)
    if found is None:
        raise UsageError(f"no decision {decision_id!r}; `tocsin lists allow list` shows those there are")
    await remove_decision(settings, found)
    return found


def _show_decision(decision: AllowDecision, *, json: bool) -> None:
    if json:
        print_json(decision.model_dump(mode="json"))
        return
    named = f" as {decision.name!r}" if decision.name else ""
    out.print(
        f"{decision.id}  {decision.list} {decision.entry_id}{named} is not meant: {decision.reason} "
        f"({decision.decided_by}, {decision.decided_at:%Y-%m-%d %H:%M})",
        markup=False,
    )
