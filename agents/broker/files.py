"""Small files that are either the old or the new version, whatever happens, and the lock on the data folder."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import IO

from agents.broker.config import BrokerError


def write_atomically(path: Path, content: bytes) -> None:
    """Write beside, force to the disk, rename. Blocks. OSError leaves the old file in place."""
    beside = path.with_name(path.name + ".tmp")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make new and renamed names in this folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def lock_folder(folder: Path) -> IO[str]:
    """Hold the folder for this process until the returned file is closed or the process ends.

    Raises BrokerError naming the process that holds it already."""
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / "lock").open("a+", encoding="ascii")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.seek(0)
        holder = file.read(20).strip() or "unknown"
        file.close()
        raise BrokerError(
            f"The data folder {folder} is in use by another broker (process {holder}). "
            "Stop that one or choose another folder."
        ) from None
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file
