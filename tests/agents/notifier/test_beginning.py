"""Where a target begins: new, forgotten by Kafka, or where a person says."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiokafka import TopicPartition
from structlog.testing import capture_logs

from agents.errors import UsageError
from agents.notifier import beginning
from agents.notifier.beginning import resume
from agents.notifier.ledger import Ledger, read_note
from agents.notifier.targets import load_targets
from agents.settings import Settings
from agents.topics import ensure_topics
from pipeline.notifying.target import Target
from tests.agents.notifier.conftest import (
    Receiver,
    alert,
    notifying,
    raise_alerts,
    until,
    webhook_toml,
    write_targets,
)


async def tell_two(settings: Settings, receiver: Receiver) -> None:
    """A target that is told of x1 and x2, and then away while x3 and x4 are raised."""
    write_targets(settings, webhook_toml("desk", receiver))
    async with notifying(settings, "desk"):
        await raise_alerts(settings, alert(1), alert(2))
        await until(lambda: receiver.ids == ["x1", "x2"])
    await raise_alerts(settings, alert(3), alert(4))


def note_file(settings: Settings, target: str) -> Path:
    return settings.state_dir / "targets" / f"{settings.topic_prefix}.{target}.json"


def forget(settings: Settings, receiver: Receiver) -> None:
    """As when Kafka has dropped the group's offsets: the same target under a name that Kafka has never heard."""
    note_file(settings, "desk").rename(note_file(settings, "again"))
    write_targets(settings, webhook_toml("again", receiver))


async def test_a_target_that_kafka_has_forgotten_goes_on_where_it_stood(settings: Settings, receiver: Receiver) -> None:
    await tell_two(settings, receiver)
    await ensure_topics(settings, ["quake"])
    await raise_alerts(settings, alert(5, channel="quake"))
    forget(settings, receiver)
    with capture_logs() as said:
        async with notifying(settings, "again"):
            await until(lambda: len(receiver.ids) >= 5)
            await raise_alerts(settings, alert(6))
            await until(lambda: "x6" in receiver.ids)
    assert sorted(receiver.ids) == ["x1", "x2", "x3", "x4", "x5", "x6"]
    (loud,) = (one for one in said if "dropped the offsets" in one["event"])
    assert (loud["target"], loud["alerts_at_most"]) == ("again", 3)


async def test_a_target_that_was_away_for_long_is_not_told_of_all_of_it(
    settings: Settings, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    await tell_two(settings, receiver)
    forget(settings, receiver)
    monkeypatch.setattr(beginning, "OLDEST_S", 0)
    async with notifying(settings, "again"):
        await raise_alerts(settings, alert(5))
        await until(lambda: "x5" in receiver.ids)
    assert receiver.ids == ["x1", "x2", "x5"]


async def test_of_a_topic_that_was_made_anew_nothing_is_passed_over(settings: Settings, receiver: Receiver) -> None:
    await tell_two(settings, receiver)
    file = note_file(settings, "desk")
    note = json.loads(file.read_text())
    file.write_text(json.dumps(note | {"parts": [one | {"offset": 900} for one in note["parts"]]}))
    forget(settings, receiver)
    async with notifying(settings, "again"):
        await until(lambda: receiver.ids == ["x1", "x2", "x1", "x2", "x3", "x4"])


@pytest.mark.parametrize("content", [None, b"", b"[]", b'{"noted_at_ms": 1, "parts": [{"topic": 5}]}'])
async def test_without_a_note_a_target_is_new_and_says_how_to_get_what_was_before(
    settings: Settings, receiver: Receiver, content: bytes | None
) -> None:
    write_targets(settings, webhook_toml("desk", receiver))
    await raise_alerts(settings, alert(1))
    if content is not None:
        note_file(settings, "desk").parent.mkdir(parents=True)
        note_file(settings, "desk").write_bytes(content)
    with capture_logs() as said:
        async with notifying(settings, "desk"):
            await raise_alerts(settings, alert(2))
            await until(lambda: receiver.ids == ["x2"])
    events = [one["event"] for one in said]
    assert any("cannot be read" in event for event in events) == (content is not None)
    (loud,) = (one for one in said if "begins with what is raised from now on" in one["event"])
    assert "tocsin notify resume desk" in loud["advice"]


async def test_a_person_says_from_when_on_a_target_is_told(
    settings: Settings, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beginning, "_LEAVES_S", 0.0)
    write_targets(settings, webhook_toml("desk", receiver))
    await raise_alerts(settings, alert(1), alert(2))
    (target,) = load_targets(settings)
    hour = timedelta(hours=1)
    assert await resume(settings, target, datetime.now(UTC) + hour) == 0
    assert await resume(settings, target, datetime.now(UTC) - hour) == 2
    async with notifying(settings, "desk"):
        await until(lambda: receiver.ids == ["x1", "x2"])
        with pytest.raises(UsageError, match="a notifier serves the target desk"):
            await resume(settings, target, datetime.now(UTC))


def made(tmp_path: Path, clock: Any) -> tuple[Ledger, Settings, Target]:
    settings, target = Settings(data_dir=tmp_path), Target(id="desk", kind="atom")
    return Ledger(settings, target, clock=clock), settings, target


def test_a_note_is_written_now_and_then_and_at_the_end(tmp_path: Path) -> None:
    now = 0.0
    ledger, settings, target = made(tmp_path, lambda: now)
    part, other = TopicPartition("alerts", 0), TopicPartition("alerts", 1)

    def noted() -> dict[TopicPartition, int]:
        note = read_note(settings, target)
        return {} if note is None else note.offsets

    assert noted() == {}
    ledger.take({part: 1})
    ledger.take({part: 2, other: 7})
    assert noted() == {part: 1}
    now = 5.0
    ledger.take({part: 3})
    assert noted() == {part: 3, other: 7}
    ledger.keep({part: 4})
    ledger.write()
    assert noted() == {part: 4}


def test_a_folder_that_cannot_be_written_is_told_once_and_stops_nothing(tmp_path: Path) -> None:
    ledger, settings, target = made(tmp_path, lambda: 0.0)
    settings.state_dir.mkdir(parents=True)
    (settings.state_dir / "targets").write_text("in the way")
    with capture_logs() as said:
        ledger.take({TopicPartition("alerts", 0): 1})
        ledger.take({TopicPartition("alerts", 0): 2})
        assert read_note(settings, target) is None
    assert [one["event"] for one in said].count("how far a target has come cannot be noted") == 1
