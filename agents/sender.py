"""Sending with every delivery awaited."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from typing import Protocol

import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import (
    InvalidProducerEpoch,
    MessageSizeTooLargeError,
    OutOfOrderSequenceNumber,
    RecordTooLargeError,
    TopicAuthorizationFailedError,
    UnknownProducerId,
)

from agents.delivery import Failure
from agents.kafka import client_options, connect, is_not_allowed, not_allowed
from agents.outcomes import Output
from agents.settings import Settings

log = structlog.get_logger(__name__)

_BATCH_BYTES = 262_144
"""Four times fewer requests than with the default of 16 KB, measured as the best size for records of 2 to 30 KB."""
_CLOSE_TIMEOUT_S = 5.0
_LOST_COUNT = (OutOfOrderSequenceNumber, InvalidProducerEpoch, UnknownProducerId)
"""Broker and producer disagree about what was sent."""


class Sender(Protocol):
    async def send(self, outputs: Sequence[Output], *, alone: bool) -> list[Failure | None]:
        """Send and wait for the broker's word on each: a failure, or None. Never raises for a delivery.

        Args:
            alone: one after the other, each in a batch of its own.
        """
        ...

    async def renew(self) -> None:
        """Start afresh after repeated failures."""
        ...


class KafkaSender:
    """An idempotent producer of one stage. Not Faust's own, which cannot be made idempotent outside transactions and
    costs ten times as much per message. Not shared: whoever renews it may strand deliveries that another waits for."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._producer: AIOKafkaProducer | None = None

    async def start(self) -> None:
        """Connect.

        Raises:
            AccessError: a broker refuses us or does not prove itself.
            UnavailableError: no broker answers.
        """
        producer = AIOKafkaProducer(
            **client_options(self._settings),
            acks="all",
            enable_idempotence=True,
            linger_ms=0,
            max_batch_size=_BATCH_BYTES,
            max_request_size=self._settings.max_message_bytes,
            request_timeout_ms=30_000,
        )
        await connect(self._settings, producer, producer.stop)
        self._producer = producer

    async def stop(self) -> None:
        producer, self._producer = self._producer, None
        if producer is not None:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_CLOSE_TIMEOUT_S):
                    await producer.stop()

    async def renew(self) -> None:
        # A producer whose sequence numbers the broker no longer accepts fails for ever; a new one has new numbers.
        await self.stop()
        try:
            await self.start()
        except Exception as error:
            log.warning("broker does not answer", error=str(error))

    async def send(self, outputs: Sequence[Output], *, alone: bool) -> list[Failure | None]:
        if alone:
            return [await self._one(output) for output in outputs]
        return await self._together(outputs)

    async def _one(self, output: Output) -> Failure | None:
        return (await self._together([output]))[0]

    async def _together(self, outputs: Sequence[Output]) -> list[Failure | None]:
        started = [await self._start(output) for output in outputs]
        pairs = zip(started, outputs, strict=True)
        failures = await asyncio.gather(*(self._finish(future, output) for future, output in pairs))
        if any(failure is not None and failure.spoils_numbers for failure in failures):
            await self.renew()
        return list(failures)

    async def _start(self, output: Output) -> asyncio.Future[object] | Failure:
        if self._producer is None:
            return Failure(too_large=False, error="not connected")
        try:
            future: asyncio.Future[object] = await self._producer.send(
                output.topic, value=output.value, key=output.key, timestamp_ms=output.timestamp_ms
            )
        except Exception as error:
            return self._failure(error, output)
        return future

    async def _finish(self, started: asyncio.Future[object] | Failure, output: Output) -> Failure | None:
        if isinstance(started, Failure):
            return started
        try:
            await started
        except Exception as error:
            return self._failure(error, output)
        return None

    def _failure(self, error: Exception, output: Output) -> Failure:
        if is_not_allowed(error):
            told = type(error)(output.topic) if isinstance(error, TopicAuthorizationFailedError) else error
            return Failure(too_large=False, error=not_allowed(self._settings, told))
        too_large = isinstance(error, (MessageSizeTooLargeError, RecordTooLargeError))
        spoils = too_large or isinstance(error, _LOST_COUNT)
        return Failure(too_large=too_large, error=f"{type(error).__name__}: {error}", spoils_numbers=spoils)
