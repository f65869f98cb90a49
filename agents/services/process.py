"""Processes that outlive the command which started them, told apart from strangers that got the same number."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from agents.services.account import Account
from agents.services.errors import ServiceError

_LAUNCH: Final = 'log=$1; shift; "$@" </dev/null >>"$log" 2>&1 & echo $!'
"""The shell ends at once, so that the server belongs to nobody: no zombie is left with whoever called."""
_BOOT_ID: Final = Path("/proc/sys/kernel/random/boot_id")
_LOOK_EVERY_S: Final = 0.1


def launch(command: Sequence[str], log: Path, environ: Mapping[str, str], account: Account | None = None) -> int:
    """Start a server in a session of its own, its output added to the file *log*; its process id.

    Raises:
        ServiceError: this process may not become the *account*.
    """
    switch = account.as_options() if account else {}
    try:
        done = subprocess.run(
            ["/bin/sh", "-c", _LAUNCH, "sh", str(log), *command],
            env=dict(environ),
            cwd=log.parent,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            start_new_session=True,
            **switch,
        )
    except PermissionError as error:
        raise ServiceError(f"{command[0]} cannot be started as the user {account and account.name}: {error}") from error
    return int(done.stdout)


def started_at(pid: int) -> str | None:
    """When the process began, in words that no other process of this number shares; None when it does not run."""
    return _started_by_proc(pid) if _BOOT_ID.exists() else _started_by_ps(pid)


def _started_by_proc(pid: int) -> str | None:
    try:
        said = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    # proc(5): field 2, the name, may hold blanks; 3 is the state, 22 the start in clock ticks since the system's boot.
    fields = said.rpartition(")")[2].split()
    return None if fields[0] in "ZX" else f"{_BOOT_ID.read_text().strip()} {fields[19]}"


def _started_by_ps(pid: int) -> str | None:
    done = subprocess.run(["ps", "-o", "stat=,lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    state, _, start = done.stdout.strip().partition(" ")
    return None if not state or state.startswith("Z") else start.strip()


def is_running(pid: int, started: str) -> bool:
    """Whether the process that began then still runs."""
    return started_at(pid) == started


def stop(pid: int, started: str, grace_s: float) -> bool:
    """SIGTERM, wait, then SIGKILL for its whole group; whether it ended by itself. Blocks.

    Raises:
        ServiceError: it belongs to somebody else, or survives.
    """
    try:
        if is_running(pid, started):
            os.kill(pid, signal.SIGTERM)
        if _ended(pid, started, grace_s):
            return True
        with contextlib.suppress(ProcessLookupError):
            os.killpg(os.getpgid(pid), signal.SIGKILL)
    except PermissionError as error:
        raise ServiceError(f"process {pid} belongs to another user; stop it as that user or as root") from error
    if not _ended(pid, started, 10.0):
        raise ServiceError(f"process {pid} does not end, not even by SIGKILL")
    return False


def _ended(pid: int, started: str, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while is_running(pid, started):
        if time.monotonic() > deadline:
            return False
        time.sleep(_LOOK_EVERY_S)
    return True
