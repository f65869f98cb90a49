"""`tocsin lists show|diff`: the lists in use, their versions and entries, and how two versions differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from agents.cli.context import JsonFlag, out, print_json, run_async, settings_of
from agents.errors import UsageError

if TYPE_CHECKING:
    from agents.lists.store import ListStore
    from agents.settings import Settings
    from pipeline.lists.versions import Difference
    from schemas.lists import ListEntry, ListVersion

_SHOWN = 10
"""Ids of each kind that a difference names; the others are counted."""


def tell_difference(difference: Difference) -> None:
    for name, ids in zip(difference._fields, difference, strict=True):
        if ids:
            more = f" and {len(ids) - _SHOWN:,} more" if len(ids) > _SHOWN else ""
            out.print(f"{name:>8} {len(ids):>7,}  {', '.join(ids[:_SHOWN])}{more}", markup=False)


async def load_store(settings: Settings) -> ListStore:
    from agents.lists.store import load_lists

    return await load_lists(settings)


def version_in_use(store: ListStore, list_id: str) -> ListVersion:
    """
    Raises:
        UsageError: there is no such list.
    """
    if list_id not in store.current:
        raise UsageError(f"no list {list_id!r}; `tocsin lists show` shows those there are")
    return store.current[list_id]


def show(
    context: typer.Context,
    list_id: Annotated[str | None, typer.Argument(metavar="LIST", help="Default: all lists.")] = None,
    find: Annotated[str | None, typer.Option(help="Entries with this word in a name or as id.")] = None,
    json: JsonFlag = False,
) -> None:
    """Show the lists in use, or the versions of one.

    Entries of a list are shown with --find.
    """
    store = run_async(load_store(settings_of(context)))
    if list_id is None:
        _show_versions(list(store.current.values()), json=json)
    elif find is None:
        version_in_use(store, list_id)
        _show_versions(store.of_list(list_id), json=json)
    else:
        _show_entries(store, version_in_use(store, list_id), find, json=json)


def _show_versions(versions: Sequence[ListVersion], *, json: bool) -> None:
    if json:
        for version in versions:
            print_json(version.model_dump(mode="json"))
        return
    if not versions:
        out.print("no list is imported; `tocsin lists import FILE` imports one")
        return
    table = Table(box=None, pad_edge=False)
    for name in ("list", "entries", "format", "imported", "", "version, from its date on"):
        table.add_column(name, overflow="fold")
    for one in versions:
        row = (one.list, f"{one.entries:,}", one.format, f"{one.imported_at:%Y-%m-%d}")
        table.add_row(*map(Text, (*row, "in use" if one.current else "kept", one.id)))
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


def diff(
    context: typer.Context,
    list_id: Annotated[str, typer.Argument(metavar="LIST")],
    older: Annotated[str | None, typer.Argument(help="Version; default: the one before.")] = None,
    newer: Annotated[str | None, typer.Argument(help="Version; default: the one in use.")] = None,
    json: JsonFlag = False,
) -> None:
    """Show what differs between two versions of a list."""
    from pipeline.lists.versions import compare, digests_of

    store = run_async(load_store(settings_of(context)))
    current = version_in_use(store, list_id)
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
    tell_difference(difference)
