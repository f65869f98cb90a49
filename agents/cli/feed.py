"""`tocsin feed`: articles from files or standard input onto the articles topic."""

from __future__ import annotations

import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agents.cli.context import JsonFlag, counted, err, out, print_json, run_async, settings_of
from agents.errors import UsageError
from schemas.topics import ARTICLES, BACKFILL

if TYPE_CHECKING:
    from agents.importer import Refusal, Sent

INPUT_TOPICS = (ARTICLES.name, BACKFILL.name)


def feed(
    context: typer.Context,
    files: Annotated[
        list[str], typer.Argument(help="JSON lines, JSON, plain text, folders of these, or - for standard input.")
    ],
    topic: Annotated[str, typer.Option(help=" or ".join(INPUT_TOPICS))] = ARTICLES.name,
    json: JsonFlag = False,
) -> None:
    """Send articles to the pipeline and wait until the broker has them."""
    from rich.progress import BarColumn, DownloadColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from agents.importer import STDIN, find_files, payloads, send_all

    if topic not in INPUT_TOPICS:
        raise UsageError(f"--topic {topic}: must be {' or '.join(INPUT_TOPICS)}")
    settings = settings_of(context)
    found = list(find_files(files))
    items = chain.from_iterable(payloads(path, sys.stdin.buffer) for path in found)
    total = None if STDIN in found else sum(Path(path).stat().st_size for path in found)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=json or not err.is_terminal) as bar:
        task = bar.add_task("sending", total=total)
        full_name = f"{settings.topic_prefix}.{topic}"
        sent = run_async(send_all(settings, full_name, items, lambda size: bar.advance(task, size)))
    _report(sent, full_name, json=json)
    if sent.refused:
        raise typer.Exit(1)


def _report(sent: Sent, topic: str, *, json: bool) -> None:
    if json:
        refused = [{"origin": refusal.origin, "reason": refusal.reason} for refusal in sent.refused]
        print_json({"topic": topic, "delivered": sent.delivered, "bytes": sent.bytes, "refused": refused})
        return
    are = "is" if sent.delivered == 1 else "are"
    out.print(f"{counted(sent.delivered, 'article')} ({sent.bytes:,} bytes) {are} on {topic}", markup=False)
    for refusal in sent.refused:
        err.print(_line(refusal), markup=False)


def _line(refusal: Refusal) -> str:
    return f"refused {refusal.origin}: {refusal.reason}"
