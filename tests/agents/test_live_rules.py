"""Rules are read again when a file changes; a bad edit keeps what was good."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from agents.errors import UsageError
from agents.live_rules import CHECK_S, GONE_S, LiveRules
from agents.metrics import Tally
from agents.settings import Settings

RULE = """
id = "{id}"
version = {version}
title = "A rule"
query = "body:{word}"
severity = "low"
channel = "desk"
message = "{{title}}"
owner = "desk"
"""


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "rules").mkdir()
    return Settings(data_dir=tmp_path / "data", rules_dir=tmp_path / "rules")


@pytest.fixture
def write(settings: Settings) -> Callable[..., Path]:
    def write(name: str, word: str = "fire", version: int = 1) -> Path:
        assert settings.rules_dir
        path = settings.rules_dir / f"{name}.toml"
        path.write_text(RULE.format(id=name, word=word, version=version))
        return path

    return write


def look(rules: LiveRules, clock: Clock, after: float = CHECK_S) -> dict[str, int]:
    """What is in use after so many seconds: rule ids and versions."""
    clock.now += after
    return {rule.id: rule.version for rule in rules.current().rules}


def test_an_edited_an_added_and_a_removed_file_take_effect(settings: Settings, write: Callable[..., Path]) -> None:
    gone, clock = write("gone"), Clock()
    write("edited")
    rules = LiveRules(settings, Tally(), clock)
    write("edited", word="flood", version=2)
    write("added")
    assert look(rules, clock) == {"gone": 1, "edited": 2, "added": 1}
    gone.unlink()
    assert look(rules, clock) == {"gone": 1, "edited": 2, "added": 1}, "an editor may be about to write it"
    assert look(rules, clock, GONE_S) == {"edited": 2, "added": 1}


def test_a_folder_that_is_away_for_a_moment_costs_no_rule(settings: Settings, write: Callable[..., Path]) -> None:
    folder, clock = write("rule").parent, Clock()
    rules = LiveRules(settings, Tally(), clock)
    away = folder.rename(folder.with_name("away"))
    assert look(rules, clock) == {"rule": 1}
    away.rename(folder)
    assert look(rules, clock, GONE_S) == {"rule": 1}


def test_a_bad_edit_keeps_the_last_good_version_and_is_counted(settings: Settings, write: Callable[..., Path]) -> None:
    path, clock, tally = write("rule"), Clock(), Tally()
    rules = LiveRules(settings, tally, clock)
    path.write_text("id = ")
    assert look(rules, clock) == {"rule": 1}
    assert tally.wrong_rules == 1
    assert look(rules, clock, 10 * GONE_S) == {"rule": 1}
    write("rule", version=2)
    assert look(rules, clock) == {"rule": 2}
    assert tally.wrong_rules == 0


def test_a_bad_edit_outlives_a_restart(settings: Settings, write: Callable[..., Path]) -> None:
    path = write("rule", version=3)
    write("other")
    LiveRules(settings, Tally())
    path.write_text("id = ")
    tally = Tally()
    again = LiveRules(settings, tally)
    assert {rule.id: rule.version for rule in again.current().rules} == {"rule": 3, "other": 1}
    assert tally.wrong_rules == 1


def test_a_file_that_never_was_right_refuses_to_start_and_later_harms_nobody(
    settings: Settings, write: Callable[..., Path]
) -> None:
    write("good")
    bad, clock, tally = write("bad"), Clock(), Tally()
    bad.write_text("id = ")
    with pytest.raises(UsageError, match=r"bad\.toml"):
        LiveRules(settings, Tally())
    bad.unlink()
    rules = LiveRules(settings, tally, clock)
    bad.write_text("id = ")
    assert look(rules, clock) == {"good": 1}
    assert tally.wrong_rules == 1


def test_a_rule_moved_to_another_file_is_one_rule(settings: Settings, write: Callable[..., Path]) -> None:
    path, clock = write("rule"), Clock()
    rules = LiveRules(settings, Tally(), clock)
    path.rename(path.with_name("renamed.toml"))
    assert look(rules, clock) == {"rule": 1}
    assert look(rules, clock, GONE_S) == {"rule": 1}
