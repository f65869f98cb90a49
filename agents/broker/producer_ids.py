"""Ids for idempotent producers. An id is never given twice, also not after a crash: blocks of them are reserved on
the disk."""

from __future__ import annotations

import json
from pathlib import Path

from agents.broker.config import BrokerError
from agents.broker.files import write_atomically

_BLOCK = 1000


class ProducerIds:
    """Hands out 0, 1, 2, ... with a gap after each restart."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._next = self._reserved = _read(path)

    def take(self) -> int:
        """The next id. OSError when a new block cannot be reserved."""
        if self._next >= self._reserved:
            reserved = self._next + _BLOCK
            write_atomically(self._path, json.dumps({"reserved": reserved}).encode())
            self._reserved = reserved
        self._next += 1
        return self._next - 1


def _read(path: Path) -> int:
    if not path.exists():
        return 0
    try:
        return int(json.loads(path.read_bytes())["reserved"])
    except (ValueError, KeyError, TypeError) as error:
        raise BrokerError(
            f'{path} cannot be read ({error}). Write {{"reserved": N}} into it, with N above any producer id in use.'
        ) from error
