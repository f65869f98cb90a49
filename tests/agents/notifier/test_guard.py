"""A webhook's address does not lead inside our own network, whatever its name answers."""

from __future__ import annotations

import json
import socket
import ssl
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from agents.notifier.means import DeliveryError
from agents.notifier.webhook import Webhook
from pipeline.notifying.target import Target
from tests.agents.notifier.conftest import Receiver, alert

NOWHERE = "ClientConnectorDNSError: [Errno 113] {} resolves to no public address; see allow_hosts"
KEY = b"sixteen bytes or more"


class Names(AbstractResolver):
    """Answers one after another of *answers*, then the last for ever."""

    def __init__(self, *answers: tuple[str, ...]) -> None:
        self.answers = list(answers)
        self.asked = 0

    async def resolve(self, host: str, port: int = 0, family: Any = socket.AF_INET) -> list[ResolveResult]:
        found = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        return [
            ResolveResult(hostname=host, host=one, port=port, family=socket.AF_INET, proto=0, flags=0) for one in found
        ]

    async def close(self) -> None:
        """Nothing to close."""


def webhook(url: str, *allow: str, names: AbstractResolver | None = None) -> Webhook:
    target = Target(id="desk", kind="webhook", url=url, secret_file="s", allow_hosts=allow, timeout_s=5.0)
    return Webhook(target, [KEY], source="urn:tocsin:t", context=ssl.create_default_context(), resolver=names)


async def refusal(hook: Webhook) -> str:
    try:
        with pytest.raises(DeliveryError) as caught:
            await hook.tell(alert())
    finally:
        await hook.close()
    return str(caught.value)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "10.0.0.8", "192.168.1.1", "169.254.169.254", "0.0.0.0", "[::1]", "[fe80::1]", "[::ffff:127.0.0.1]"],
)
async def test_an_address_inside_is_refused(host: str) -> None:
    assert "is not a public address" in await refusal(webhook(f"https://{host}/in"))


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.0.0.8", "169.254.169.254"])
async def test_a_name_of_an_address_inside_is_refused(inside: str) -> None:
    assert "no public address" in await refusal(webhook("https://hooks.example/in", names=Names((inside,))))


@pytest.mark.parametrize("number", ["2130706433", "0x7f.0.0.1", "127.1", "0177.0.0.1"])
async def test_a_number_in_disguise_reaches_nothing_inside(number: str) -> None:
    assert await refusal(webhook(f"https://{number}/in")) in ("InvalidUrlClientError", NOWHERE.format(number))


async def test_a_name_that_turns_inside_after_it_was_checked_is_refused(receiver: Receiver) -> None:
    """DNS rebinding: the second answer is checked as the first was, and only checked addresses are dialled."""
    port = receiver.host.partition(":")[2]
    names = Names(("192.0.2.1", "127.0.0.1"), ("127.0.0.1",))
    hook = webhook(f"https://hooks.example:{port}/in", names=names)
    with pytest.raises(DeliveryError):
        await hook.tell(alert())
    assert "no public address" in await refusal(hook)
    assert (names.asked, receiver.attempts) == (2, [])


async def test_a_host_inside_that_the_operator_names_is_reached(receiver: Receiver) -> None:
    port = receiver.host.partition(":")[2]
    hook = webhook(f"http://hooks.inside:{port}/in", f"hooks.inside:{port}", names=Names(("127.0.0.1",)))
    await hook.tell(alert())
    await hook.close()
    assert receiver.ids == ["x1"]


async def test_a_redirect_inside_is_not_followed(receiver: Receiver, other: Receiver) -> None:
    async def answer(_: int) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": other.url})

    receiver.answer = answer
    said = await refusal(webhook(receiver.url, receiver.host))
    assert said == "answered 302; redirects are not followed, give the final address"
    assert other.attempts == []


async def test_a_proxy_of_the_environment_is_not_used(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    hook = webhook(receiver.url, receiver.host)
    await hook.tell(alert())
    await hook.close()
    assert receiver.ids == ["x1"]


@pytest.mark.parametrize(
    ("status", "refused"),
    [(400, True), (413, True), (422, True), (401, False), (404, False), (429, False), (503, False)],
)
async def test_an_answer_says_whether_the_message_or_the_receiver_is_at_fault(
    receiver: Receiver, status: int, refused: bool
) -> None:
    async def answer(_: int) -> web.StreamResponse:
        return web.Response(status=status, headers={"Retry-After": "7"}, body=b"x" * 100_000)

    receiver.answer = answer
    hook = webhook(receiver.url, receiver.host)
    with pytest.raises(DeliveryError) as caught:
        await hook.tell(alert())
    await hook.close()
    assert (caught.value.refused, caught.value.asked_s) == (refused, 7.0)


async def test_no_error_repeats_the_address(receiver: Receiver) -> None:
    closed = receiver.host.replace(receiver.host.partition(":")[2], "9")
    said = await refusal(webhook(f"http://{closed}/hush-hush", closed))
    assert said
    assert "hush" not in said


async def test_a_digest_is_one_event(receiver: Receiver, tmp_path: Path) -> None:
    hook = webhook(receiver.url, receiver.host)
    await hook.tell_digest("d1", [alert(1), alert(2)])
    await hook.close()
    assert json.loads(receiver.taken[0].body)["count"] == 2
