"""An index filled from its topics and from an older version, and swapped, on the embedded engines."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from agents.errors import UsageError
from agents.importer import Payload, send_all
from agents.index import (
    IndexDocument,
    IndexLockedError,
    IndexUnavailableError,
    open_index,
    read_standing,
    remove_version,
)
from agents.indexer import INDEXER, IndexStep
from agents.kafka import open_admin, read_to_end
from agents.outcomes import Refused
from agents.reindex import reindex
from agents.reindex.source import SOURCES, Opened, Source
from agents.settings import Settings
from agents.supervision.progress import read_progress
from agents.topics import ensure_topics
from pipeline.enrich import enrich
from schemas.alert import Alert, DeadLetter
from schemas.article import Article
from schemas.collections import ALERTS, ARTICLES, DEAD_LETTERS, Collection
from schemas.fields import Field

MOMENT = datetime(2026, 3, 1, tzinfo=UTC)
NEXT = replace(
    ARTICLES, version=2, fields=(*ARTICLES.fields, Field(name="grade", type="keyword", meaning="came with the next"))
)


def payload(number: int) -> Payload:
    article = Article(id=f"a{number}", body=f"{number} people were hurt.", observed_at=MOMENT)
    return Payload(enrich(article).model_dump_json().encode(), "test")


async def send(settings: Settings, *numbers: int) -> None:
    await ensure_topics(settings)
    await send_all(settings, "tocsin.enriched", [payload(number) for number in numbers])


async def ids(settings: Settings, collection: Collection = ARTICLES) -> set[str]:
    """What searches find."""
    index = await open_index(settings, collection, read_only=True)
    try:
        return {one.id async for one in index.scan()}
    finally:
        await index.close()


def next_release(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on the code is that of the next release, whose articles have one field more."""

    def opened(settings: Settings) -> Opened:
        step = IndexStep(settings, NEXT)
        return Opened(step, step, step.close)

    agent = replace(INDEXER, generation="v2")
    monkeypatch.setitem(SOURCES, "articles", Source(NEXT, agent, opened, fills_all=True))


async def test_what_the_topic_holds_is_found(settings: Settings) -> None:
    await send(settings, 1, 2)
    await send_all(settings, "tocsin.enriched", [Payload(b"{}", "test")])
    first = await reindex(settings)
    assert (first.read, dict(first.refused), first.before) == (3, {"invalid_record": 1}, None)
    assert await ids(settings) == {"a1", "a2"}
    again = await reindex(settings)
    assert (again.read, again.before) == (3, "tocsin-articles-v1")
    assert await ids(settings) == {"a1", "a2"}


async def write_old(settings: Settings, *names: str) -> None:
    index = await open_index(settings)
    body = {"@timestamp": "2020-01-01T00:00:00.000Z", "title": "Older than the topic"}
    await index.write([IndexDocument(id=name, version=1, body=body) for name in names])
    await index.close()


async def test_what_only_the_index_holds_stays_unless_it_is_rebuilt(settings: Settings) -> None:
    await send(settings, 1)
    await write_old(settings, "old")
    await reindex(settings)
    assert await ids(settings) == {"old", "a1"}
    await reindex(settings, rebuild=True)
    assert await ids(settings) == {"a1"}


