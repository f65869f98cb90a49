"""Enriching anew what an older pipeline enriched: back through the backfill topic, so that nobody is alerted again.

    enriched or index -> articles of an older pipeline, in their latest revision -> articles.backfill
    -> enricher (this release) -> enriched -> indexer: the same observation by a later pipeline replaces the document

Alerts of a backfill go to the backfill channel only, which notifies nobody.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError
from pydantic import ValidationError

from agents.errors import UnavailableError
from agents.index import open_index
from agents.kafka import Message, open_producer, read_to_end
from agents.settings import Settings
from pipeline.document import document_version, pipeline_rank
from pipeline.enrich import PIPELINE_VERSION
from pipeline.source_article import article_of_document, article_of_record
from schemas.article import Article
from schemas.enrichment import EnrichedArticle
from schemas.topics import BACKFILL, ENRICHED

_PORTION: Final = 200
"""Deliveries awaited at a time."""

Tell = Callable[[int], None]


@dataclass
class Reenriched:
    """What became of the articles."""

    sent: int = 0
    """To the backfill topic."""
    current: int = 0
    """Enriched by this pipeline or a later one already, or an older revision of one that is sent."""
    unreadable: int = 0
    """Not of a version that this release reads."""


async def reenrich(settings: Settings, *, from_index: bool = False, tell: Tell = lambda _count: None) -> Reenriched:
    """Send every article that an older pipeline enriched to the backfill topic. Running it again sends those only whose
    enrichment has not come through yet.

    Args:
        from_index: take the articles from the index, which goes back further than the topic's retention.
        tell: called with the number of articles sent so far.

    Raises:
        UnavailableError: no broker answers, or the index cannot be read; what was sent before is under way.
    """
    done = Reenriched()
    articles = _from_index(settings, done) if from_index else _from_topic(settings, done)
    topic = BACKFILL.prefixed(settings.topic_prefix)
    portion: list[tuple[Article, int | None]] = []
    try:
        async with open_producer(settings, linger_ms=5) as producer:
            async for one in articles:
                portion.append(one)
                if len(portion) >= _PORTION:
                    await _send(producer, topic, portion)
                    done.sent += len(portion)
                    portion.clear()
                    tell(done.sent)
            await _send(producer, topic, portion)
    except KafkaError as error:
        raise UnavailableError(f"the broker does not take articles: {type(error).__name__}: {error}") from error
    done.sent += len(portion)
    return done


def is_outdated(pipeline: str) -> bool:
    """Whether a later pipeline than *pipeline* is this release's."""
    return pipeline_rank(pipeline) < pipeline_rank(PIPELINE_VERSION)


async def _send(producer: AIOKafkaProducer, topic: str, portion: list[tuple[Article, int | None]]) -> None:
    sent = []
    for article, timestamp_ms in portion:
        value, key = article.model_dump_json().encode(), (article.id or "").encode()
        sent.append(await producer.send(topic, value=value, key=key, timestamp_ms=timestamp_ms))
    await asyncio.gather(*sent)


async def _from_topic(settings: Settings, done: Reenriched) -> AsyncIterator[tuple[Article, int | None]]:
    """The latest revision of each article, with the Kafka time it had; twice through the topic, for the first time
    tells which one that is. Memory: about 100 bytes an article."""
    latest: dict[bytes, int] = {}
    async for message in _enriched(settings):
        if (record := _read(message)) is not None:
            key = _short(record)
            latest[key] = max(document_version(record), latest.get(key, 0))
    async for message in _enriched(settings):
        record = _read(message)
        if record is None:
            done.unreadable += 1
        elif document_version(record) == latest.get(_short(record)) and is_outdated(_pipeline(record)):
            del latest[_short(record)]  # the same revision may have been written twice
            yield article_of_record(record), message.timestamp_ms if message.timestamp_ms >= 0 else None
        else:
            done.current += 1


def _enriched(settings: Settings) -> AsyncIterator[Message]:
    return read_to_end(settings, [ENRICHED.prefixed(settings.topic_prefix)])


def _read(message: Message) -> EnrichedArticle | None:
    try:
        record = EnrichedArticle.model_validate_json(message.value)
    except ValidationError:
        return None
    return record if record.id is not None and record.observed_at is not None else None


def _pipeline(record: EnrichedArticle) -> str:
    return record.enrichment.provenance.pipeline


def _short(record: EnrichedArticle) -> bytes:
    return blake2b((record.id or "").encode(), digest_size=12).digest()


async def _from_index(settings: Settings, done: Reenriched) -> AsyncIterator[tuple[Article, int | None]]:
    index = await open_index(settings, read_only=True)
    try:
        async for stored in index.scan():
            if not is_outdated(str(stored.body.get("pipeline", ""))):
                done.current += 1
                continue
            try:
                article = article_of_document(stored.body)
            except ValidationError:
                done.unreadable += 1
                continue
            yield article, None
    finally:
        await index.close()
