"""The lists as the processes of one enricher find them: compiled indices, and a pointer that names the one in use.

    current.json    {"index": file name, "threshold": score, "allowed": [AllowDecision...]}
    index-<digest>  compiled lists; written under another name first, like the pointer

The pointer is replaced in one step, so that a process sees the old lists or the new ones, never half of either. An
index is mapped: all processes share one copy, and one that still reads an old index keeps it until it looks again.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import orjson

from agents.settings import Settings
from pipeline.lists.index import ListIndex
from pipeline.lists.layout import MAGIC
from pipeline.lists.screening import Screener
from schemas.lists import AllowDecision, ListVersion

POINTER: Final = "current.json"
_COMPILER: Final = "1"
"""Raised when the same lists compile to other bytes."""


def lists_folder(settings: Settings) -> Path:
    """Of this worker: two enrichers on one machine do not clean up each other's files."""
    return settings.state_dir / "lists" / settings.worker_id


def index_name(versions: Sequence[ListVersion]) -> str:
    """File name of the compiled form of these versions."""
    said = "\n".join(f"{version.list} {version.id} {version.sha256}" for version in versions)
    return f"index-{sha256(MAGIC + _COMPILER.encode() + said.encode()).hexdigest()[:24]}"


def replace_file(path: Path, content: bytes) -> None:
    """Write *content* so that a reader sees the old file or the new one."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    beside.write_bytes(content)
    beside.replace(path)


def write_pointer(folder: Path, index: str, threshold: float, decisions: Sequence[AllowDecision]) -> bool:
    """Point at *index*; whether that changed anything."""
    allowed = [decision.model_dump(mode="json") for decision in decisions]
    content = orjson.dumps({"index": index, "threshold": threshold, "allowed": allowed})
    path = folder / POINTER
    if path.exists() and path.read_bytes() == content:
        return False
    replace_file(path, content)
    return True


def remove_others(folder: Path, index: str) -> None:
    """Remove indices that the pointer no longer names."""
    for path in folder.glob("index-*"):
        if path.name != index:
            path.unlink(missing_ok=True)


def index_in_use(settings: Settings) -> str | None:
    """File name of the index that this worker's enricher screens with. None where it has written none yet."""
    try:
        found: str = orjson.loads((lists_folder(settings) / POINTER).read_bytes())["index"]
    except OSError:
        return None
    return found


def read_screener(pointer: Path) -> Screener:
    """What the pointer names.

    Raises:
        OSError: the files are not there, or were just replaced.
        BrokenIndexError: the index is of another release.
    """
    said: dict[str, Any] = orjson.loads(pointer.read_bytes())
    with (pointer.parent / said["index"]).open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    allowed = allowed_by_entry(map(AllowDecision.model_validate, said["allowed"]))
    return Screener(ListIndex(memoryview(mapped)), said["threshold"], allowed)


def allowed_by_entry(decisions: Iterable[AllowDecision]) -> dict[tuple[str, str], list[AllowDecision]]:
    """As a screener takes them: by list and entry."""
    allowed: dict[tuple[str, str], list[AllowDecision]] = {}
    for decision in decisions:
        allowed.setdefault((decision.list, decision.entry_id), []).append(decision)
    return allowed


class CurrentLists:
    """The screener in use, looked after between articles."""

    def __init__(self, pointer: Path) -> None:
        self._pointer = pointer
        self._stamp: tuple[int, int] | None = None
        self._screener: Screener | None = None

    def screener(self) -> Screener | None:
        """The screener of the newest lists; None when there are none. One `stat` when nothing has changed.

        Raises:
            BrokenIndexError: the index cannot be used; the enricher makes a new one when it starts.
        """
        try:
            found = self._pointer.stat()
            stamp = (found.st_ino, found.st_mtime_ns)
            if stamp != self._stamp:
                found_lists = read_screener(self._pointer)
                self._screener = found_lists if len(found_lists.index) else None
                self._stamp = stamp
        except OSError:
            # Replaced between two of our steps, or not there yet: the lists that we have are the newest whole ones.
            return self._screener
        return self._screener
