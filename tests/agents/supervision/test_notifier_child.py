"""`tocsin up` starts the notifier, refuses a targets file that is wrong before it starts anything, and ends a notifier
that stands still."""

from __future__ import annotations

import asyncio
import signal
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from agents.broker.config import BrokerConfig
from agents.broker.server import Broker
from agents.errors import UsageError
from agents.settings import Settings, load_settings
from agents.supervision import watched
from agents.supervision.child import Child
from agents.supervision.heartbeat import read_heartbeat
from agents.supervision.supervisor import _others, _Stop, notifier_spec
from agents.supervision.watched import watched_notifier
from agents.topics import ensure_topics

TARGET = '[[target]]\nid = "feed"\nkind = "atom"\n'


def settings(tmp_path: Path, text: str | None) -> Settings:
    file = tmp_path / "targets.toml"
    if text is not None:
        file.write_text(text)
    return Settings(data_dir=tmp_path, notify_file=None if text is None else file, metrics_port=9100)


def test_the_notifier_runs_where_there_are_targets_with_the_same_settings(tmp_path: Path) -> None:
    assert _others(settings(tmp_path, None), _Stop()) == []
    (child,) = _others(settings(tmp_path, TARGET), _Stop())
    own = load_settings(environ=child.spec.environment)
    assert (child.spec.name, own.notify_file) == ("notifier", tmp_path / "targets.toml")
    assert own.metrics_port is None, "the worker has that port"


def test_a_wrong_targets_file_starts_nothing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="unknown key"):
        _others(settings(tmp_path, TARGET + "chanels = []\n"), _Stop())


async def test_a_notifier_that_stands_still_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watched, "LOOK_EVERY_S", 0.1)
    monkeypatch.setattr(watched, "_GRACE_S", 0.1)
    found = settings(tmp_path, TARGET).model_copy(update={"metrics_port": None, "broker_port": 0})
    broker = Broker(BrokerConfig(data_dir=found.broker_dir))
    await broker.start()
    try:
        await ensure_topics(found)
        child = await Child.start(notifier_spec(found))
        watch = replace(watched_notifier(found), timeout_s=1.0)
        async with asyncio.timeout(90):
            while (sign := read_heartbeat(watch.heartbeat)) is None or sign.pid != child.pid:
                await asyncio.sleep(0.05)
            psutil.Process(child.pid).suspend()
            assert await watched.attend(found, watch, child) == watched.WEDGED
        assert child.code == -signal.SIGKILL
    finally:
        await broker.stop()


def test_the_watch_leaves_a_target_the_time_of_its_answers(tmp_path: Path) -> None:
    slow = settings(tmp_path, TARGET + "timeout_s = 100\n").model_copy(update={"wedge_timeout_s": 20.0})
    assert watched_notifier(slow).timeout_s == 205.0
    assert [one.name for one in watched_notifier(slow).readings] == ["notifier.feed"]
