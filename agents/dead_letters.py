"""Reading dead letters, and sending their messages again once the cause is mended.

A replayed letter is followed, under the same key, by a message without value: Kafka's own sign for "gone". The letter
stays in the topic until its retention ends; it is only no longer open.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass, replace
from typing import Final, Literal

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from pydantic import ValidationError

from agents.errors import UsageError
from agents.kafka import open_admin, open_consumer, open_producer, partitions_of, read_to_end
from agents.settings import Settings
from schemas.alert import DeadLetter
from schemas.topics import DEAD_LETTERS

_READ_TIMEOUT_S: Final = 20.0


@dataclass(frozen=True, slots=True)
class Stored:
    """A dead letter, without its message, and whether it still waits for a replay."""

    letter: DeadLetter
    place: tuple[int, int]
    """Partition and offset of the latest writing of this letter."""
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Replayed:
    """What became of one letter's replay."""

    id: str
    outcome: Literal["sent", "gone"]
    detail: str
    """In words: where it went, or why it cannot go."""


async def read_dead_letters(settings: Settings) -> list[Stored]:
    """All dead letters, oldest first, each once however often its stage gave it up, without `raw` and `traceback`.

    Tens of thousands of letters with their messages would not fit the memory; `in_full` gives those.

    Raises:
        UnavailableError: no broker answers.
    """
    found: dict[bytes, Stored] = {}
    async for message in read_to_end(settings, [DEAD_LETTERS.prefixed(settings.topic_prefix)]):
        key = message.key or b""
        if not message.value:
            if key in found:
                found[key] = replace(found[key], is_open=False)
        elif letter := _parsed(message.value):
            place = message.partition, message.offset
            found[key] = Stored(letter.model_copy(update={"raw": b"", "traceback": None}), place)
    return list(found.values())


async def in_full(settings: Settings, chosen: Collection[Stored]) -> AsyncIterator[DeadLetter]:
    """The letters as they were written, one in memory at a time; one that retention removed meanwhile is left out.

    Raises:
        UnavailableError: no broker answers.
    """
    wanted = {stored.place for stored in chosen}
    async for message in read_to_end(settings, [DEAD_LETTERS.prefixed(settings.topic_prefix)]):
        if (message.partition, message.offset) in wanted:
            yield DeadLetter.model_validate_json(message.value)


def _parsed(value: bytes) -> DeadLetter | None:
    """None for a letter of a later version; it is for that version to replay."""
    try:
        return DeadLetter.model_validate_json(value)
    except ValidationError:
        return None


async def find_dead_letter(settings: Settings, identity: str) -> Stored:
    """The dead letter whose id begins with *identity*.

    Raises:
        UsageError: there is none, or more than one.
    """
    matching = [stored for stored in await read_dead_letters(settings) if stored.letter.id.startswith(identity)]
    if len(matching) != 1:
        said = "no dead letter has" if not matching else f"{len(matching)} dead letters have"
        raise UsageError(f"{said} an id that begins with {identity!r}; `tocsin dead-letters list` shows them")
    return matching[0]


async def _whole(admin: AIOKafkaAdminClient, consumer: AIOKafkaConsumer, letter: DeadLetter) -> bytes | None:
    """The message's value; for a letter that holds it cut, as its topic still has it, else None."""
    if len(letter.raw) == letter.raw_size:
        return letter.raw
    part = TopicPartition(letter.topic, letter.partition)
    if part not in await partitions_of(admin, [letter.topic]):
        return None
    start, end = (await consumer.beginning_offsets([part]))[part], (await consumer.end_offsets([part]))[part]
    if not start <= letter.offset < end:
        return None
    consumer.assign([part])
    consumer.seek(part, letter.offset)
    try:
        async with asyncio.timeout(_READ_TIMEOUT_S):
            record = await consumer.getone(part)
    except TimeoutError:
        return None
    value: bytes = record.value or b""
    is_it = record.offset == letter.offset and len(value) == letter.raw_size
    return value if is_it else None


async def _send(producer: AIOKafkaProducer, letter: DeadLetter, value: bytes, dead_letters: str) -> None:
    """The message as it was: key and time too, so that the article's id and observation time stay the same."""
    topic = letter.replay_topic or letter.topic
    await producer.send_and_wait(topic, value=value, key=letter.key, timestamp_ms=letter.timestamp_ms)
    await producer.send_and_wait(dead_letters, value=None, key=key_of(letter))


def key_of(letter: DeadLetter) -> bytes:
    """Key of the letter's message. What one target of the notifier missed is a letter of its own beside those of others
    that read the same message."""
    place = f"{letter.topic}/{letter.partition}/{letter.offset}"
    return (place if letter.replay_topic is None else f"{letter.stage}:{place}").encode()


async def replay(settings: Settings, chosen: Collection[Stored]) -> list[Replayed]:
    """Send the letters' messages to the topics they came from, and mark them as replayed.

    Raises:
        UnavailableError: no broker answers. Those sent before are marked; the others can be replayed again.
        KafkaError: the broker refuses a message.
    """
    results: list[Replayed] = []
    dead_letters = DEAD_LETTERS.prefixed(settings.topic_prefix)
    async with open_admin(settings) as admin, open_consumer(settings) as consumer, open_producer(settings) as producer:
        async for letter in in_full(settings, chosen):
            value = await _whole(admin, consumer, letter)
            if value is None:
                detail = (
                    f"{letter.topic}/{letter.partition} no longer holds offset {letter.offset}, and the letter is cut"
                )
                results.append(Replayed(letter.id, "gone", detail))
                continue
            await _send(producer, letter, value, dead_letters)
            results.append(Replayed(letter.id, "sent", f"{len(value)} bytes to {letter.replay_topic or letter.topic}"))
    return results
