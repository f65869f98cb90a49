"""Rule files from disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog

from agents.errors import UsageError
from agents.seeds import seeds_dir
from agents.settings import Settings
from pipeline.alerting import Rule, RuleError, RuleSet, parse_rule
from pipeline.alerting.group import reach_of

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class RuleFile:
    """A rule file: the rule, or why it is none."""

    path: Path
    rule: Rule | None
    error: str | None = None


def rules_dir(settings: Settings) -> Path:
    """The folder of rules in use.

    Raises:
        UsageError: the folder that the settings name does not exist.
    """
    folder = settings.rules_dir or seeds_dir() / "rules"
    if not folder.is_dir():
        raise UsageError(f"rules_dir {folder}: no such folder")
    return folder


def read_rule_files(folder: Path) -> Iterator[RuleFile]:
    """Every `*.toml` of *folder*, in order of name; a second file with the same rule id is an error."""
    owner: dict[str, Path] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            rule = parse_rule(path.read_text("utf-8"), path)
        except (RuleError, OSError, UnicodeDecodeError) as error:
            yield RuleFile(path, None, str(error))
            continue
        if rule.id in owner:
            yield RuleFile(path, None, f"{path}: rule id {rule.id!r} is already taken by {owner[rule.id].name}")
            continue
        owner[rule.id] = path
        yield RuleFile(path, rule)


def warn_of_none(files: Sequence[RuleFile], folder: Path) -> None:
    """An empty folder is no error, but hardly what was meant."""
    if not files:
        log.warning("no rule file (*.toml) in rules_dir: nothing raises an alert", rules_dir=str(folder))


def load_rules(settings: Settings) -> RuleSet:
    """The enabled rules.

    Raises:
        UsageError: a rule file is wrong; the message says which, where and how to mend it.
    """
    files = list(read_rule_files(rules_dir(settings)))
    if errors := [file.error for file in files if file.error]:
        raise UsageError("\n".join(errors))
    warn_of_none(files, rules_dir(settings))
    return RuleSet([file.rule for file in files if file.rule and file.rule.enabled])


def reach_of_rules(settings: Settings) -> int:
    """How far back, in seconds, the enabled rules look; 0 when none looks back. Wrong files are passed over: whoever
    runs the rules tells of them."""
    try:
        rules = [file.rule for file in read_rule_files(rules_dir(settings)) if file.rule and file.rule.enabled]
    except UsageError as error:
        log.error("the rules cannot be read, so windows open only with their next match", error=str(error))
        return 0
    return max((reach_of(rule.window_condition, rule.lateness_seconds) for rule in rules), default=0)
