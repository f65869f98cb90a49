"""Articles from files and standard input onto a topic.

    paths -> payloads (bytes, with where they came from) -> topic, at most so many deliveries awaited at a time

Lines of JSON are sent exactly as they stand, malformed ones too: the enricher says in a dead letter what is wrong.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final, TypeAlias

import orjson
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, MessageSizeTooLargeError

from agents.errors import UsageError
from agents.kafka import open_producer
from agents.settings import Settings

STDIN: Final = "-"
SUFFIXES: Final = (".jsonl", ".ndjson", ".json", ".txt")
MAX_IN_FLIGHT: Final = 500
"""Deliveries awaited at a time: thousands of waiting sends time out together when a broker restarts."""
MAX_FILE_BYTES: Final = 512 * 1024 * 1024
"""A `.json` or `.txt` file is read whole; a larger one must come as JSON lines."""

_Started: TypeAlias = asyncio.Future[object] | KafkaError
"""What the producer said when it was given a message: to be awaited, or why it did not take it."""


@dataclass(frozen=True, slots=True)
class Payload:
    """One article to send. `origin` is where it came from, for messages to a person."""

    raw: bytes
    origin: str


@dataclass(frozen=True, slots=True)
class Refusal:
    origin: str
    reason: str


@dataclass(slots=True)
class Sent:
    """What became of the payloads."""

    delivered: int = 0
    bytes: int = 0
    refused: list[Refusal] = field(default_factory=list)


def find_files(paths: Iterable[str]) -> Iterator[str]:
    """The files that *paths* name; a folder means every article file below it, in order of name.

    Raises:
        UsageError: a path does not exist, or a folder holds no article file.
    """
    for path in paths:
        if path == STDIN or Path(path).is_file():
            yield path
        elif Path(path).is_dir():
            files = sorted(str(file) for file in Path(path).rglob("*") if file.suffix in SUFFIXES and file.is_file())
            if not files:
                raise UsageError(f"{path}: no {', '.join(SUFFIXES)} file in this folder")
            yield from files
        else:
            raise UsageError(f"{path}: no such file or folder")


def payloads(path: str, stdin: IO[bytes]) -> Iterator[Payload | Refusal]:
    """The articles of one file. The format goes by the suffix; standard input by its first character."""
    if path == STDIN:
        yield from _from_stdin(stdin)
        return
    if Path(path).suffix in (".jsonl", ".ndjson"):
        with Path(path).open("rb") as file:
            yield from _lines(file, path)
        return
    if Path(path).stat().st_size > MAX_FILE_BYTES:
        yield Refusal(path, f"larger than {MAX_FILE_BYTES // 2**20} MiB: convert it to JSON lines (one article a line)")
        return
    content = Path(path).read_bytes()
    yield from _json(content, path) if Path(path).suffix == ".json" else _plain(content, path)


def _from_stdin(stdin: IO[bytes]) -> Iterator[Payload | Refusal]:
    first = stdin.readline()
    if first.lstrip().startswith(b"{"):
        yield from _lines(_chain(first, stdin), "standard input")
    else:
        rest = stdin.read(MAX_FILE_BYTES)
        whole = first + rest
        yield from (
            _json(whole, "standard input") if first.lstrip().startswith(b"[") else _plain(whole, "standard input")
        )


def _chain(first: bytes, rest: IO[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _lines(lines: Iterable[bytes], origin: str) -> Iterator[Payload]:
    for number, line in enumerate(lines, 1):
        if stripped := line.strip():
            yield Payload(stripped, f"{origin}:{number}")


def _json(content: bytes, origin: str) -> Iterator[Payload | Refusal]:
    """An object is one article, an array one per object in it; what is no JSON goes to the enricher as it is."""
    with suppress(orjson.JSONDecodeError):
        value = orjson.loads(content)
        if isinstance(value, list):
            for number, item in enumerate(value):
                yield _element(item, f"{origin}[{number}]")
            return
    yield Payload(content, origin)


def _element(item: object, origin: str) -> Payload | Refusal:
    """A folder holds other people's JSON too: an array of numbers would be as many dead letters."""
    if isinstance(item, dict):
        return Payload(orjson.dumps(item), origin)
    return Refusal(origin, "not a JSON object; an article is an object with `title` or `body`")


def _plain(content: bytes, origin: str) -> Iterator[Payload | Refusal]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        yield Refusal(origin, f"not UTF-8 (byte {error.start}): convert it, for example with iconv")
        return
    if text.strip():
        yield Payload(orjson.dumps({"body": text}), origin)


async def send_all(
    settings: Settings,
    topic: str,
    items: Iterable[Payload | Refusal],
    progress: Callable[[int], None] = lambda _bytes: None,
) -> Sent:
    """`send_payloads` with a producer of its own.

    Raises:
        UnavailableError: no broker answers at the start. A broker that goes away later is waited for.
    """
    async with open_producer(settings, linger_ms=5, max_batch_size=262_144) as producer:
        return await send_payloads(producer, settings, topic, items, progress)


async def send_payloads(
    producer: AIOKafkaProducer,
    settings: Settings,
    topic: str,
    items: Iterable[Payload | Refusal],
    progress: Callable[[int], None] = lambda _bytes: None,
) -> Sent:
    """Send every payload and wait until the broker has acknowledged each; for ever, while it is away.

    Args:
        topic: full topic name.
        progress: called with the size of each payload that was acknowledged or refused.
    """
    result = Sent()
    waiting: set[asyncio.Task[None]] = set()

    async def settle(item: Payload, started: _Started) -> None:
        if await _delivered(producer, topic, item.raw, started):
            result.delivered += 1
            result.bytes += len(item.raw)
        else:
            limit = settings.max_message_bytes
            result.refused.append(Refusal(item.origin, f"{len(item.raw)} bytes; the broker takes at most {limit}"))
        progress(len(item.raw))

    async for item in _without_blocking(items):
        if isinstance(item, Refusal):
            result.refused.append(item)
            continue
        if len(waiting) >= MAX_IN_FLIGHT:
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.gather(*done)
        # Handed over one after the other, or those that wait for the topic's metadata are overtaken by later ones.
        waiting.add(asyncio.create_task(settle(item, await _start(producer, topic, item.raw))))
    await asyncio.gather(*waiting)
    return result


async def _start(producer: AIOKafkaProducer, topic: str, raw: bytes) -> _Started:
    """Hand a payload over to the producer."""
    try:
        started: asyncio.Future[object] = await producer.send(topic, raw)
    except KafkaError as error:
        refused: KafkaError = error
        return refused
    return started


async def _delivered(producer: AIOKafkaProducer, topic: str, raw: bytes, started: _Started) -> bool:
    """False when the message is too large for the broker; retries for ever what may pass."""
    delay = 0.2
    while True:
        try:
            if isinstance(started, KafkaError):
                raise started
            await started
        except MessageSizeTooLargeError:
            return False
        except KafkaError as error:
            if not error.retriable:
                raise
            await asyncio.sleep(delay)
            delay = min(delay * 2, 10)
            started = await _start(producer, topic, raw)
        else:
            return True


async def _without_blocking(items: Iterable[Payload | Refusal]) -> AsyncIterator[Payload | Refusal]:
    """Read in a thread: standard input may wait for a person, and the producer's heartbeat must go on meanwhile."""
    iterator, end = iter(items), object()
    while True:
        item = await asyncio.to_thread(next, iterator, end)
        if item is end:
            return
        assert isinstance(item, Payload | Refusal)
        yield item
