"""Chat through apprise, feed files, and what keeps both silent."""

from __future__ import annotations

import asyncio
import json
import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from aiohttp import web

from agents.errors import UsageError
from agents.handling import save_handling
from agents.notifier.chat import Chat
from agents.notifier.feed import Feed
from agents.notifier.means import DeliveryError
from agents.notifier.targets import load_targets, open_means
from agents.settings import Settings
from pipeline.handling import handle
from pipeline.notifying.target import Target
from tests.agents.notifier.conftest import (
    MOMENT,
    Receiver,
    alert,
    notifying,
    raise_alerts,
    until,
    webhook_toml,
    write_targets,
)

# A plug-in of apprise imports imghdr, where Python still has it.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

CHAT = Target(id="chat", kind="apprise", url_file="u", timeout_s=5.0)


async def test_a_chat_service_is_told_in_words(receiver: Receiver) -> None:
    chat = Chat(CHAT, f"ntfy://{receiver.host}/desk")
    await chat.tell(alert(1, title="Dam breaks @everyone"))
    await chat.close()
    digests = Chat(CHAT, f"ntfy://{receiver.host}/desk")  # another, because apprise waits between two messages of one
    await digests.tell_digest("d1", [alert(1), alert(2, severity="low")])
    await digests.close()
    first, second = (json.loads(one.body) for one in receiver.attempts)
    assert first["title"] == "[high] Dam breaks @\u200beveryone"
    assert "title:river" in first["message"]
    assert second["title"] == "2 alerts: 1 high, 1 low"


async def test_a_chat_service_that_fails_says_so_without_its_address(
    receiver: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    async def answer(_: int) -> web.StreamResponse:
        return web.Response(status=503)

    receiver.answer = answer
    caplog.set_level(logging.DEBUG)
    chat = Chat(CHAT, f"ntfy://user:hush@{receiver.host}/hush-hush")
    with pytest.raises(DeliveryError, match="answered 503") as caught:
        await chat.tell(alert())
    await chat.close()
    assert "hush" not in str(caught.value)
    assert "hush" not in caplog.text


async def test_a_chat_service_that_hangs_is_left_in_time(receiver: Receiver) -> None:
    over = asyncio.Event()

    async def answer(_: int) -> web.StreamResponse:
        await over.wait()
        return web.Response()

    receiver.answer = answer
    chat = Chat(CHAT, f"ntfy://{receiver.host}/desk")
    chat._patience_s = 0.1
    with pytest.raises(DeliveryError, match=r"no answer within 0\.1 s"):
        await chat.tell(alert())
    over.set()
    await chat.close()


@pytest.mark.parametrize("url", ["json://hush.example/in", "forms://hush.example", "nonsense-hush", "hush://x"])
def test_an_address_that_apprise_must_not_or_cannot_use_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="target chat") as caught:
        Chat(CHAT, url)
    assert "hush" not in str(caught.value)


def feed_in(folder: Path, channel: str = "water") -> Any:
    return feedparser.parse((folder / f"{channel}.atom.xml").read_bytes())


async def test_a_feed_is_written_for_each_channel_and_bounded(tmp_path: Path) -> None:
    feed = Feed(Target(id="feed", kind="atom", entries=2), tmp_path / "feeds", deployment="t")
    for number in range(1, 5):
        await feed.tell(alert(number))
    await feed.tell(alert(4))
    await feed.tell_digest("d", [alert(9, channel="fire")])
    assert [one.id for one in feed_in(tmp_path / "feeds").entries] == ["urn:tocsin:alert:x4", "urn:tocsin:alert:x3"]
    assert len(feed_in(tmp_path / "feeds", "fire").entries) == 1
    assert sorted(path.name for path in (tmp_path / "feeds").iterdir()) == ["fire.atom.xml", "water.atom.xml"]


