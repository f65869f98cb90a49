"""Dead letters: read once each, replayed as they were, and closed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from agents.dead_letters import find_dead_letter, in_full, read_dead_letters, replay
from agents.delivery import dead_letter, to_topic
from agents.errors import UsageError
from agents.kafka import Message, open_producer, read_to_end
from agents.outcomes import Refused
from agents.settings import Settings
from agents.topics import ensure_topics

ARTICLES = "tocsin.articles"
LETTERS = "tocsin.dead-letters"


async def give_up(settings: Settings, *messages: Message, room: int = 1_000) -> None:
    async with open_producer(settings) as producer:
        for message in messages:
            why = Refused("invalid_json", f"offset {message.offset}")
            letter = dead_letter(message, why, stage="enricher", failed_at=datetime.now(UTC), room=room)
            output = to_topic(letter, message, LETTERS)
            await producer.send_and_wait(output.topic, output.value, key=output.key)


async def write(settings: Settings, *values: bytes) -> list[Message]:
    """Put the values on the articles topic and read them back."""
    async with open_producer(settings) as producer:
        for i, value in enumerate(values):
            await producer.send_and_wait(ARTICLES, value, key=b"k", timestamp_ms=1_700_000_000_000 + i)
    return [message async for message in read_to_end(settings, [ARTICLES])]


@pytest.fixture
async def letters(settings: Settings) -> list[Message]:
    """Three messages on the articles topic, all given up; the second is longer than its letter."""
    await ensure_topics(settings)
    messages = await write(settings, b"{", b"x" * 5_000, b"\xff")
    await give_up(settings, *messages)
    return messages


async def test_a_letter_written_twice_is_listed_once(settings: Settings, letters: list[Message]) -> None:
    await give_up(settings, letters[0])
    found = await read_dead_letters(settings)
    assert sorted(stored.letter.offset for stored in found) == [0, 1, 2]
    assert all(stored.is_open for stored in found)


async def test_a_replayed_message_is_the_same_again_and_its_letter_closed(
    settings: Settings, letters: list[Message]
) -> None:
    found = await read_dead_letters(settings)
    results = await replay(settings, found)
    assert [result.outcome for result in results] == ["sent"] * 3
    again = [message async for message in read_to_end(settings, [ARTICLES])][3:]
    assert [(one.key, one.timestamp_ms, one.value) for one in again] == [
        (one.key, one.timestamp_ms, one.value) for one in letters
    ]
    assert [stored.is_open for stored in await read_dead_letters(settings)] == [False] * 3


async def test_a_cut_letter_whose_message_is_gone_stays_open(settings: Settings, letters: list[Message]) -> None:
    moved = Message(ARTICLES, 0, 99, 0, None, b"y" * 5_000)
    other = Message("tocsin.nowhere", 0, 0, 0, None, b"y" * 5_000)
    changed = Message(ARTICLES, 0, 0, 0, None, b"y" * 5_000)
    await give_up(settings, moved, other, changed)
    wanted = [stored for stored in await read_dead_letters(settings) if stored.letter.raw_size == 5_000]
    results = {result.id: result.outcome for result in await replay(settings, wanted)}
    assert sorted(results.values()) == ["gone", "gone", "gone", "sent"]
    assert sum(stored.is_open for stored in await read_dead_letters(settings)) == 4


async def test_a_letter_is_found_by_the_beginning_of_its_id(settings: Settings, letters: list[Message]) -> None:
    wanted = (await read_dead_letters(settings))[1]
    assert await find_dead_letter(settings, wanted.letter.id[:10]) == wanted
    assert wanted.letter.raw == b""
    (letter,) = [letter async for letter in in_full(settings, [wanted])]
    assert letter.raw == letters[letter.offset].value[: len(letter.raw)] != b""
    with pytest.raises(UsageError, match="no dead letter"):
        await find_dead_letter(settings, "nothing")
    with pytest.raises(UsageError, match="3 dead letters"):
        await find_dead_letter(settings, "")
