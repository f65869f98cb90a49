"""The rules in use, read again when a file changes, without a restart.

A file that becomes wrong keeps its last good version in use, and the copy of that version in the state folder keeps it
through a restart: one bad edit must not silence the rule, still less all the others. Whatever is wrong is logged once,
counted in the tally (`tocsin status`, metrics) and named by `tocsin rules check`.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

import structlog

from agents.errors import UsageError
from agents.metrics import Tally
from agents.replacing import replace_content
from agents.rules import RuleFile, read_rule_files, rules_dir, warn_of_none
from agents.settings import Settings
from pipeline.alerting import Rule, RuleError, RuleSet, parse_rule

log = structlog.get_logger(__name__)

CHECK_S: Final = 0.5
"""Seconds between two looks at the folder; a look at a thousand files costs a few milliseconds."""
GONE_S: Final = 2.0
"""Seconds for which a file must be away before its rule goes: editors remove a file before they write it anew."""


class _Good(NamedTuple):
    """A file's last good version and when the file was last seen, seconds on the monotonic clock."""

    rule: Rule
    seen: float


class LiveRules:
    """The rule set of one worker. `current` may be called from any one thread at a time."""

    def __init__(self, settings: Settings, tally: Tally, clock: Callable[[], float] = time.monotonic) -> None:
        """
        Raises:
            UsageError: there is no such folder, or a file is wrong that never was right on this machine.
        """
        self._folder = rules_dir(settings)
        self._copies = settings.state_dir / "rules"
        self._tally = tally
        self._clock = clock
        self._good: dict[str, _Good] = {}
        self._errors: dict[str, str] = {}
        self._looked = clock()
        self._prints = _prints(self._folder)
        self._rules = self._read()
        if lost := [error for name, error in self._errors.items() if name not in self._good]:
            raise UsageError("\n".join(lost))

    def current(self) -> RuleSet:
        """The rules as the files say now, or said when they were last right."""
        now = self._clock()
        if now - self._looked < CHECK_S:
            return self._rules
        self._looked = now
        prints = _prints(self._folder)
        going = any(name not in prints for name in self._good)
        if prints != self._prints or going:
            self._prints = prints
            before = self._rules
            self._rules = self._read()
            _tell_changes(before, self._rules)
        return self._rules

    def _read(self) -> RuleSet:
        now = self._clock()
        files = list(read_rule_files(self._folder))
        warn_of_none(files, self._folder)
        for file in files:
            self._take(file, now)
        present = {file.path.name for file in files}
        self._good = {name: good for name, good in self._good.items() if name in present or now - good.seen < GONE_S}
        self._tell_errors({file.path.name: file.error for file in files if file.error})
        return RuleSet(_without_twins(self._good))

    def _take(self, file: RuleFile, now: float) -> None:
        name = file.path.name
        if file.rule:
            if name not in self._good or self._good[name].rule != file.rule:
                self._keep_copy(file.path)
            self._good[name] = _Good(file.rule, now)
        elif name in self._good:
            self._good[name] = self._good[name]._replace(seen=now)
        elif rule := self._from_copy(name):
            self._good[name] = _Good(rule, now)

    def _keep_copy(self, path: Path) -> None:
        try:
            self._copies.mkdir(parents=True, exist_ok=True)
            replace_content(self._copies / path.name, path.read_bytes())
        except OSError as error:
            log.warning("no copy of a rule could be kept", rule=str(path), error=str(error))

    def _from_copy(self, name: str) -> Rule | None:
        try:
            return parse_rule((self._copies / name).read_text("utf-8"), name)
        except (OSError, UnicodeDecodeError, RuleError):
            return None  # never right here, or of an older version of the language

    def _tell_errors(self, errors: Mapping[str, str]) -> None:
        for name, error in errors.items():
            if self._errors.get(name) != error:
                kept = name in self._good
                log.error("rule file is wrong", error=error, in_use="its last good version" if kept else "nothing")
        self._errors = dict(errors)
        self._tally.wrong_rules = len(errors)


def _prints(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Of each rule file what changes when it is written: time in ns, size, inode. None while the folder is away, as it
    is for a moment when another is put in its place.
    """
    found = {}
    with suppress(OSError), os.scandir(folder) as entries:  # half the time of `Path.glob`, twice a second
        for entry in entries:
            if entry.name.endswith(".toml"):
                with suppress(OSError):  # gone between the two calls
                    stat = entry.stat()
                    found[entry.name] = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
    return found


def _without_twins(good: Mapping[str, _Good]) -> Iterable[Rule]:
    """A file's last good version may have the id that another file has taken since; the one seen last stands."""
    by_id = {one.rule.id: one.rule for one in sorted(good.values(), key=lambda one: one.seen)}
    return by_id.values()


def _tell_changes(before: RuleSet, after: RuleSet) -> None:
    old, new = ({rule.id: rule for rule in rules.rules} for rules in (before, after))
    if old != new:
        log.info(
            "rules changed",
            added=sorted(new.keys() - old.keys()),
            removed=sorted(old.keys() - new.keys()),
            changed=sorted(name for name in old.keys() & new.keys() if old[name] != new[name]),
            enabled=len(new),
        )
