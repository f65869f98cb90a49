"""The plain clients, the importer and the feed store, on the embedded broker."""

from __future__ import annotations

import asyncio
import io
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from agents.alert_topics import alert_topics, read_alerts
from agents.broker.config import BrokerConfig
from agents.broker.server import Broker
from agents.errors import UnavailableError, UsageError
from agents.importer import Payload, Refusal, find_files, payloads, send_all, send_payloads
from agents.kafka import Message, client_options, follow, open_producer, read_to_end, stop_consumer
from agents.polling.store import load_store, read_feeds_file, save_feed, save_state
from agents.settings import Settings
from agents.topics import ensure_topics
from schemas.feed import Feed, FeedState


async def _values(settings: Settings, topic: str) -> list[bytes]:
    return [message.value async for message in read_to_end(settings, [topic])]


async def test_payloads_arrive_in_order_and_once(settings: Settings) -> None:
    items = [Payload(b'{"body": "%d"}' % number, "test") for number in range(1_200)]
    done = []
    sent = await send_all(settings, "tocsin.articles", items, done.append)
    assert (sent.delivered, sent.refused, sum(done)) == (1_200, [], sent.bytes)
    assert await _values(settings, "tocsin.articles") == [item.raw for item in items]


@dataclass
class SlowStart:
    """A producer that has to ask for the topic's partitions first: the earliest messages wait for the answer."""

    producer: AIOKafkaProducer
    waits: list[float]

    async def send(self, topic: str, value: bytes) -> asyncio.Future[object]:
        if self.waits:
            await asyncio.sleep(self.waits.pop())
        future: asyncio.Future[object] = await self.producer.send(topic, value)
        return future


async def test_payloads_that_wait_for_the_topic_are_not_overtaken(settings: Settings) -> None:
    items = [Payload(b'{"body": "%d"}' % number, "test") for number in range(20)]
    async with open_producer(settings) as producer:
        slow = cast(AIOKafkaProducer, SlowStart(producer, [0.01, 0.1, 0.3]))
        await send_payloads(slow, settings, "tocsin.articles", items)
    assert await _values(settings, "tocsin.articles") == [item.raw for item in items]


async def test_a_payload_above_the_limit_is_refused_with_its_origin(settings: Settings) -> None:
    small = settings.model_copy(update={"max_message_bytes": 70_000})
    sent = await send_all(small, "t", [Payload(b"x" * 80_000, "big.jsonl:7"), Payload(b"{}", "ok")])
    assert sent.delivered == 1
    assert sent.refused[0].origin == "big.jsonl:7"
    assert "80000 bytes" in sent.refused[0].reason


async def test_a_topic_that_does_not_exist_holds_nothing(settings: Settings) -> None:
    assert await _values(settings, "nowhere") == []


async def test_without_a_broker_the_error_says_what_to_start(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match="tocsin up"):
        await send_all(Settings(data_dir=tmp_path), "t", [])


async def test_an_address_where_nobody_listens_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match=r"127\.0\.0\.1:1"):
        await send_all(Settings(data_dir=tmp_path, kafka_url="kafka://127.0.0.1:1"), "t", [])


async def test_followers_see_what_is_written_later_and_topics_made_later(settings: Settings) -> None:
    await send_all(settings, "first", [Payload(b"before", "test")])
    seen: list[Message] = []

    async def listen() -> None:
        async for message in follow(settings, ["first", "second"]):
            seen.append(message)
            if len(seen) == 2:
                return

    listening = asyncio.create_task(listen())
    await asyncio.sleep(1)
    await send_all(settings, "first", [Payload(b"after", "test")])
    await send_all(settings, "second", [Payload(b"new topic", "test")])
    await asyncio.wait_for(listening, 30)
    assert sorted(message.value for message in seen) == [b"after", b"new topic"]


async def test_an_unknown_channel_is_refused_with_those_that_exist(settings: Settings) -> None:
    await ensure_topics(settings, ["security"])
    with pytest.raises(UsageError, match="channels: backfill, security"):
        await alert_topics(settings, ["securty"])
    assert await alert_topics(settings, ["security"]) == ["tocsin.alerts.security"]


