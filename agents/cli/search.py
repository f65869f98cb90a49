"""`tocsin search`: the same query language as the rules, on the index."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.text import Text

from agents.cli.context import JsonFlag, out, print_json, run_async, settings_of
from agents.cli.terminal import one_line
from agents.errors import UsageError
from agents.index import Hit, SearchRequest, SearchResult, open_index
from agents.settings import Settings
from pipeline.query import QueryError, parse


def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help='Such as: toll.detained.best:>=1000 AND countries:KZ; "*:*" is all.')],
    size: Annotated[int, typer.Option("--size", "-n", help="How many results.")] = 10,
    offset: Annotated[int, typer.Option(help="How many to pass over.")] = 0,
    facet: Annotated[list[str] | None, typer.Option("--facet", "-f", help="Count this field's values.")] = None,
    histogram: Annotated[str | None, typer.Option(help="Count per hour, day, week or month.")] = None,
    json: JsonFlag = False,
) -> None:
    """Search the index, newest first."""
    try:
        node = parse(query)
    except QueryError as error:
        raise UsageError(str(error)) from error
    request = SearchRequest(
        query=node,
        size=size,
        offset=offset,
        facets=tuple(facet or ()),
        histogram=histogram,  # type: ignore[arg-type]  # the request refuses other words, and says which there are
        highlight=True,
    )
    result = run_async(_search(settings_of(context), request))
    if json:
        print_json(_as_json(result))
    else:
        _show(result)


async def _search(settings: Settings, request: SearchRequest) -> SearchResult:
    index = await open_index(settings, read_only=True)
    try:
        return await index.search(request)
    finally:
        await index.close()


def _as_json(result: SearchResult) -> dict[str, Any]:
    return {
        "total": result.total,
        "hits": [
            {**hit.source, "snippets": {name: asdict(part) for name, part in hit.snippets.items()}}
            for hit in result.hits
        ],
        "facets": {name: {count.value: count.count for count in counts} for name, counts in result.facets.items()},
        "histogram": [{"start": bucket.start.isoformat(), "count": bucket.count} for bucket in result.histogram],
    }


def _show(result: SearchResult) -> None:
    for hit in result.hits:
        out.print(_headline(hit), soft_wrap=True)
        for name, snippet in hit.snippets.items():
            if name != "title":
                text = Text(f"    {snippet.text}")
                for start, end in snippet.marks:
                    text.stylize("bold yellow", start + 4, end + 4)
                out.print(text, soft_wrap=True)
    out.print(Text(f"{len(result.hits)} of {result.total} articles", style="dim"))
    for name, counts in result.facets.items():
        out.print(Text(f"{name}: " + ", ".join(f"{count.value} {count.count}" for count in counts)))
    for bucket in result.histogram:
        out.print(Text(f"{bucket.start:%Y-%m-%d %H:%M} {bucket.count}"))


def _headline(hit: Hit) -> Text:
    source = hit.source
    tolls = [
        f"{name.split('.')[1]} {value}"
        for name, value in source.items()
        if name.startswith("toll.") and name.endswith(".best")
    ]
    return Text.assemble(
        f"{source['@timestamp'][:16].replace('T', ' ')} ",
        (f"{','.join(source.get('countries', [])[:3]):<8} ", "green"),
        (one_line(str(source.get("title") or source.get("body", "")[:80])), "bold"),
        (f"  {', '.join(tolls)}" if tolls else "", "red"),
        (f"  sanctions: {source['sanctions.stage']}" if "sanctions.stage" in source else "", "yellow"),
        (f"  {one_line(hit.id)}", "dim"),
    )
