"""`tocsin search`: the same query language as the rules, on the index."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.text import Text

from agents.cli.context import JsonFlag, out, print_json, run_async, settings_of
from agents.errors import UsageError


def search(
    context: typer.Context,
    query: Annotated[
        str, typer.Argument(help='For example: toll.detained.best:>=1000 AND countries:KZ; "*:*" is all.')
    ],
    size: Annotated[int, typer.Option("--size", "-n", min=0, max=1000, help="How many results.")] = 10,
    offset: Annotated[int, typer.Option(min=0, max=9000, help="How many to pass over.")] = 0,
    facet: Annotated[list[str] | None, typer.Option("--facet", "-f", help="Count this field's values.")] = None,
    json: JsonFlag = False,
) -> None:
    """Search the index, newest first."""
    from pipeline.query import QueryError, parse

    try:
        node = parse(query)
    except QueryError as error:
        raise UsageError(str(error)) from error
    result = run_async(_search(settings_of(context), node, size=size, offset=offset, facets=tuple(facet or ())))
    if json:
        print_json(_as_json(result))
        return
    for hit in result.hits:
        _print_hit(hit)
    out.print(f"{len(result.hits)} of {result.total} articles", style="dim")
    for name, counts in result.facets.items():
        out.print(Text(f"{name}: " + ", ".join(f"{count.value} {count.count}" for count in counts)))


async def _search(settings: Any, node: Any, *, size: int, offset: int, facets: tuple[str, ...]) -> Any:
    from agents.index import SearchRequest, open_index

    index = await open_index(settings.index_url, settings.index_dir, read_only=True)
    try:
        return await index.search(SearchRequest(query=node, size=size, offset=offset, facets=facets, highlight=True))
    finally:
        await index.close()
