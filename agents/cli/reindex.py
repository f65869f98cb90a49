"""`tocsin reindex`: a new version of an index, or one that was lost, filled and searched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer
from rich.text import Text

from agents.cli.context import JsonFlag, err, out, print_json, run_async, settings_of
from agents.errors import UsageError
from agents.settings import Settings
from schemas.collections import COLLECTIONS, Collection

_NAMES = ", ".join(one.name for one in COLLECTIONS)


def reindex(
    context: typer.Context,
    collections: Annotated[list[str] | None, typer.Argument(help=f"Which of {_NAMES}; default: all.")] = None,
    from_index: Annotated[
        bool, typer.Option("--from-index", help="Also copy what only the old index still holds.")
    ] = False,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Delete the index first; no worker may write it meanwhile.")
    ] = False,
    remove_old: Annotated[
        str | None, typer.Option("--remove-old", metavar="NAME", help="Only delete this old index.")
    ] = None,
    json: JsonFlag = False,
) -> None:
    """Fill this release's index from the topics, beside running workers, and let searches find it."""
    from agents.logs import configure_logging

    settings, chosen = settings_of(context), _chosen(collections or ())
    configure_logging(settings)
    if remove_old is not None:
        if from_index or rebuild:
            raise UsageError("--remove-old only deletes; run it alone")
        run_async(_remove(settings, remove_old))
        _tell({"removed": remove_old}, f"{remove_old} is deleted", json=json)
        return
    if from_index and rebuild:
        raise UsageError("--rebuild deletes the index that --from-index copies from; choose one")
    for collection in chosen:
        _reindex(settings, collection, json=json, from_index=from_index, rebuild=rebuild)


def _chosen(names: Sequence[str]) -> list[Collection]:
    known = {one.name: one for one in COLLECTIONS}
    if unknown := [name for name in names if name not in known]:
        raise UsageError(f"no collection {unknown[0]!r}; collections: {_NAMES}")
    return [one for one in COLLECTIONS if not names or one.name in names]


def _reindex(settings: Settings, collection: Collection, *, json: bool, **options: bool) -> None:
    from agents.reindex import Reindexed
    from agents.reindex import reindex as fill

    def tell(count: int) -> None:
        if not json and count % 5_000 < 500:
            err.print(Text(f"{collection.name}: {count}", style="dim"))

    done: Reindexed = run_async(fill(settings, collection.name, tell=tell, **options))
    value = {
        "collection": done.collection,
        "index": done.index,
        "before": done.before,
        "read": done.read,
        "copied": done.copied,
        "refused": dict(done.refused),
        "by_worker": done.by_worker,
    }
    how = "filled by a worker" if done.by_worker else f"{done.read} messages read"
    copied = f", {done.copied} documents copied" if done.copied else ""
    refused = f", {done.refused.total()} refused {dict(done.refused)}" if done.refused else ""
    told = f"{collection.name}: {how}{copied}{refused}; searches find {done.index}"
    if done.before not in (None, done.index):
        told += f"\n  {done.before} is kept; when nobody needs it: tocsin reindex --remove-old {done.before}"
    _tell(value, told, json=json)


async def _remove(settings: Settings, name: str) -> None:
    from agents.index import read_standing, remove_version

    there: list[str] = []
    for collection in COLLECTIONS:
        standing = await read_standing(settings, collection)
        if name in standing.there:
            await remove_version(settings, name, collection)
            return
        there += standing.there
    raise UsageError(f"there is no index {name}; there are: {', '.join(there) or 'none'}")


def _tell(value: dict[str, Any], told: str, *, json: bool) -> None:
    if json:
        print_json(value)
    else:
        out.print(Text(told), soft_wrap=True)
