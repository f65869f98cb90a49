"""Kafka and Elasticsearch as released, one process each, that a test kills, freezes, thaws and starts again."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil

from agents.services.download import fetch
from agents.services.elasticsearch import ELASTICSEARCH, as_yaml, configure, environment, unpack
from agents.services.jdk_probe import find_jdk
from agents.services.kafka import KAFKA
from agents.services.process import launch
from agents.services.record import free_port
from agents.services.service import Service, Start
from agents.settings import Settings
from tests.e2e.deployment import family, kill_all

_READY_S = 600.0


class Server:
    """One server in a folder of its own. It keeps its port and its data over kills and restarts."""

    def __init__(self, service: Service, folder: Path, settings: Settings | None = None, port: int = 0) -> None:
        self.service = service
        jdk = find_jdk(service.need, service.account())
        home = folder / service.name
        (home / "logs").mkdir(parents=True, exist_ok=True)
        files = fetch(service.name, jdk.home, print)
        self._start = Start(
            settings=settings or Settings(data_dir=folder, services_kafka_heap="384m"),
            home=home,
            files=files,
            jdk=jdk,
            port=port or free_port(),
            account=service.account(),
        )
        self._pid: int | None = None

    @property
    def url(self) -> str:
        return self.service.url(self._start.port)

    @property
    def port(self) -> int:
        return self._start.port

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.begin()
        self.wait()

    def begin(self) -> None:
        self._pid = self.service.start(self._start)

    def wait(self) -> None:
        until = time.monotonic() + _READY_S
        while not self.service.is_ready(self.port):
            assert time.monotonic() < until, self._said()
            assert self.processes(), self._said()
            time.sleep(0.1)

    def _said(self) -> str:
        logs = [self.service.output(self._start.home), self.service.log(self._start.home)]
        return "\n".join(path.read_text("utf-8", "replace")[-2_000:] for path in logs if path.exists())

    def processes(self) -> list[psutil.Process]:
        return [] if self._pid is None else [one for one in family(self._pid) if one.is_running()]

    def kill(self) -> None:
        """SIGKILL for launcher and server."""
        found = self.processes()
        kill_all(found)
        psutil.wait_procs(found, timeout=30)
        self._pid = None

    def freeze(self) -> None:
        """SIGSTOP: it holds its connections and answers nothing."""
        for process in self.processes():
            process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        for process in self.processes():
            process.send_signal(signal.SIGCONT)


def elasticsearch_with(options: Mapping[str, str | bool | int]) -> Service:
    """Elasticsearch with further settings of its node."""

    def start(start: Start) -> int:
        program = unpack(start.files, start.home)
        configure(start, program)
        with (start.home / "config" / "elasticsearch.yml").open("a") as file:
            file.write(as_yaml(options))
        command = [str(program / "bin" / "elasticsearch"), "--quiet"]
        return launch(command, ELASTICSEARCH.output(start.home), environment(start, os.environ), start.account)

    return replace(ELASTICSEARCH, start=start)


@contextmanager
def server_folder() -> Iterator[Path]:
    """A folder that the user whom root starts Elasticsearch as may pass through."""
    folder = Path(tempfile.mkdtemp(prefix="tocsin-faults-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def started(*servers: Server) -> Iterator[None]:
    """All of them running; none is left behind."""
    try:
        for server in servers:
            server.begin()
        for server in servers:
            server.wait()
        yield
    finally:
        for server in servers:
            server.kill()


@asynccontextmanager
async def running(*servers: Server) -> AsyncIterator[None]:
    """The same within a loop, which goes on turning meanwhile."""
    with ExitStack() as stack:
        try:
            await asyncio.to_thread(stack.enter_context, started(*servers))
            yield
        finally:
            await asyncio.to_thread(stack.close)


def kafka_server(folder: Path, **settings: Any) -> Server:
    return Server(KAFKA, folder, Settings(data_dir=folder, services_kafka_heap="384m", **settings))
