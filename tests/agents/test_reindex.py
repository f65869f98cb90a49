"""The index built anew from the enriched articles."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from agents.importer import Payload, send_all
from agents.index import IndexUnavailableError, open_index
from agents.reindex import reindex
from agents.settings import Settings
from pipeline.enrich import enrich
from schemas.article import Article


def _payload(number: int) -> Payload:
    article = Article(id=f"a{number}", body=f"{number} people were hurt.", observed_at=datetime(2026, 3, 1, tzinfo=UTC))
    return Payload(enrich(article).model_dump_json().encode(), "test")


async def _ids(settings: Settings) -> list[str]:
    index = await open_index(settings, read_only=True)
    try:
        return [one for one in ("a1", "a2", "old") if await index.get(one)]
    finally:
        await index.close()


async def test_the_index_holds_what_the_topic_holds_and_nothing_else(settings: Settings) -> None:
    await send_all(settings, "tocsin.enriched", [_payload(1), _payload(2), Payload(b"{}", "test")])
    first = await reindex(settings)
    assert (first.read, dict(first.refused)) == (3, {"invalid_record": 1})
    assert await _ids(settings) == ["a1", "a2"]
    assert (await reindex(settings)).read == 3
    assert await _ids(settings) == ["a1", "a2"]


async def test_an_index_that_is_being_written_is_not_removed(settings: Settings) -> None:
    await send_all(settings, "tocsin.enriched", [_payload(1)])
    await reindex(settings)
    writer = await open_index(settings)
    try:
        with pytest.raises(IndexUnavailableError):
            await reindex(settings)
    finally:
        await writer.close()
    assert await _ids(settings) == ["a1"]
