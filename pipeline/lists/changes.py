"""What became of the names of a list over its versions: who is new on it, who has a new name, who is gone.

Only names count: a programme that was renamed makes nobody newly listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal, NamedTuple

from schemas.lists import ListEntry, ListVersion

ChangeKind = Literal["added", "renamed", "removed"]
Signature = frozenset[tuple[str, str]]
"""The names of an entry, each with its kind."""


class NamedVersion(NamedTuple):
    """A version and the names of its entries, by the entry's id."""

    version: ListVersion
    names: Mapping[str, Signature]


@dataclass(frozen=True, slots=True)
class Change:
    """An entry that is not what it was."""

    list: str
    entry_id: str
    kind: ChangeKind
    """renamed: it has a name that it had not, or one that the list called weak before."""
    snapshot: date
    """Date of the version that made the change."""

    @property
    def key(self) -> str:
        """As in the field `lists.matches.entry`."""
        return f"{self.list}/{self.entry_id}"


def signature(entry: ListEntry) -> Signature:
    return frozenset((name.name, name.kind) for name in entry.names)


def named_version(version: ListVersion, entries: Iterable[ListEntry]) -> NamedVersion:
    return NamedVersion(version, {entry.id: signature(entry) for entry in entries})


def find_changes(versions: Sequence[NamedVersion]) -> list[Change]:
    """What is different in the last of *versions* from the first, each dated by the version that made it so.

    Args:
        versions: of one list, oldest first. With fewer than two nothing has changed.
    """
    if len(versions) < 2:
        return []
    dated = _dates(versions)
    oldest, newest = versions[0].names, versions[-1]
    found = ((ident, _kind(oldest.get(ident), newest.names.get(ident))) for ident in dated)
    return [Change(newest.version.list, ident, kind, dated[ident]) for ident, kind in found if kind]


def _dates(versions: Sequence[NamedVersion]) -> dict[str, date]:
    """Of each entry that ever changed when it did so last."""
    dated: dict[str, date] = {}
    for before, after in pairwise(versions):
        for ident in before.names.keys() | after.names.keys():
            if before.names.get(ident) != after.names.get(ident):
                dated[ident] = after.version.snapshot
    return dict(sorted(dated.items()))


def _kind(before: Signature | None, after: Signature | None) -> ChangeKind | None:
    if before is None or after is None:
        return None if before is after else "added" if before is None else "removed"
    return "renamed" if after - before else None
