"""What the life cycle needs to know of a server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from agents.services.account import Account
from agents.services.jdk import Jdk, Need
from agents.settings import Settings


@dataclass(frozen=True)
class Start:
    """Everything one start of a server is told."""

    settings: Settings
    home: Path
    """The server's own folder: configuration, `data/`, `logs/`, which exists when it starts."""
    files: Path
    """Folder with the checked files of its release."""
    jdk: Jdk
    port: int
    account: Account | None
    """Whom to run as; None means whoever calls."""


@dataclass(frozen=True, kw_only=True)
class Service:
    """A server that `tocsin services` can run."""

    name: str
    title: str
    need: Need
    variable: str
    """The setting's environment variable that points Tocsin at it."""
    scheme: str
    port: Callable[[Settings], int]
    """The port that the settings ask for; 0 leaves it open."""
    account: Callable[[], Account | None]
    start: Callable[[Start], int]
    """Write the configuration, launch, return the process id. Raises ServiceError."""
    is_ready: Callable[[int], bool]
    """Whether the server on this port answers a request. Blocks for a few seconds at most; never raises."""
    stop_timeout_s: float
    """Between SIGTERM and SIGKILL."""

    def url(self, port: int) -> str:
        return f"{self.scheme}://127.0.0.1:{port}"

    def log(self, home: Path) -> Path:
        """What the server writes while it runs."""
        return home / "logs" / f"{self.name}.log"

    def output(self, home: Path) -> Path:
        """Its standard output and error: what it says before its log is open, or as it dies."""
        return home / "logs" / "output.log"
