"""`tocsin rules list|check|test|backtest`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from agents.cli.alerts import COLOURS
from agents.cli.backtest import backtest
from agents.cli.context import JsonFlag, counted, err, out, print_entry, print_json, settings_of
from schemas.duration import duration_text

if TYPE_CHECKING:
    from agents.rules import RuleFile
    from pipeline.alerting import Rule

app = typer.Typer(help="Alert rules.", no_args_is_help=True)
app.command("backtest")(backtest)

FolderArgument = Annotated[Path | None, typer.Argument(help="Folder of rule files; default: the one in use.")]


def _files(context: typer.Context, folder: Path | None) -> list[RuleFile]:
    from agents.rules import read_rule_files, rules_dir

    found = rules_dir(settings_of(context, rules_dir=folder))
    files = list(read_rule_files(found))
    if not files:
        err.print(f"no rule file (*.toml) in {found}: nothing raises an alert", markup=False, soft_wrap=True)
    return files


@app.command("list")
def list_rules(context: typer.Context, folder: FolderArgument = None, json: JsonFlag = False) -> None:
    """Print the rules."""
    files = _files(context, folder)
    if json:
        for file in files:
            print_json(
                file.rule.model_dump(mode="json") if file.rule else {"path": str(file.path), "error": file.error}
            )
        return
    for file in files:
        if file.rule:
            print_rule(file.rule)
        else:
            print_entry(Text(file.path.name, style="red"), file.error or "")
    out.print(counted(len(files), "rule"), style="dim")


def print_rule(rule: Rule) -> None:
    """What it is called and how loud it is, when it repeats itself, and what it looks for."""
    head = Text.assemble((f"{rule.severity:<8}", COLOURS[rule.severity]), f" {rule.id} v{rule.version}")
    if not rule.enabled:
        head.append(" (off)", "dim")
    repeats = f"at most once in {duration_text(rule.throttle_seconds)}" if rule.throttle_seconds else "each match"
    repeats += f" for each {rule.group_by}" if rule.group_by else ""
    condition = f", on {rule.condition.kind.replace('_', ' ')}" if rule.condition else ""
    print_entry(head, f"channel {rule.channel}{condition}, {repeats}", rule.query)


@app.command("check")
def check(context: typer.Context, folder: FolderArgument = None, json: JsonFlag = False) -> None:
    """Validate every rule file; exit 1 when one is wrong."""
    files = _files(context, folder)
    wrong = [file for file in files if file.error]
    if json:
        print_json({"rules": len(files), "errors": [{"path": str(file.path), "error": file.error} for file in wrong]})
    else:
        for file in wrong:
            err.print(Text(file.error or "", style="red"))
        out.print(f"{len(files) - len(wrong)} of {len(files)} rule files are right")
    if wrong:
        raise typer.Exit(1)


@app.command("test")
def test(context: typer.Context, folder: FolderArgument = None, json: JsonFlag = False) -> None:
    """Run the examples of every rule; exit 1 when one comes out other than the rule says."""
    from pipeline.alerting.examples import run_examples

    files = _files(context, folder)
    results = [result for file in files if file.rule for result in run_examples(file.rule)]
    failed = [result for result in results if not result.passed]
    wrong = [file for file in files if file.error]
    if json:
        failures = [
            {"rule": result.rule_id, "example": result.number, "expected": result.expected} for result in failed
        ]
        print_json({"examples": len(results), "failed": failures, "errors": [file.error for file in wrong]})
    else:
        for file in wrong:
            err.print(Text(file.error or "", style="red"))
        for result in failed:
            verb = "must match and does not" if result.expected else "must not match and does"
            err.print(Text(f"{result.rule_id}: example {result.number} {verb}: {result.text[:100]}", style="red"))
        out.print(f"{len(results) - len(failed)} of {len(results)} examples came out as the rules say")
    if failed or wrong:
        raise typer.Exit(1)
