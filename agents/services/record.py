"""What is remembered of a server between two commands, and the lock that keeps two commands apart."""

from __future__ import annotations

import fcntl
import socket
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from agents.broker.files import write_atomically
from agents.services.errors import ServiceError
from agents.services.maven import Tell
from agents.services.process import is_running

FILE_NAME: Final = "service.json"
LOOPBACK: Final = "127.0.0.1"


class Record(BaseModel):
    """`service.json` in a server's folder. It stays when the server is stopped: the next start takes the same port."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    port: int
    pid: int | None = None
    """None when it was stopped."""
    started: str | None = None
    """When that process began, so that another process with its number is not taken for it."""

    @property
    def runs(self) -> bool:
        return self.pid is not None and self.started is not None and is_running(self.pid, self.started)


def read_record(home: Path) -> Record | None:
    """What is remembered; None when nothing is, or what is there cannot be read."""
    try:
        return Record.model_validate_json((home / FILE_NAME).read_bytes())
    except (FileNotFoundError, ValidationError):
        return None


def write_record(home: Path, record: Record) -> None:
    write_atomically(home / FILE_NAME, record.model_dump_json().encode())


@contextmanager
def only_command(folder: Path, tell: Tell) -> Iterator[None]:
    """Hold the *folder* against other commands that start or stop servers in it; waits for them."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell(f"waiting for another command that works in {folder}")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def choose_port(name: str, given: int, before: int | None) -> int:
    """The port *given*, else the one it had *before*, else a free one.

    Raises:
        ServiceError: the given port is taken.
    """
    if given:
        if not is_free(given):
            raise ServiceError(
                f"port {given} for {name} is in use by another program; give another, or 0 for a free one"
            )
        return given
    if before is not None and is_free(before):
        return before
    return free_port()


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As the servers do it: connections of a predecessor that are still dying do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port(besides: Collection[int] = ()) -> int:
    """A port of loopback that nobody uses now, and none of *besides*, which are promised to somebody."""
    return free_ports(1, besides)[0]


def free_ports(count: int, besides: Collection[int] = ()) -> tuple[int, ...]:
    """*count* different ports, as `free_port`: asked one after the other, the system may give one twice."""
    ports: list[int] = []
    with ExitStack() as held:
        while len(ports) < count:
            probe = held.enter_context(socket.socket())
            probe.bind((LOOPBACK, 0))
            port = int(probe.getsockname()[1])
            if port not in besides:
                ports.append(port)
    return tuple(ports)
