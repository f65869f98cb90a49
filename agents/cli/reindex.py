"""`tocsin reindex`: build the index anew."""

from __future__ import annotations

import typer
from rich.text import Text

from agents.cli.context import JsonFlag, err, out, print_json, run_async, settings_of


def reindex(context: typer.Context, json: JsonFlag = False) -> None:
    """Fill the index anew from the enriched articles, while the broker (`tocsin broker`) runs and no indexer does."""
    from agents.reindex import reindex as rebuild

    done = run_async(rebuild(settings_of(context), lambda count: err.print(Text(f"{count} articles", style="dim"))))
    if json:
        print_json({"read": done.read, "refused": dict(done.refused)})
    else:
        out.print(
            f"{done.read} enriched articles read, {sum(done.refused.values())} refused {dict(done.refused) or ''}"
        )
