"""`tocsin lists rescreen`: who was named before being listed. `tocsin lists import` does the same at its end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from agents.cli.context import JsonFlag, counted, err, out, print_entry, print_json, run_async, settings_of
from agents.errors import UsageError

if TYPE_CHECKING:
    from agents.lists.rescreening import Rescreened
    from agents.settings import Settings

SINCE = "90d"
SinceOption = Annotated[str, typer.Option(help="How far back articles are screened again: 30d, 12h or a date.")]


def rescreen(
    context: typer.Context,
    list_id: Annotated[str | None, typer.Argument(metavar="LIST", help="Default: all lists.")] = None,
    since: SinceOption = SINCE,
    json: JsonFlag = False,
) -> None:
    """Screen indexed articles again for what changed.

    That is for names that are new on a list or gone from it, between the versions that are kept. Alerts are
    `newly_listed`, with the time from the first mention to the listing, and `delisted`. Importing does this by itself;
    repeating it alerts nobody twice.
    """
    settings = settings_of(context)
    start = moment(since)
    for name in [list_id] if list_id else run_async(_lists(settings)):
        done = run_rescreen(settings, name, start)
        if json:
            print_json({"list": name, **as_json(done)})
        else:
            out.print(Text(name, style="bold"))
            tell(done)


async def _lists(settings: Settings) -> list[str]:
    from agents.lists.store import load_lists

    return list((await load_lists(settings)).current)


def moment(since: str) -> datetime:
    """A stretch before now, or a date.

    Raises:
        UsageError: it is neither.
    """
    from pipeline.alerting.rule import seconds

    try:
        return datetime.now(UTC) - timedelta(seconds=seconds(since))
    except (ValueError, OverflowError):
        pass
    try:
        found = datetime.fromisoformat(since)
    except ValueError:
        raise UsageError(f"--since {since!r}: write a stretch such as 90d, or a date such as 2026-03-31") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def run_rescreen(settings: Settings, list_id: str, since: datetime) -> Rescreened:
    from agents.lists.rescreening import rescreen as run

    with err.status("screening again") as status:
        return run_async(
            run(settings, list_id, since, lambda count: status.update(f"screened {counted(count, 'article')} again"))
        )


def tell(done: Rescreened) -> None:
    """What came of it, for a person."""
    if not done.changes:
        out.print("no names changed between the versions that are kept")
        return
    changes = counted(len(done.changes), "change")
    found = counted(len(done.matches), "entry") if len(done.matches) == 1 else f"{len(done.matches)} entries"
    out.print(f"screened {counted(done.articles, 'article')} again for {changes} of names: {found} named", markup=False)
    for match in done.matches:
        print_entry(Text(match.title), match.summary, *(evidence.sentence for evidence in match.evidence[:1]))


def as_json(done: Rescreened) -> dict[str, Any]:
    return {
        "changes": [{"entry": one.entry_id, "kind": one.kind, "snapshot": one.snapshot} for one in done.changes],
        "articles": done.articles,
        "matches": [{"rule": match.rule_id, "title": match.title, **match.values} for match in done.matches],
    }
