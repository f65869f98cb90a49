"""`tocsin enrich`: enrich one text here and now, without broker or index, and show the evidence."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.table import Table
from rich.text import Text

from agents.cli.context import JsonFlag, echo_json, out, print_json, settings_of
from agents.errors import UsageError
from schemas.article import Article
from schemas.enrichment import EnrichedArticle, Span

FIGURES = "figures"
STYLES = {
    "person": "bold cyan",
    "organisation": "bold magenta",
    "nationality": "cyan",
    "location": "bold green",
    "figure": "bold white on red",
    "sanctions": "bold black on yellow",
    "listed": "bold white on magenta",
    "event": "underline",
    "rejected": "dim strike",
}


def enrich(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="Plain text or one JSON article; - for standard input.")],
    title: Annotated[str | None, typer.Option(help="Headline, for plain text.")] = None,
    published_at: Annotated[
        str | None, typer.Option(help="ISO 8601, for plain text: dates are resolved with it.")
    ] = None,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Show for each name and place the candidates, scores and deciding evidence."),
    ] = False,
    part: Annotated[
        str | None,
        typer.Argument(help="With --explain: figures, to explain how numbers were read.", metavar="[figures]"),
    ] = None,
    list_files: Annotated[
        list[Path] | None,
        typer.Option("--list", help="Screen against this list, a file; default: the lists of the data folder."),
    ] = None,
    json: JsonFlag = False,
) -> None:
    """Enrich one article and show what was found, where, and what was refused."""
    from agents.cli.enrich_lists import screener_for
    from agents.enrichment.here import chosen_tagger
    from pipeline.articles import InvalidMessageError, Limits, decode_article
    from pipeline.enrich import enrich as enrich_article

    file, of_figures = _asked_for(file, part, explain)
    raw = _as_message(_read(file), title, published_at)
    settings = settings_of(context)
    try:
        limits = Limits(max_bytes=settings.max_article_bytes)
        article = decode_article(raw, timestamp_ms=None, limits=limits)
    except InvalidMessageError as error:
        raise UsageError(f"{file}: {error.reason}: {error.detail}") from error
    if explain and not of_figures and settings.names_backend:
        raise UsageError(
            "--explain shows how the packaged tagger reads names, and TOCSIN_NAMES_BACKEND sets another: unset it, or "
            "leave --explain out"
        )
    screener, tagger = screener_for(settings, list_files or []), chosen_tagger(settings)
    record = enrich_article(article, screener=screener, tagger=tagger)
    if of_figures:
        _explain_figures(article, json)
    elif explain:
        _explain(article, record, json)
    elif json:
        echo_json(record.model_dump_json())
    else:
        show(record)


def _asked_for(file: str, part: str | None, explain: bool) -> tuple[str, bool]:
    """The file, and whether only its figures are to be explained; `--explain figures FILE` is read in either order."""
    if part is None:
        return file, False
    named = part if file == FIGURES else file
    if not explain or FIGURES not in (file, part):
        raise UsageError(f"one file, please: {file} {part}; or --explain {FIGURES} FILE")
    return named, True


def _explain_figures(article: Article, json: bool) -> None:
    from agents.cli.explain_figures import show_figures
    from pipeline.explain import as_values, explain_figures

    sentences = explain_figures(article)
    if json:
        print_json({"figures": as_values(sentences)})
    else:
        show_figures(sentences)


def _explain(article: Article, record: EnrichedArticle, json: bool) -> None:
    """The record with its evidence: as JSON in one more field, `explanation`, else below the tables."""
    from agents.cli.enrich_lists import show_lists
    from agents.cli.explain import show_explanation
    from pipeline.explain import as_values
    from pipeline.explain import explain as explain_article

    explanation = explain_article(article)
    if json:
        print_json({**record.model_dump(mode="json"), "explanation": as_values(explanation)})
        return
    show(record)
    out.print()
    show_explanation(explanation)
    out.print()
    show_lists(record)


def _read(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}") from error


def _as_message(content: bytes, title: str | None, published_at: str | None) -> bytes:
    """A JSON article as it is, a plain text wrapped as one."""
    if content.lstrip().startswith(b"{"):
        return content
    try:
        body = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"not UTF-8 (byte {error.start})") from error
    fields = {"body": body, "title": title, "published_at": published_at}
    return orjson.dumps({name: value for name, value in fields.items() if value is not None})


def show(record: EnrichedArticle) -> None:
    """The text with its evidence marked, then a table per kind of finding."""
    from agents.cli.enrich_lists import list_table

    if record.title:
        out.print(_marked(record, "title", record.title))
        out.print()
    out.print(_marked(record, "body", record.body))
    out.print()
    found = record.enrichment
    out.print(
        f"language {found.language or 'unknown'}; countries {', '.join(found.countries) or 'none'}; "
        f"primary country {found.primary_country or 'none'}",
        markup=False,
    )
    out.print(Text.assemble(*[(f" {name} ", style) for name, style in STYLES.items()]))
    tables = (_entities, _locations, _figures, _sanctions, list_table, _events)
    for table in (make(record) for make in tables):
        if table.row_count:
            out.print()
            out.print(table)
    for failure in found.failures:
        out.print(f"extractor {failure.extractor} failed: {failure.error}", style="red", markup=False)


def _marked(record: EnrichedArticle, field: str, raw: str) -> Text:
    text = Text(raw)
    for style, span in _spans(record):
        if span.field == field:
            text.stylize(STYLES[style], span.start, span.end)
    return text


def _spans(record: EnrichedArticle) -> list[tuple[str, Span]]:
    found = record.enrichment
    return [
        *(("rejected", item.span) for item in found.rejected),
        *(("event", event.span) for event in found.events),
        *((entity.type, span) for entity in found.entities for span in entity.mentions),
        *(("location", span) for location in found.locations for span in location.mentions),
        *(("figure", figure.span) for figure in found.figures),
        *(("sanctions", mention.span) for mention in found.sanctions.mentions),
        *(("listed", match.span) for match in found.sanctions.list_matches),
    ]


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _entities(record: EnrichedArticle) -> Table:
    table = _table("People and organisations", "type", "name", "title", "country", "mentions", "rule")
    for entity in record.enrichment.entities:
        if entity.type in ("person", "organisation"):
            row = (entity.type, entity.name, entity.title or "", entity.country or "", str(len(entity.mentions)))
            table.add_row(*map(Text, (*row, entity.rule)))
    return table


def _locations(record: EnrichedArticle) -> Table:
    table = _table("Places", "name", "country", "admin1", "point", "precision", "role", "confidence")
    for place in record.enrichment.locations:
        point = f"{place.point.lat:.2f}, {place.point.lon:.2f}" if place.point else ""
        row = (place.name, place.country or "", place.admin1 or "", point, place.precision, place.role)
        table.add_row(*map(Text, (*row, f"{place.confidence:.2f}")))
    return table


def _figures(record: EnrichedArticle) -> Table:
    table = _table("Figures", "kind", "value", "qualifier", "scope", "notes", "who says so", "rule")
    for figure in record.enrichment.figures:
        bounds = f"{figure.low if figure.low is not None else '?'}..{figure.high if figure.high is not None else '?'}"
        notes = [name for name in ("negated", "hypothetical", "hedged", "disputed") if getattr(figure, name)]
        value = str(figure.best) if figure.best is not None else bounds
        row = (figure.kind, value, figure.qualifier, figure.scope, ", ".join(notes), figure.attributed_to or "")
        table.add_row(*map(Text, (*row, figure.rule)))
    return table


def _sanctions(record: EnrichedArticle) -> Table:
    table = _table("Sanctions", "measure", "stage", "mode", "issuers", "targets", "rule")
    for mention in record.enrichment.sanctions.mentions:
        row = (mention.measure, mention.stage, mention.mode, ", ".join(mention.issuers), ", ".join(mention.targets))
        table.add_row(*map(Text, (*row, mention.rule)))
    return table


def _events(record: EnrichedArticle) -> Table:
    table = _table("Events", "type", "CAMEO", "factuality", "claimed by", "words")
    for event in record.enrichment.events:
        raw = record.body if event.span.field == "body" else record.title or ""
        row = (event.type, event.cameo or "", event.factuality, event.claimed_by or "")
        table.add_row(*map(Text, (*row, raw[event.span.start : event.span.end])))
    return table
