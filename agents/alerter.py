"""matches -> alerts.<channel>: which matches people are told of.

The state holds nothing but alerts that were raised, so the alert topics are the state: the alerter reads them when it
is given partitions. What was sent before a crash is known after it; there is no second store that could disagree.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Final

import structlog
from aiokafka.errors import KafkaError
from pydantic import ValidationError

from agents.alert_topics import alert_topics, read_alerts
from agents.errors import UnavailableError
from agents.kafka import Message
from agents.metrics import Tally
from agents.outcomes import Done, Outcome, Output
from agents.records import explain
from agents.settings import Settings
from agents.spec import AgentSpec, Running
from agents.topics import ensure_topics
from pipeline.alerting import AlertState, decide
from schemas.alert import Alert, Match
from schemas.topics import BACKFILL_CHANNEL, MATCHES, alerts_topic

log = structlog.get_logger(__name__)


def alert_topic(alert: Alert, prefix: str) -> str:
    """Alerts of a backfill are kept apart: nobody is notified of them."""
    return alerts_topic(BACKFILL_CHANNEL if alert.mode == "backfill" else alert.channel).prefixed(prefix)


def decide_all(
    state: AlertState, messages: Sequence[Message], prefix: str, now: Callable[[], datetime]
) -> tuple[AlertState, list[Outcome]]:
    """Decide one match after another; the state after the last and one outcome for each."""
    outcomes: list[Outcome] = []
    for message in messages:
        try:
            match = Match.model_validate_json(message.value)
        except ValidationError as error:
            outcomes.append(explain(error))
            continue
        state, alert = decide(state, match, now())
        outputs = () if alert is None else (Output(alert_topic(alert, prefix), message.key, _json(alert)),)
        outcomes.append(Done(outputs))
    return state, outcomes


def _json(alert: Alert) -> bytes:
    return alert.model_dump_json().encode()


def _now() -> datetime:
    return datetime.now(UTC)


class AlertStep:
    """Keeps the state; reads it anew after every change of partitions."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._channels: set[str] = set()
        self._state: AlertState | None = None
        self._assignment = 0

    def forget(self) -> None:
        """Another worker may have raised alerts for partitions that are now ours."""
        self._state = None
        self._assignment += 1

    async def __call__(self, messages: Sequence[Message]) -> list[Outcome]:
        assignment = self._assignment
        state = self._state if self._state is not None else await self._read_state()
        state, outcomes = await asyncio.to_thread(decide_all, state, messages, self._settings.topic_prefix, _now)
        await self._make_topics(outcomes)
        # Delivery comes next and is tried for ever, so that nothing can be known here that is never sent.
        if assignment == self._assignment:
            self._state = state
        return outcomes

    async def _read_state(self) -> AlertState:
        try:
            topics = await alert_topics(self._settings)
            alerts = [alert async for alert in read_alerts(self._settings, topics)]
        except KafkaError as error:
            raise UnavailableError(f"the alert topics cannot be read: {error}") from error
        state = await asyncio.to_thread(AlertState.from_alerts, alerts)
        log.info("alert state rebuilt", alerts=len(alerts), topics=len(topics))
        return state

    async def _make_topics(self, outcomes: Sequence[Outcome]) -> None:
        """A rule may have come after the start, with a channel of its own."""
        named = {output.topic for one in outcomes if isinstance(one, Done) for output in one.outputs}
        prefix = alerts_topic("").prefixed(self._settings.topic_prefix)
        new = {topic.removeprefix(prefix) for topic in named} - self._channels - {BACKFILL_CHANNEL}
        if new:
            await ensure_topics(self._settings, new)
            self._channels |= new


@asynccontextmanager
async def open_alerter(settings: Settings, tally: Tally) -> AsyncIterator[Running]:
    step = AlertStep(settings)
    yield Running(step, reassigned=step.forget)


ALERTER: Final = AgentSpec(
    name="alerter",
    reads=(MATCHES,),
    portion=200,
    within_s=0.02,
    open=open_alerter,
)
