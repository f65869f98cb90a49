"""Topics as they are found: what differs, how much it matters, what mends it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from aiokafka.admin import NewTopic

from agents.errors import UnavailableError
from agents.kafka import open_admin
from agents.settings import Settings
from agents.setup.part import Part
from agents.setup.topics import Found, differences, prepare_topics
from agents.topics import wanted_config
from schemas.topics import ARTICLES, ENRICHED, FEEDS, Topic

THREE = Settings(replication=3, partitions=4)


def as_wanted(topic: Topic, settings: Settings) -> Found:
    return Found(topic.partitions or settings.partitions, settings.replication, wanted_config(topic, settings))


@pytest.mark.parametrize("settings", [Settings(), THREE, Settings(replication=2)], ids=["1", "3", "2"])
@pytest.mark.parametrize("topic", [ARTICLES, FEEDS], ids=lambda topic: topic.name)
def test_a_topic_as_we_create_it_differs_in_nothing(topic: Topic, settings: Settings) -> None:
    assert differences(topic, as_wanted(topic, settings), settings) == ()


@pytest.mark.parametrize(
    ("topic", "change", "config", "state", "said"),
    [
        (ARTICLES, {"partitions": 3}, {}, "differs", "3 partitions instead of 4"),
        (FEEDS, {"partitions": 2}, {}, "differs", "keys have no one order"),
        (ARTICLES, {"replication": 1}, {}, "differs", "1 replicas instead of 3"),
        (ARTICLES, {}, {"cleanup.policy": "compact"}, "wrong", "messages"),
        (FEEDS, {}, {"cleanup.policy": "delete"}, "wrong", "states"),
        (FEEDS, {}, {"cleanup.policy": "compact,delete"}, "wrong", "states"),
        (ARTICLES, {}, {"retention.ms": "1000"}, "differs", "retention.ms is 1000"),
        (ARTICLES, {}, {"max.message.bytes": "1048588"}, "differs", "max.message.bytes is 1048588"),
        (ARTICLES, {}, {"min.insync.replicas": "1"}, "differs", "may take messages with it"),
        (ARTICLES, {}, {"min.insync.replicas": "3"}, "differs", "stops every write"),
    ],
)
def test_what_differs_is_said_with_what_mends_it(
    topic: Topic, change: dict[str, int], config: dict[str, str], state: str, said: str
) -> None:
    there = as_wanted(topic, THREE)
    found = replace(there, **change, config=dict(there.config) | config)
    wrong = differences(topic, found, THREE)
    assert any(said in one.said for one in wrong)
    assert {one.state for one in wrong} == {state}
    assert all(one.mend for one in wrong)


@pytest.mark.parametrize(
    ("change", "config"),
    [
        ({"partitions": 12}, {}),
        ({"replication": 5}, {}),
        ({}, {"retention.ms": "-1"}),
        ({}, {"retention.ms": str(10**12)}),
        ({}, {"max.message.bytes": str(10**9)}),
    ],
)
def test_more_room_than_wanted_is_somebodys_choice(change: dict[str, int], config: dict[str, str]) -> None:
    there = as_wanted(ARTICLES, THREE)
    found = replace(there, **change, config=dict(there.config) | config)
    assert differences(ARTICLES, found, THREE) == ()


async def states(settings: Settings, **options: Any) -> dict[str, Part]:
    return {part.name: part for part in await prepare_topics(settings, ["desk"], **options)}


async def settled(settings: Settings) -> dict[str, Part]:
    """A broker of Kafka learns a moment later what its controller has changed."""
    async with asyncio.timeout(60):
        while True:
            found = await states(settings)
            if {(part.state, part.done) for part in found.values()} == {("ok", "")}:
                return found
            await asyncio.sleep(0.2)


async def check_setting_up(settings: Settings) -> None:
    """A life of the topics, on either broker."""
    prefix = settings.topic_prefix
    articles, feeds = ARTICLES.prefixed(prefix), FEEDS.prefixed(prefix)
    dry = await states(settings, dry_run=True)
    assert {part.state for part in dry.values()} == {"missing"}
    async with open_admin(settings) as admin:
        assert not {name for name in await admin.list_topics() if name.startswith(f"{prefix}.")}
        odd = {"retention.ms": "60000", "cleanup.policy": "delete", "segment.bytes": "2000000"}
        await admin.create_topics([NewTopic(articles, 1, 1, topic_configs=odd), NewTopic(feeds, 1, 1)])
    made = await states(settings)
    assert made[ENRICHED.prefixed(prefix)].done == made[f"{prefix}.alerts.desk"].done == "created"
    assert (made[articles].state, made[feeds].state) == ("differs", "wrong")
    assert "--apply" in made[articles].mend
    assert await states(settings, dry_run=True) == await states(settings)
    more = settings.model_copy(update={"partitions": 3})
    mended = await states(more, apply=True)
    assert {part.state for part in mended.values()} == {"ok"}
    assert "retention.ms is 60000" in mended[articles].done
    again = await settled(more)
    assert again[articles].said.startswith("3 partitions")
    fewer = await states(settings, apply=True)
    assert (fewer[articles].said, fewer[articles].done) == (again[articles].said, "")
    async with open_admin(settings) as admin:
        from agents.setup.topics import _describe

        kept = (await _describe(admin, [articles]))[articles].config
    assert kept["segment.bytes"] == "2000000"


async def test_embedded_topics_are_created_compared_and_mended(settings: Settings) -> None:
    await check_setting_up(settings)


@pytest.mark.java
async def test_kafkas_topics_are_created_compared_and_mended(kafka: Settings) -> None:
    await check_setting_up(kafka.model_copy(update={"topic_prefix": f"setting-up-{uuid4().hex[:8]}"}))


@pytest.mark.java
async def test_more_replicas_than_brokers_are_refused_before_anything_is_created(kafka: Settings) -> None:
    settings = kafka.model_copy(update={"topic_prefix": "too-many", "replication": 3})
    for dry_run in (True, False):
        with pytest.raises(UnavailableError, match=r"too-many\.articles.*InvalidReplicationFactor.*TOCSIN_REPLICATION"):
            await prepare_topics(settings, [], dry_run=dry_run)
    async with open_admin(settings) as admin:
        assert not [name for name in await admin.list_topics() if name.startswith("too-many")]
