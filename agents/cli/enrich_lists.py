"""Names on sanctions lists in `tocsin enrich`: which lists are searched, and why a name is a listed one or is not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from agents.cli.context import out, print_entry
from agents.settings import Settings
from schemas.enrichment import EnrichedArticle, ListMatch, Span

if TYPE_CHECKING:
    from pipeline.lists import Screener
    from pipeline.lists.compiling import VersionedList


def screener_for(settings: Settings, files: Sequence[Path]) -> Screener | None:
    """A screener of the lists in *files*; without files, of those that the enricher of the data folder uses, with the
    decisions that hold there. None when there are none either.

    Raises:
        UsageError: a file is no list, or the data folder's lists are of another release.
    """
    from agents.enrichment.here import current_screener
    from pipeline.lists.compiling import compile_lists
    from pipeline.lists.index import ListIndex
    from pipeline.lists.screening import Screener

    if not files:
        return current_screener(settings)
    lists = [_read(path) for path in files]
    return Screener(ListIndex(compile_lists(lists)), settings.lists_threshold)


def _read(path: Path) -> VersionedList:
    from agents.lists.importing import ImportOptions, read_list
    from pipeline.lists.compiling import VersionedList
    from pipeline.lists.versions import unpack

    list_id = re.sub(r"[^a-z0-9._-]+", "-", path.name.lower().split(".")[0]).lstrip("._-")[:64] or "list"
    version, packed, _ = read_list([path], ImportOptions(list_id=list_id), datetime.now(UTC))
    return VersionedList(version, unpack(packed.parts))


def list_table(record: EnrichedArticle) -> Table:
    """The matches, with the decision that one is not meant."""
    table = Table(title="Names on lists", title_justify="left", box=None, pad_edge=False)
    for column in ("printed", "on the list", "score", "why"):
        table.add_column(column, overflow="fold")
    for match in record.enrichment.sanctions.list_matches:
        entry = f"{match.list} {match.entry_id} {match.name}"
        table.add_row(*map(Text, (_printed(record, match.span), entry, f"{match.score:.2f}", _why(match))))
    return table


def _why(match: ListMatch) -> str:
    taken = match.allowed
    return f"not meant: {taken.reason} ({taken.by}, {taken.at:%Y-%m-%d}); {match.why}" if taken else match.why


def _printed(record: EnrichedArticle, span: Span) -> str:
    return ((record.title or "") if span.field == "title" else record.body)[span.start : span.end]


def show_lists(record: EnrichedArticle) -> None:
    """Every name that was compared and came near, matched or refused, with what spoke for and against it."""
    found = record.enrichment
    searched = found.provenance.data.get("lists")
    out.print(Text(f"Names on lists: {searched or 'no list was searched'}", style="bold"))
    for match in found.sanctions.list_matches:
        head = f"{_printed(record, match.span)} = {match.list} {match.entry_id} {match.name!r}, score {match.score:.2f}"
        print_entry(Text(f"  {head}"), _why(match))
    for refused in found.rejected:
        if refused.considered_as == "list_match":
            print_entry(Text(f"  {refused.text}: refused", style="dim"), refused.reason)
