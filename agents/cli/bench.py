"""`tocsin bench`: what this machine can do."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from agents.cli.context import JsonFlag, err, out, print_json, run_async
from agents.errors import UsageError

PARTS = ("enrichment", "throughput", "latency")


def bench(
    parts: Annotated[list[str] | None, typer.Argument(help=f"Any of {', '.join(PARTS)}; default: all.")] = None,
    count: Annotated[int, typer.Option(min=10, help="Articles for enrichment and throughput.")] = 1_000,
    rate: Annotated[float, typer.Option(min=1, help="Articles per second for latency.")] = 10.0,
    seconds: Annotated[float, typer.Option(min=1, help="How long latency is measured.")] = 10.0,
    json: JsonFlag = False,
) -> None:
    """Measure enrichment on one core, latencies and the whole pipeline, on articles of 600 words, in its own folder."""
    from agents.bench.machine import machine

    chosen = parts or list(PARTS)
    if unknown := [part for part in chosen if part not in PARTS]:
        raise UsageError(f"no benchmark {unknown[0]!r}; there are {', '.join(PARTS)}")
    results: dict[str, Any] = {"machine": machine()}
    if "enrichment" in chosen:
        from agents.bench.enrichment import measure_enrichment

        err.print(Text("enrichment in this process", style="dim"))
        results["enrichment"] = measure_enrichment(count)
    if {"throughput", "latency"} & set(chosen):
        results |= run_async(_system(chosen, count, rate, seconds))
    if json:
        print_json(results)
    else:
        _show(results)


async def _system(chosen: list[str], count: int, rate: float, seconds: float) -> dict[str, Any]:
    from agents.bench.system import bench_system, measure_latency, measure_throughput

    results: dict[str, Any] = {}
    async with bench_system() as settings:
        if "latency" in chosen:
            err.print(Text(f"latency at {rate:g} articles/s", style="dim"))
            results["latency"] = await measure_latency(settings, rate=rate, seconds=seconds)
        if "throughput" in chosen:
            err.print(Text(f"throughput of {count} articles", style="dim"))
            results["throughput"] = await measure_throughput(settings, count)
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
