"""Data files that come with the package. Mapped into memory, they are shared by processes, with no time to load."""

from __future__ import annotations

import mmap
from contextlib import ExitStack
from pathlib import Path
from typing import Final

_OPEN_FILES: Final = ExitStack()
"""Holds packaged files open for the life of the process; only a zipped package needs it."""


def packaged_file(package: str, name: str) -> Path:
    """Where the file *name* in the folder `data` of *package* is, or should be: whoever opens it says what is wrong."""
    from importlib.resources import as_file, files  # noqa: PLC0415  (5 ms, and an import opens no file)

    resource = files(package).joinpath("data", name)
    return _OPEN_FILES.enter_context(as_file(resource)) if resource.is_file() else Path(str(resource))


def map_file(path: Path) -> mmap.mmap:
    """The bytes of *path*, for reading.

    Raises:
        OSError: it cannot be read.
        ValueError: it is empty.
    """
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
