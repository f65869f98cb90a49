"""From alert topics to receivers: each alert once a receiver takes it, in order, and nobody waits for another."""

from __future__ import annotations

import asyncio
import hmac
import json
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from agents.dead_letters import read_dead_letters, replay
from agents.errors import UsageError
from agents.notifier.courier import Courier
from agents.notifier.means import DeliveryError
from agents.notifier.run import run_notifier
from agents.settings import Settings
from pipeline.notifying.target import Target
from tests.agents.notifier.conftest import (
    SECRET,
    Received,
    Receiver,
    alert,
    notifying,
    raise_alerts,
    until,
    webhook_toml,
    write_targets,
)


def is_signed(received: Received, secret: str) -> bool:
    """As a receiver checks it, from the words of the specification alone."""
    headers = received.headers
    signed = b".".join([headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), received.body])
    wanted = hmac.new(secret.encode(), signed, sha256).digest()
    given = [b64decode(one.removeprefix("v1,")) for one in headers["webhook-signature"].split() if one[:3] == "v1,"]
    return any(hmac.compare_digest(wanted, one) for one in given)


async def test_an_alert_arrives_signed_and_as_a_cloud_event(settings: Settings, receiver: Receiver) -> None:
    write_targets(settings, webhook_toml("desk", receiver))
    async with notifying(settings, "desk"):
        await raise_alerts(settings, alert(1))
        await until(lambda: receiver.ids == ["x1"])
    (received,) = receiver.taken
    assert json.loads(received.body) == json.loads(alert(1).model_dump_json())
    names = ("ce-specversion", "ce-type", "ce-source", "ce-subject", "ce-time", "webhook-id")
    assert [received.headers[name] for name in names] == [
        "1.0", "tocsin.alert", "urn:tocsin:tocsin", "flood", "2026-03-01T10:01:00.000Z", "x1",
    ]  # fmt: skip
    assert received.headers["content-type"].startswith("application/json")
    assert is_signed(received, SECRET)
    assert not is_signed(received, SECRET + "!")
    assert not is_signed(Received(received.headers, received.body + b" "), SECRET)
    assert not is_signed(Received(received.headers | {"webhook-timestamp": "1"}, received.body), SECRET)


async def test_every_secret_signs_while_one_is_exchanged(
    settings: Settings, receiver: Receiver, tmp_path: Path
) -> None:
    new = b"thirty-two bytes of a new secret"
    (tmp_path / "hook.secret").write_text(f"{SECRET}\nwhsec_{b64encode(new).decode()}\n")
    write_targets(settings, webhook_toml("desk", receiver))
    async with notifying(settings, "desk"):
        await raise_alerts(settings, alert(1))
        await until(lambda: len(receiver.taken) == 1)
    assert is_signed(receiver.taken[0], SECRET)
    assert is_signed(receiver.taken[0], new.decode())


async def test_only_what_a_target_asked_for_is_delivered(settings: Settings, receiver: Receiver) -> None:
    write_targets(settings, webhook_toml("desk", receiver, channels=["water", "fire"], min_severity="medium"))
    async with notifying(settings, "desk"):
        await raise_alerts(
            settings,
            alert(1, severity="low"),
            alert(2, mode="backfill"),
            alert(3, channel="test"),
            alert(4, severity="medium"),
        )
        await raise_alerts(settings, alert(5), topic="tocsin.alerts.backfill")
        await raise_alerts(settings, alert(6, channel="fire"))
        await until(lambda: len(receiver.taken) >= 2)
    assert sorted(receiver.ids) == ["x4", "x6"]


async def test_a_new_target_is_not_told_of_the_past_and_a_known_one_of_what_it_missed(
    settings: Settings, receiver: Receiver
) -> None:
    write_targets(settings, webhook_toml("desk", receiver))
    await raise_alerts(settings, alert(1))
    async with notifying(settings, "desk"):
        await raise_alerts(settings, alert(2))
        await until(lambda: receiver.ids == ["x2"])
    await raise_alerts(settings, alert(3), alert(4))
    async with notifying(settings, "desk"):
        await until(lambda: receiver.ids == ["x2", "x3", "x4"])


async def test_a_channel_that_is_new_is_read_from_its_start(settings: Settings, receiver: Receiver) -> None:
    from agents.topics import ensure_topics

    write_targets(settings, webhook_toml("desk", receiver))
    async with notifying(settings, "desk"):
        await ensure_topics(settings, ["quake"])
        await raise_alerts(settings, alert(1, channel="quake"))
        await until(lambda: receiver.ids == ["x1"])


@pytest.mark.parametrize("trouble", ["answers 500", "hangs", "breaks off", "redirects"])
async def test_a_target_in_trouble_gets_each_alert_in_order_and_others_do_not_wait(
    settings: Settings, receiver: Receiver, other: Receiver, trouble: str
) -> None:
    over = asyncio.Event()

    async def answer(_: int) -> web.StreamResponse:
        if over.is_set():
            return web.Response()
        if trouble == "hangs":
            await over.wait()
            return web.Response(status=500)
        if trouble == "breaks off":
            raise asyncio.CancelledError
        if trouble == "redirects":
            return web.Response(status=307, headers={"Location": other.url})
        return web.Response(status=500)

    receiver.answer = answer
    write_targets(settings, webhook_toml("ill", receiver, timeout_s=0.2), webhook_toml("well", other))
    ids = [f"x{number}" for number in range(1, 6)]
    async with notifying(settings, "ill", "well"):
        await raise_alerts(settings, *(alert(number) for number in range(1, 6)))
        await until(lambda: other.ids == ids and len(receiver.attempts) >= 3)
        assert receiver.taken == []
        assert {one.id for one in receiver.attempts} == {"x1"}, "in order: the first is tried until it arrives"
        over.set()
        await until(lambda: receiver.ids == ids)
    assert other.ids == ids, "a redirect was followed to it, or it was told twice"


