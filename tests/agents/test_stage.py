"""The guard, without Kafka: a scripted sender stands in for the broker."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.delivery import Failure, Parcel, Round, less_room, next_round
from agents.errors import UnavailableError
from agents.kafka import Message
from agents.metrics import METRICS, Tally, TallyCollector
from agents.outcomes import Done, Outcome, Output, Refused
from agents.stage import Stage, pause_s
from schemas.alert import DeadLetter

DEAD = "t.dead-letters"


def message(offset: int, value: bytes = b"v") -> Message:
    return Message("t.in", 3, offset, 1000 + offset, b"key", value)


def output(name: str, size: int = 1) -> Output:
    return Output("t.out", name.encode(), b"x" * size)


class LeftError(BaseException):
    """Stands for the end of the process."""


def leave() -> NoReturn:
    raise LeftError


@dataclass
class FakeBroker:
    """Takes what is small enough; fails the first `down` calls; an oversize record spoils its whole batch."""

    limit: int = 1_000_000
    down: int = 0
    calls: int = 0
    renewals: int = 0
    delivered: list[Output] = field(default_factory=list)

    async def send(self, outputs: Sequence[Output], *, alone: bool) -> list[Failure | None]:
        self.calls += 1
        if self.calls <= self.down:
            return [Failure(too_large=False, error="down") for _ in outputs]
        batches = [[one] for one in outputs] if alone else [list(outputs)]
        results: list[Failure | None] = []
        for batch in batches:
            spoilt = any(len(one.value) > self.limit for one in batch)
            results += [Failure(too_large=True, error="size") if spoilt else None for _ in batch]
            if not spoilt:
                self.delivered += batch
        return results

    async def renew(self) -> None:
        self.renewals += 1

    @property
    def letters(self) -> list[DeadLetter]:
        return [DeadLetter.model_validate_json(one.value) for one in self.delivered if one.topic == DEAD]

    @property
    def keys(self) -> list[bytes | None]:
        return [one.key for one in self.delivered if one.topic != DEAD]


async def echo(messages: Sequence[Message]) -> list[Outcome]:
    return [Done((output(str(one.offset)),)) for one in messages]


async def no_sleep(_: float) -> None:
    return


def stage(broker: FakeBroker, step: Any = echo, **changes: Any) -> Stage:
    fixed: dict[str, Any] = {
        "name": "enricher",
        "step": step,
        "sender": broker,
        "dead_letters": DEAD,
        "max_attempts": 2,
        "stopping": lambda: False,
        "leave": leave,
        "sleep": no_sleep,
        "chance": lambda: 0.5,
        "now": lambda: datetime(2024, 1, 1, tzinfo=UTC),
        "tally": Tally(),
    }
    return Stage(**(fixed | changes))


async def test_every_output_is_delivered_and_every_message_counted() -> None:
    broker = FakeBroker()
    guarded = stage(broker)
    await guarded.process([message(i) for i in range(5)])
    assert broker.keys == [b"0", b"1", b"2", b"3", b"4"]
    assert (guarded.tally.done, guarded.tally.dead_letters.total(), guarded.tally.outputs) == (5, 0, 5)


async def test_a_message_without_output_counts_as_done() -> None:
    async def swallow(messages: Sequence[Message]) -> list[Outcome]:
        return [Done() for _ in messages]

    broker = FakeBroker()
    guarded = stage(broker, swallow)
    await guarded.process([message(1)])
    assert (broker.calls, guarded.tally.done) == (0, 1)


async def test_a_refused_message_becomes_a_dead_letter_that_keeps_it() -> None:
    async def refuse(messages: Sequence[Message]) -> list[Outcome]:
        return [Refused("invalid_json", "line 1") for _ in messages]

    broker = FakeBroker()
    guarded = stage(broker, refuse)
    await guarded.process([message(7, b"\xff{")])
    (letter,) = broker.letters
    assert (letter.raw, letter.raw_size, letter.key) == (b"\xff{", 2, b"key")
    assert (letter.topic, letter.partition, letter.offset, letter.timestamp_ms) == ("t.in", 3, 7, 1007)
    assert (letter.stage, letter.reason, letter.detail) == ("enricher", "invalid_json", "line 1")
    assert (guarded.tally.done, guarded.tally.dead_letters) == (0, {"invalid_json": 1})


async def test_a_long_message_is_cut_in_its_dead_letter() -> None:
    async def refuse(messages: Sequence[Message]) -> list[Outcome]:
        return [Refused("too_large", "big") for _ in messages]

    broker = FakeBroker()
    await stage(broker, refuse, max_raw_bytes=10).process([message(1, b"z" * 50)])
    assert (broker.letters[0].raw, broker.letters[0].raw_size) == (b"z" * 10, 50)


async def test_a_bug_costs_only_the_message_that_shows_it() -> None:
    tried: list[int] = []

    async def buggy(messages: Sequence[Message]) -> list[Outcome]:
        tried.extend(one.offset for one in messages)
        if any(one.offset == 2 for one in messages):
            raise KeyError("wrong")
        return await echo(messages)

    broker = FakeBroker()
    guarded = stage(broker, buggy)
    await guarded.process([message(i) for i in range(4)])
    assert broker.keys == [b"0", b"1", b"3"]
    (letter,) = broker.letters
    assert (letter.reason, letter.offset, letter.attempts) == ("bug", 2, 2)
    assert "KeyError: 'wrong'" in (letter.traceback or "")
    assert tried.count(2) == 3
    assert (guarded.tally.done, guarded.tally.dead_letters) == (3, {"bug": 1})


async def test_a_step_that_forgets_a_message_is_a_bug() -> None:
    async def forgetful(messages: Sequence[Message]) -> list[Outcome]:
        return []

    broker = FakeBroker()
    await stage(broker, forgetful).process([message(1)])
    assert broker.letters[0].reason == "bug"


async def test_a_server_that_does_not_answer_is_waited_for() -> None:
    failures = iter([True] * 20)

    async def flaky(messages: Sequence[Message]) -> list[Outcome]:
        if next(failures, False):
            raise UnavailableError("index down")
        return await echo(messages)

    broker = FakeBroker(down=12)
    guarded = stage(broker, flaky)
    await guarded.process([message(1)])
    assert broker.keys == [b"1"]
    assert guarded.tally.retries == 32
    assert broker.renewals == 2
    assert not broker.letters


async def test_a_call_that_its_client_cancelled_is_made_again() -> None:
    failures = iter([True] * 2)

    async def abandoned(messages: Sequence[Message]) -> list[Outcome]:
        if next(failures, False):
            raise asyncio.CancelledError
        return await echo(messages)

    broker = FakeBroker()
    await stage(broker, abandoned).process([message(1)])
    assert broker.keys == [b"1"]
    assert not broker.letters


async def test_a_stage_that_is_cancelled_ends() -> None:
    working = asyncio.Event()

    async def slow(messages: Sequence[Message]) -> list[Outcome]:
        working.set()
        await asyncio.sleep(3600)
        return await echo(messages)

    broker = FakeBroker()
    task = asyncio.create_task(stage(broker, slow).process([message(1)]))
    await working.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not broker.keys


async def test_told_to_stop_while_blocked_it_leaves_without_acknowledging() -> None:
    broker = FakeBroker(down=10**9)
    guarded = stage(broker, stopping=lambda: broker.calls >= 3)
    with pytest.raises(LeftError):
        await guarded.process([message(1)])
    assert guarded.tally.outcomes == 0


async def test_told_to_stop_it_finishes_what_is_not_blocked() -> None:
    broker = FakeBroker()
    await stage(broker, stopping=lambda: True).process([message(1)])
    assert broker.keys == [b"1"]


async def test_an_oversize_result_costs_only_its_own_message() -> None:
    async def sized(messages: Sequence[Message]) -> list[Outcome]:
        return [Done((output(str(one.offset), 5000 if one.offset in (1, 3) else 1),)) for one in messages]

    broker = FakeBroker(limit=4000)
    guarded = stage(broker, sized)
    await guarded.process([message(i) for i in range(5)])
    assert sorted(broker.keys) == [b"0", b"2", b"4"]  # type: ignore[type-var]
    assert sorted((letter.reason, letter.offset) for letter in broker.letters) == [("too_large", 1), ("too_large", 3)]
    assert "5000 bytes" in broker.letters[0].detail
    assert (guarded.tally.done, guarded.tally.dead_letters) == (3, {"too_large": 2})


async def test_a_dead_letter_that_is_too_large_is_cut_further() -> None:
    async def refuse(messages: Sequence[Message]) -> list[Outcome]:
        return [Refused("invalid_json", "x") for _ in messages]

    broker = FakeBroker(limit=5000)
    await stage(broker, refuse).process([message(1, b"z" * 100_000), message(2)])
    letters = {letter.offset: letter for letter in broker.letters}
    assert letters[1].raw_size == 100_000
    assert 0 < len(letters[1].raw) < 5000
    assert letters[2].raw == b"v"


async def test_two_oversize_results_of_one_message_are_one_dead_letter() -> None:
    async def double(messages: Sequence[Message]) -> list[Outcome]:
        return [Done((output("a", 5000), output("b"), output("c", 5000))) for _ in messages]

    broker = FakeBroker(limit=4000)
    guarded = stage(broker, double)
    await guarded.process([message(1)])
    assert broker.keys == [b"b"]
    assert len(broker.letters) == 1
    assert guarded.tally.outcomes == 1


@given(st.integers(min_value=0, max_value=10_000), st.floats(min_value=0, max_value=1, exclude_max=True))
def test_a_pause_is_positive_and_capped(attempt: int, chance: float) -> None:
    assert 0 < pause_s(attempt, chance) <= 10.0


def test_less_room_ends_at_a_size_that_any_broker_takes() -> None:
    size = 700_000
    for _ in range(20):
        size = less_room(size)
    assert size == 1_000


failures = st.sampled_from([None, Failure(too_large=True, error="s"), Failure(too_large=False, error="n")])


@given(st.lists(failures, min_size=1, max_size=8), st.booleans())
def test_nothing_that_failed_is_forgotten_and_nothing_delivered_is_sent_again(
    results: list[Failure | None], alone: bool
) -> None:
    parcels = tuple(Parcel(i, output(str(i))) for i in range(len(results)))
    following = next_round(Round(parcels, alone=alone), results)
    failed = {parcel for parcel, result in zip(parcels, results, strict=True) if result}
    assert {*following.parcels, *following.oversize} == failed
    assert not {*following.parcels} & {*following.oversize}
    assert following.parcels or following.oversize or not failed


def test_prometheus_sees_every_metric() -> None:
    tally = Tally(done=2)
    tally.dead_letters["bug"] += 1
    found = {metric.name: metric for metric in TallyCollector({"enricher": tally}).collect()}
    assert set(found) == set(METRICS)
    assert {tuple(sample.labels.values()): sample.value for sample in found["tocsin_outcomes"].samples} == {
        ("enricher", "done"): 2,
        ("enricher", "dead_letter"): 1,
    }
