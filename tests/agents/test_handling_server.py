"""What people do about alerts, over HTTP: by whom, only by POST, and nothing for a stranger."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from typer.testing import CliRunner

from agents.broker.config import BrokerConfig
from agents.broker.server import Broker
from agents.cli.main import app
from agents.errors import SettingsError, UsageError
from agents.handling import act, followed_handling
from agents.handling_callers import read_callers
from agents.handling_server import serve_handling
from agents.settings import Settings
from agents.topics import ensure_topics
from tests.agents.notifier.conftest import alert, raise_alerts

ANA, BEN = "ana-has-a-long-enough-token", "ben-has-a-long-enough-token"
Answer = tuple[int, dict[str, Any]]


class Client:
    """Calls the server, by default as ana with JSON."""

    def __init__(self, session: ClientSession, port: int, broker: Broker, settings: Settings) -> None:
        self._session, self._url = session, f"http://127.0.0.1:{port}"
        self.port, self.broker, self.settings = port, broker, settings

    async def call(
        self, method: str, path: str, body: str = "{}", *, token: str | None = ANA, kind: str = "application/json"
    ) -> Answer:
        headers = {"Content-Type": kind} | ({} if token is None else {"Authorization": f"Bearer {token}"})
        data = body if method == "POST" else None
        async with self._session.request(method, self._url + path, data=data, headers=headers) as response:
            return response.status, await response.json(content_type=None) or {}

    async def states(self) -> dict[str, str]:
        async with followed_handling(self.settings) as followed:
            return {id: f"{one.status} by {one.by}" for id, one in (await followed.current()).states.items()}


def tokens(folder: Path, text: str = f"# who calls\n\nana {ANA}\nben {BEN}\n", mode: int = 0o600) -> Path:
    file = folder / "tokens"
    file.write_text(text)
    file.chmod(mode)
    return file


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[Client]:
    settings = Settings(data_dir=tmp_path / "data", broker_port=0)
    broker = Broker(BrokerConfig(data_dir=settings.broker_dir))
    await broker.start()
    await ensure_topics(settings, ["water"])
    await raise_alerts(settings, alert(1), alert(2))
    stop, ports = asyncio.Event(), asyncio.Queue[int]()
    callers = read_callers(tokens(tmp_path))
    serving = asyncio.create_task(serve_handling(settings, callers, 0, stop, ports.put_nowait))
    async with ClientSession() as session:
        yield Client(session, await ports.get(), broker, settings)
    stop.set()
    await serving
    await broker.stop()


async def test_what_a_caller_does_is_done_in_its_name_and_shown(client: Client) -> None:
    status, told = await client.call("POST", "/alerts/x1/acknowledge", '{"comment": "I look after it"}')
    assert (status, told["handling"]["status"], told["comment"]["text"]) == (200, "acknowledged", "I look after it")
    assert (await client.call("POST", "/alerts/x2/snooze", '{"for": "2d"}', token=BEN))[0] == 200
    assert await client.states() == {"x1": "acknowledged by ana", "x2": "snoozed by ben"}
    status, shown = await client.call("GET", "/alerts/x1", token=BEN)
    assert (status, shown["alert"]["title"], shown["handling"]["by"]) == (200, "River 1 rises", "ana")
    assert [(one["by"], one["text"]) for one in shown["comments"]] == [("ana", "I look after it")]
    await client.call("POST", "/alerts/x1/resolve", '{"false_positive": true}')
    await client.call("POST", "/alerts/x2/reopen", "")
    assert await client.states() == {"x1": "false_positive by ana", "x2": "open by ana"}


async def test_a_snooze_lasts_until_the_time_that_was_given(client: Client) -> None:
    _, told = await client.call("POST", "/alerts/x1/snooze", '{"until": "2026-03-02T00:00:00Z"}')
    assert told["handling"]["until"] == "2026-03-02T00:00:00Z"
    _, told = await client.call("POST", "/alerts/x1/snooze", '{"for": "1h"}')
    ends = datetime.fromisoformat(told["handling"]["until"])
    assert timedelta(minutes=30) < ends - datetime.now(UTC) <= timedelta(hours=1)


async def test_a_stranger_is_told_nothing_and_changes_nothing(client: Client) -> None:
    for method, path in product(("GET", "POST"), ("/alerts/x1/acknowledge", "/alerts/x1", "/elsewhere")):
        for token in (None, "", "wrong", ANA[:-1], f"{ANA}x"):
            status, told = await client.call(method, path, token=token)
            assert (status, "token" in told["error"]) == (401, True), (method, path, token)
    assert await client.states() == {}


async def test_only_a_post_changes_anything(client: Client) -> None:
    for method in ("GET", "HEAD", "PUT", "DELETE", "OPTIONS"):
        status, _ = await client.call(method, "/alerts/x1/acknowledge")
        assert (method, status) == (method, 405)
    assert await client.states() == {}


async def test_what_does_not_fit_is_refused_with_the_reason(client: Client) -> None:
    cases: list[tuple[str, str, int, str]] = [
        ("x9/acknowledge", "{}", 404, "no alert has this id"),
        ("x/acknowledge", "{}", 404, "no alert has this id"),
        ("x1/delete", "{}", 404, "no action 'delete'; actions: acknowledge, snooze"),
        ("x1/acknowledge", "[", 400, "body: "),
        ("x1/acknowledge", '{"by": "eve"}', 400, "by: "),
        ("x1/acknowledge", '{"for": "2d"}', 400, "only a snooze lasts"),
        ("x1/acknowledge", '{"false_positive": true}', 400, "goes with resolve"),
        ("x1/snooze", "{}", 400, "say how long"),
        ("x1/snooze", '{"for": "2d", "until": "2026-03-02T00:00:00Z"}', 400, "say how long"),
        ("x1/snooze", '{"for": "soon"}', 400, "is no duration"),
        ("x1/snooze", '{"for": 0}', 400, "for: "),
        ("x1/comment", "{}", 400, "say what"),
        ("x1/comment", '{"comment": ""}', 400, "comment: "),
        ("x1/comment", '{"comment": "%s"}' % ("x" * 40_000), 413, "Too Large"),
    ]
    for path, body, status, said in cases:
        found, told = await client.call("POST", f"/alerts/{path}", body)
        assert (path, body[:40], found) == (path, body[:40], status)
        assert said in told["error"]
    assert await client.states() == {}


async def test_a_state_is_not_kept_when_its_comment_cannot_be(client: Client) -> None:
    for by, text in (("ana", "x" * 4_001), ("a" * 201, "short")):
        with pytest.raises(UsageError, match="this cannot be kept: "):
            await act(client.settings, alert(1), "resolved", by=by, text=text)
    assert await client.states() == {}
    done = await act(client.settings, alert(1), None, by="ana", text="x" * 4_000)
    assert (done.state, await client.states()) == (None, {})


async def test_a_form_of_another_site_changes_nothing(client: Client) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        assert (await client.call("POST", "/alerts/x1/acknowledge", kind=kind))[0] == 415
    assert await client.states() == {}


async def test_a_broker_that_is_away_is_said_and_a_taken_port_as_well(client: Client, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=f"port {client.port} on 127.0.0.1 cannot be had"):
        callers = read_callers(tokens(tmp_path))
        await serve_handling(client.settings, callers, client.port, asyncio.Event(), lambda _: None)
    await client.broker.stop()
    status, told = await client.call("POST", "/alerts/x1/acknowledge")
    assert (status, told["error"]) == (503, "the broker does not answer, try again")
    await client.broker.start()


@pytest.mark.parametrize(
    ("text", "mode", "said"),
    [
        (f"ana {ANA}\n", 0o644, "everyone may read or write it"),
        (f"ana {ANA}\n", 0o622, "everyone may read or write it"),
        ("# nobody\n", 0o600, "has no line"),
        ("ana short\n", 0o600, ":1: give a name and a token"),
        (f"ana the great {ANA}\n", 0o600, ":1: give a name and a token"),
        (f"{'a' * 201} {ANA}\n", 0o600, ":1: give a name and a token"),
        (f"ana {ANA}\nben {ANA}\n", 0o600, ":2: another caller has the same token"),
    ],
)
def test_a_tokens_file_that_proves_nothing_is_refused_and_not_quoted(
    tmp_path: Path, text: str, mode: int, said: str
) -> None:
    with pytest.raises(SettingsError, match=re.escape(said)) as caught:
        read_callers(tokens(tmp_path, text, mode))
    assert ANA not in str(caught.value)
    assert "short" not in str(caught.value)


def test_the_command_serves_nobody_without_a_tokens_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_DATA_DIR", str(tmp_path))
    result = CliRunner().invoke(app, ["alerts", "serve", "--tokens-file", str(tmp_path / "tokens")])
    assert isinstance(result.exception, SettingsError)
    assert "cannot be read: FileNotFoundError" in str(result.exception)