async def test_a_restart_in_the_middle_loses_nothing_and_keeps_the_ids(settings: Settings, receiver: Receiver) -> None:
    async def answer(attempt: int) -> web.StreamResponse:
        return web.Response(status=200 if attempt <= 2 else 503)

    receiver.answer = answer
    write_targets(settings, webhook_toml("desk", receiver))
    async with notifying(settings, "desk"):
        await raise_alerts(settings, *(alert(number) for number in range(1, 6)))
        await until(lambda: len(receiver.attempts) >= 4)
    assert receiver.ids == ["x1", "x2"]
    receiver.answer = None
    async with notifying(settings, "desk"):
        await until(lambda: len(receiver.taken) >= 5)
    assert receiver.ids == ["x1", "x2", "x3", "x4", "x5"]


async def test_what_a_target_missed_is_a_dead_letter_whose_replay_goes_to_it_alone(
    settings: Settings, receiver: Receiver, other: Receiver
) -> None:
    async def answer(_: int) -> web.StreamResponse:
        return web.Response(status=500)

    receiver.answer = answer
    tables = [webhook_toml("ill", receiver, give_up_after="0s"), webhook_toml("well", other)]
    write_targets(settings, *tables)
    async with notifying(settings, "ill", "well"):
        await raise_alerts(settings, alert(1), alert(2))
        await until(lambda: other.ids == ["x1", "x2"] and len(receiver.attempts) == 2)
        while len(letters := await read_dead_letters(settings)) < 2:
            await asyncio.sleep(0.05)
        assert {(one.letter.stage, one.letter.reason) for one in letters} == {("notifier.ill", "delivery_failed")}
        receiver.answer = None
        sent = await replay(settings, letters)
        assert [one.outcome for one in sent] == ["sent", "sent"]
        await until(lambda: receiver.ids == ["x1", "x2"])
        assert [one.is_open for one in await read_dead_letters(settings)] == [False, False]
    assert other.ids == ["x1", "x2"]


async def test_an_alert_that_a_receiver_calls_wrong_does_not_keep_the_next_waiting(
    settings: Settings, receiver: Receiver
) -> None:
    async def answer(_: int) -> web.StreamResponse:
        return web.Response(status=422 if receiver.attempts[-1].id == "x1" else 200)

    receiver.answer = answer
    write_targets(settings, webhook_toml("desk", receiver))
    async with notifying(settings, "desk"):
        await raise_alerts(settings, alert(1), alert(2))
        await until(lambda: receiver.ids == ["x2"])
    assert [one.letter.detail for one in await read_dead_letters(settings)] == ["answered 422"]


async def test_what_is_no_alert_is_passed_over(settings: Settings, receiver: Receiver) -> None:
    from agents.kafka import open_producer

    write_targets(settings, webhook_toml("desk", receiver))
    async with notifying(settings, "desk"):
        async with open_producer(settings) as producer:
            await producer.send_and_wait("tocsin.alerts.water", b"{")
        await raise_alerts(settings, alert(1))
        await until(lambda: receiver.ids == ["x1"])


async def test_a_digest_holds_the_alerts_of_its_time_in_one_message(settings: Settings, receiver: Receiver) -> None:
    write_targets(settings, webhook_toml("desk", receiver, digest="2s"))
    async with notifying(settings, "desk"):
        await raise_alerts(settings, *(alert(number) for number in range(1, 4)))
        await until(lambda: sum(json.loads(one.body)["count"] for one in receiver.taken) == 3)
    assert {one.headers["ce-type"] for one in receiver.taken} == {"tocsin.digest"}
    told = [one["id"] for received in receiver.taken for one in json.loads(received.body)["alerts"]]
    assert told == ["x1", "x2", "x3"]


async def test_a_full_digest_is_sent_before_its_time_and_the_rest_waits_through_a_restart(
    settings: Settings, receiver: Receiver
) -> None:
    write_targets(settings, webhook_toml("desk", receiver, digest="1d", digest_max=2))
    async with notifying(settings, "desk"):
        await raise_alerts(settings, *(alert(number) for number in range(1, 4)))
        await until(lambda: len(receiver.taken) == 1)
    async with notifying(settings, "desk"):
        await raise_alerts(settings, alert(4))
        await until(lambda: len(receiver.taken) == 2)
    assert [[one["id"] for one in json.loads(got.body)["alerts"]] for got in receiver.taken] == [
        ["x1", "x2"],
        ["x3", "x4"],
    ]


async def test_a_wrong_targets_file_refuses_to_start(settings: Settings) -> None:
    write_targets(settings, '[[target]]\nid = "desk"\nkind = "webhok"\n')
    with pytest.raises(UsageError, match=r"targets\.toml:3:1: kind"):
        await run_notifier(settings, asyncio.Event())


async def test_a_long_pause_that_a_receiver_asked_for_is_no_standstill(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agents.notifier.courier._SIGN_EVERY_S", 0.01)
    given: dict[str, Any] = dict.fromkeys(("means", "handling", "sender"))
    courier = Courier(settings=settings, target=Target(id="feed", kind="atom"), stop=asyncio.Event(), **given)
    await courier._pause(DeliveryError("answered 429", asked_s=0.1), 1)
    assert courier.tally.signs >= 3


def test_the_notifier_says_which_targets_are_possible() -> None:
    assert Target(id="feed", kind="atom").channels == ()
