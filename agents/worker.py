"""One process that runs agents: opens what their steps need, starts a Faust app for each, and stops them cleanly.

    open steps -> connect the sender -> start the apps -> until SIGTERM, SIGINT or a crash -> stop the apps -> close

Exit codes: 0 stopped when told; 70 an app crashed; 75 left while it waited for a server, or did not stop in time. After
any but 0 the messages in work are read again.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import structlog
import uvloop
from aiokafka.errors import KafkaError

from agents.allocation import keep_one_arena
from agents.app import make_app, quieten
from agents.errors import TocsinError, UnavailableError
from agents.kafka import is_not_allowed, not_allowed, open_admin
from agents.logs import configure_logging
from agents.metrics import Tally, serve_metrics
from agents.registry import agents_named, names_unless_all
from agents.sender import KafkaSender
from agents.settings import Settings, load_settings
from agents.spec import AgentSpec
from agents.stage import LEFT_BLOCKED, Stage
from agents.supervision.heartbeat import beat, heartbeat_path
from agents.supervision.progress import read_progress
from agents.waiting import Waiting, sleep_unless
from schemas.topics import DEAD_LETTERS

log = structlog.get_logger(__name__)

STOPPED: Final = 0
CRASHED: Final = 70


@dataclass
class _Stop:
    """Whether, and why, the worker is to stop."""

    timeout_s: float
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    code: int = STOPPED

    def ask(self) -> None:
        if not self.asked.is_set():
            _leave_late(self.timeout_s)
        self.asked.set()

    def crash(self) -> None:
        self.code = CRASHED
        self.ask()


def _leave_late(deadline_s: float) -> None:
    """A wedged app ignores every signal and its loop may stand still, so a thread ends the process."""

    def leave() -> None:
        os._exit(LEFT_BLOCKED)

    timer = threading.Timer(deadline_s, leave)
    timer.daemon = True
    timer.start()


async def _until_answered(attempt: Callable[[], Awaitable[object]], stop: _Stop) -> None:
    """Try until a broker answers and lets us, or the worker is told to stop."""
    waiting = Waiting("the broker")
    while not stop.asked.is_set():
        try:
            await attempt()
            return
        except (KafkaError, UnavailableError) as error:
            await sleep_unless(stop.asked, waiting.pause_s(error))


@asynccontextmanager
async def _connected(settings: Settings, stop: _Stop) -> AsyncIterator[KafkaSender]:
    """A sender, as soon as a broker answers."""
    sender = KafkaSender(settings)
    await _until_answered(sender.start, stop)
    try:
        yield sender
    finally:
        await sender.stop()


@asynccontextmanager
async def _opened(
    settings: Settings, spec: AgentSpec, sender: KafkaSender, tally: Tally, stop: _Stop
) -> AsyncIterator[Any]:
    """The agent's Faust app, not started, with its step open."""
    async with spec.open(settings, tally) as running:
        stage = Stage(
            name=spec.name,
            step=running.step,
            sender=sender,
            dead_letters=DEAD_LETTERS.prefixed(settings.topic_prefix),
            max_attempts=settings.max_attempts,
            stopping=stop.asked.is_set,
            tally=tally,
        )
        yield make_app(settings, spec, running, stage, await _existing_topics(settings, spec))


async def _existing_topics(settings: Settings, spec: AgentSpec) -> list[str]:
    """Only for an agent whose topics are not known before.

    Raises:
        UnavailableError: no broker answers any more.
    """
    if not spec.reads_alerts:
        return []
    async with open_admin(settings) as admin:
        return list(await admin.list_topics())


@asynccontextmanager
async def _started(apps: Sequence[Any]) -> AsyncIterator[None]:
    """All apps at once, since each takes a second to join its group. At the end they finish their batches."""
    try:
        await asyncio.gather(*(app.start() for app in apps))
        yield
    finally:
        await asyncio.gather(*(app.stop() for app in apps))


def _reason(settings: Settings, crash: BaseException | None) -> str:
    return not_allowed(settings, crash) if isinstance(crash, KafkaError) and is_not_allowed(crash) else repr(crash)


async def _until_stopped(settings: Settings, apps: Sequence[Any], stop: _Stop) -> None:
    """Wait for the word to stop, or for an app that crashed: Faust stops such an app, and nothing restarts it."""
    while not stop.asked.is_set():
        for app in apps:
            if app.should_stop or app.crashed:
                log.error("app crashed", app=app.conf.id, reason=_reason(settings, app.crash_reason))
                stop.crash()
        await sleep_unless(stop.asked, 0.5)


async def _work(settings: Settings, specs: Sequence[AgentSpec]) -> int:
    stop = _Stop(settings.stop_timeout_s)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.ask)
    tallies = {spec.name: Tally() for spec in specs}
    if settings.metrics_port is not None:
        serve_metrics(tallies, settings.metrics_port)
    heart = asyncio.create_task(beat(heartbeat_path(settings, names_unless_all(specs)), tallies))
    async with AsyncExitStack() as stack:
        # A group that is not ours to use is refused here; Faust would wait for it without a word.
        await _until_answered(lambda: read_progress(settings, specs), stop)
        senders = [await stack.enter_async_context(_connected(settings, stop)) for _ in specs]
        if stop.asked.is_set():
            return stop.code
        (settings.state_dir / "faust").mkdir(parents=True, exist_ok=True)  # Faust makes only the last folder
        pairs = zip(specs, senders, strict=True)
        opened = (_opened(settings, spec, sender, tallies[spec.name], stop) for spec, sender in pairs)
        apps = [await stack.enter_async_context(one) for one in opened]
        await stack.enter_async_context(_started(apps))
        log.info("worker ready", agents=[spec.name for spec in specs], worker=settings.worker_id)
        await _until_stopped(settings, apps, stop)
        log.info("worker stops", code=stop.code)
        heart.cancel()
    return stop.code


def run_worker(settings: Settings, names: Sequence[str] = ()) -> int:
    """Run the named agents, all when there are no names, until told to stop.

    Returns:
        The exit code.

    Raises:
        UsageError: there is no agent of that name, or a rule file is wrong.
        UnavailableError: an engine cannot be opened.
    """
    keep_one_arena()
    specs = agents_named(names)
    quieten()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_work(settings, specs))


def main() -> int:
    """`python -m agents.worker [AGENT...]`, with settings from the environment: how the supervisor starts it."""
    settings = load_settings()
    configure_logging(settings)
    try:
        return run_worker(settings, sys.argv[1:])
    except TocsinError as error:
        log.error("worker not started", error=str(error))
        return error.exit_code
    except KafkaError as error:  # the broker went away while the apps joined their groups
        log.error("worker not started", error=str(error))
        return LEFT_BLOCKED


if __name__ == "__main__":
    sys.exit(main())
