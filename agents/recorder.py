"""alerts.*, handling, dead-letters -> index: every alert, with what people did about it, and every dead letter as a
document, beside the articles.

A dead letter that cannot be indexed must not become a dead letter, which could not be indexed either, and so on for
ever. So nothing is refused here: what is no dead letter is indexed by its place in the topic, with what is wrong with
it; what not even that can be done with is logged. Either way it stays in its topic.
"""

from __future__ import annotations

import traceback
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final

import structlog
from pydantic import ValidationError

from agents.errors import UnavailableError
from agents.handling import FollowedHandling, HandlingBook, handling_topic
from agents.index import IndexDocument
from agents.indexer import IndexStep, open_quietly
from agents.kafka import Message
from agents.metrics import Tally
from agents.outcomes import Done, Outcome, Refused
from agents.records import explain
from agents.settings import Settings
from agents.spec import AgentSpec, Running, generation_of
from pipeline.alert_document import alert_document, alert_version, handled_document
from pipeline.dead_letter_document import dead_letter_document, replayed_document, unreadable_document
from pipeline.identity import dead_letter_id
from pipeline.query.canon import from_ms, to_ms
from schemas.alert import Alert, DeadLetter
from schemas.collections import ALERTS, DEAD_LETTERS
from schemas.topics import DEAD_LETTERS as DEAD_LETTERS_TOPIC
from schemas.topics import HANDLING

log = structlog.get_logger(__name__)


def alert_of(message: Message, book: HandlingBook) -> IndexDocument | Refused:
    """Pure: the document of one alert, with what people did about it so far."""
    try:
        alert = Alert.model_validate_json(message.value)
    except ValidationError as error:
        return explain(error)
    state, comments = book.states.get(alert.id), book.comments(alert.id)
    done_at = [to_ms(one.at) for one in (state, *comments) if one is not None]
    version = max(alert_version(alert), *done_at) if done_at else alert_version(alert)
    return IndexDocument(id=alert.id, version=version, body=alert_document(alert, state, comments))


def letter_of(message: Message) -> IndexDocument | Refused:
    """Pure: the document of one dead letter. Its version is the Kafka time, so that the note of its replay, which is
    written later under the same key, replaces it."""
    try:
        letter = DeadLetter.model_validate_json(message.value)
    except ValidationError as error:
        return explain(error)
    return IndexDocument(id=letter.id, version=max(message.timestamp_ms, 0), body=dead_letter_document(letter))


def unreadable(message: Message, detail: str) -> IndexDocument:
    """Pure: the document of what lies among the dead letters and is none."""
    id = dead_letter_id(message.topic, message.partition, message.offset)
    body = unreadable_document(
        id=id,
        topic=message.topic,
        partition=message.partition,
        offset=message.offset,
        size=len(message.value),
        detail=detail,
        found_at=from_ms(max(message.timestamp_ms, 0)),
    )
    return IndexDocument(id=id, version=max(message.timestamp_ms, 0), body=body)


def replayed_id(message: Message) -> str | None:
    """Id of the letter that a message without value says was replayed; None when its key names no message."""
    try:
        topic, partition, offset = (message.key or b"").decode().rsplit("/", 2)
        return dead_letter_id(topic, int(partition), int(offset))
    except ValueError:
        return None


