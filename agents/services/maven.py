"""Maven as a downloader: its own settings know the repositories and mirrors, so no address stands here."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Final

from agents.services.errors import ServiceError

Tell = Callable[[str], None]
"""Takes one line of progress for a person."""

_PROGRESS: Final = re.compile(r"Progress \(\d+\): (.+)")
_DONE: Final = re.compile(r"Downloaded from [^:]+: \S+/([^/\s]+) \((.+)\)")
_KEPT_LINES: Final = 40
"""Maven's last lines, for the message when it fails."""


def progress_of(line: str) -> str | None:
    """What a line of Maven's output says about a download; None when it says nothing of it."""
    if found := _PROGRESS.match(line):
        return found[1].strip()
    if found := _DONE.match(line):
        return f"{found[1]} ({found[2]})"
    return None


def copy_dependencies(pom: Path, folder: Path, java_home: Path, tell: Tell) -> None:
    """Put every artifact that the *pom* names into the *folder*. Blocks.

    Raises:
        ServiceError: Maven is not installed or fails.
    """
    program = shutil.which("mvn")
    if program is None:
        raise ServiceError("Maven is not installed (the command `mvn`); on Debian: apt-get install maven")
    command = [program, "-Dstyle.color=never", "-f", str(pom), "dependency:copy-dependencies"]
    last: deque[str] = deque(maxlen=_KEPT_LINES)
    with subprocess.Popen(
        [*command, f"-DoutputDirectory={folder}"],
        cwd=folder.parent,
        env=os.environ | {"JAVA_HOME": str(java_home)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        assert process.stdout is not None
        try:
            for line in _lines(process.stdout):
                if progress := progress_of(line):
                    tell(progress)
                elif line.startswith("[ERROR]"):
                    last.append(line)
        except BaseException:
            process.kill()
            raise
    if process.returncode != 0:
        raise ServiceError(f"Maven failed ({' '.join(command)}):\n" + "\n".join(last)[-2000:])


def _lines(stream: IO[bytes]) -> Iterator[str]:
    """Maven rewrites its progress line with carriage returns."""
    rest = b""
    while chunk := os.read(stream.fileno(), 65536):
        *whole, rest = re.split(rb"[\r\n]+", rest + chunk)
        yield from (line.decode("utf-8", "replace").strip() for line in whole)
    yield rest.decode("utf-8", "replace").strip()
