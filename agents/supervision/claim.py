"""The names that workers work under, held for as long as their supervisor lives.

Agents join their consumer groups under `AGENT-WORKER_ID`, so that a restarted one takes up where it left off. Two at
once under one name would take the place from each other for ever, and no article would be read.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from agents.errors import SettingsError, UsageError
from agents.settings import Settings


def make_folder(folder: Path) -> None:
    """Make *folder*, and see that files can be made in it.

    Raises:
        SettingsError: they cannot.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".writable").touch()
        (folder / ".writable").unlink(missing_ok=True)
    except OSError as error:
        raise SettingsError(
            f"data folder {folder}: {error.strerror}; set TOCSIN_DATA_DIR or --data-dir to a folder of yours"
        ) from error


@contextmanager
def _held(path: Path) -> Iterator[bool]:
    """Whether this process got hold of the file; the system lets go of it when the process ends, however it ends."""
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


@contextmanager
def claim_names(settings: Settings, agents: Iterable[str]) -> Iterator[None]:
    """Hold the names of these agents in the data folder.

    Raises:
        SettingsError: the data folder cannot be written.
        UsageError: one of them runs already under this worker's name.
    """
    folder = settings.state_dir / "names"
    make_folder(settings.data_dir)
    make_folder(folder)
    with ExitStack() as stack:
        for agent in agents:
            path = folder / f"{settings.topic_prefix}.{agent}-{settings.worker_id}"
            if not stack.enter_context(_held(path)):
                raise UsageError(
                    f"{agent} runs already as worker {settings.worker_id!r} in {settings.data_dir}: "
                    "stop that one, or give this worker another name with --id"
                )
        yield