async def test_what_is_no_alert_is_passed_over(settings: Settings) -> None:
    await send_all(settings, "tocsin.alerts.x", [Payload(b"not an alert", "test")])
    assert [alert async for alert in read_alerts(settings, ["tocsin.alerts.x"])] == []


async def test_feeds_and_their_states_are_kept_apart(settings: Settings) -> None:
    await ensure_topics(settings)
    feed = Feed(id="own", url="https://own.example/rss")
    async with open_producer(settings) as producer:
        await save_feed(producer, settings, feed)
        await save_state(producer, settings, FeedState(feed_id="own", failures=3))
        await save_feed(producer, settings, feed.model_copy(update={"name": "Own"}))
    store = await load_store(settings)
    assert (store.feeds["own"].name, store.state_of("own").failures) == ("Own", 3)
    assert store.state_of("un-news") == FeedState(feed_id="un-news")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[[feed]]\nid = 'a'\n", "feed 1: url"),
        ("[[feed]]\nid = 'A B'\nurl = 'https://a.example'\n", "feed 1: id"),
        ("[[feed]]\nid = 'a'\nurl = 'x'\n[[feed]]\nid = 'a'\nurl = 'y'\n", "already taken"),
        ("feed = = 1", "feeds.toml"),
    ],
)
def test_a_wrong_feeds_file_is_refused_with_the_place(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(content)
    with pytest.raises(UsageError, match=said):
        read_feeds_file(path)


def _read(path: Path) -> list[Payload | Refusal]:
    return list(payloads(str(path), io.BytesIO()))


def test_each_format_gives_its_articles(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"body": "1"}\n\n{"body": broken\n')
    (tmp_path / "b.json").write_bytes(b'[{"body": "3"}, {"body": "4"}]')
    (tmp_path / "c.json").write_bytes(b'{"body": "5"}')
    (tmp_path / "d.txt").write_bytes("\ufeffSix people.".encode())
    (tmp_path / "e.txt").write_bytes(b"\xff\xfe")
    (tmp_path / "f.csv").write_bytes(b"ignored")
    found = [item for path in find_files([str(tmp_path)]) for item in _read(Path(path))]
    raws = [item.raw for item in found if isinstance(item, Payload)]
    assert raws == [
        b'{"body": "1"}',
        b'{"body": broken',
        b'{"body":"3"}',
        b'{"body":"4"}',
        b'{"body": "5"}',
        b'{"body":"Six people."}',
    ]
    assert [item.reason for item in found if isinstance(item, Refusal)] == [
        "not UTF-8 (byte 0): convert it, for example with iconv"
    ]


@pytest.mark.parametrize(
    ("given", "raws"),
    [
        (b'{"body": "1"}\n{"body": "2"}\n', [b'{"body": "1"}', b'{"body": "2"}']),
        (b'[{"body": "1"}]', [b'{"body":"1"}']),
        (b"Twelve people\nwere hurt.", [b'{"body":"Twelve people\\nwere hurt."}']),
        (b"", []),
    ],
)
def test_standard_input_is_known_by_its_first_character(given: bytes, raws: list[bytes]) -> None:
    assert [item.raw for item in payloads("-", io.BytesIO(given)) if isinstance(item, Payload)] == raws


def test_a_path_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        list(find_files([str(tmp_path / "missing.jsonl")]))
    with pytest.raises(UsageError, match="in this folder"):
        list(find_files([str(tmp_path)]))


async def test_a_consumer_whose_broker_went_away_stops_without_cancelling_its_caller(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, broker_port=0)
    broker = Broker(BrokerConfig(data_dir=settings.broker_dir))
    await broker.start()
    await ensure_topics(settings)
    consumer = AIOKafkaConsumer(**client_options(settings), retry_backoff_ms=600_000)
    await consumer.start()
    consumer.assign([TopicPartition("tocsin.articles", 0)])
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(consumer.getone(), 0.5)
    await broker.stop()
    await asyncio.sleep(0.5)  # the fetch has failed, and waits to be tried again
    await stop_consumer(consumer)
    assert not [task for task in asyncio.all_tasks() if "aiokafka" in repr(task)]
