"""Alerts are found by id in topics that are read once: new ones, those of new channels, and after all was lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer

from agents.broker.config import BrokerConfig
from agents.broker.server import Broker
from agents.errors import UnavailableError
from agents.handling_alerts import FollowedAlerts
from agents.kafka import open_admin, open_producer
from agents.settings import Settings
from agents.topics import ensure_topics
from tests.agents.notifier.conftest import alert, raise_alerts


@pytest.fixture
async def broker(tmp_path: Path) -> AsyncIterator[Broker]:
    broker = Broker(BrokerConfig(data_dir=Settings(data_dir=tmp_path, broker_port=0).broker_dir))
    await broker.start()
    yield broker
    await broker.stop()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, broker_port=0)


@pytest.fixture
async def followed(broker: Broker, settings: Settings) -> AsyncIterator[FollowedAlerts]:
    followed = FollowedAlerts(settings, most=3)
    yield followed
    await followed.close()


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many messages each fetch brought."""
    counts: list[int] = []
    original = AIOKafkaConsumer.getmany

    async def counted(self: AIOKafkaConsumer, *parts: object, **options: object) -> object:
        found = await original(self, *parts, **options)
        counts.append(sum(map(len, found.values())))
        return found

    monkeypatch.setattr(AIOKafkaConsumer, "getmany", counted)
    return counts


async def titles(followed: FollowedAlerts, *ids: str) -> list[str | None]:
    found = [await followed.find(one) for one in ids]
    return [None if one is None else one.title for one in found]


async def test_alerts_are_found_as_they_come_whichever_channel_they_come_on(
    followed: FollowedAlerts, settings: Settings
) -> None:
    assert await followed.find("x1") is None
    await ensure_topics(settings, ["water"])
    await raise_alerts(settings, alert(1), alert(2))
    assert await titles(followed, "x1", "x2", "x3", "x") == ["River 1 rises", "River 2 rises", None, None]
    await ensure_topics(settings, ["fire"])
    await raise_alerts(settings, alert(3, channel="fire"))
    assert await titles(followed, "x3", "x1") == ["River 3 rises", "River 1 rises"]


async def test_what_was_read_is_not_read_again(
    followed: FollowedAlerts, settings: Settings, fetched: list[int]
) -> None:
    await ensure_topics(settings, ["water"])
    await raise_alerts(settings, alert(1), alert(2), alert(3))
    await followed.find("nobody")
    assert sum(fetched) == 3
    fetched.clear()
    await followed.find("nobody")
    assert fetched == []
    assert await titles(followed, "x2") == ["River 2 rises"]
    assert sum(fetched) == 1


async def test_places_are_bounded_and_what_was_forgotten_is_found_all_the_same(
    followed: FollowedAlerts, settings: Settings
) -> None:
    await ensure_topics(settings, ["water"])
    await raise_alerts(settings, *(alert(n) for n in range(1, 8)))
    assert await titles(followed, "x7", "x1", "x9") == ["River 7 rises", "River 1 rises", None]
    assert len(followed._places) == 3


async def test_several_who_ask_at_once_are_all_answered_while_alerts_come(
    followed: FollowedAlerts, settings: Settings
) -> None:
    await ensure_topics(settings, ["water"])
    asking = []
    for number in range(1, 4):
        await raise_alerts(settings, alert(number))
        asking.append(asyncio.create_task(followed.find(f"x{number}")))
    found = await asyncio.gather(*asking)
    assert [one.id for one in found if one is not None] == ["x1", "x2", "x3"]


async def test_what_is_no_alert_is_passed_over(followed: FollowedAlerts, settings: Settings) -> None:
    await ensure_topics(settings, ["water"])
    async with open_producer(settings) as producer:
        await producer.send_and_wait(f"{settings.topic_prefix}.alerts.water", b'{"id": "x1"}')
    await raise_alerts(settings, alert(2))
    assert await titles(followed, "x1", "x2") == [None, "River 2 rises"]


async def test_a_broker_that_went_away_is_told_and_the_next_call_goes_on(
    followed: FollowedAlerts, settings: Settings, broker: Broker
) -> None:
    await ensure_topics(settings, ["water"])
    await raise_alerts(settings, alert(1))
    assert await titles(followed, "x1") == ["River 1 rises"]
    await broker.stop()
    with pytest.raises(UnavailableError):
        await followed.find("x1")
    await broker.start()
    await raise_alerts(settings, alert(2))
    assert await titles(followed, "x2", "x1") == ["River 2 rises", "River 1 rises"]


async def test_a_topic_that_was_made_anew_is_read_from_its_start(
    followed: FollowedAlerts, settings: Settings, broker: Broker
) -> None:
    await ensure_topics(settings, ["water"])
    await raise_alerts(settings, alert(1), alert(2), alert(3))
    assert await titles(followed, "x1", "x3") == ["River 1 rises", "River 3 rises"]
    async with open_admin(settings) as admin:
        await admin.delete_topics([f"{settings.topic_prefix}.alerts.water"])
    assert await titles(followed, "x1") == [None]
    await ensure_topics(settings, ["water"])
    await raise_alerts(settings, alert(4))
    assert await titles(followed, "x4", "x3") == ["River 4 rises", None]
