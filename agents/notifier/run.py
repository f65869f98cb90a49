"""All targets at once, each by itself."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from typing import Any

import structlog
from aiokafka.errors import KafkaError

from agents.alert_topics import alert_topics, read_alerts
from agents.errors import TocsinError, UnavailableError
from agents.handling import FollowedHandling, followed_handling
from agents.metrics import Tally, serve_metrics
from agents.notifier.courier import Courier
from agents.notifier.cursor import NAME, agent_name, topics_of
from agents.notifier.feed import Feed
from agents.notifier.means import Means
from agents.notifier.targets import load_targets, open_means
from agents.sender import KafkaSender
from agents.settings import Settings
from agents.supervision.heartbeat import beat, heartbeat_path
from agents.topics import ensure_topics
from agents.waiting import Waiting, sleep_unless
from pipeline.notifying import Target, wants
from schemas.alert import Alert

log = structlog.get_logger(__name__)


async def run_notifier(settings: Settings, stop: asyncio.Event) -> None:
    """Deliver until told to stop.

    Raises:
        UsageError: the targets file or a file that it names is wrong; nobody was told anything.
    """
    logging.getLogger("aiokafka").setLevel(logging.WARNING)  # each group tells of every step of its joining
    targets = load_targets(settings)
    if not targets:
        log.warning("the targets file has no enabled [[target]]: nobody is notified", file=str(settings.notify_file))
    # Names are resolved in threads; one target whose name server hangs must not use up those of the others.
    threads = ThreadPoolExecutor(8 + 2 * len(targets), thread_name_prefix="names")
    asyncio.get_running_loop().set_default_executor(threads)
    tallies = {agent_name(target): Tally() for target in targets}
    async with AsyncExitStack() as stack:
        means = {target.id: open_means(settings, target) for target in targets}
        for one in means.values():
            stack.push_async_callback(one.close)
        heart = asyncio.create_task(beat(heartbeat_path(settings, [NAME]), tallies))
        stack.callback(heart.cancel)
        await _until_topics(settings, stop)
        if stop.is_set():
            return
        handling = await stack.enter_async_context(followed_handling(settings))
        if settings.metrics_port is not None:
            serve_metrics(tallies, settings.metrics_port)
        work = [_serve(settings, target, means[target.id], handling, tallies, stop) for target in targets]
        log.info("notifier ready", targets=[target.id for target in targets])
        await _together(work, stop)


async def _together(work: Sequence[Coroutine[Any, Any, None]], stop: asyncio.Event) -> None:
    """Until all end; a bug in one ends the process, which is started again, rather than leave its target unserved."""
    async with asyncio.TaskGroup() as group:
        for one in work:
            group.create_task(one)
        await stop.wait()


async def _until_topics(settings: Settings, stop: asyncio.Event) -> None:
    waiting = Waiting("the broker")
    while not stop.is_set():
        try:
            await ensure_topics(settings)
            return
        except (UnavailableError, KafkaError) as error:
            await sleep_unless(stop, waiting.pause_s(error))


async def _serve(
    settings: Settings,
    target: Target,
    means: Means,
    handling: FollowedHandling,
    tallies: Mapping[str, Tally],
    stop: asyncio.Event,
) -> None:
    """One target, with a sender of its own for its dead letters."""
    tally = tallies[agent_name(target)]
    sender = KafkaSender(settings)
    waiting = Waiting(f"the broker, for target {target.id}")
    try:
        while not stop.is_set():
            try:
                await sender.start()
                if isinstance(means, Feed):
                    await means.load(_history(settings, target, handling, tally))
                break
            except (KafkaError, TocsinError, OSError) as error:
                tally.signs += 1
                await sender.stop()
                await sleep_unless(stop, waiting.pause_s(error))
        courier = Courier(
            settings=settings, target=target, means=means, handling=handling, sender=sender, stop=stop, tally=tally
        )
        await courier.run()
    finally:
        await sender.stop()


async def _history(
    settings: Settings, target: Target, handling: FollowedHandling, tally: Tally
) -> AsyncIterator[Alert]:
    """What the target's channels hold, without what was silenced."""
    silences = (await handling.current()).silences
    topics = topics_of(settings, target, await alert_topics(settings))
    async for alert in read_alerts(settings, topics):
        tally.signs += 1
        if wants(target, alert) and silences.reason(alert) is None:
            yield alert
