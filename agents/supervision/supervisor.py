"""`tocsin up`: broker, worker, poller and notifier as child processes, restarted when they die, stopped in order.

    broker (when embedded) -> topics -> worker under the watchdog -> others          and back in reverse on Ctrl-C

`guard_worker` is the same for one worker beside a broker of your own: it ends a wedged worker and leaves the restart to
whoever started it (systemd, Kubernetes).
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
from agents.notifier.targets import load_targets
from agents.registry import agents_named, names_unless_all
from agents.settings import EMBEDDED, Settings
from agents.spec import AgentSpec
from agents.supervision.child import Child, ChildSpec, environment_of
from agents.supervision.claim import claim_names, make_folder
from agents.supervision.heartbeat import heartbeat_path, read_heartbeat
from agents.supervision.progress import Progress, read_progress
from agents.supervision.watchdog import LOOK_EVERY_S, begin, look
from agents.topics import ensure_topics
from agents.waiting import Waiting

log = structlog.get_logger(__name__)

WEDGED: Final = 76
"""Exit code of `tocsin worker` whose worker had to be killed; whoever started it should start it again."""
_READY_TIMEOUT_S: Final = 60.0
_MAX_PAUSE_S: Final = 30.0
_STEADY_S: Final = 60.0
"""A child that ran this long has recovered; its next restart does not wait."""
_WEDGED_GRACE_S: Final = 5.0
_ASK_TIMEOUT_S: Final = 20.0


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


async def _progress(settings: Settings, agents: Sequence[AgentSpec]) -> list[Progress] | None:
    """What the broker tells; None when it does not. Whatever goes wrong here, the watch goes on."""
    try:
        async with asyncio.timeout(_ASK_TIMEOUT_S):
            return await read_progress(settings, agents)
    except Exception as error:
        log.warning("progress unknown", error=f"{type(error).__name__}: {error}")
        return None


async def _until_wedged(settings: Settings, agents: Sequence[AgentSpec], child: Child) -> tuple[str, ...]:
    """Watch the worker for as long as it moves; what stalled."""
    # Twice the time of one article passes between two signs when an article hangs on its last attempt.
    timeout_s = max(settings.wedge_timeout_s, 2 * settings.enrich_timeout_s + LOOK_EVERY_S)
    path = heartbeat_path(settings, names_unless_all(agents))
    watch = begin(time.monotonic())
    while True:
        await asyncio.sleep(LOOK_EVERY_S)
        heartbeat = read_heartbeat(path)
        own = heartbeat if heartbeat is not None and heartbeat.pid == child.pid else None
        progress = await _progress(settings, agents)
        watch = look(watch, time.monotonic(), own, progress)
        if stalled := watch.stalled(time.monotonic(), timeout_s):
            return stalled


async def _watched(settings: Settings, agents: Sequence[AgentSpec], child: Child) -> int:
    """Wait for the worker's end, or bring it about when it is wedged; its exit code."""
    ended = asyncio.create_task(child.wait())
    wedged = asyncio.create_task(_until_wedged(settings, agents, child))
    try:
        await asyncio.wait({ended, wedged}, return_when=asyncio.FIRST_COMPLETED)
        if not ended.done():
            log.error("worker is wedged and is ended", stalled=wedged.result(), pid=child.pid)
            await child.stop(_WEDGED_GRACE_S)
            return WEDGED
        return ended.result()
    finally:
        for task in (wedged, ended):
            task.cancel()
        await asyncio.gather(wedged, ended, return_exceptions=True)


Attend = Callable[[Child], Awaitable[int]]


class _Kept:
    """A child that is started again when it ends, after a pause that doubles while it does not last."""

    def __init__(self, spec: ChildSpec, stop: _Stop, attend: Attend = Child.wait) -> None:
        self._spec, self._stop, self._attend = spec, stop, attend
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
            log.info("stopped", process=self._spec.name, code=code)

    async def _begin(self) -> Child:
        child = await Child.start(self._spec)
        self._stop.children.append(child)
        log.info("started", process=self._spec.name, pid=child.pid)
        return child

    async def _keep(self) -> None:
        pause = 0.5
        while True:
            assert self.child is not None
            started = time.monotonic()
            code = await self._attend(self.child)
            self._stop.children.remove(self.child)
            pause = 0.5 if time.monotonic() - started > _STEADY_S else min(pause * 2, _MAX_PAUSE_S)
            log.warning("ended, is started again", process=self._spec.name, code=code, pause_s=pause)
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
    # Metrics have one port, and it is the worker's.
    environment = environment_of(settings.model_copy(update={"metrics_port": None}))
    return ChildSpec(name="notifier", module="agents.supervision.notifier_process", environment=environment)


def _others(settings: Settings) -> list[ChildSpec]:
    """What runs beside broker and worker.

    Raises:
        UsageError: the targets file is wrong.
    """
    found = [poller_spec(settings)] if settings.poll_feeds else []
    if settings.notify_file is not None:
        load_targets(settings)
        found.append(notifier_spec(settings))
    return found


async def _up(settings: Settings, services: Sequence[ChildSpec], say: Say) -> None:
    stop = _Stop()
    stop.listen()
    agents = agents_named(())
    others = [*_others(settings), *services]
    kept: list[_Kept] = []
    names = contextlib.ExitStack()
    try:
        if settings.uses_embedded_broker:
            kept.append(await _start_broker(settings, stop, say))
        else:
            say(f"broker    {settings.kafka_url}")
        await _topics(settings, stop)
        names.enter_context(claim_names(settings, [agent.name for agent in agents]))
        worker = _Kept(worker_spec(settings, agents), stop, lambda child: _watched(settings, agents, child))
        for one in (worker, *(_Kept(spec, stop) for spec in others)):
            kept.append(one)
            await one.start()
            one.keep()
        say(f"index     {settings.index_dir if settings.index_url == EMBEDDED else settings.index_url}")
        say(f"worker    {', '.join(agent.name for agent in agents)}  (state in {settings.state_dir})")
        for spec in others:
            say(f"{spec.name:<9} {spec.module}")
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
    child = await Child.start(worker_spec(settings, agents))
    stop.children.append(child)
    work = asyncio.create_task(_watched(settings, agents, child))
    asked = asyncio.create_task(stop.asked.wait())
    await asyncio.wait({work, asked}, return_when=asyncio.FIRST_COMPLETED)
    if not work.done():
        await child.stop()
    asked.cancel()
    return await work


def guard_worker(settings: Settings, names: Sequence[str]) -> int:
    """Run one worker with the named agents (all when there are none) under the watchdog until it ends.

    Returns:
        Its exit code, or `WEDGED`.

    Raises:
        SettingsError: the data folder cannot be written.
        UsageError: there is no agent of that name, one runs already under this worker's name, or a rule file is wrong.
    """
    held = claim_names(settings, [agent.name for agent in agents_named(names)])
    with held, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_guard(settings, names))
