"""All groups that one stream of matches has open, and the clock that moves them: the event time of the newest match.

Bounds: a rule has at most `MAX_RULE_POINTS` points and all rules together `MAX_POINTS`. At a bound the groups that have
been still for longest go: what they held is decided at once, what they counted is forgotten, and `cut` says how much. A
window can then miss an alert; none can come twice.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from pipeline.alerting.group import NEVER, Fired, Group, next_due, receive, release, settle
from schemas.alert import Match

MAX_RULE_POINTS: Final = 20_000
"""Points and held matches of one rule: some 6 MB."""
MAX_POINTS: Final = 200_000
"""Those of all rules: some 60 MB."""
_KEEP: Final = 0.9
"""Part of a bound that is left when it is reached, so that it is not reached again by the next match."""
_SPARE_ENTRIES: Final = 1_000
"""Passed entries that the list of due times may hold besides twice the groups, before it is made anew."""

RuleKey = tuple[str, int]
"""Rule id and version: a new version starts with empty windows."""
GroupKey = tuple[str, int, str]
"""Rule id, rule version, group."""


@dataclass
class Windows:
    """The open groups of one partition and mode. `take` changes it; work on a copy where the outcome may be dropped."""

    groups: dict[GroupKey, Group] = field(default_factory=dict)
    due: list[tuple[datetime, GroupKey]] = field(default_factory=list)
    """When groups have something to do, sorted; entries of a group that has something else to do since are passed."""
    sizes: Counter[RuleKey] = field(default_factory=Counter)
    clock: datetime = NEVER
    late: int = 0
    """Matches that came later than their rule waits, after something later of their group had been decided."""
    too_late: int = 0
    """Those among them that no condition could judge any more."""
    cut: int = 0
    """Points forgotten at a bound."""
    max_rule_points: int = MAX_RULE_POINTS
    max_points: int = MAX_POINTS

    def copy(self) -> Windows:
        return replace(self, groups=dict(self.groups), due=list(self.due), sizes=Counter(self.sizes))

    @property
    def size(self) -> int:
        """Points and held matches of all groups."""
        return self.sizes.total()

    def take(self, match: Match) -> list[Fired]:
        """What fires as event time moves on to *match* and as it is taken in, in that order."""
        fired = self.advance(match.event_time)
        if match.condition is None and not match.lateness_seconds:
            return [*fired, Fired(match)]
        key = (match.rule_id, match.rule_version, match.group)
        before = self.groups.get(key, Group())
        group, took, now = receive(before, match, self.clock)
        self.late += took in ("late", "too_late")
        self.too_late += took == "too_late"
        if group is not before:
            self._put(key, group)
            now = (*now, *self._bound(key[:2]))
        return [*fired, *now]

    def advance(self, moment: datetime) -> list[Fired]:
        """Let event time go on to *moment*; groups act in the order in which they are due."""
        self.clock = max(self.clock, moment)
        fired: list[Fired] = []
        while self.due and self.due[0][0] < self.clock:
            due, key = self.due.pop(0)
            group = self.groups.get(key)
            if group is None or next_due(group) != due:
                continue
            after, now = settle(group, due)
            fired += now
            if after is None:
                self._drop(key)
            else:
                self._put(key, after)
        return fired

    def finish(self) -> list[Fired]:
        """Decide what waits for earlier articles: none will come. Silences are not told, since time does not pass."""
        fired: list[Fired] = []
        for key, group in sorted(self.groups.items()):
            after, now = release(group)
            self._put(key, after)
            fired += now
        return fired

    def _put(self, key: GroupKey, group: Group) -> None:
        before = self.groups.get(key)
        self.groups[key] = replace(group, cut=0)
        self.sizes[key[:2]] += group.size - (before.size if before else 0)
        self.cut += group.cut
        entry = next_due(group), key
        at = bisect_left(self.due, entry)
        if at == len(self.due) or self.due[at] != entry:
            self.due.insert(at, entry)
        if len(self.due) > 2 * len(self.groups) + _SPARE_ENTRIES:
            self.due = sorted((next_due(group), key) for key, group in self.groups.items())

    def _drop(self, key: GroupKey) -> Group:
        group = self.groups.pop(key)
        self.sizes[key[:2]] -= group.size
        if not self.sizes[key[:2]]:
            del self.sizes[key[:2]]
        return group

    def _bound(self, rule: RuleKey) -> list[Fired]:
        fired: list[Fired] = []
        if self.sizes[rule] > self.max_rule_points:
            own = [key for key in self.groups if key[:2] == rule]
            fired += self._forget(own, self.sizes[rule] - int(self.max_rule_points * _KEEP))
        if self.size > self.max_points:
            fired += self._forget(self.groups, self.size - int(self.max_points * _KEEP))
        return fired

    def _forget(self, keys: Iterable[GroupKey], points: int) -> list[Fired]:
        fired: list[Fired] = []
        for key in sorted(keys, key=lambda key: (self.groups[key].decided_until, key)):
            if points <= 0:
                break
            group = self._drop(key)
            points -= group.size
            self.cut += group.size
            fired += release(group)[1]
        return fired
