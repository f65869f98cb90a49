"""One target, from its topics to its means: in order, again and again until it arrives, each alert at least once."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

import structlog
from aiokafka.errors import KafkaError
from pydantic import ValidationError

from agents.errors import TocsinError
from agents.handling import FollowedHandling
from agents.kafka import Message
from agents.metrics import Tally
from agents.notifier.beginning import begin
from agents.notifier.cursor import Cursor, agent_name, redeliveries_topic
from agents.notifier.letters import missed_letter
from agents.notifier.means import DeliveryError, Means
from agents.outcomes import Output
from agents.sender import Sender
from agents.settings import Settings
from agents.waiting import Waiting, sleep_unless
from pipeline.identity import delivery_digest_id
from pipeline.notifying import Target, wants
from pipeline.notifying.backoff import gives_up, pause_s
from pipeline.notifying.digest import ends_at
from schemas.alert import Alert
from schemas.topics import DEAD_LETTERS

log = structlog.get_logger(__name__)

_DRAIN_MS: Final = 1_000
_SIGN_EVERY_S: Final = 5.0


class StoppedError(Exception):
    """The notifier is told to stop; what is not committed is delivered after its next start."""


@dataclass(kw_only=True)
class Courier:
    """Serves one target. The last three fields are for tests."""

    settings: Settings
    target: Target
    means: Means
    handling: FollowedHandling
    sender: Sender
    stop: asyncio.Event
    tally: Tally = field(default_factory=Tally)
    clock: Callable[[], float] = time.monotonic
    wall_ms: Callable[[], int] = lambda: int(time.time() * 1000)
    chance: Callable[[], float] = random.random
    _failing_since: float | None = None

    async def run(self) -> None:
        """Deliver until told to stop. Trouble with the broker is waited out."""
        waiting = Waiting(f"the broker, for target {self.target.id}")
        while not self.stop.is_set():
            cursor = Cursor(self.settings, self.target, self.tally)
            try:
                await begin(self.settings, self.target)
                await cursor.open()
                waiting = Waiting(waiting.what)
                await self._follow(cursor)
            except StoppedError:
                return
            except (KafkaError, TocsinError, OSError) as error:
                self.tally.signs += 1
                await sleep_unless(self.stop, waiting.pause_s(error))
            finally:
                with contextlib.suppress(KafkaError, OSError):
                    await cursor.close()

    async def _follow(self, cursor: Cursor) -> None:
        while not self.stop.is_set():
            if self.target.digest:
                await self._one_digest(cursor)
            else:
                for message in await cursor.read():
                    await self._one(message)
                    await cursor.settle([message])

    async def _one(self, message: Message) -> None:
        alert = self._alert(message)
        if alert is not None:
            await self._deliver([(message, alert)], lambda told: self.means.tell(told[0]))

    async def _one_digest(self, cursor: Cursor) -> None:
        """Gather until the digest ends or is full, deliver, commit."""
        read: list[Message] = []
        kept: list[tuple[Message, Alert]] = []
        generation = cursor.generation
        while not self.stop.is_set():
            due = bool(kept) and ends_at(_time_ms(*kept[0]), self.target.digest) <= self.wall_ms()
            new = await cursor.read(most=self.target.digest_max - len(kept), wait_ms=_DRAIN_MS if due else 500)
            if generation != cursor.generation:  # what follows is read anew, from the last commit on
                generation, due, read, kept = cursor.generation, False, [], []
            read += new
            kept += [(message, alert) for message in new if (alert := self._alert(message)) is not None]
            if (due and not new) or len(kept) >= self.target.digest_max:
                await self._deliver(kept, self._tell_digest)
            elif kept or not read:
                continue
            await cursor.settle(read)
            return

    async def _tell_digest(self, alerts: Sequence[Alert]) -> None:
        ordered = sorted(alerts, key=lambda alert: (alert.raised_at, alert.id))
        id = delivery_digest_id(self.target.id, [alert.id for alert in ordered])
        await self.means.tell_digest(id, ordered)

    def _alert(self, message: Message) -> Alert | None:
        """The alert, when it is for this target. What is none is the recorder's to refuse, once for all."""
        is_again = message.topic == redeliveries_topic(self.settings)
        if is_again and message.key != self.target.id.encode():
            return None
        try:
            alert = Alert.model_validate_json(message.value)
        except ValidationError:
            log.warning("no alert, passed over", target=self.target.id, topic=message.topic, offset=message.offset)
            return None
        return alert if is_again or wants(self.target, alert) else None

    async def _deliver(
        self, batch: Sequence[tuple[Message, Alert]], tell: Callable[[Sequence[Alert]], Awaitable[None]]
    ) -> None:
        """Until it arrives, is silenced, or its bound is reached.

        Raises:
            StoppedError: told to stop before.
            UnavailableError: what people did about alerts cannot be read.
        """
        attempts = refusals = 0
        while True:
            if self.stop.is_set():
                raise StoppedError
            loud = await self._loud([alert for _, alert in batch])
            if not loud:
                return
            try:
                await self._attempt(tell, loud)
            except DeliveryError as error:
                attempts, refusals = attempts + 1, refusals + error.refused
                if self._gives_up(attempts, refusals):
                    await self._park(batch, error, attempts)
                    return
                await self._pause(error, attempts)
                continue
            self._arrived(len(loud))
            return

    async def _attempt(self, tell: Callable[[Sequence[Alert]], Awaitable[None]], alerts: Sequence[Alert]) -> None:
        """A bug of ours about one message ends as that message's refusal: it must stop neither those behind it nor the
        other targets.

        Raises:
            DeliveryError: it did not arrive.
        """
        self.tally.signs += 1
        try:
            await tell(alerts)
        except DeliveryError:
            raise
        except Exception as error:
            log.exception("delivery failed in our own code", target=self.target.id)
            raise DeliveryError(f"our own code failed: {type(error).__name__}", refused=True) from error

    async def _loud(self, alerts: Sequence[Alert]) -> list[Alert]:
        """Those that nobody silenced meanwhile."""
        silences = (await self.handling.current()).silences
        loud = []
        for alert in alerts:
            if reason := silences.reason(alert):
                log.info("alert not delivered", target=self.target.id, alert=alert.id, reason=reason)
            else:
                loud.append(alert)
        return loud

    def _arrived(self, count: int) -> None:
        if self._failing_since is not None:
            log.info("target takes alerts again", target=self.target.id)
        self._failing_since = None
        self.tally.done += count

    def _gives_up(self, attempts: int, refusals: int) -> bool:
        now = self.clock()
        if not refusals and self._failing_since is None:
            self._failing_since = now
        failing_for = 0.0 if self._failing_since is None else now - self._failing_since
        bound = float(self.target.give_up_after)
        is_failing = self._failing_since is not None
        return gives_up(
            attempts=attempts if is_failing else 0, refusals=refusals, failing_for_s=failing_for, give_up_after_s=bound
        )

    async def _pause(self, error: DeliveryError, attempts: int) -> None:
        self.tally.retries += 1
        pause = pause_s(
            attempts,
            self.chance(),
            first_s=self.settings.notify_retry_first_s,
            most_s=self.settings.notify_retry_max_s,
            asked_s=error.asked_s,
        )
        log.warning("not delivered", target=self.target.id, attempt=attempts, pause_s=round(pause, 2), error=str(error))
        await self._sleep(pause)

    async def _sleep(self, seconds: float) -> None:
        """With a sign now and then: a receiver may ask for minutes, which a watchdog would take for a standstill."""
        until = self.clock() + seconds
        while not self.stop.is_set() and (left := until - self.clock()) > 0:
            self.tally.signs += 1
            await sleep_unless(self.stop, min(left, _SIGN_EVERY_S))

    async def _park(self, batch: Sequence[tuple[Message, Alert]], error: DeliveryError, attempts: int) -> None:
        """Into the dead letters, however long it takes."""
        outputs = [self._letter(message, error, attempts) for message, _ in batch]
        while outputs:
            failures = await self.sender.send(outputs, alone=False)
            outputs = [one for one, failure in zip(outputs, failures, strict=True) if failure is not None]
            if outputs:
                said = next(failure.error for failure in failures if failure)
                log.warning("dead letter not written, tried again", target=self.target.id, error=said)
                await self._sleep(self.settings.notify_retry_first_s)
                if self.stop.is_set():
                    raise StoppedError
                await self.sender.renew()
        self.tally.dead_letters["delivery_failed"] += len(batch)
        log.error("given up, now among the dead letters", target=self.target.id, alerts=len(batch), error=str(error))

    def _letter(self, message: Message, error: DeliveryError, attempts: int) -> Output:
        return missed_letter(
            message,
            str(error),
            target=self.target.id,
            stage=agent_name(self.target),
            attempts=attempts,
            replay_topic=redeliveries_topic(self.settings),
            dead_letters=DEAD_LETTERS.prefixed(self.settings.topic_prefix),
            failed_at=datetime.now(UTC),
        )


def _time_ms(message: Message, alert: Alert) -> int:
    """When the message was written, which a replay does not change."""
    return message.timestamp_ms if message.timestamp_ms >= 0 else int(alert.raised_at.timestamp() * 1000)
