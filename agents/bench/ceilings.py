"""What each half of the pipeline reaches alone: all enrichment processes, and bulk writes to the index."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import Final

from agents.enricher import pool_config
from agents.enrichment.frames import Enriched, Job
from agents.enrichment.pool import Pool
from agents.errors import TocsinError
from agents.index import IndexDocument, open_index, remove_index
from agents.indexer import INDEXER, document_of
from agents.kafka import Message
from agents.outcomes import Refused
from agents.settings import Settings

_WARM_UP: Final = 50


async def measure_ceilings(settings: Settings, articles: Sequence[bytes]) -> dict[str, float]:
    """Articles per second of enrichment alone and of the index alone, with the worker's own settings and batch size.

    The index is one of its own beside the real one, and is removed afterwards.

    Raises:
        TocsinError: an article of the benchmark is refused.
    """
    async with Pool(pool_config(settings)) as pool:
        await pool.run([Job(raw, 0, "live") for raw in articles[:_WARM_UP]])
        started = time.monotonic()
        answers = await pool.run([Job(raw, 0, "live") for raw in articles])
        enriching = time.monotonic() - started
    documents = [_document(answer.value) for answer in answers if isinstance(answer, Enriched)]
    if len(documents) != len(articles):
        raise TocsinError(f"{len(articles) - len(documents)} articles of the benchmark were refused")
    indexing = await _index(_beside(settings), documents)
    return {
        "enrichment_per_second": round(len(articles) / enriching, 1),
        "indexing_per_second": round(len(articles) / indexing, 1),
    }


def _document(enriched: bytes) -> IndexDocument:
    document = document_of(Message("", 0, 0, 0, None, enriched))
    if isinstance(document, Refused):
        raise TocsinError(f"an article of the benchmark cannot be indexed: {document.detail}")
    return document


def _beside(settings: Settings) -> Settings:
    return settings.model_copy(
        update={"index_alias": f"{settings.index_alias}-ceiling", "data_dir": settings.data_dir / "ceiling"}
    )


async def _index(settings: Settings, documents: Sequence[IndexDocument]) -> float:
    """Seconds that the writes took, in portions as the indexer's."""
    index = await open_index(settings)
    try:
        started = time.monotonic()
        for first in range(0, len(documents), INDEXER.portion):
            await index.write(documents[first : first + INDEXER.portion])
        return time.monotonic() - started
    finally:
        await index.close()
        await asyncio.shield(remove_index(settings))
