"""`tocsin alerts ack|snooze|...`, `tocsin notify` and targets in `tocsin status`, as a person calls them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from agents.broker.config import BrokerConfig
from agents.broker.server import Broker
from agents.cli.main import app
from agents.errors import UsageError
from agents.settings import Settings
from agents.topics import ensure_topics
from tests.agents.cli.test_deployment import Result, lines, tocsin
from tests.agents.notifier.conftest import SECRET, alert, raise_alerts, serving, webhook_toml


@pytest.fixture
async def settings(tmp_path: Path) -> AsyncIterator[Settings]:
    found = Settings(data_dir=tmp_path / "data", broker_port=0)
    broker = Broker(BrokerConfig(data_dir=found.broker_dir))
    await broker.start()
    await ensure_topics(found, ["water"])
    yield found
    await broker.stop()


async def test_what_people_do_about_an_alert_is_kept_and_shown(settings: Settings) -> None:
    await raise_alerts(settings, alert(1, id="abc1"), alert(2, id="abd2"))

    async def alerts(*arguments: str) -> Result:
        return await tocsin(settings, "alerts", *arguments)

    (state,) = lines(await alerts("snooze", "abc", "--for", "2d", "--by", "ana", "-m", "known flood", "--json"))
    assert (state["alert_id"], state["status"], state["by"], state["group"]) == ("abc1", "snoozed", "ana", "KZ")
    assert (await alerts("comment", "abc1", "the dam holds", "--by", "ben")).stdout == "commented on abc1\n"
    shown = await alerts("show", "abc1")
    for words in ("River 1 rises", "snoozed until", "by ana", "ana: known flood", "ben: the dam holds"):
        assert words in shown.stdout
    assert [one["id"] for one in lines(await alerts("list", "--status", "snoozed", "--json"))] == ["abc1"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("alerts", "snooze", "x"), "say how long"),
        (("alerts", "snooze", "x", "--for", "2d", "--until", "2026-03-01"), "say how long"),
        (("alerts", "snooze", "x", "--for", "soon"), "--for 'soon' is no duration"),
        (("alerts", "list", "--status", "done"), "no state 'done'; states: open, acknowledged"),
        (("notify", "check"), "set TOCSIN_NOTIFY_FILE"),
        (("notify", "run"), "set TOCSIN_NOTIFY_FILE"),
        (("notify", "resume", "x", "--since", "soon"), "--since 'soon': give a time in UTC"),
        (("notify", "resume", "x", "--since", "9999-01-01"), "lies ahead"),
        (("notify", "resume", "x", "--since", "2d"), "set TOCSIN_NOTIFY_FILE"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anybody_is_asked(
    arguments: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOCSIN_DATA_DIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, arguments)
    assert isinstance(result.exception, UsageError)
    assert said in str(result.exception)


async def test_targets_are_checked_tested_and_seen_in_the_status(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOCSIN_NOTIFY_FILE", str(tmp_path / "targets.toml"))
    (tmp_path / "hook.secret").write_text(SECRET)
    async with serving() as receiver:
        (tmp_path / "targets.toml").write_text(webhook_toml("desk", receiver, channels=["water"]))
        checked = await tocsin(settings, "notify", "check")
        assert "desk                 webhook  water, from info" in checked.stdout
        (sent,) = lines(await tocsin(settings, "notify", "test", "desk", "--json"))
        assert (receiver.ids, receiver.taken[0].headers["ce-subject"]) == ([sent["alert"]], "tocsin-test")
        assert b"TEST of the target desk" in receiver.taken[0].body
    await raise_alerts(settings, alert(1), alert(2))
    (status,) = lines(await tocsin(settings, "status", "--json"))
    assert {one["name"]: one["lag"] for one in status["agents"]}["notifier.desk"] == 2
    (resumed,) = lines(await tocsin(settings, "notify", "resume", "desk", "--since", "2000-01-01", "--json"))
    assert (resumed["since"], resumed["alerts_at_most"]) == ("2000-01-01T00:00:00+00:00", 2)
    (tmp_path / "targets.toml").write_text("[[target]]\nid = 1\n")
    assert "targets.toml:2:1: id: " in (await tocsin(settings, "status")).stdout
