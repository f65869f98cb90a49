"""Keep the lists of an enricher as new as the topic: load, compile, point at it; look again every two seconds."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import orjson
import structlog
from aiokafka import TopicPartition
from aiokafka.errors import KafkaError

from agents.errors import TocsinError, UnavailableError
from agents.kafka import open_admin, open_consumer, partitions_of
from agents.lists.folder import POINTER, index_name, lists_folder, remove_others, write_pointer
from agents.lists.store import ListStore, lists_topic, load_lists
from agents.settings import Settings
from agents.waiting import Waiting
from schemas.lists import ListVersion

log = structlog.get_logger(__name__)

_LOOK_S: Final = 2.0


async def install(settings: Settings, store: ListStore) -> bool:
    """Put the lists in use, and the decisions, where this worker's processes find them; whether anything changed.

    Raises:
        UnavailableError: a list is damaged; the lists in use stay.
    """
    folder = lists_folder(settings)
    folder.mkdir(parents=True, exist_ok=True)
    versions = list(store.current.values())
    name = index_name(versions)
    if not (folder / name).exists():
        await _compile(folder / name, versions, store)
    changed = write_pointer(folder, name, settings.lists_threshold, list(store.decisions.values()))
    remove_others(folder, name)
    return changed


async def _compile(out: Path, versions: list[ListVersion], store: ListStore) -> None:
    with tempfile.TemporaryDirectory(dir=out.parent, prefix="build-") as scratch:
        plan = Path(scratch) / "plan"
        lines = []
        for number, version in enumerate(versions):
            path = Path(scratch) / str(number)
            path.write_bytes(b"".join(store.parts_of(version)))  # gzip members one behind the other are one gzip file
            lines.append(orjson.dumps([version.model_dump(mode="json"), str(path)]))
        plan.write_bytes(b"\n".join(lines))
        command = [sys.executable, "-m", "agents.lists.build", str(plan), str(out)]
        child = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
        try:
            _, said = await child.communicate()
        finally:
            if child.returncode is None:
                child.kill()
    if child.returncode:
        raise UnavailableError(f"the lists cannot be compiled: {said.decode('utf-8', 'replace').strip()[-500:]}")


async def _end_of_topic(settings: Settings) -> int | None:
    """Where the next message would be written; None when there is no topic."""
    async with open_admin(settings) as admin:
        parts = await partitions_of(admin, [lists_topic(settings)])
    if not parts:
        return None
    async with open_consumer(settings) as consumer:
        ends: dict[TopicPartition, int] = await consumer.end_offsets(parts)
    return sum(ends.values())


async def _follow(settings: Settings, seen: int | None) -> None:
    waiting = Waiting("the lists")
    while True:
        await asyncio.sleep(_LOOK_S)
        try:
            end = await _end_of_topic(settings)
            if end != seen and await install(settings, await load_lists(settings)):
                log.info("lists changed")
            seen, waiting = end, Waiting("the lists")
        except (KafkaError, TocsinError, OSError) as error:
            await asyncio.sleep(waiting.pause_s(error))


@asynccontextmanager
async def followed_lists(settings: Settings) -> AsyncIterator[Path]:
    """Lists that are complete before the first article, and follow the topic from then on; the pointer to them.

    Raises:
        UnavailableError: no broker answers, or a list is damaged: articles are not passed unscreened.
    """
    end = await _end_of_topic(settings)
    await install(settings, await load_lists(settings))
    task = asyncio.create_task(_follow(settings, end))
    try:
        yield lists_folder(settings) / POINTER
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
