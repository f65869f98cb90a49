"""Alerts and dead letters are searchable while the system runs, those of channels that rules add later too."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agents.index import SearchRequest, open_index
from agents.settings import Settings
from pipeline.query import parse
from schemas.alert import Match
from schemas.collections import ALERTS, DEAD_LETTERS, Collection
from schemas.topics import MATCHES
from tests.e2e.deployment import Deployment, make_settings


async def count(settings: Settings, collection: Collection, query: str) -> int:
    index = await open_index(settings, collection, read_only=True)
    try:
        return (await index.search(SearchRequest(query=parse(query, collection), collection=collection))).total
    finally:
        await index.close()


async def until_found(settings: Settings, collection: Collection, query: str) -> None:
    async with asyncio.timeout(90):
        while await count(settings, collection, query) == 0:
            await asyncio.sleep(0.2)


def match(channel: str) -> bytes:
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    return (
        Match(
            rule_id="elsewhere",
            rule_version=1,
            group="",
            article_id="a9",
            severity="low",
            channel=channel,
            title="Of a rule that only another worker knows",
            summary="it held",
            event_time=moment,
        )
        .model_dump_json()
        .encode()
    )


@pytest.mark.timeout(300)  # a channel that appears is noticed after some seconds
async def test_alerts_and_dead_letters_are_found_while_the_system_runs(tmp_path: Path) -> None:
    async with Deployment(make_settings(tmp_path)) as system:
        settings = system.settings
        await system.write([b'{"title": "Fire in a mill", "body": "It burns."}', b"{ torn"])
        await system.until_settled()
        assert await count(settings, ALERTS, "rule_id:fire AND mill AND severity.level:>=3") == 1
        assert await count(settings, DEAD_LETTERS, "reason:invalid_json AND stage:enricher AND open:true") == 1
        await system.write([match("late")], MATCHES.name)
        await until_found(settings, ALERTS, "channel:late AND rule_id:elsewhere")
        await system.write([match("late").replace(b"a9", b"a10")], MATCHES.name)
        await until_found(settings, ALERTS, "channel:late AND article_ids:a10")
        await system.kill_worker()
        await system.start_worker()
        await system.write([b"{ torn again"])
        await until_found(settings, DEAD_LETTERS, "offset:2")
        await system.until_settled()
        assert (await count(settings, ALERTS, "*:*"), await count(settings, DEAD_LETTERS, "*:*")) == (3, 2)
        assert await system.stop_worker() == 0
