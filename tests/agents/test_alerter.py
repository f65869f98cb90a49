"""The alerter: its own output is its memory."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agents.alert_topics import alert_topics
from agents.alerter import AlertStep, decide_all, decode
from agents.errors import UnavailableError
from agents.kafka import Message, open_producer
from agents.metrics import Tally
from agents.outcomes import Done, Outcome, Refused
from agents.rules import reach_of_rules
from agents.settings import Settings
from agents.topics import ensure_topics
from pipeline.alerting import Watch
from schemas.alert import Alert, Match
from schemas.topics import MATCHES

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


def match(number: int, **changes: Any) -> Message:
    values: dict[str, Any] = {
        "rule_id": "flood",
        "rule_version": 1,
        "group": "KZ",
        "article_id": f"a{number}",
        "severity": "high",
        "channel": "desk",
        "title": "Flood",
        "summary": "tags:flood",
        "event_time": NOON + timedelta(minutes=number),
        "throttle_seconds": 600,
    }
    record = Match(**(values | changes))
    return Message("t.matches", 0, number, 0, b"flood", record.model_dump_json().encode())


def alerts_in(outcomes: list[Outcome]) -> list[tuple[str, Alert]]:
    outputs = [output for one in outcomes if isinstance(one, Done) for output in one.outputs]
    return [(output.topic, Alert.model_validate_json(output.value)) for output in outputs]


def decided(messages: list[Message]) -> list[Outcome]:
    return decide_all(Watch(), messages, [decode(message, NOON) for message in messages], "t", NOON)[1]


def test_alerts_go_to_their_channel_and_backfills_apart() -> None:
    messages = [match(0), match(1, channel="night"), match(2, mode="backfill"), match(60)]
    outcomes = decided(messages)
    assert [topic for topic, _ in alerts_in(outcomes)] == ["t.alerts.desk", "t.alerts.backfill", "t.alerts.desk"]


def test_what_is_no_match_is_refused_and_the_next_decided() -> None:
    bad = Message("t.matches", 0, 5, 0, None, b'{"rule_id": 3}')
    later = Message("t.matches", 0, 6, 0, None, match(1).value.replace(b'"1.0"', b'"7.0"'))
    torn = Message("t.matches", 0, 7, 0, None, b"{")
    outcomes = decided([bad, later, torn, match(1)])
    reasons = [one.reason if isinstance(one, Refused) else "done" for one in outcomes]
    assert reasons == ["invalid_record", "unsupported_schema", "invalid_json", "done"]


async def deliver(settings: Settings, outcomes: list[Outcome]) -> list[str]:
    """Send as the stage does; ids of the alerts."""
    async with open_producer(settings) as producer:
        for topic, alert in alerts_in(outcomes):
            await producer.send_and_wait(topic, alert.model_dump_json().encode())
    return [alert.id for _, alert in alerts_in(outcomes)]


async def test_a_new_alerter_knows_what_the_last_one_raised(settings: Settings) -> None:
    await ensure_topics(settings, ["desk"])
    messages = [match(0), match(3), match(30)]
    first = AlertStep(settings, Tally())
    raised = await deliver(settings, await first(messages))
    assert len(raised) == 2

    second = AlertStep(settings, Tally())
    assert alerts_in(await second([*messages, match(31)])) == []
    assert len(alerts_in(await second([match(90)]))) == 1


async def test_after_a_change_of_partitions_the_topics_are_read_again(settings: Settings) -> None:
    await ensure_topics(settings, ["desk"])
    mine, other = AlertStep(settings, Tally()), AlertStep(settings, Tally())
    await mine([])
    await deliver(settings, await other([match(0)]))
    mine.forget()
    assert alerts_in(await mine([match(0), match(1)])) == []


async def test_the_topic_of_a_new_channel_is_made(settings: Settings) -> None:
    await ensure_topics(settings)
    step = AlertStep(settings, Tally())
    await step([match(0, channel="night")])
    assert f"{settings.topic_prefix}.alerts.night" in await alert_topics(settings)


FREQUENCY = {"kind": "frequency", "count": 3, "window": "1h"}


async def written(settings: Settings, messages: list[Message]) -> list[Message]:
    """*messages* as they stand in the topic of matches."""
    topic, sent = MATCHES.prefixed(settings.topic_prefix), []
    async with open_producer(settings) as producer:
        for one in messages:
            stamp = round(Match.model_validate_json(one.value).event_time.timestamp() * 1000)
            done = await producer.send_and_wait(topic, one.value, key=one.key, partition=0, timestamp_ms=stamp)
            sent.append(replace(one, topic=topic, offset=done.offset, timestamp_ms=stamp))
    return sent


async def test_windows_survive_a_worker(settings: Settings) -> None:
    """Two of three articles were decided by a worker that was killed; the third alerts, and only once."""
    await ensure_topics(settings, ["desk"])
    messages = await written(settings, [match(n, condition=FREQUENCY) for n in range(4)])
    assert alerts_in(await AlertStep(settings, Tally())(messages[:2])) == []

    tally = Tally()
    outcomes = await AlertStep(settings, tally)(messages[2:])
    [(_, alert)] = alerts_in(outcomes)
    assert alert.article_ids == ("a2", "a1", "a0")
    assert tally.window_points == 4
    await deliver(settings, outcomes)
    assert alerts_in(await AlertStep(settings, Tally())(messages[1:])) == []


async def test_windows_are_read_further_back_for_a_rule_that_looks_further_back(settings: Settings) -> None:
    await ensure_topics(settings, ["desk"])
    day = 24 * 60
    long = {"kind": "frequency", "count": 2, "window": "30d"}
    messages = await written(settings, [match(0, condition=long), match(8 * day, condition=FREQUENCY, rule_id="x")])
    step = AlertStep(settings, Tally())
    await step(messages[1:])
    [later] = await written(settings, [match(9 * day, condition=long)])
    assert [alert.article_ids for _, alert in alerts_in(await step([later]))] == [(f"a{9 * day}", "a0")]


SILENCE = {"kind": "silence", "after": "18h"}


@pytest.mark.parametrize("hours", [20, 24 * 9])
async def test_time_that_passes_after_a_restart_closes_windows_though_no_match_has_one(
    settings: Settings, hours: int
) -> None:
    """The source that fell silent sends nothing more; what moves the time is a match of another rule."""
    await ensure_topics(settings, ["desk"])
    reach_s = 86_400 + 18 * 3600
    heard, *others = await written(
        settings, [match(0, condition=SILENCE, group="PE"), match(hours * 60, rule_id="other"), match(hours * 60 + 1)]
    )
    await AlertStep(settings, Tally())([heard])
    step = AlertStep(settings, Tally(), lambda: reach_s)
    raised = [alert for _, alert in alerts_in(await step(others))]
    assert [(one.group, one.event_time) for one in raised if one.rule_id == "flood" and one.group == "PE"] == [
        ("PE", NOON + timedelta(hours=18))
    ]
    assert len([one for one in raised if one.rule_id == "other"]) == 1


def test_how_far_rules_look_back_is_read_from_their_files(settings: Settings, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    found = settings.model_copy(update={"rules_dir": rules})
    assert reach_of_rules(found) == 0
    head = (
        'version = 1\ntitle = "t"\nquery = "tags:x"\nseverity = "low"\nchannel = "desk"\nmessage = "m"\nowner = "o"\n'
    )
    (rules / "plain.toml").write_text(f'id = "plain"\n{head}')
    assert reach_of_rules(found) == 0
    (rules / "silent.toml").write_text(f'id = "silent"\n{head}[condition]\nkind = "silence"\nafter = "18h"\n')
    (rules / "wrong.toml").write_text("id = ")
    assert reach_of_rules(found) == 86_400 + 18 * 3600
    (rules / "late.toml").write_text(f'id = "late"\nlateness = "3d"\n{head}')
    assert reach_of_rules(found) == 3 * 86_400
    assert reach_of_rules(found.model_copy(update={"rules_dir": tmp_path / "none"})) == 0


async def test_late_matches_are_counted(settings: Settings) -> None:
    await ensure_topics(settings, ["desk"])
    tally = Tally()
    await AlertStep(settings, tally)(await written(settings, [match(n, condition=FREQUENCY) for n in (5, 3)]))
    assert tally.late_matches == 1


def test_a_match_from_the_future_alerts_and_does_not_move_time() -> None:
    outcomes = decided([match(0, event_time=NOON + timedelta(days=900), group="US"), match(1, condition=FREQUENCY)])
    assert [alert.event_time for _, alert in alerts_in(outcomes)] == [NOON]


async def test_without_a_broker_the_stage_is_told_to_wait(settings: Settings) -> None:
    unreachable = settings.model_copy(update={"kafka_url": "kafka://127.0.0.1:1"})
    with pytest.raises(UnavailableError):
        await asyncio.wait_for(AlertStep(unreachable, Tally())([match(0)]), timeout=60)
