"""Delete an embedded index on purpose: the first step of building it anew."""

from __future__ import annotations

import fcntl
import shutil
from pathlib import Path
from typing import Final

from agents.index.errors import IndexLockedError, IndexUnavailableError

_WRITER_LOCK: Final = ".tantivy-writer.lock"
"""tantivy's writer holds this file locked for as long as it lives."""


def remove_folder(folder: Path) -> bool:
    """Delete the index in *folder*; return whether there was one.

    Raises:
        IndexLockedError: a process writes it; nothing was deleted.
        IndexUnavailableError: the folder cannot be deleted.
    """
    if not folder.is_dir():
        return False
    try:
        with (folder / _WRITER_LOCK).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder)
    except BlockingIOError as error:
        raise IndexLockedError(f"a process writes the index in {folder}; stop the indexer first") from error
    except OSError as error:
        raise IndexUnavailableError(f"the index in {folder} cannot be deleted: {error}") from error
    return True
