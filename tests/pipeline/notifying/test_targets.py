"""The targets file: what is refused, where and with which advice; and who is told of which alert."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pipeline.notifying import Target, TargetError, parse_targets, wants
from pipeline.notifying.backoff import MAX_REFUSALS, gives_up, pause_s
from pipeline.notifying.digest import ends_at
from pipeline.notifying.target import MAX_TARGETS, is_allowed, topic_pattern
from tests.pipeline.test_handling import alert

GOOD = """
[[target]]
id = "desk"
kind = "webhook"
url = "https://hooks.example/in?room=1"
secret_file = "desk.secret"
channels = ["human-rights", "security"]
min_severity = "medium"
digest = "6h"
give_up_after = "1d12h"

[[target]]
id = "chat"
kind = "apprise"
url_file = "chat.url"
enabled = false

[[target]]
id = "feed"
kind = "atom"
"""
HEAD = '[[target]]\nid = "desk"\n'
WEBHOOK = HEAD + 'kind = "webhook"\nsecret_file = "s"\n'


def test_a_file_is_read_with_its_defaults() -> None:
    desk, chat, feed = parse_targets(GOOD, "t.toml")
    assert (desk.digest, desk.give_up_after, desk.min_severity) == (21_600, 129_600, "medium")
    assert (chat.enabled, chat.give_up_after, chat.channels) == (False, 86_400, ())
    assert (feed.entries, feed.timeout_s) == (100, 10.0)
    assert parse_targets("", "t.toml") == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = = 1", "t.toml:1:5: not TOML: Invalid value"),
        ('[[targets]]\nid = "a"\n', "t.toml:1:3: unknown key 'targets'; targets are tables [[target]]"),
        ('[target]\nid = "a"\n', "t.toml:1:2: a target is written [[target]], with two brackets"),
        (HEAD + 'kind = "webhok"\n', "t.toml:3:1: kind: Input should be 'webhook', 'apprise' or 'atom'"),
        (HEAD, "t.toml:1:1: key 'kind' is missing"),
        (HEAD + 'kind = "atom"\nchanels = ["x"]\n', "t.toml:4:1: unknown key 'chanels'; did you mean channels?"),
        (HEAD + 'kind = "atom"\nzzz = 1\n', "t.toml:4:1: unknown key 'zzz'; keys are id, kind,"),
        (GOOD + '[[target]]\nid = "feed"\nkind = "atom"\n', "t.toml:22:1: two targets have the id 'feed'"),
        (HEAD + 'kind = "atom"\nchannels = ["backfill"]\n', "t.toml:4:1: channels: nobody is notified"),
        (HEAD + 'kind = "atom"\nchannels = ["Big One"]\n', "t.toml:4:1: channels: String should match"),
        (HEAD + 'kind = "atom"\ndigest = "1h"\n', "t.toml:4:1: digest: a target of kind 'atom' has no such key"),
        (HEAD + 'kind = "webhook"\n', "t.toml:3:1: kind: a target of kind 'webhook' needs the key 'url'"),
        (WEBHOOK + 'url = "https://a.example"\ndigest = "7h"\n', "t.toml:6:1: digest: must divide a day"),
        (WEBHOOK + 'url = "https://a.example"\ndigest = "soon"\n', "t.toml:6:1: digest: duration 'soon' is no"),
        (WEBHOOK + 'url = "http://a.example"\n', "t.toml:5:1: url: must be https://; for a receiver inside"),
        (WEBHOOK + 'url = "ftp://a.example"\n', "t.toml:5:1: url: must be https://host/path"),
        (WEBHOOK + 'url = "https://me:hush@a.example"\n', "t.toml:5:1: url: holds a user name or password"),
        (WEBHOOK + 'url = "https://a.example:99999"\n', "t.toml:5:1: url: is no valid address"),
        (WEBHOOK + 'url = "https://a.example/#x"\n', "t.toml:5:1: url: has a fragment"),
        (WEBHOOK + 'url = "https://ä.example/"\n', "t.toml:5:1: url: must be https://host/path, the host in ASCII"),
        ('[[target]]\nid = "A b"\nkind = "atom"\n', "t.toml:2:1: id: String should match"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_place(text: str, said: str) -> None:
    with pytest.raises(TargetError) as caught:
        parse_targets(text, "t.toml")
    assert str(caught.value).startswith(said)
    assert "hush" not in str(caught.value)


def test_targets_are_bounded() -> None:
    text = "".join(f'[[target]]\nid = "t{n}"\nkind = "atom"\n' for n in range(MAX_TARGETS + 1))
    with pytest.raises(TargetError, match="200 are the most"):
        parse_targets(text, "t.toml")


def target(**changes: Any) -> Target:
    return Target.model_validate({"id": "feed", "kind": "atom"} | changes)


@pytest.mark.parametrize(
    ("of_target", "of_alert", "expected"),
    [
        ({}, {}, True),
        ({}, {"mode": "backfill"}, False),
        ({}, {"channel": "backfill"}, False),
        ({}, {"channel": "test"}, False),
        ({"channels": ["water"]}, {}, True),
        ({"channels": ["fire"]}, {}, False),
        ({"min_severity": "medium"}, {}, True),
        ({"min_severity": "high"}, {}, False),
        ({"min_severity": "high"}, {"severity": "critical"}, True),
    ],
)
def test_who_is_told(of_target: dict[str, Any], of_alert: dict[str, Any], expected: bool) -> None:
    assert wants(target(**of_target), alert(**of_alert)) is expected


@pytest.mark.parametrize(
    ("channels", "topic", "expected"),
    [
        ([], "t.alerts.water", True),
        ([], "t.alerts.backfill", False),
        ([], "t.alerts.test", False),
        ([], "t.alerts.testing", True),
        ([], "txalerts.water", False),
        ([], "t.redeliveries", True),
        ([], "t.redeliveries2", False),
        (["water"], "t.alerts.water", True),
        (["water"], "t.alerts.water2", False),
        (["water"], "t.alerts.fire", False),
        (["water"], "t.redeliveries", True),
    ],
)
def test_topics_that_a_target_reads(channels: list[str], topic: str, expected: bool) -> None:
    pattern = topic_pattern(target(channels=channels), "t.alerts.", "t.redeliveries")
    assert bool(re.match(pattern, topic)) is expected


def test_a_host_is_allowed_by_name_and_port() -> None:
    assert is_allowed("hooks.inside", 8080, ("hooks.inside",))
    assert is_allowed("hooks.inside", 8080, ("Hooks.Inside:8080",))
    assert not is_allowed("hooks.inside", 8081, ("hooks.inside:8080",))
    assert is_allowed("::1", 80, ("[::1]:80",))
    assert not is_allowed("xhooks.inside", 8080, ("hooks.inside",))


def test_pauses_double_up_to_the_longest_and_heed_the_receiver_within_bounds() -> None:
    pauses = [pause_s(attempt, 0.999999, first_s=1, most_s=60) for attempt in (1, 2, 3, 10, 10_000)]
    assert [round(pause) for pause in pauses] == [1, 2, 4, 60, 60]
    assert pause_s(3, 0.0, first_s=1, most_s=60) == 2.0
    assert pause_s(1, 0.5, first_s=1, most_s=60, asked_s=30) == 30
    assert pause_s(1, 0.5, first_s=1, most_s=60, asked_s=10**9) == 600


def test_an_alert_is_given_up_at_its_bound_and_never_untried() -> None:
    bound = {"give_up_after_s": 60.0}
    assert not gives_up(attempts=9, refusals=0, failing_for_s=59.9, **bound)
    assert gives_up(attempts=1, refusals=0, failing_for_s=60, **bound)
    assert not gives_up(attempts=0, refusals=0, failing_for_s=600, **bound)
    assert gives_up(attempts=0, refusals=MAX_REFUSALS, failing_for_s=0, **bound)


def test_a_digest_ends_at_whole_hours_and_at_midnight() -> None:
    ten_past_ten = 1_772_359_800_000
    assert ends_at(ten_past_ten, 3600) - ten_past_ten == 50 * 60_000
    assert ends_at(ten_past_ten, 86_400) % 86_400_000 == 0
    assert ends_at(3_600_000, 3600) == 7_200_000, "what is written at the end belongs to the next"
