"""Whom a server runs as: Elasticsearch refuses to run as root, so root starts it as an unprivileged user."""

from __future__ import annotations

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from agents.services.errors import ServiceError

_NAMES: Final = ("elasticsearch", "nobody")


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int

    def as_options(self) -> dict[str, Any]:
        """Options of `subprocess` that change the user."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def unprivileged_account() -> Account | None:
    """Whom root starts a server as; None for everyone else, who starts it as himself.

    Raises:
        ServiceError: there is no such user here.
    """
    if os.geteuid() != 0:
        return None
    for name in _NAMES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise ServiceError(
        f"Elasticsearch refuses to run as root, and there is no user {' or '.join(_NAMES)} to run it as. "
        "Run the command as another user, or add one: useradd --system elasticsearch"
    )


def may_enter(folder: Path, account: Account) -> bool:
    """Whether the *account* may pass through the *folder* and all above it; those that do not exist yet count."""
    existing = (one for one in (folder, *folder.parents) if one.exists())
    return all(_passes(one.stat(), account) for one in existing)


def _passes(found: os.stat_result, account: Account) -> bool:
    if found.st_uid == account.uid:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == account.gid:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)


def give(folder: Path, account: Account) -> None:
    """Make the *folder* and what is in it the *account*'s, without following links."""
    if folder.stat().st_uid == account.uid:
        return
    for path, folders, files in os.walk(folder, topdown=False):
        for name in (*folders, *files):
            os.chown(Path(path) / name, account.uid, account.gid, follow_symlinks=False)
    os.chown(folder, account.uid, account.gid, follow_symlinks=False)
