"""The running broker: start, stop, and the blocking `serve` behind `python -m agents.broker` and `tocsin broker`."""

from __future__ import annotations

import asyncio
import functools
import json
import logging
import os
import resource
import signal
import socket
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

import uvloop

from agents.broker.address import read_address, remove_address, write_address
from agents.broker.config import BrokerConfig, BrokerError, check_loopback
from agents.broker.connection import Connections, Handler
from agents.broker.context import Context
from agents.broker.coordinator import GroupCoordinator
from agents.broker.files import lock_folder, write_atomically
from agents.broker.handlers import HANDLERS
from agents.broker.housekeeping import housekeepers
from agents.broker.memory import Budget
from agents.broker.offsets import OffsetStore
from agents.broker.producer_ids import ProducerIds
from agents.broker.topics import TopicStore

__all__ = ["Broker", "BrokerConfig", "BrokerError", "read_address", "serve"]

logger = logging.getLogger(__name__)


class Broker:
    """One broker on one data folder. `start` and `stop` belong to the event loop that runs it."""

    def __init__(self, config: BrokerConfig) -> None:
        self.config = config
        self._host = check_loopback(config.host)
        self._lock: IO[str] | None = None
        self._context: Context | None = None
        self._server: asyncio.Server | None = None
        self._connections: Connections | None = None
        self._jobs: list[asyncio.Task[None]] = []
        self._threads = ThreadPoolExecutor(max_workers=1, thread_name_prefix="broker-disk")

    async def start(self) -> str:
        """Lock the folder, load and check the data, listen. Returns `host:port`. Raises BrokerError."""
        self._lock = lock_folder(self.config.data_dir)
        try:
            self._context = context = self._load()
            self._connections = self._connect(context)
            self._server = await self._listen(self._connections)
        except BaseException:
            self._release()
            raise
        context.host, context.port = self._server.sockets[0].getsockname()[:2]
        self._jobs = [asyncio.create_task(job) for job in housekeepers(context)]
        write_address(self.config.data_dir, context.host, context.port, os.getpid())
        logger.info("broker listens on %s:%d, data in %s", context.host, context.port, self.config.data_dir)
        return _address(context.host, context.port)

    async def stop(self) -> None:
        """Take no more requests, force the data to the disk, let go of the folder."""
        if self._server is None or self._connections is None or self._context is None:
            return
        remove_address(self.config.data_dir)
        self._server.close()
        for job in self._jobs:
            job.cancel()
        await asyncio.gather(*self._jobs, return_exceptions=True)
        await self._connections.close()
        await self._context.sync_all()
        self._server = None
        self._release()
        logger.info("broker stopped")

    def _load(self) -> Context:
        folder = self.config.data_dir
        context = Context(
            config=self.config,
            cluster_id=_cluster_id(folder / "cluster.json"),
            topics=TopicStore(self.config, self._in_background),
            offsets=OffsetStore(folder / "offsets.jsonl"),
            groups=GroupCoordinator(self.config.max_group_members),
            producer_ids=ProducerIds(folder / "producer_ids.json"),
        )
        context.topics.load()
        context.offsets.load()
        return context

    def _connect(self, context: Context) -> Connections:
        handlers: dict[int, Handler] = {key: functools.partial(each, context) for key, each in HANDLERS.items()}
        return Connections(self.config, handlers, Budget(self.config.max_buffered_bytes))

    async def _listen(self, connections: Connections) -> asyncio.Server:
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        try:
            return await asyncio.get_running_loop().create_server(
                connections.protocol, self._host, self.config.port, family=family, backlog=256
            )
        except OSError as error:
            raise BrokerError(
                f"Cannot listen on {self._host} port {self.config.port} ({error.strerror}). "
                "Stop what uses the port, or choose another; port 0 takes a free one."
            ) from error

    def _in_background(self, work: Callable[[], None]) -> None:
        self._threads.submit(work)

    def _release(self) -> None:
        self._threads.shutdown(wait=True)
        if self._lock is not None:
            self._lock.close()
            self._lock = None


def serve(config: BrokerConfig) -> None:
    """Run a broker until SIGTERM or SIGINT. Raises BrokerError when it cannot start."""
    _raise_file_limit()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(config))


async def _serve(config: BrokerConfig) -> None:
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    broker = Broker(config)
    await broker.start()
    try:
        await stopping.wait()
    finally:
        await broker.stop()


def _address(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _cluster_id(path: Path) -> str:
    """The same for the life of the folder: clients notice when a different cluster answers at a known address."""
    try:
        return str(json.loads(path.read_bytes())["cluster_id"])
    except FileNotFoundError:
        cluster_id = uuid.uuid4().hex[:22]
        write_atomically(path, json.dumps({"cluster_id": cluster_id}).encode())
        return cluster_id
    except (ValueError, KeyError, TypeError) as error:
        raise BrokerError(f"{path} cannot be read ({error}). Delete it; a new one is made.") from error


def _raise_file_limit() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and (hard == resource.RLIM_INFINITY or soft < hard):
        wanted = 65536 if hard == resource.RLIM_INFINITY else min(65536, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
