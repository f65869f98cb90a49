"""The released files of a server: fetched once per user, compared with the lock before every use."""

from __future__ import annotations

import hashlib
import math
import shutil
import tempfile
import time
from pathlib import Path
from typing import Final

import platformdirs

from agents.services.checksums import checksums, differing, parse_lock
from agents.services.errors import ServiceError
from agents.services.maven import Tell, copy_dependencies

_TELL_EVERY_S: Final = 2.0
"""Maven tells several times a second, too often for a log."""

FILES: Final = Path(__file__).with_name("files")
"""One folder per server: `pom.xml` names what is fetched, `files.sha512` is the lock."""


def pom_path(name: str) -> Path:
    return FILES / name / "pom.xml"


def lock_path(name: str) -> Path:
    return FILES / name / "files.sha512"


def cache_folder(name: str, lock_text: str, cache: Path | None = None) -> Path:
    """One folder for each content of the lock file, so that a new release never meets an old one's files."""
    parent = platformdirs.user_cache_path("tocsin", appauthor=False) if cache is None else cache
    return parent / f"{name}-{hashlib.sha256(lock_text.encode()).hexdigest()[:16]}"


def fetch(name: str, java_home: Path, tell: Tell, *, cache: Path | None = None) -> Path:
    """The folder with the checked files of the server *name*; downloads them when this user has none. Blocks.

    Args:
        cache: folder to keep them in; None means the user's cache folder.

    Raises:
        ServiceError: Maven fails, or a file is not the one that was locked; such files are deleted, never used.
    """
    lock_text = lock_path(name).read_text("ascii")
    folder = cache_folder(name, lock_text, cache)
    if not folder.exists():
        _download(name, folder, parse_lock(lock_text), java_home, tell)
    check(folder, parse_lock(lock_text))
    return folder


def check(folder: Path, locked: dict[str, str]) -> None:
    """Compare every file with the lock; a folder that differs is deleted.

    Raises:
        ServiceError: naming the first files that differ.
    """
    if wrong := differing(locked, checksums(folder)):
        shutil.rmtree(folder)
        raise ServiceError(
            f"{folder}: refused and deleted, for these files are not as locked: {', '.join(wrong[:5])}. Run the "
            "command again to fetch them anew; if it happens again, Maven's own copy (in its local repository) or the "
            "published files differ from those that were tested."
        )


def _download(name: str, folder: Path, locked: dict[str, str], java_home: Path, tell: Tell) -> None:
    """Fetch beside, check, rename: whatever interrupts it, the cache holds everything or nothing."""
    tell(f"fetching {name}: {len(locked)} files")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{name}-") as beside:
        fetched = Path(beside) / "files"
        copy_dependencies(pom_path(name), fetched, java_home, at_most_every(_TELL_EVERY_S, name, tell))
        check(fetched, locked)
        if not folder.exists():  # another process may have been quicker
            fetched.rename(folder)


def at_most_every(seconds: float, name: str, tell: Tell) -> Tell:
    """Pass on what is told of fetching *name*, but not more often than that; the first at once."""
    last = -math.inf

    def calm(progress: str) -> None:
        nonlocal last
        if time.monotonic() - last >= seconds:
            last = time.monotonic()
            tell(f"fetching {name}: {progress}")

    return calm
