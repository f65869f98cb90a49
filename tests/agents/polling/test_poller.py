"""The poller against a local web server and the embedded broker."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import orjson
import pytest
from aiohttp import web
from aiokafka.errors import KafkaTimeoutError

from agents.errors import UnavailableError, UsageError
from agents.kafka import open_producer, read_to_end
from agents.polling import poller
from agents.polling.parser import parse_apart
from agents.polling.poller import Polled, poll_feeds, run_poller
from agents.polling.store import FeedStore, drop_feed, load_store, save_feed, save_state
from agents.settings import Settings
from agents.supervision.claim import claim_names
from agents.topics import ensure_topics
from agents.waiting import Waiting
from pipeline.feeds import FeedError
from schemas.feed import Feed, FeedState

ITEM = "<item><guid>{n}</guid><title>Report {n}</title><description>{n} people were hurt.</description></item>"


@dataclass
class Site:
    """A publisher whose feed the test changes."""

    items: list[int | str] = field(default_factory=list)
    broken: bool = False
    asked: int = 0
    address: str = ""

    async def answer(self, request: web.Request) -> web.Response:
        self.asked += 1
        if self.broken:
            return web.Response(status=503)
        tag = f'"{len(self.items)}"'
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304)
        items = "".join(ITEM.format(n=number) for number in self.items)
        text = f"<rss version='2.0'><channel><title>Site</title>{items}</channel></rss>"
        return web.Response(text=text, content_type="application/rss+xml", headers={"ETag": tag})


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    made = Site()
    application = web.Application()
    application.router.add_get("/rss", made.answer)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.address = f"127.0.0.1:{runner.addresses[0][1]}"
    yield made
    await runner.cleanup()


@pytest.fixture
async def polling(settings: Settings, site: Site) -> Settings:
    await ensure_topics(settings)
    return settings.model_copy(update={"fetch_allow_hosts": (site.address,)})


def _feed(site: Site) -> Feed:
    return Feed(id="site", url=f"http://{site.address}/rss", interval_seconds=30)


async def _poll(settings: Settings, site: Site) -> Polled:
    stored = await load_store(settings)
    return (await poll_feeds(settings, FeedStore({}, stored.states), [_feed(site)]))[0]


async def _titles(settings: Settings) -> list[str]:
    return [orjson.loads(message.value)["title"] async for message in read_to_end(settings, ["tocsin.articles"])]


async def test_each_entry_is_sent_once_however_often_the_feed_is_polled(polling: Settings, site: Site) -> None:
    site.items = [2, 1]
    assert len((await _poll(polling, site)).articles) == 2
    assert (await _poll(polling, site)).unchanged
    site.items = [3, 2, 1]
    assert [article.title for article in (await _poll(polling, site)).articles] == ["Report 3"]
    assert await _titles(polling) == ["Report 1", "Report 2", "Report 3"]


async def test_a_failure_is_remembered_and_nothing_is_lost_by_it(polling: Settings, site: Site) -> None:
    site.items, site.broken = [1], True
    failed = await _poll(polling, site)
    assert (failed.state.failures, "503" in (failed.error or "")) == (1, True)
    site.broken = False
    assert [article.title for article in (await _poll(polling, site)).articles] == ["Report 1"]


async def test_an_article_the_broker_refuses_is_told_and_its_neighbours_arrive(polling: Settings, site: Site) -> None:
    site.items = [1, "x" * 70_000]
    tight = polling.model_copy(update={"max_message_bytes": 65_536})
    polled = (await poll_feeds(tight, FeedStore(), [_feed(site)]))[0]
    assert "1 articles refused" in (polled.error or "")
    assert await _titles(polling) == ["Report 1"]


async def test_the_service_polls_what_is_due_and_stops_when_told(polling: Settings, site: Site) -> None:
    site.items = [1]
    path = polling.data_dir / "feeds.toml"
    path.write_text(f'[[feed]]\nid = "site"\nurl = "http://{site.address}/rss"\n')
    stop = asyncio.Event()
    service = asyncio.create_task(run_poller(polling.model_copy(update={"feeds_file": path}), stop))
    await _until(lambda: site.asked > 0)
    for _ in range(100):
        if await _titles(polling):
            break
        await asyncio.sleep(0.1)
    stop.set()
    await asyncio.wait_for(service, 30)
    assert await _titles(polling) == ["Report 1"]
    assert site.asked == 1


async def _until(reached: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not reached():
            await asyncio.sleep(0.05)


async def test_a_feed_is_parsed_apart_with_its_errors() -> None:
    parsed = await parse_apart(b"<rss version='2.0'><channel><item><title>One</title></item></channel></rss>", "", "")
    assert [entry.title for entry in parsed.entries] == ["One"]
    with pytest.raises(FeedError, match="declares XML entities"):
        await parse_apart(b"<!DOCTYPE a [<!ENTITY b 'c'>]><rss/>", "", "")


def test_a_chosen_feed_that_does_not_exist_is_named() -> None:
    from agents.cli.feeds import _chosen

    with pytest.raises(UsageError, match="no feed 'nope'"):
        _chosen(FeedStore(), ["nope"])


async def test_a_broker_that_is_away_is_waited_for(
    polling: Settings, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.items = [1]
    refusals = iter([UnavailableError("no broker answers"), KafkaTimeoutError()])

    async def late(settings: Settings) -> FeedStore:
        for error in refusals:
            raise error
        return FeedStore({"site": _feed(site)})

    monkeypatch.setattr(poller, "load_store", late)
    monkeypatch.setattr(Waiting, "pause_s", lambda _waiting, _error: 0.01)
    stop = asyncio.Event()
    service = asyncio.create_task(run_poller(polling, stop))
    await _until(lambda: site.asked > 0)
    stop.set()
    await asyncio.wait_for(service, 30)
    assert await _titles(polling) == ["Report 1"]


async def test_a_feed_that_is_removed_is_as_the_file_has_it(polling: Settings, site: Site) -> None:
    path = polling.data_dir / "feeds.toml"
    path.write_text(f'[[feed]]\nid = "site"\nurl = "http://{site.address}/rss"\n')
    settings = polling.model_copy(update={"feeds_file": path})
    async with open_producer(settings) as producer:
        for feed_id in ("site", "other"):
            await save_feed(producer, settings, Feed(id=feed_id, url="http://elsewhere.example/rss"))
            await save_state(producer, settings, FeedState(feed_id=feed_id, etag="x"))
        for feed_id in ("site", "other"):
            await drop_feed(producer, settings, feed_id)
    store = await load_store(settings)
    assert {feed.id: feed.url for feed in store.feeds.values()} == {"site": f"http://{site.address}/rss"}
    assert not store.states


async def test_the_command_polls_until_it_is_told_to_stop(polling: Settings, site: Site) -> None:
    site.items = [1]
    path = polling.data_dir / "feeds.toml"
    path.write_text(f'[[feed]]\nid = "site"\nurl = "http://{site.address}/rss"\n')
    environment = {
        **os.environ,
        "TOCSIN_DATA_DIR": str(polling.data_dir),
        "TOCSIN_FEEDS_FILE": str(path),
        "TOCSIN_FETCH_ALLOW_HOSTS": site.address,
    }
    command = (sys.executable, "-m", "agents.cli.main", "feeds", "run")
    child = await asyncio.create_subprocess_exec(*command, env=environment)
    try:
        async with asyncio.timeout(60):
            while not await _titles(polling):
                await asyncio.sleep(0.1)
        with pytest.raises(UsageError, match="poller runs already"), claim_names(polling, ["poller"]):
            pass
        child.terminate()
        assert await asyncio.wait_for(child.wait(), 60) == 0
    finally:
        if child.returncode is None:
            child.kill()
