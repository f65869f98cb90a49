"""The benchmark of rules measures what it says it measures."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest

from agents.bench import rule_share
from agents.bench.machine import cpu_seconds_of
from agents.bench.rules import QUIET, enriched_messages, measure_rules, quiet_rules, rules
from agents.kafka import Message
from agents.matcher import matches_of
from agents.outcomes import Done
from pipeline.alerting import RuleSet, parse_rule


@pytest.fixture(scope="module")
def messages() -> Sequence[Message]:
    return enriched_messages(10)


def matches(some: RuleSet, messages: Sequence[Message]) -> int:
    outcomes = [matches_of(message, some, "t") for message in messages]
    return sum(len(outcome.outputs) for outcome in outcomes if isinstance(outcome, Done))


def test_rules_are_drawn_alike_each_time() -> None:
    assert rules(40) == rules(40)
    assert len({rule.query for rule in rules(40)}) == 40


def test_quiet_rules_are_as_many_and_match_one_in_ten(messages: Sequence[Message]) -> None:
    some = quiet_rules(300, messages)
    assert len(some) == 300
    assert matches(RuleSet(some), messages) <= QUIET * len(messages) < matches(RuleSet(rules(300)), messages)


def test_each_number_of_rules_is_measured_with_and_without_matches() -> None:
    found = measure_rules(10, sizes=(300,))
    assert list(found) == ["300 rules", "300 quiet rules"]
    loud, quiet = found.values()
    assert quiet["matches_per_article"] <= QUIET < loud["matches_per_article"]
    assert loud["ms_of_one_match"] > 0
    assert 0 < quiet["tried_per_article"] < loud["tried_per_article"] < 300
    for one in found.values():
        assert one["articles_per_second"] > 0 and one["articles_per_second_without_match"] > 0
        assert list(one["ms_by_step"]) == ["read", "view", "candidates", "try"]


def test_rules_come_back_from_their_files() -> None:
    some = rules(20)
    assert [parse_rule(text, name) for name, text in rule_share.rule_files(some).items()] == some


async def test_share_is_that_of_the_better_rounds_without_their_start(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    fed: list[bytes] = []
    reached = iter([(90.0, 20.0), (81.0, 21.0), (100.0, 19.0), (95.0, 20.0)])
    start = (500.0, 1.0)

    @asynccontextmanager
    async def system(_engines: Mapping[str, Any], files: Mapping[str, str]) -> AsyncIterator[None]:
        started.append(len(files))
        yield

    async def throughput(_settings: None, messages: Sequence[bytes]) -> dict[str, Any]:
        fed.extend(messages)
        measured = start if len(messages) == 1 else next(reached)
        return dict(zip(("articles_per_second", "cpu_ms_per_article"), measured, strict=True))

    monkeypatch.setattr(rule_share, "bench_system", system)
    monkeypatch.setattr(rule_share, "measure_throughput", throughput)
    monkeypatch.setattr(rule_share, "_SAMPLE", 2)
    monkeypatch.setattr(rule_share, "_WARM_UP", 1)
    found = await rule_share.measure_rule_share({}, 3, rules=30)
    assert started == [0, 30, 0, 30]
    assert len(set(fed)) == 16
    assert found["articles_per_second"] == {"without_rules": 100.0, "with_rules": 95.0}
    assert found["cpu_ms_per_article"] == {"without_rules": 19.0, "with_rules": 20.0}
    assert found["share_of_cpu"] == 0.05


def test_cpu_time_of_a_process_grows_by_what_it_computes() -> None:
    before, deadline = cpu_seconds_of(), time.process_time() + 0.05
    while time.process_time() < deadline:
        pass
    assert 0.03 <= cpu_seconds_of() - before < 5