class DeadLetterStep:
    """Dead letters into their index. Refuses nothing."""

    def __init__(self, settings: Settings) -> None:
        self.index = IndexStep(settings, DEAD_LETTERS, letter_of)

    async def __call__(self, messages: Sequence[Message]) -> list[Outcome]:
        """Letters are written together, in order with the notes of their replays."""
        waiting: list[Message] = []
        for message in messages:
            if message.value:
                waiting.append(message)
                continue
            await self._write(waiting)
            waiting = []
            await self._mark(message)
        await self._write(waiting)
        return [Done() for _ in messages]

    async def _write(self, messages: Sequence[Message]) -> None:
        if not messages:
            return
        try:
            outcomes = await self.index(messages)
        except UnavailableError:
            raise
        except Exception:  # a bug: of one of them, and the others must not suffer for it
            if len(messages) == 1:
                await self._write_unreadable(messages[0], traceback.format_exc()[-4_000:])
                return
            for message in messages:
                await self._write([message])
            return
        for message, outcome in zip(messages, outcomes, strict=True):
            if isinstance(outcome, Refused):
                await self._write_unreadable(message, f"{outcome.reason}: {outcome.detail}")

    async def _write_unreadable(self, message: Message, detail: str) -> None:
        place = f"{message.topic}/{message.partition}/{message.offset}"
        try:
            (written,) = await self.index.write([unreadable(message, detail)])
        except UnavailableError:
            raise
        except Exception:
            log.exception("a dead letter is not in the index; it stays in its topic", place=place)
            return
        if written.status == "rejected":
            log.error("a dead letter is not in the index; it stays in its topic", place=place, error=written.reason)

    async def _mark(self, message: Message) -> None:
        """Note in the letter's document that it was replayed. One that the index does not hold needs no note."""
        id = replayed_id(message)
        index = await self.index.open_or_wait()
        stored = None if id is None else await index.get(id)
        if stored is None:
            return
        body = replayed_document(dict(stored.body), from_ms(max(message.timestamp_ms, 0)))
        version = max(message.timestamp_ms, stored.version + 1)
        if stored.body.get("open") is not False:
            await self.index.write([IndexDocument(id=stored.id, version=version, body=body)])


class AlertRecordStep:
    """Alerts, and what people did about them, into the index of alerts.

    Either may come first. The topic of what people did is read to its end before each batch, so that an alert comes
    with it; a message of that topic changes the alert's document, if there is one yet.
    """

    def __init__(self, settings: Settings) -> None:
        self._handling = FollowedHandling(settings)
        self._book = HandlingBook()
        self._topic = handling_topic(settings)
        self.index = IndexStep(settings, ALERTS, lambda message: alert_of(message, self._book))

    async def close(self) -> None:
        await self._handling.close()
        await self.index.close()

    async def __call__(self, messages: Sequence[Message]) -> list[Outcome]:
        if messages:
            self._book = await self._handling.current()
        alerts = iter(await self.index([message for message in messages if message.topic != self._topic]))
        outcomes: list[Outcome] = []
        for message in messages:
            if message.topic == self._topic:
                await self._update((message.key or b"").decode("utf-8", "replace").partition("/")[0])
            outcomes.append(Done() if message.topic == self._topic else next(alerts))
        return outcomes

    async def _update(self, alert_id: str) -> None:
        index = await self.index.open_or_wait()
        stored = await index.get(alert_id) if alert_id else None
        if stored is None:
            return
        body = handled_document(dict(stored.body), self._book.states.get(alert_id), self._book.comments(alert_id))
        if body != dict(stored.body):
            await self.index.write([IndexDocument(id=stored.id, version=stored.version + 1, body=body)])


class RecordStep:
    """Alerts and dead letters, each into its index."""

    def __init__(self, settings: Settings) -> None:
        self.alerts = AlertRecordStep(settings)
        self.letters = DeadLetterStep(settings)
        self._letters_topic = DEAD_LETTERS_TOPIC.prefixed(settings.topic_prefix)

    async def close(self) -> None:
        await self.alerts.close()
        await self.letters.index.close()

    async def __call__(self, messages: Sequence[Message]) -> list[Outcome]:
        letters = [message for message in messages if message.topic == self._letters_topic]
        alerts = [message for message in messages if message.topic != self._letters_topic]
        # Alerts first: one that is refused here is a dead letter of its own, never one of those in hand.
        of_alerts = iter(await self.alerts(alerts))
        of_letters = iter(await self.letters(letters))
        return [next(of_letters if one.topic == self._letters_topic else of_alerts) for one in messages]


@asynccontextmanager
async def open_recorder(settings: Settings, tally: Tally) -> AsyncIterator[Running]:
    step = RecordStep(settings)
    for one in (step.alerts.index, step.letters.index):
        await open_quietly(one)
    try:
        yield Running(step)
    finally:
        await step.close()


RECORDER: Final = AgentSpec(
    name="recorder",
    reads=(DEAD_LETTERS_TOPIC, HANDLING),
    reads_alerts=True,
    generation=generation_of(ALERTS, DEAD_LETTERS),
    portion=200,
    within_s=0.25,  # as the indexer
    open=open_recorder,
)
