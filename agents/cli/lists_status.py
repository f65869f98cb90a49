"""`tocsin lists status`: how old the lists are, and whether articles are screened with them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer
from rich.table import Table
from rich.text import Text

from agents.cli.context import JsonFlag, counted, out, print_json, run_async, settings_of
from agents.cli.lists_show import load_store

if TYPE_CHECKING:
    from agents.lists.store import ListStore
    from agents.settings import Settings


def status(context: typer.Context, json: JsonFlag = False) -> None:
    """Say how old the lists in use are, and who screens with them."""
    settings = settings_of(context)
    store = run_async(load_store(settings))
    today = datetime.now(UTC).date()
    ages = {version.list: (today - version.snapshot).days for version in store.current.values()}
    screened = is_screened(settings, store)
    if json:
        lists = [
            {"list": one.list, "age_days": ages[one.list], "entries": one.entries} for one in store.current.values()
        ]
        print_json({"lists": lists, "decisions": len(store.decisions), "screened": screened})
        return
    _show(store, ages)
    out.print(_said(settings, store, screened), markup=False)


def _show(store: ListStore, ages: dict[str, int]) -> None:
    table = Table(box=None, pad_edge=False)
    for name in ("list", "date", "age", "entries", "versions kept"):
        table.add_column(name, overflow="fold")
    for one in store.current.values():
        row = (one.list, f"{one.snapshot}", counted(ages[one.list], "day"), f"{one.entries:,}")
        table.add_row(*map(Text, (*row, str(len(store.of_list(one.list))))))
    if store.current:
        out.print(table)
    out.print(f"{counted(len(store.decisions), 'decision')} that a match is not the listed one", markup=False)


def is_screened(settings: Settings, store: ListStore) -> bool | None:
    """Whether the enricher of this data folder screens with the lists in use. None when none ever did there."""
    from agents.lists.folder import index_in_use, index_name

    found = index_in_use(settings)
    return None if found is None else found == index_name(list(store.current.values()))


def _said(settings: Settings, store: ListStore, screened: bool | None) -> str:
    if not store.current:
        return "no list is imported; `tocsin lists import FILE` imports one"
    if screened is None:
        return f"no enricher has screened in {settings.data_dir} yet; those elsewhere take the lists from the topic"
    if screened:
        return "the enricher of this data folder screens with these lists"
    return "the enricher of this data folder screens with older lists: it takes new ones within seconds while it runs"
