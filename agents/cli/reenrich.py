"""`tocsin reenrich`: enrich anew what an older pipeline enriched."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer
from rich.text import Text

from agents.cli.context import JsonFlag, err, out, print_json, run_async, settings_of


def reenrich(
    context: typer.Context,
    from_index: Annotated[
        bool, typer.Option("--from-index", help="Take the articles from the index, which goes back further.")
    ] = False,
    json: JsonFlag = False,
) -> None:
    """Send articles of an older pipeline through the backfill topic; running workers enrich and index them anew, and
    nobody is alerted again."""
    from agents.reenrich import reenrich as send

    def tell(count: int) -> None:
        if not json and count % 5_000 < 200:
            err.print(Text(f"{count} articles sent", style="dim"))

    done = run_async(send(settings_of(context), from_index=from_index, tell=tell))
    if json:
        print_json(asdict(done))
        return
    out.print(f"{done.sent} articles sent to be enriched anew; {done.current} need nothing", markup=False)
    if done.unreadable:
        err.print(f"{done.unreadable} were written by another version of Tocsin, or hold no text", markup=False)
