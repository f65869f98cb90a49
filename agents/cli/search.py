"""`tocsin search`: the same query language as the rules, on the index."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.text import Text

from agents.cli.context import JsonFlag, out, print_json, run_async, settings_of
from agents.cli.terminal import one_line
from agents.errors import UsageError
from agents.settings import Settings
from schemas.collections import ARTICLES, COLLECTIONS, Collection, CollectionName, collection_named

if TYPE_CHECKING:
    from agents.index import Hit, SearchRequest, SearchResult

_NAMES: Final = ", ".join(one.name for one in COLLECTIONS)


def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help='Such as: toll.detained.best:>=1000 AND countries:KZ; "*:*" is all.')],
    size: Annotated[int, typer.Option("--size", "-n", help="How many results.")] = 10,
    offset: Annotated[int, typer.Option(help="How many to pass over.")] = 0,
    facet: Annotated[list[str] | None, typer.Option("--facet", "-f", help="Count this field's values.")] = None,
    histogram: Annotated[str | None, typer.Option(help="Count per hour, day, week or month.")] = None,
    inside: Annotated[str, typer.Option("--in", metavar="COLLECTION", help=f"One of {_NAMES}.")] = ARTICLES.name,
    json: JsonFlag = False,
) -> None:
    """Search the index, newest first."""
    from agents.index import SearchRequest
    from pipeline.query import QueryError, parse

    collection = collection_named(inside)
    if collection is None:
        raise UsageError(f"--in {inside}: must be one of {_NAMES}")
    try:
        node = parse(query, collection)
    except QueryError as error:
        raise UsageError(str(error)) from error
    request = SearchRequest(
        query=node,
        collection=collection,
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
        _show(result, collection)


async def _search(settings: Settings, request: SearchRequest) -> SearchResult:
    from agents.index import open_index

    index = await open_index(settings, request.collection, read_only=True)
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


def _show(result: SearchResult, collection: Collection) -> None:
    for hit in result.hits:
        out.print(_HEADLINES[collection.name](hit), soft_wrap=True)
        for name, snippet in hit.snippets.items():
            if name != "title":
                text = Text(f"    {snippet.text}")
                for start, end in snippet.marks:
                    text.stylize("bold yellow", start + 4, end + 4)
                out.print(text, soft_wrap=True)
    out.print(Text(f"{len(result.hits)} of {result.total} {collection.name}", style="dim"))
    for name, counts in result.facets.items():
        out.print(Text(f"{name}: " + ", ".join(f"{count.value} {count.count}" for count in counts)))
    for bucket in result.histogram:
        out.print(Text(f"{bucket.start:%Y-%m-%d %H:%M} {bucket.count}"))


def _article(hit: Hit) -> Text:
    source = hit.source
    tolls = [
        f"{name.split('.')[1]} {value}"
        for name, value in source.items()
        if name.startswith("toll.") and name.endswith(".best")
    ]
    return Text.assemble(
        _time(source),
        (f"{','.join(source.get('countries', [])[:3]):<8} ", "green"),
        (one_line(str(source.get("title") or source.get("body", "")[:80])), "bold"),
        (f"  {', '.join(tolls)}" if tolls else "", "red"),
        (f"  sanctions: {source['sanctions.stage']}" if "sanctions.stage" in source else "", "yellow"),
        (f"  {one_line(hit.id)}", "dim"),
    )


def _alert(hit: Hit) -> Text:
    source = hit.source
    return Text.assemble(
        _time(source),
        (f"{source['severity']:<8} ", "red"),
        (one_line(f"{source['rule_id']} {source.get('group', '')}".strip()), "green"),
        "  ",
        (one_line(str(source.get("title", ""))), "bold"),
        (f"  {one_line(hit.id)}", "dim"),
    )


def _dead_letter(hit: Hit) -> Text:
    source = hit.source
    place = f"{source['topic']}/{source['partition']}/{source['offset']}"
    return Text.assemble(
        _time(source),
        (f"{source['stage']:<10} ", "green"),
        (f"{source['reason']:<18} ", "red"),
        (one_line(place), "bold"),
        "" if source.get("open") else ("  replayed", "yellow"),
        f"  {one_line(str(source.get('detail', ''))[:120])}",
        (f"  {one_line(hit.id)}", "dim"),
    )


def _time(source: Mapping[str, Any]) -> str:
    return f"{source['@timestamp'][:16].replace('T', ' ')} "


_HEADLINES: Final[dict[CollectionName, Callable[[Hit], Text]]] = {
    "articles": _article,
    "alerts": _alert,
    "dead-letters": _dead_letter,
}
