"""The one guard round every agent's step: run, deliver, retry, refuse, count.

    batch -> step -> one outcome per message -> outputs and dead letters -> delivered, all of them -> counted

`process` returns only when the last effect of the batch is durable, and raises nothing: Faust acknowledges a batch
whose agent raised, and the messages would be lost. A server that does not answer is waited for, for ever; that is the
backpressure. When the worker is told to stop during such a wait, the process leaves at once and acknowledges nothing.
"""

from __future__ import annotations

import asyncio
import os
import random
import time
import traceback
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, NoReturn

import structlog

from agents.delivery import (
    MAX_RAW_BYTES,
    MIN_RAW_BYTES,
    Parcel,
    Round,
    dead_letter,
    less_room,
    next_round,
    refused_as_too_large,
    to_topic,
)
from agents.errors import UnavailableError
from agents.kafka import Message
from agents.metrics import Tally
from agents.outcomes import Outcome, Refused, Step
from agents.sender import Sender

log = structlog.get_logger(__name__)

LEFT_BLOCKED: Final = 75
"""Exit code (EX_TEMPFAIL) of a worker that was told to stop while it waited for a server."""
_FIRST_PAUSE_S: Final = 0.2
_MAX_PAUSE_S: Final = 10.0
_RENEW_AFTER: Final = 5
_MAX_DETAIL: Final = 4_000
_MAX_TRACEBACK: Final = 16_000


def pause_s(attempt: int, chance: float) -> float:
    """Seconds before the next attempt: doubling and capped, with full jitter (*chance* is in [0, 1))."""
    return min(_MAX_PAUSE_S, _FIRST_PAUSE_S * 2.0 ** min(attempt, 16)) * (0.1 + 0.9 * chance)


def _leave() -> NoReturn:
    os._exit(LEFT_BLOCKED)


def _is_cancelled() -> bool:
    """Whether somebody cancelled the task that runs, rather than a call inside it."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A guarded step. The last five fields are for tests."""

    name: str
    """The agent's name, as in dead letters and metrics."""
    step: Step
    sender: Sender
    dead_letters: str
    """Full name of the dead-letter topic."""
    max_attempts: int
    stopping: Callable[[], bool]
    """Whether the worker has been told to stop."""
    tally: Tally = field(default_factory=Tally)
    leave: Callable[[], NoReturn] = _leave
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    chance: Callable[[], float] = random.random
    now: Callable[[], datetime] = _now
    max_raw_bytes: int = MAX_RAW_BYTES

    async def process(self, batch: Sequence[Message]) -> None:
        """Bring every message of the batch to its one outcome."""
        started = time.monotonic()
        self.tally.batch_size = len(batch)
        outcomes = await self._outcomes(batch)
        refused = await self._deliver(batch, outcomes)
        self.tally.done += len(batch) - len(refused)
        self.tally.dead_letters.update(one.reason for one in refused.values())
        self.tally.busy_seconds += time.monotonic() - started

    async def _outcomes(self, batch: Sequence[Message]) -> list[Outcome]:
        """Run the step; after a bug, run it on each message alone, so that only the culprit is refused."""
        try:
            return await self._run(batch)
        except Exception as error:
            log.error("step failed", agent=self.name, messages=len(batch), error=repr(error))
        return [await self._alone(message) for message in batch]

    async def _alone(self, message: Message) -> Outcome:
        attempt = 0
        while True:
            attempt += 1
            try:
                return (await self._run([message]))[0]
            except Exception as error:
                if attempt >= self.max_attempts:
                    detail = f"{type(error).__name__}: {error}"[:_MAX_DETAIL]
                    return Refused("bug", detail, traceback.format_exc()[-_MAX_TRACEBACK:], attempts=attempt)

    async def _run(self, batch: Sequence[Message]) -> list[Outcome]:
        """Run the step, waiting for servers as long as it takes."""
        attempt = 0
        while True:
            try:
                outcomes = list(await self.step(batch))
            except UnavailableError as error:
                why = str(error)
            except asyncio.CancelledError:
                # Faust takes any cancellation for the end of a rebalance, and would leave the batch unacknowledged.
                if _is_cancelled():
                    raise
                why = "a client of a server cancelled its own call"
            else:
                if len(outcomes) != len(batch):
                    raise ValueError(f"the step gave {len(outcomes)} outcomes for {len(batch)} messages")
                return outcomes
            await self._wait(attempt, why)
            attempt += 1

    async def _wait(self, attempt: int, why: str) -> None:
        self.tally.retries += 1
        self.tally.signs += 1
        if self.stopping():
            log.warning("left while blocked; the batch will be read again", agent=self.name, error=why)
            self.leave()
        pause = pause_s(attempt, self.chance())
        log.warning("waiting", agent=self.name, attempt=attempt, pause_s=round(pause, 2), error=why)
        await self.sleep(pause)

    async def _deliver(self, batch: Sequence[Message], outcomes: Sequence[Outcome]) -> dict[int, Refused]:
        """Send everything, for as long as it takes.

        Returns:
            The refused messages by index, those among them that became so because a result was too large.
        """
        refused = {i: outcome for i, outcome in enumerate(outcomes) if isinstance(outcome, Refused)}
        current, attempt = Round(self._parcels(batch, outcomes)), 0
        while current.parcels:
            failures = await self.sender.send([parcel.output for parcel in current.parcels], alone=current.alone)
            self.tally.outputs += sum(failure is None for failure in failures)
            following = next_round(current, failures)
            letters = self._given_up(batch, following.oversize, refused)
            if following.wait or any(letter.is_last_try for letter in letters):
                await self._wait(attempt, next(failure.error for failure in failures if failure))
                attempt += 1
                if attempt % _RENEW_AFTER == 0:
                    await self.sender.renew()
            current = Round((*following.parcels, *letters), alone=following.alone)
        return refused

    def _parcels(self, batch: Sequence[Message], outcomes: Sequence[Outcome]) -> tuple[Parcel, ...]:
        parcels: list[Parcel] = []
        for i, outcome in enumerate(outcomes):
            if isinstance(outcome, Refused):
                parcels.append(self._letter(batch, i, outcome, self.max_raw_bytes))
            else:
                parcels += [Parcel(i, output) for output in outcome.outputs]
        return tuple(parcels)

    def _given_up(
        self, batch: Sequence[Message], oversize: Sequence[Parcel], refused: dict[int, Refused]
    ) -> list[Parcel]:
        """A dead letter for each result that no broker takes, a shorter one for each such dead letter."""
        letters: list[Parcel] = []
        for parcel in oversize:
            if parcel.is_dead_letter:
                room = less_room(len(parcel.output.value))
            elif parcel.source in refused:
                continue  # its other result was too large as well
            else:
                refused[parcel.source] = refused_as_too_large(parcel)
                room = self.max_raw_bytes
            letters.append(self._letter(batch, parcel.source, refused[parcel.source], room))
        return letters

    def _letter(self, batch: Sequence[Message], index: int, why: Refused, room: int) -> Parcel:
        message = batch[index]
        letter = dead_letter(message, why, stage=self.name, failed_at=self.now(), room=room)
        output = to_topic(letter, message, self.dead_letters)
        return Parcel(index, output, is_dead_letter=True, is_last_try=room <= MIN_RAW_BYTES)
