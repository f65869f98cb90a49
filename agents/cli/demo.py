"""`tocsin demo`: everything on the sample articles, then a running system to play with."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.table import Table
from rich.text import Text

from agents.cli.alerts import print_alert
from agents.cli.context import JsonFlag, err, out, print_json, run_async, settings_of
from agents.settings import Settings

if TYPE_CHECKING:
    from agents.demo import DemoReport
    from schemas.enrichment import EnrichedArticle

_ROWS = 20
_ALERTS = 12


def demo(
    context: typer.Context,
    once: Annotated[bool, typer.Option("--once", help="Exit after the work instead of running on.")] = False,
    engine: Annotated[
        Literal["local"] | None,
        typer.Option(help="local: on the Kafka and Elasticsearch of `tocsin services`, started when they do not run."),
    ] = None,
    json: JsonFlag = False,
) -> None:
    """Start everything on this machine, feed the invented sample articles, show what was found and the alerts."""
    # Its own messages go to standard error; only warnings of the children would disturb what is shown here.
    settings = settings_of(context).model_copy(update={"log_level": "warning"})
    if engine == "local":
        from agents.services.local import local_settings

        settings = local_settings(settings, lambda line: err.print(Text(line, style="dim")))
    run_async(_demo(settings, once=once, json=json))


async def _demo(settings: Settings, *, once: bool, json: bool) -> None:
    from agents.demo import run_demo, running_system

    def tell(what: str) -> None:
        err.print(Text(what, style="dim"))

    tell(f"starting in {settings.data_dir}")
    async with running_system(settings) as child:
        report = await run_demo(settings, sys.stdin.buffer, tell)
        if json:
            print_json(report.as_json())
        else:
            _show(report)
        if once:
            return
        _invite(settings)
        if child is not None:
            await child.wait()


def _show(report: DemoReport) -> None:
    table = Table(title="What was read", title_justify="left", box=None, pad_edge=False)
    for column in ("article", "where", "figures", "sanctions", "events"):
        table.add_column(column, overflow="ellipsis", no_wrap=column == "article", max_width=52)
    concerned = {identity for alert in report.alerts for identity in alert.article_ids}
    shown = [article for article in report.enriched if article.id in concerned][:_ROWS]
    for article in shown:
        table.add_row(*map(Text, _row(article)))
    out.print(table)
    out.print(Text(f"and {len(report.enriched) - len(shown)} more: tocsin search '*:*' -n 100\n", style="dim"))
    out.print(Text("Alerts", style="italic"))
    others = [alert for alert in report.alerts if alert not in report.listings]
    for alert in others[:_ALERTS]:
        print_alert(alert)
    if len(others) > _ALERTS:
        out.print(Text(f"and {len(others) - _ALERTS} more: tocsin alerts list", style="dim"))
    out.print(Text("\nAfter the sample list had changed", style="italic"))
    for alert in report.listings:
        print_alert(alert)
    counts = ", ".join(f"{rule} {n}" for rule, n in sorted(Counter(alert.rule_id for alert in report.alerts).items()))
    out.print(
        f"\n{report.articles} articles in {report.seconds:.1f} s: {report.dead_letters} dead letters,", markup=False
    )
    out.print(f"{report.indexed} documents ({report.new_documents} new),", markup=False)
    out.print(f"{len(report.alerts)} alerts ({report.new_alerts} new): {counts}", markup=False)


def _row(article: EnrichedArticle) -> tuple[str, str, str, str, str]:
    found = article.enrichment
    tolls = [
        f"{kind} {toll.best if toll.status == 'stated' else 'none'}"
        for kind, toll in found.toll.items()
        if toll.status != "not_reported"
    ]
    sanctions = f"{found.sanctions.stage} ({found.sanctions.mode})" if found.sanctions.flagged else ""
    events = ", ".join(dict.fromkeys(event.type for event in found.events))
    return article.title or article.body[:52], ", ".join(found.countries[:3]), ", ".join(tolls), sanctions, events


def _invite(settings: Settings) -> None:
    from agents.kafka import bootstrap_servers

    server, prefix = bootstrap_servers(settings), settings.topic_prefix
    out.print(
        f"""
The system is running; its articles are invented. In another terminal (tocsin is in .venv/bin):

Search
  tocsin search 'toll.detained.best:>=1000'
  tocsin search 'sanctions.stage:(adopted OR listed)' --facet countries
  tocsin search 'events.type:state_of_emergency AND protest*'

Names on the sample list (seeds/lists), why they match, and a namesake to keep silent from now on
  tocsin search 'lists.matches.list:sample' --facet lists.matches.list
  tocsin lists allow add sample SAMPLE-7 --by desk --reason 'the baker in Ghent, not the judge'

Feed an article of your own
  echo '{{"body": "Police detained 1,200 protesters in Lima on Monday."}}' | tocsin feed -
  echo '{{"body": "Police detained 1,200 protesters in Lima on Monday."}}' | kcat -b {server} -P -t {prefix}.articles
  or any Kafka client: bootstrap server {server}, topic {prefix}.articles

Subscribe to alerts
  tocsin alerts tail
  kcat -b {server} -C -t {prefix}.alerts.human-rights -o beginning

Ctrl-C stops it; `tocsin up` starts it again with all its data.""",
        markup=False,
    )
