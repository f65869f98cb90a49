"""`tocsin up`: broker, worker, poller and notifier as child processes, restarted when they die, stopped in order.

    broker (when embedded) -> topics -> worker under the watchdog -> others          and back in reverse on Ctrl-C

`guard_worker` and `guard_notifier` are the same for one process beside a broker of your own: they end what is wedged
and leave the restart to whoever started them (systemd, Kubernetes).
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import structlog
import uvloop
from aiokafka.errors import KafkaError

from agents.broker.address import announced
from agents.errors import UnavailableError
from agents.live_rules import LiveRules
from agents.metrics import Tally
from agents.registry import agents_named, names_unless_all
from agents.settings import EMBEDDED, Settings
from agents.spec import AgentSpec
from agents.supervision.child import Child, ChildSpec, environment_of
from agents.supervision.claim import claim_names, make_folder
from agents.supervision.watched import Watched, attend, watched_notifier, watched_worker
from agents.topics import ensure_topics
from agents.waiting import Waiting

log = structlog.get_logger(__name__)

_READY_TIMEOUT_S: Final = 60.0
_MAX_PAUSE_S: Final = 30.0
_STEADY_S: Final = 60.0
"""A child that ran this long has recovered; its next restart does not wait."""


Say = Callable[[str], None]


def broker_spec(settings: Settings, port: int) -> ChildSpec:
    environment = environment_of(settings.model_copy(update={"broker_port": port}))
    module = "agents.supervision.broker_process"
    return ChildSpec(name="broker", module=module, environment=environment, stop_timeout_s=10.0)


def worker_spec(settings: Settings, agents: Sequence[AgentSpec]) -> ChildSpec:
    return ChildSpec(
        name="worker",
        module="agents.worker",
        arguments=tuple(agent.name for agent in agents),
        environment=environment_of(settings),
        stop_timeout_s=settings.stop_timeout_s + 5.0,
    )


@dataclass
class _Stop:
    """Set by the first signal; a second one kills."""

    asked: asyncio.Event = field(default_factory=asyncio.Event)
    children: list[Child] = field(default_factory=list)

    def ask(self) -> None:
        if self.asked.is_set():
            for child in self.children:
                child.kill()
        self.asked.set()

    def listen(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.ask)


async def _wait(event: asyncio.Event, seconds: float) -> bool:
    """Whether the event came within the time."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
    return event.is_set()


async def ready_broker(settings: Settings, child: Child) -> int:
    """Wait until the broker listens; its port.

    Raises:
        UnavailableError: it ended instead, or takes too long.
    """
    deadline = time.monotonic() + _READY_TIMEOUT_S
    while time.monotonic() < deadline and child.code is None:
        said = announced(settings.broker_dir)
        if said is not None and said.pid == child.pid:
            return said.port
        await asyncio.sleep(0.05)
    await child.stop()
    raise UnavailableError(f"the broker did not start in {settings.broker_dir}; its own message is above")


Attend = Callable[[Child], Awaitable[int]]


class _Kept:
    """A child that is started again when it ends, after a pause that doubles while it does not last."""

    def __init__(self, spec: ChildSpec, stop: _Stop, attend: Attend = Child.wait) -> None:
        self.spec, self._stop, self._attend = spec, stop, attend
        self._task: asyncio.Task[None] | None = None
        self.child: Child | None = None

    async def start(self) -> Child:
        self.child = await self._begin()
        return self.child

    def keep(self) -> None:
        """From now on, restart it."""
        self._task = asyncio.create_task(self._keep())

    async def end(self) -> None:
        """Stop it for good."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self.child is not None:
            code = await self.child.stop()
            log.info("stopped", process=self.spec.name, code=code)

    async def _begin(self) -> Child:
        child = await Child.start(self.spec)
        self._stop.children.append(child)
        log.info("started", process=self.spec.name, pid=child.pid)
        return child

    async def _keep(self) -> None:
        pause = 0.5
        while True:
            assert self.child is not None
            started = time.monotonic()
            code = await self._attend(self.child)
            self._stop.children.remove(self.child)
            pause = 0.5 if time.monotonic() - started > _STEADY_S else min(pause * 2, _MAX_PAUSE_S)
            log.warning("ended, is started again", process=self.spec.name, code=code, pause_s=pause)
            await asyncio.sleep(pause)
            self.child = await self._begin()


async def _start_broker(settings: Settings, stop: _Stop, say: Say) -> _Kept:
    """The embedded broker, ready; restarted on the port it has now, which its clients know."""
    first = await Child.start(broker_spec(settings, settings.broker_port))
    stop.children.append(first)
    port = await ready_broker(settings, first)
    kept = _Kept(broker_spec(settings, port), stop)
    kept.child = first
    kept.keep()
    say(f"broker    kafka://127.0.0.1:{port}  (embedded, one node; files in {settings.broker_dir})")
    return kept


async def _topics(settings: Settings, stop: _Stop) -> None:
    """Create the topics, as soon as the broker answers.

    Raises:
        UsageError: a rule file is wrong that never was right here.
    """
    channels = LiveRules(settings, Tally()).current().channels
    waiting = Waiting("the broker")
    while not stop.asked.is_set():
        try:
            await ensure_topics(settings, channels)
            return
        except (UnavailableError, KafkaError) as error:
            await _wait(stop.asked, waiting.pause_s(error))


def poller_spec(settings: Settings) -> ChildSpec:
    return ChildSpec(name="poller", module="agents.supervision.poller_process", environment=environment_of(settings))


def notifier_spec(settings: Settings) -> ChildSpec:
    environment = environment_of(settings)
    return ChildSpec(name="notifier", module="agents.supervision.notifier_process", environment=environment)


def _notifier_beside_worker(settings: Settings) -> ChildSpec:
    """Metrics have one port, and it is the worker's."""
    return notifier_spec(settings.model_copy(update={"metrics_port": None}))


