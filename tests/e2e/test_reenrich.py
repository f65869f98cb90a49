"""A later pipeline enriches everything anew: documents are replaced, and nobody is alerted again."""

from __future__ import annotations

from pathlib import Path

import pytest

from agents.index import open_index
from agents.reenrich import reenrich
from agents.settings import Settings
from pipeline.enrich import PIPELINE_VERSION, enrich
from schemas.alert import Alert
from schemas.article import Article
from schemas.topics import ENRICHED
from tests.e2e.deployment import Deployment, make_settings


def of_older_pipeline(id: str, title: str, observed_at: str) -> bytes:
    """As an older release wrote it: of pipeline 0.0, which found nothing."""
    article = Article.model_validate({"id": id, "title": title, "body": "Three died.", "observed_at": observed_at})
    record = enrich(article)
    provenance = record.enrichment.provenance.model_copy(update={"pipeline": "0.0"})
    enrichment = type(record.enrichment)(provenance=provenance)
    return record.model_copy(update={"enrichment": enrichment}).model_dump_json().encode()


async def found(settings: Settings) -> dict[str, tuple[object, object]]:
    """Title and pipeline of each document."""
    index = await open_index(settings, read_only=True)
    try:
        return {one.id: (one.body["title"], one.body["pipeline"]) async for one in index.scan()}
    finally:
        await index.close()


async def alerts(system: Deployment, channel: str) -> list[str]:
    read = [Alert.model_validate_json(message.value) for message in await system.read(f"alerts.{channel}")]
    return sorted(article for alert in read for article in alert.article_ids)


@pytest.mark.parametrize("from_index", [False, True], ids=["from the topic", "from the index"])
async def test_documents_are_replaced_by_the_later_pipeline_and_nobody_is_alerted_again(
    tmp_path: Path, from_index: bool
) -> None:
    records = [
        of_older_pipeline("a1", "Fire in a mill", "2026-03-01T10:00:00Z"),
        of_older_pipeline("a1", "Fire in two mills", "2026-03-01T11:00:00Z"),
        of_older_pipeline("a2", "Rain", "2026-03-01T10:00:00Z"),
    ]
    async with Deployment(make_settings(tmp_path)) as system:
        await system.write(records, ENRICHED.name)
        await system.until_settled()
        assert await found(system.settings) == {"a1": ("Fire in two mills", "0.0"), "a2": ("Rain", "0.0")}
        delivered = await alerts(system, "fire")
        assert "a1" in delivered
        done = await reenrich(system.settings, from_index=from_index)
        assert (done.sent, done.unreadable) == (2, 0)
        await system.until_settled()
        assert await found(system.settings) == {
            "a1": ("Fire in two mills", PIPELINE_VERSION),
            "a2": ("Rain", PIPELINE_VERSION),
        }
        assert await alerts(system, "fire") == delivered
        assert await alerts(system, "backfill") == ["a1"]
        again = await reenrich(system.settings, from_index=from_index)
        assert again.sent == 0
        assert await system.stop_worker() == 0
