"""`tocsin rules backtest`: what a rule would have raised, before it is switched on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from agents.cli.alerts import COLOURS
from agents.cli.context import JsonFlag, counted, err, out, print_entry, print_json, run_async, settings_of
from agents.errors import UsageError
from agents.settings import Settings
from schemas.alert import Alert

if TYPE_CHECKING:
    from agents.backtest import Period
    from agents.importer import Refusal
    from pipeline.alerting import Backtest, Rule

TO_READ = 20
"""Alerts that are printed for reading: enough to see whether a rule is noisy."""


def backtest(
    context: typer.Context,
    rule: Annotated[str, typer.Argument(help="Id of a rule in use, or a rule file.")],
    since: Annotated[str, typer.Option(help="How far back: 12h, 30d, or a date.")] = "30d",
    until: Annotated[str | None, typer.Option(help="A date or time; default: now.")] = None,
    file: Annotated[
        list[str] | None, typer.Option(help="Try it on these articles (whatever their dates) instead of the index.")
    ] = None,
    json: JsonFlag = False,
) -> None:
    """Print what a rule would have raised, and how that differs from its version in use."""
    from agents.backtest import Period, backtest_on_files, backtest_on_index

    settings = settings_of(context)
    in_use = _in_use(settings)
    tried = _rule(rule, in_use)
    before = in_use.get(tried.id)
    rules = [tried] if before in (None, tried) else [tried, before]
    period = None if file else Period(*_period(since, until))
    if period:
        results = run_async(backtest_on_index(settings, rules, period))
    else:
        results = backtest_on_files(settings, rules, file or [], _refuse)
    if json:
        print_json(_as_json(tried, results))
        return
    _show(tried, results[0], period)
    if len(results) > 1 and before:
        _compare(before, results[0], results[1])


def _refuse(refusal: Refusal) -> None:
    err.print(Text(f"left out: {refusal.origin}: {refusal.reason}", style="yellow"))


def _in_use(settings: Settings) -> dict[str, Rule]:
    from agents.rules import read_rule_files, rules_dir

    return {file.rule.id: file.rule for file in read_rule_files(rules_dir(settings)) if file.rule}


def _rule(named: str, in_use: dict[str, Rule]) -> Rule:
    from pipeline.alerting import RuleError, parse_rule

    if named in in_use:
        return in_use[named]
    path = Path(named)
    if not path.is_file():
        raise UsageError(f"{named}: neither a rule in use nor a file; `tocsin rules list` prints the rules")
    try:
        return parse_rule(path.read_text("utf-8"), path)
    except (RuleError, UnicodeDecodeError) as error:
        raise UsageError(str(error)) from error


def _period(since: str, until: str | None) -> tuple[datetime, datetime]:
    from pipeline.alerting.rule import seconds

    end = _moment(until, "--until") if until else datetime.now(UTC)
    try:
        begin = end - timedelta(seconds=seconds(since))
    except ValueError:
        begin = _moment(since, "--since")
    if begin >= end:
        raise UsageError(f"--since {since} is not before --until {end:%Y-%m-%d %H:%M}")
    return begin, end


def _moment(text: str, option: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option} {text!r}: write a duration such as 30d or a date such as 2026-03-01") from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _show(rule: Rule, found: Backtest, period: Period | None) -> None:
    when = f" from {period.since:%Y-%m-%d %H:%M} to {period.until:%Y-%m-%d %H:%M}" if period else ""
    out.print(Text(f"{rule.id} v{rule.version} on {counted(found.documents, 'article')}{when}", style="bold"))
    matches = f"{found.matches:,} match" + ("" if found.matches == 1 else "es")
    updates = f", {counted(found.updates, 'update')} among them" if found.updates else ""
    out.print(f"{matches}, {counted(len(found.alerts), 'alert')}{updates}{_rate(found, period)}")
    most = max(found.per_week.values(), default=1)
    for monday, count in sorted(found.per_week.items()):
        out.print(f"  week of {monday}  {count:>5}  {'#' * max(1, count * 30 // most)}", style="dim")
    if found.alerts:
        out.print(f"the first {min(TO_READ, len(found.alerts))} to read:")
    for alert in found.alerts[:TO_READ]:
        _print(alert)


def _rate(found: Backtest, period: Period | None) -> str:
    if not found.per_day:
        return ""
    busiest, count = max(found.per_day.items(), key=lambda day: (day[1], day[0]))
    mean = f": {len(found.alerts) / max(period.days, 1):.2g} a day" if period else ""
    return f"{mean}, at most {count} on one day ({busiest})"


def _compare(before: Rule, now: Backtest, then: Backtest) -> None:
    more, fewer = now.missing_from(then), then.missing_from(now)
    out.print(f"compared with v{before.version} in use: {len(more)} more, {len(fewer)} fewer", style="bold")
    for sign, alerts in (("+", more), ("-", fewer)):
        for alert in alerts[:TO_READ]:
            _print(alert, sign + " ")


def _print(alert: Alert, sign: str = "") -> None:
    head = Text.assemble(
        f"{sign}{alert.event_time:%Y-%m-%d %H:%M} ",
        (alert.severity, COLOURS[alert.severity]),
        (f" [{alert.group}]" if alert.group else "", "bold"),
        f" {alert.title}",
        (" (update)" if alert.update_of else "", "dim"),
    )
    print_entry(head, alert.summary, alert.url or f"article {alert.article_ids[0]}")


def _as_json(rule: Rule, results: list[Backtest]) -> dict[str, object]:
    found = results[0]
    told = {
        "rule": rule.id,
        "version": rule.version,
        "articles": found.documents,
        "matches": found.matches,
        "updates": found.updates,
        "per_day": {str(day): count for day, count in sorted(found.per_day.items())},
        "per_week": {str(week): count for week, count in sorted(found.per_week.items())},
        "alerts": [alert.model_dump(mode="json") for alert in found.alerts],
    }
    if len(results) == 1:
        return told
    more, fewer = found.missing_from(results[1]), results[1].missing_from(found)
    return told | {"more_than_in_use": [one.id for one in more], "fewer_than_in_use": [one.id for one in fewer]}