def _others(settings: Settings, stop: _Stop) -> list[_Kept]:
    """What runs beside broker and worker.

    Raises:
        UsageError: the targets file is wrong.
    """
    found = [_Kept(poller_spec(settings), stop)] if settings.poll_feeds else []
    if settings.notify_file is not None:
        found.append(_Kept(_notifier_beside_worker(settings), stop, _attending(settings, watched_notifier(settings))))
    return found


def _attending(settings: Settings, watched: Watched) -> Attend:
    return lambda child: attend(settings, watched, child)


def _watch_of(settings: Settings, agents: Sequence[AgentSpec]) -> Watched:
    return watched_worker(settings, agents, names_unless_all(agents))


async def _up(settings: Settings, services: Sequence[ChildSpec], say: Say) -> None:
    stop = _Stop()
    stop.listen()
    agents = agents_named(())
    others = [*_others(settings, stop), *(_Kept(spec, stop) for spec in services)]
    kept: list[_Kept] = []
    names = contextlib.ExitStack()
    try:
        if settings.uses_embedded_broker:
            kept.append(await _start_broker(settings, stop, say))
        else:
            say(f"broker    {settings.kafka_url}")
        await _topics(settings, stop)
        names.enter_context(claim_names(settings, [agent.name for agent in agents]))
        worker = _Kept(worker_spec(settings, agents), stop, _attending(settings, _watch_of(settings, agents)))
        for one in (worker, *others):
            kept.append(one)
            await one.start()
            one.keep()
        say(f"index     {settings.index_dir if settings.index_url == EMBEDDED else settings.index_url}")
        say(f"worker    {', '.join(agent.name for agent in agents)}  (state in {settings.state_dir})")
        for one in others:
            say(f"{one.spec.name:<9} {one.spec.module}")
        say("Ctrl-C stops everything")
        await stop.asked.wait()
    finally:
        for one in reversed(kept):
            await one.end()
        names.close()


def run_up(settings: Settings, services: Sequence[ChildSpec] = (), say: Say = print) -> None:
    """Run everything on this machine until SIGINT or SIGTERM.

    Args:
        services: further processes, such as the console.
        say: prints one line for a person.

    Raises:
        SettingsError: the data folder cannot be written.
        UsageError: a rule file or the targets file is wrong, or a worker of this name runs on the data folder already.
        UnavailableError: the embedded broker does not start.
    """
    make_folder(settings.data_dir)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_up(settings, services, say))


async def _guard(settings: Settings, names: Sequence[str]) -> int:
    stop = _Stop()
    stop.listen()
    agents = agents_named(names)
    await _topics(settings, stop)
    if stop.asked.is_set():
        return 0
    return await _one(settings, worker_spec(settings, agents), _watch_of(settings, agents), stop)


async def _one(settings: Settings, spec: ChildSpec, watched: Watched, stop: _Stop) -> int:
    """Run one child until it ends or is told to stop; its exit code."""
    child = await Child.start(spec)
    stop.children.append(child)
    work = asyncio.create_task(attend(settings, watched, child))
    asked = asyncio.create_task(stop.asked.wait())
    await asyncio.wait({work, asked}, return_when=asyncio.FIRST_COMPLETED)
    if not work.done():
        await child.stop()
    asked.cancel()
    return await work


def guard_worker(settings: Settings, names: Sequence[str]) -> int:
    """Run one worker with the named agents (all when there are none) under the watchdog until it ends.

    Returns:
        Its exit code, or `watched.WEDGED`.

    Raises:
        SettingsError: the data folder cannot be written.
        UsageError: there is no agent of that name, one runs already under this worker's name, or a rule file is wrong.
    """
    held = claim_names(settings, [agent.name for agent in agents_named(names)])
    with held, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_guard(settings, names))


async def _notify(settings: Settings, watched: Watched) -> int:
    stop = _Stop()
    stop.listen()
    return await _one(settings, notifier_spec(settings), watched, stop)


def guard_notifier(settings: Settings) -> int:
    """Run the notifier under the watchdog until it ends.

    Returns:
        Its exit code, or `watched.WEDGED`.

    Raises:
        UsageError: the targets file is wrong.
    """
    watched = watched_notifier(settings)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_notify(settings, watched))
