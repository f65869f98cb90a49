"""Start, look at and stop the local servers.

up:    lock -> what runs already -> JDKs of the others -> their files -> start each -> wait until it answers
down:  lock -> SIGTERM each, SIGKILL after a grace
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from agents.services.account import Account, may_enter
from agents.services.download import fetch
from agents.services.elasticsearch import ELASTICSEARCH
from agents.services.errors import ServiceError
from agents.services.jdk import Jdk
from agents.services.jdk_probe import find_jdk
from agents.services.kafka import KAFKA
from agents.services.log_files import last_lines
from agents.services.maven import Tell
from agents.services.process import started_at, stop
from agents.services.record import Record, choose_port, only_command, read_record, write_record
from agents.services.service import Service, Start
from agents.settings import Settings

SERVICES: Final[tuple[Service, ...]] = (KAFKA, ELASTICSEARCH)
_READY_TIMEOUT_S: Final = 180.0
_LOOK_EVERY_S: Final = 0.2
_SYSTEM_DIR: Final = Path("/var/lib/tocsin")

State = Literal["running", "not answering", "stopped"]


@dataclass(frozen=True)
class ServiceStatus:
    """One server as it was found."""

    name: str
    title: str
    state: State
    url: str | None
    """Where it listens. None when it was never started here."""
    variable: str
    """The environment variable that points Tocsin at it."""
    pid: int | None
    folder: Path
    log: Path


def services_named(names: Sequence[str]) -> tuple[Service, ...]:
    """The servers of these names, all when there are none.

    Raises:
        ServiceError: there is no such server.
    """
    known = {service.name: service for service in SERVICES}
    if unknown := [name for name in names if name not in known]:
        raise ServiceError(f"no service {unknown[0]!r}; there are {', '.join(known)}")
    return tuple(service for service in SERVICES if not names or service.name in names)


def home_of(settings: Settings, service: Service) -> Path:
    """The server's folder: below the data folder, unless the user it runs as may not enter that."""
    home = settings.services_dir / service.name
    account = service.account()
    if account is None or may_enter(home, account):
        return home
    # Root's home is closed to others. A folder of root's own, one for each data folder, is open.
    own = hashlib.sha256(str(settings.services_dir).encode()).hexdigest()[:12]
    return _SYSTEM_DIR / own / service.name


def status(settings: Settings, names: Sequence[str] = ()) -> list[ServiceStatus]:
    """Look at the servers of this data folder. Blocks for seconds when one hangs."""
    return [_status(settings, service) for service in services_named(names)]


def _status(settings: Settings, service: Service) -> ServiceStatus:
    home = home_of(settings, service)
    record = read_record(home)
    runs = record is not None and record.runs
    state: State = "stopped"
    if record is not None and runs:
        state = "running" if service.is_ready(record.port) else "not answering"
    return ServiceStatus(
        name=service.name,
        title=service.title,
        state=state,
        url=service.url(record.port) if record else None,
        variable=service.variable,
        pid=record.pid if record and runs else None,
        folder=home,
        log=service.log(home),
    )


def up(settings: Settings, names: Sequence[str] = (), *, tell: Tell) -> list[ServiceStatus]:
    """Start those servers that do not run, and wait until all answer. Blocks.

    Args:
        tell: takes lines of progress.

    Raises:
        ServiceError: one cannot be had or does not start; those that were started before it run on.
    """
    services = services_named(names)
    with only_command(settings.services_dir, tell):
        absent = [service for service in services if not _runs(settings, service, tell)]
        # All that can fail without a server having been started comes first.
        starts = [_prepare(settings, service, jdk, tell) for service, jdk in _jdks(absent, tell)]
        for service, start in starts:
            _launch(service, start, tell)
        for service in services:
            _wait(settings, service, tell)
    return status(settings, names)


def _runs(settings: Settings, service: Service, tell: Tell) -> bool:
    record, asked = read_record(home_of(settings, service)), service.port(settings)
    if record is None or not record.runs:
        return False
    if asked not in (0, record.port):
        tell(f"warning: {service.title} runs on port {record.port}, not {asked}; stop it first to move it")
    return True


def _jdks(services: Iterable[Service], tell: Tell) -> list[tuple[Service, Jdk]]:
    found = [(service, find_jdk(service.need, service.account())) for service in services]
    for warning in dict.fromkeys(warning for _, jdk in found for warning in jdk.warnings):
        tell(f"warning: {warning}")
    return found


def _prepare(settings: Settings, service: Service, jdk: Jdk, tell: Tell) -> tuple[Service, Start]:
    files = fetch(service.name, jdk.home, tell)
    home, account = home_of(settings, service), service.account()
    before = read_record(home)
    port = choose_port(service.title, service.port(settings), before.port if before else None)
    return service, Start(settings, home, files, jdk, port, account)


def _make_home(home: Path, account: Account | None) -> None:
    """Folders that are made here can be entered by the server's user, whatever the umask."""
    missing = [folder for folder in (home, *home.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir()
        if account is not None:
            folder.chmod(0o755)
    (home / "logs").mkdir(exist_ok=True)


def _launch(service: Service, start: Start, tell: Tell) -> None:
    tell(f"starting {service.title} on port {start.port} in {start.home} (Java {start.jdk.version})")
    _make_home(start.home, start.account)
    pid = service.start(start)
    started = started_at(pid)
    if started is None:
        raise _failed(service, start.home)
    write_record(start.home, Record(port=start.port, pid=pid, started=started))


def _wait(settings: Settings, service: Service, tell: Tell) -> None:
    home = home_of(settings, service)
    record = read_record(home)
    deadline = time.monotonic() + _READY_TIMEOUT_S
    while record is not None and record.runs:
        if service.is_ready(record.port):
            tell(f"{service.title} answers at {service.url(record.port)}")
            return
        if time.monotonic() > deadline:
            raise ServiceError(
                f"{service.title} (process {record.pid}) runs but does not answer; see `tocsin services logs "
                f"{service.name}`, and `tocsin services down` ends it"
            )
        time.sleep(_LOOK_EVERY_S)
    raise _failed(service, home)


def _failed(service: Service, home: Path) -> ServiceError:
    said = [line for path in (service.output(home), service.log(home)) for line in last_lines(path, 8)]
    return ServiceError(f"{service.title} ended instead of starting; it said last:\n" + "\n".join(said))


def down(settings: Settings, names: Sequence[str] = (), *, tell: Tell) -> list[ServiceStatus]:
    """Stop the servers in order, clients of the others first. Blocks.

    Raises:
        ServiceError: one belongs to another user or does not end.
    """
    with only_command(settings.services_dir, tell):
        for service in reversed(services_named(names)):
            _stop(settings, service, tell)
    return status(settings, names)


def _stop(settings: Settings, service: Service, tell: Tell) -> None:
    home = home_of(settings, service)
    record = read_record(home)
    if record is None or record.pid is None or record.started is None:
        return
    if record.runs:
        tell(f"stopping {service.title} (process {record.pid})")
        if not stop(record.pid, record.started, service.stop_timeout_s):
            tell(f"warning: {service.title} did not end within {service.stop_timeout_s:g} s and was killed")
    write_record(home, Record(port=record.port))
