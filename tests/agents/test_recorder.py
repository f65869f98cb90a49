"""Alerts and dead letters into their indices: found, once, and never a loop of dead letters."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agents.errors import UnavailableError
from agents.handling import save_handling
from agents.index import Index, IndexDocument, IndexUnavailableError, SearchRequest, StoredDocument, open_index
from agents.index import Outcome as Written
from agents.kafka import Message, open_producer, read_to_end
from agents.outcomes import Done, Refused
from agents.recorder import RECORDER, RecordStep, replayed_id
from agents.settings import Settings
from agents.topics import ensure_topics
from pipeline.handling import comment, handle
from pipeline.identity import dead_letter_id
from pipeline.query import parse
from schemas.alert import Alert, DeadLetter
from schemas.collections import ALERTS, DEAD_LETTERS, Collection

MOMENT = datetime(2026, 3, 1, 10, tzinfo=UTC)
NOW_MS = 1_772_359_200_000
LETTERS = "tocsin.dead-letters"


def alert_message(id: str = "x1", **changes: Any) -> Message:
    values = {
        "id": id,
        "rule_id": "flood",
        "rule_version": 1,
        "severity": "high",
        "channel": "water",
        "group": "KZ",
        "title": "River rises",
        "summary": "title:river",
        "article_ids": ["a1"],
        "event_time": MOMENT,
        "raised_at": MOMENT,
    }
    value = Alert.model_validate(values | changes).model_dump_json().encode()
    return Message("tocsin.alerts.water", 0, 0, NOW_MS, b"flood\x1fKZ", value)


def letter_message(offset: int = 7, **changes: Any) -> Message:
    values = {
        "id": dead_letter_id("tocsin.articles", 0, offset),
        "stage": "enricher",
        "reason": "invalid_json",
        "detail": "unexpected end of data",
        "topic": "tocsin.articles",
        "partition": 0,
        "offset": offset,
        "raw": b64encode(b"{"),
        "raw_size": 1,
        "failed_at": MOMENT,
    }
    value = DeadLetter.model_validate(values | changes).model_dump_json().encode()
    return Message(LETTERS, 0, offset, NOW_MS, f"tocsin.articles/0/{offset}".encode(), value)


def replay_note(offset: int = 7) -> Message:
    return Message(LETTERS, 0, 100, NOW_MS + 60_000, f"tocsin.articles/0/{offset}".encode(), b"")


@pytest.fixture
async def step(settings: Settings) -> AsyncIterator[RecordStep]:
    made = RecordStep(settings)
    yield made
    await made.close()


async def found(settings: Settings, collection: Collection, query: str) -> list[str]:
    index = await open_index(settings, collection, read_only=True)
    try:
        result = await index.search(SearchRequest(query=parse(query, collection), collection=collection))
        return [hit.id for hit in result.hits]
    finally:
        await index.close()


async def test_alerts_and_dead_letters_are_found_by_what_people_know_of_them(
    settings: Settings, step: RecordStep
) -> None:
    outcomes = await step([letter_message(), alert_message(), alert_message("x2", severity="low")])
    assert outcomes == [Done()] * 3
    assert await found(settings, ALERTS, "severity.level:>=3 AND group:kz AND rule_id:flood") == ["x1"]
    assert await found(settings, ALERTS, "river AND article_ids:a1 AND _exists_:raised_at") == ["x1", "x2"]
    letters = "reason:invalid_json AND stage:enricher AND offset:7 AND topic:tocsin.articles AND open:true"
    assert await found(settings, DEAD_LETTERS, letters) == [dead_letter_id("tocsin.articles", 0, 7)]


async def test_a_replay_of_the_topics_adds_nothing(settings: Settings, step: RecordStep) -> None:
    batch = [alert_message(), letter_message(), replay_note(), letter_message(8)]
    await step(batch)
    await step(batch)
    assert await found(settings, ALERTS, "*:*") == ["x1"]
    assert len(await found(settings, DEAD_LETTERS, "*:*")) == 2
    assert await found(settings, DEAD_LETTERS, "open:false") == [dead_letter_id("tocsin.articles", 0, 7)]


async def test_an_alert_that_cannot_be_read_becomes_a_dead_letter(step: RecordStep) -> None:
    outcomes = await step([replace(alert_message(), value=b"{"), alert_message()])
    assert isinstance(outcomes[0], Refused)
    assert outcomes[1] == Done()


async def test_a_replayed_letter_is_marked_and_its_replay_keeps_what_it_said(
    settings: Settings, step: RecordStep
) -> None:
    await step([letter_message(), replay_note()])
    assert await found(settings, DEAD_LETTERS, "open:true") == []
    assert len(await found(settings, DEAD_LETTERS, "open:false AND replayed_at:>=2026-03-01 AND unexpected")) == 1


@pytest.mark.parametrize("key", [None, b"", b"nonsense", b"a/b", b"a/b/c", b"\xff/0/1"])
def test_a_note_that_names_no_message_marks_nothing(key: bytes | None) -> None:
    assert replayed_id(replace(replay_note(), key=key)) is None


async def test_a_note_of_a_letter_that_is_not_there_is_passed_over(settings: Settings, step: RecordStep) -> None:
    assert await step([replay_note(55), replace(replay_note(), key=None), letter_message()]) == [Done()] * 3
    assert len(await found(settings, DEAD_LETTERS, "open:true")) == 1


@pytest.mark.parametrize(
    "value", [b"{", b"\xff", b'{"id": "x"}', letter_message().value.replace(b'"1.0"', b'"9.0"', 1)]
)
async def test_what_is_no_dead_letter_is_indexed_by_its_place_and_never_refused(
    settings: Settings, step: RecordStep, value: bytes
) -> None:
    odd = replace(letter_message(), value=value, offset=41)
    assert await step([letter_message(8), odd, letter_message(9)]) == [Done()] * 3
    assert await found(settings, DEAD_LETTERS, "reason:unreadable AND offset:41") == [dead_letter_id(LETTERS, 0, 41)]
    assert len(await found(settings, DEAD_LETTERS, "reason:invalid_json")) == 2


class HostileIndex:
    """Takes no document that tells of poison; a write of one ends as *how* says."""

    def __init__(self, inner: Index, how: str) -> None:
        self._inner, self._how = inner, how

    async def write(self, documents: Any) -> list[Written]:
        if not any(map(self._is_bad, documents)):
            return await self._inner.write(documents)
        if self._how == "rejects":
            written = iter(await self._inner.write([one for one in documents if not self._is_bad(one)]))
            return [Written("rejected", "poison") if self._is_bad(one) else next(written) for one in documents]
        if self._how == "away":
            raise IndexUnavailableError("away")
        raise RuntimeError("poison in our own code")

    def _is_bad(self, document: IndexDocument) -> bool:
        return "poison" in str(document.body.get("detail"))

    async def get(self, id: str) -> StoredDocument | None:
        return await self._inner.get(id)

    async def close(self) -> None:
        await self._inner.close()


@pytest.mark.parametrize("how", ["rejects", "raises"])
async def test_a_letter_that_no_index_takes_is_left_in_its_topic_and_the_others_are_indexed(
    settings: Settings, step: RecordStep, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    async def opened(settings: Settings, collection: Collection) -> Any:
        return HostileIndex(await open_index(settings, collection), how)

    monkeypatch.setattr("agents.indexer.open_index", opened)
    batch = [letter_message(1), letter_message(2, detail="poison"), letter_message(3)]
    assert await step(batch) == [Done()] * 3
    assert len(await found(settings, DEAD_LETTERS, "reason:invalid_json AND NOT offset:2")) == 2
    assert len(await found(settings, DEAD_LETTERS, "*:*")) == 2


async def test_letters_wait_for_an_index_that_is_away(
    settings: Settings, step: RecordStep, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def opened(settings: Settings, collection: Collection) -> Any:
        return HostileIndex(await open_index(settings, collection), "away")

    monkeypatch.setattr("agents.indexer.open_index", opened)
    with pytest.raises(UnavailableError):
        await step([letter_message(detail="poison")])


def test_topics_of_all_alert_channels_are_read(settings: Settings) -> None:
    existing = ["tocsin.alerts.water", "tocsin.alerts.backfill", "tocsin.articles", "other.alerts.x"]
    assert RECORDER.topics(settings, existing) == [
        LETTERS,
        "tocsin.handling",
        "tocsin.alerts.backfill",
        "tocsin.alerts.water",
    ]


async def handling_messages(settings: Settings) -> list[Message]:
    return [message async for message in read_to_end(settings, ["tocsin.handling"])]


async def test_what_people_did_about_an_alert_is_searched_whichever_came_first(
    settings: Settings, step: RecordStep
) -> None:
    await ensure_topics(settings)
    known, coming = (Alert.model_validate_json(alert_message(name).value) for name in ("x1", "x2"))
    await step([alert_message("x1")])
    assert await found(settings, ALERTS, "status:open") == ["x1"]
    await save_handling(settings, handle(known, "acknowledged", by="ana", at=MOMENT))
    await save_handling(settings, comment("x1", "the dam holds", by="ana", at=MOMENT))
    await save_handling(settings, handle(coming, "snoozed", by="ben", at=MOMENT, until=MOMENT + timedelta(days=2)))
    assert await step(await handling_messages(settings)) == [Done()] * 3
    assert await step([alert_message("x2")]) == [Done()]
    assert await found(settings, ALERTS, "status:acknowledged AND status.by:ana AND comments:dam") == ["x1"]
    assert await found(settings, ALERTS, "status:snoozed AND status.until:>2026-03-02") == ["x2"]
    await save_handling(settings, handle(known, "open", by="ana", at=MOMENT))
    await step([*(await handling_messages(settings)), alert_message("x1"), alert_message("x2")])
    assert await found(settings, ALERTS, "status:open AND NOT _exists_:status.by") == ["x1"]


async def test_what_is_no_record_of_what_people_did_changes_nothing(settings: Settings, step: RecordStep) -> None:
    await ensure_topics(settings)
    async with open_producer(settings) as producer:
        for key, value in ((b"x1", b"{"), (None, b"{}"), (b"x1/c1", b"[]"), (b"x9", None)):
            await producer.send_and_wait("tocsin.handling", value, key=key)
    messages = await handling_messages(settings)
    assert await step([alert_message("x1"), *messages]) == [Done()] * 5
    assert await found(settings, ALERTS, "status:open") == ["x1"]
