"""`tocsin bench`: what this machine can do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import typer
from rich.table import Table
from rich.text import Text

from agents.cli.context import JsonFlag, err, out, print_json, run_async, settings_of
from agents.errors import UsageError

PARTS = ("enrichment", "lists", "rules", "throughput", "rule-share", "latency")


def bench(
    context: typer.Context,
    parts: Annotated[list[str] | None, typer.Argument(help=f"Any of {', '.join(PARTS)}; default: all.")] = None,
    count: Annotated[int, typer.Option(min=10, help="Articles for enrichment and throughput.")] = 1_000,
    rate: Annotated[float, typer.Option(min=1, help="Articles per second for latency.")] = 10.0,
    seconds: Annotated[float, typer.Option(min=1, help="How long latency is measured.")] = 10.0,
    engine: Annotated[
        Literal["embedded", "local", "configured"],
        typer.Option(
            help="embedded; local: a Kafka and an Elasticsearch that are started for it and removed; "
            "configured: those of the settings, under a topic prefix and an index alias of its own."
        ),
    ] = "embedded",
    json: JsonFlag = False,
) -> None:
    """Measure enrichment on one core, latencies and the whole pipeline, on articles of 600 words, in its own folder."""
    from agents.bench.machine import machine

    settings = settings_of(context)
    chosen = parts or list(PARTS)
    if unknown := [part for part in chosen if part not in PARTS]:
        raise UsageError(f"no benchmark {unknown[0]!r}; there are {', '.join(PARTS)}")
    results: dict[str, Any] = {"machine": machine(), "engine": engine}
    if "enrichment" in chosen:
        from agents.bench.enrichment import measure_enrichment

        err.print(Text("enrichment in this process", style="dim"))
        results["enrichment"] = measure_enrichment(count)
    if "lists" in chosen:
        from agents.bench.lists import measure_lists

        err.print(Text("screening against invented lists", style="dim"))
        results["lists"] = measure_lists(min(count, 200))
    if "rules" in chosen:
        from agents.bench.rules import measure_rules

        err.print(Text("matching against invented rules", style="dim"))
        results["rules"] = measure_rules(min(count, 300))
    if {"throughput", "rule-share", "latency"} & set(chosen):
        from agents.bench.engines import bench_engines

        with bench_engines(engine, settings, lambda line: err.print(Text(line, style="dim"))) as engines:
            results |= run_async(_system(chosen, engines, count, rate, seconds))
    if json:
        print_json(results)
    else:
        _show(results)


async def _system(
    chosen: list[str], engines: Mapping[str, Any], count: int, rate: float, seconds: float
) -> dict[str, Any]:
    results: dict[str, Any] = {}
    if {"throughput", "latency"} & set(chosen):
        results |= await _one_system(chosen, engines, count, rate, seconds)
    if "rule-share" in chosen:
        from agents.bench.rule_share import measure_rule_share

        err.print(Text("throughput without rules and with a thousand, twice each", style="dim"))
        results["rule-share"] = await measure_rule_share(engines, min(count, 300))
    return results


async def _one_system(
    chosen: list[str], engines: Mapping[str, Any], count: int, rate: float, seconds: float
) -> dict[str, Any]:
    from agents.bench.ceilings import measure_ceilings
    from agents.bench.system import bench_articles, bench_system, measure_latency, measure_throughput

    results: dict[str, Any] = {}
    async with bench_system(engines) as settings:
        if "latency" in chosen:
            err.print(Text(f"latency at {rate:g} articles/s", style="dim"))
            results["latency"] = await measure_latency(settings, rate=rate, seconds=seconds)
        if "throughput" in chosen:
            messages = bench_articles(count)
            err.print(Text(f"enrichment alone, then the index alone, {count} articles each", style="dim"))
            ceilings = await measure_ceilings(settings, messages)
            err.print(Text(f"throughput of {count} articles", style="dim"))
            reached = await measure_throughput(settings, messages)
            lower = min(ceilings.values())
            share = round(reached["articles_per_second"] / lower, 3)
            results["throughput"] = {"ceilings": ceilings, "share_of_the_lower_ceiling": share, **reached}
    return results


def _show(results: dict[str, Any]) -> None:
    table = Table(box=None, pad_edge=False, show_header=False)
    for name, value in _flat("", results):
        table.add_row(Text(name), Text(value, justify="right"))
    out.print(table)


def _flat(prefix: str, value: Any) -> list[tuple[str, str]]:
    if isinstance(value, dict):
        return [row for name, inner in value.items() for row in _flat(f"{prefix} {name}".strip(), inner)]
    if isinstance(value, int) and value > 1_000_000:
        return [(prefix, f"{value / 2**20:,.0f} MiB")]
    return [(prefix, str(value))]