async def test_the_next_version_is_filled_beside_the_old_one_and_swapped(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    await send(settings, 1, 2)
    await reindex(settings)
    await write_old(settings, "old")
    next_release(monkeypatch)
    assert await ids(settings, NEXT) == {"a1", "a2", "old"}
    done = await reindex(settings)
    assert (done.index, done.before, done.copied) == ("tocsin-articles-v2", "tocsin-articles-v1", 0)
    assert await ids(settings, NEXT) == {"a1", "a2"}
    assert (await read_standing(settings, NEXT)).left_over == ("tocsin-articles-v1",)
    assert (await reindex(settings, from_index=True)).copied == 1
    assert await ids(settings, NEXT) == {"a1", "a2", "old"}
    for name, why in (("tocsin-articles-v2", "searches find"), ("tocsin-articles-v7", "there is no index")):
        with pytest.raises(UsageError, match=why):
            await remove_version(settings, name, NEXT)
    await remove_version(settings, "tocsin-articles-v1", NEXT)
    assert (await read_standing(settings, NEXT)).there == ("tocsin-articles-v2",)
    with pytest.raises(UsageError, match="no other version"):
        await reindex(settings, from_index=True)


async def test_a_document_that_the_topic_holds_is_made_from_the_record_and_not_copied(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    await send(settings, 1)
    await reindex(settings)
    next_release(monkeypatch)
    done = await reindex(settings, from_index=True)
    assert (done.read, done.copied) == (1, 0)


async def test_workers_of_the_release_go_on_where_the_index_is_filled_to(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    await send(settings, 1, 2, 3)
    await reindex(settings)
    next_release(monkeypatch)
    agent = SOURCES["articles"].agent
    assert [part.lag for part in await read_progress(settings, [agent])] == [3]
    await reindex(settings)
    assert [part.lag for part in await read_progress(settings, [agent])] == [0]
    await send(settings, 4)
    await reindex(settings)
    assert [part.lag for part in await read_progress(settings, [agent])] == [1], "a group that has begun is left alone"


async def test_workers_read_again_what_was_refused_so_that_it_becomes_a_dead_letter(settings: Settings) -> None:
    await ensure_topics(settings)
    await send_all(settings, "tocsin.enriched", [Payload(b"{}", "test")])
    assert (await reindex(settings)).refused.total() == 1
    assert [part.lag for part in await read_progress(settings, [INDEXER])] == [1]


async def test_an_embedded_index_that_a_worker_writes_is_neither_filled_nor_removed(settings: Settings) -> None:
    await send(settings, 1)
    await reindex(settings)
    writer = await open_index(settings)
    try:
        for rebuild in (False, True):
            with pytest.raises(IndexLockedError):
                await reindex(settings, rebuild=rebuild)
    finally:
        await writer.close()
    assert await ids(settings) == {"a1"}


async def work(settings: Settings, source: Source) -> None:
    """A worker of the release: writes what the topic holds, and says how far it came when it has."""
    opened = source.open(settings)
    step, index = opened.step, opened.index
    await index.open()
    await asyncio.sleep(1.5)
    topic = [message async for message in read_to_end(settings, ["tocsin.enriched"])]
    assert not [one for one in await step(topic) if isinstance(one, Refused)]
    from aiokafka import TopicPartition

    from agents.reindex.run import _commit

    end = {TopicPartition("tocsin.enriched", 0): topic[-1].offset + 1}
    await _commit(settings, source.agent.group(settings), end)
    await asyncio.sleep(1.5)
    await index.close()


async def test_a_running_worker_of_the_next_release_does_the_filling(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    await send(settings, 1, 2)
    await reindex(settings)
    next_release(monkeypatch)
    working = asyncio.create_task(work(settings, SOURCES["articles"]))
    await asyncio.sleep(0.5)
    with pytest.raises(IndexLockedError, match="--from-index"):
        await reindex(settings, from_index=True)
    done = await reindex(settings)
    assert (done.by_worker, done.read) == (True, 0)
    assert await ids(settings, NEXT) == {"a1", "a2"}
    await working


async def test_the_filling_of_a_worker_that_ended_is_taken_over(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    await send(settings, 1, 2)
    await reindex(settings)
    next_release(monkeypatch)
    writer = await open_index(settings, NEXT)
    filling = asyncio.create_task(reindex(settings))
    await asyncio.sleep(1.5)
    assert not filling.done()
    await writer.close()
    done = await filling
    assert (done.by_worker, done.read) == (False, 2)
    assert await ids(settings, NEXT) == {"a1", "a2"}


async def test_an_index_that_cannot_be_reached_is_not_swapped(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    await send(settings, 1)
    await reindex(settings)
    next_release(monkeypatch)

    async def away(*_: Any) -> list[Any]:
        raise IndexUnavailableError("away")

    monkeypatch.setattr(IndexStep, "write", away)
    monkeypatch.setattr("agents.reindex.run.pause_s", lambda *_: 0.0)
    with pytest.raises(IndexUnavailableError):
        await reindex(settings)
    assert (await read_standing(settings, NEXT)).searched == "tocsin-articles-v1"


async def test_alerts_and_dead_letters_are_filled_from_their_topics(settings: Settings) -> None:
    await ensure_topics(settings, ["water"])
    alert = Alert(
        id="x1",
        rule_id="flood",
        rule_version=1,
        severity="high",
        channel="water",
        group="",
        title="Flood",
        summary="it held",
        article_ids=("a1",),
        event_time=MOMENT,
        raised_at=MOMENT,
    )
    letter = DeadLetter(
        id="l1",
        stage="enricher",
        reason="bug",
        detail="oh",
        topic="tocsin.articles",
        partition=0,
        offset=3,
        raw=b64encode(b"{"),
        raw_size=1,
        failed_at=MOMENT,
    )
    await send_all(settings, "tocsin.alerts.water", [Payload(alert.model_dump_json().encode(), "test")])
    await send_all(settings, "tocsin.dead-letters", [Payload(letter.model_dump_json().encode(), "test")])
    for name in ("alerts", "dead-letters"):
        assert (await reindex(settings, name)).read == 1
    assert (await ids(settings, ALERTS), await ids(settings, DEAD_LETTERS)) == ({"x1"}, {"l1"})


async def test_without_topics_there_is_an_empty_index(settings: Settings) -> None:
    async with open_admin(settings) as admin:
        assert await admin.list_topics() == []
    assert (await reindex(settings)).read == 0
    assert await ids(settings) == set()
