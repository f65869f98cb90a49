"""Committed offsets of consumer groups, in memory and in `offsets.jsonl`.

The file is a journal: every commit or deletion appends one line, and a start replays them. When most lines are
outdated the file is written anew from memory. A torn last line was never acknowledged and is cut off.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from agents.broker.files import write_atomically

logger = logging.getLogger(__name__)

TopicPartition = tuple[str, int]

MAX_METADATA_CHARS = 4096
"""Longest note a client may attach to an offset (Kafka's default)."""
_REWRITE_FACTOR = 4
_REWRITE_AT_LEAST_LINES = 2000


class Committed(NamedTuple):
    """A group's place in a partition: the offset of the next message to read. `at_ms` is the wall clock of the
    commit."""

    offset: int
    leader_epoch: int
    metadata: str
    at_ms: int


class OffsetStore:
    """Group -> (topic, partition) -> Committed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._groups: dict[str, dict[TopicPartition, Committed]] = {}
        self._lines = 0
        self.unsynced = False
        """True when lines were written since the file was last forced to the disk."""

    def load(self) -> None:
        """Replay the journal."""
        if not self._path.exists():
            return
        content = self._path.read_bytes()
        whole = content.rfind(b"\n") + 1
        if whole < len(content):
            logger.warning("%s: cut a torn last line of %d bytes", self._path, len(content) - whole)
            os.truncate(self._path, whole)
        for number, line in enumerate(content[:whole].splitlines(), start=1):
            self._replay(number, line)

    def groups(self) -> list[str]:
        """Names of the groups that have committed something."""
        return list(self._groups)

    def has(self, group: str) -> bool:
        """True when the group has committed something."""
        return group in self._groups

    def of(self, group: str) -> dict[TopicPartition, Committed]:
        """A copy of everything the group has committed."""
        return dict(self._groups.get(group, {}))

    def get(self, group: str, topic: str, partition: int) -> Committed | None:
        """None when the group never committed there."""
        return self._groups.get(group, {}).get((topic, partition))

    def commit(self, group: str, offsets: dict[TopicPartition, Committed]) -> None:
        """Remember these places. OSError when the disk refuses, and then nothing is remembered."""
        self._write([_line(group, where, committed) for where, committed in offsets.items()])
        self._groups.setdefault(group, {}).update(offsets)

    def forget(self, group: str, partitions: Iterable[TopicPartition]) -> None:
        """Remove some places of a group; those it never had are skipped."""
        known = [where for where in partitions if where in self._groups.get(group, {})]
        self._write([_line(group, where, None) for where in known])
        self._remove(group, known)

    def forget_group(self, group: str) -> None:
        """Remove all places of a group."""
        self.forget(group, self.of(group))

    def forget_topic(self, topic: str) -> None:
        """Remove the places of every group in a topic that is being deleted: a new one of that name begins at 0."""
        for group in self.groups():
            self.forget(group, [where for where in self.of(group) if where[0] == topic])

    def expire(self, group: str, before_ms: int) -> None:
        """Remove what the group committed before this moment."""
        self.forget(group, [where for where, committed in self.of(group).items() if committed.at_ms < before_ms])

    def sync(self) -> None:
        """Force the journal to the disk. Blocks; call it from a thread."""
        self.unsynced = False
        if not self._path.exists():
            return
        file = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(file)
        except OSError:
            self.unsynced = True
            raise
        finally:
            os.close(file)

    def rewrite_when_worthwhile(self) -> bool:
        """Write the journal anew when most of its lines are outdated. Blocks for the time of one small file."""
        live = sum(len(places) for places in self._groups.values())
        if self._lines < max(_REWRITE_AT_LEAST_LINES, _REWRITE_FACTOR * live):
            return False
        lines = [_line(group, where, it) for group, places in self._groups.items() for where, it in places.items()]
        write_atomically(self._path, b"".join(lines))
        self._lines = len(lines)
        return True

    def _write(self, lines: list[bytes]) -> None:
        if not lines:
            return
        content = b"".join(lines)
        file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            before = os.fstat(file).st_size
            if os.write(file, content) != len(content):
                os.ftruncate(file, before)
                raise OSError(28, "No space left on device", str(self._path))
        finally:
            os.close(file)
        self._lines += len(lines)
        self.unsynced = True

    def _remove(self, group: str, partitions: Iterable[TopicPartition]) -> None:
        places = self._groups.get(group, {})
        for where in partitions:
            places.pop(where, None)
        if not places:
            self._groups.pop(group, None)

    def _replay(self, number: int, line: bytes) -> None:
        self._lines += 1
        try:
            group, topic, partition, committed = json.loads(line)
            place = Committed(*committed) if committed is not None else None
        except (ValueError, TypeError) as error:
            # An older line for the same place, if there is one, stays in force: its group reads some messages again.
            logger.error("%s line %d cannot be read and is skipped: %s", self._path, number, error)
            return
        if place is None:
            self._remove(group, [(topic, partition)])
        else:
            self._groups.setdefault(group, {})[(topic, partition)] = place


def _line(group: str, where: TopicPartition, committed: Committed | None) -> bytes:
    return json.dumps([group, *where, committed], separators=(",", ":")).encode() + b"\n"