@pytest.mark.parametrize("channel", ["../water", "a/b", "", "a" * 65, "."])
async def test_a_channel_that_is_no_file_name_is_refused(tmp_path: Path, channel: str) -> None:
    feed = Feed(Target(id="feed", kind="atom"), tmp_path / "feeds", deployment="t")
    with pytest.raises(DeliveryError) as caught:
        await feed.tell(alert(channel=channel))
    assert caught.value.refused
    assert not (tmp_path / "feeds").exists()


async def test_a_feed_that_cannot_be_written_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "feeds").write_text("in the way")
    feed = Feed(Target(id="feed", kind="atom"), tmp_path / "feeds", deployment="t")
    with pytest.raises(DeliveryError, match="cannot be written") as caught:
        await feed.tell(alert())
    assert not caught.value.refused


async def test_feeds_begin_with_what_the_topics_hold_and_go_on(settings: Settings) -> None:
    write_targets(settings, '[[target]]\nid = "feed"\nkind = "atom"\n')
    await raise_alerts(settings, alert(1), alert(2, mode="backfill"), alert(3, group="PE"))
    await save_handling(settings, handle(alert(1), "snoozed", by="ana", at=MOMENT, until=MOMENT + timedelta(days=1)))
    folder = settings.data_dir / "feeds" / "feed"
    async with notifying(settings, "feed"):
        await raise_alerts(settings, alert(4, group="PE"), alert(5))
        await until(lambda: len(feed_in(folder).entries) == 2)
    assert [one.id for one in feed_in(folder).entries] == ["urn:tocsin:alert:x4", "urn:tocsin:alert:x3"]


async def test_what_is_snoozed_or_a_false_positive_is_not_delivered_until_it_is_reopened(
    settings: Settings, receiver: Receiver
) -> None:
    write_targets(settings, webhook_toml("desk", receiver))
    entry = {"values": {"lists.matches.entry": ["un-sc/7"]}, "group": "un-sc/7"}
    async with notifying(settings, "desk"):
        await save_handling(
            settings, handle(alert(1), "snoozed", by="ana", at=MOMENT, until=MOMENT + timedelta(minutes=5))
        )
        await save_handling(settings, handle(alert(20, **entry), "false_positive", by="ana", at=MOMENT))
        await raise_alerts(settings, alert(2), alert(3, severity="critical"), alert(21, **entry), alert(5))
        await until(lambda: receiver.ids == ["x3", "x5"])
        await save_handling(settings, handle(alert(20, **entry), "open", by="ana", at=MOMENT))
        await raise_alerts(settings, alert(22, **entry))
        await until(lambda: receiver.ids == ["x3", "x5", "x22"])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "secret_file .* cannot be read: FileNotFoundError"),
        (b"", "holds no secret"),
        (b"\xff\xfe", "cannot be read: UnicodeDecodeError"),
        (b"hush\n", "at least 16 bytes"),
        (b"whsec_hush!\n", "goes on in base64"),
    ],
)
async def test_a_file_without_a_usable_secret_is_refused_and_not_repeated(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    settings = Settings(data_dir=tmp_path, notify_file=tmp_path / "targets.toml")
    (tmp_path / "targets.toml").write_text(
        '[[target]]\nid = "desk"\nkind = "webhook"\nurl = "https://a.example"\nsecret_file = "s"\n'
    )
    if content is not None:
        (tmp_path / "s").write_bytes(content)
    (target,) = load_targets(settings)
    with pytest.raises(UsageError, match=said) as caught:
        open_means(settings, target)
    assert "hush" not in str(caught.value)


async def test_a_secret_that_everyone_may_write_proves_nothing(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, notify_file=tmp_path / "targets.toml")
    write_targets(settings, '[[target]]\nid = "chat"\nkind = "apprise"\nurl_file = "u"\n')
    (tmp_path / "u").write_text("ntfy://a.example/x\n")
    (tmp_path / "u").chmod(0o666)
    with pytest.raises(UsageError, match="everyone may write"):
        open_means(settings, load_targets(settings)[0])
