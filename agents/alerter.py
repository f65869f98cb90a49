"""matches -> alerts.<channel>: which matches people are told of.

What was alerted is read back from the alert topics, what is under way in windows from the topic of matches, both when
the alerter is given partitions. Raising an alert and remembering it are one write; the windows before a match are those
of the matches before it. There is no second store that could disagree.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Final

import structlog
from aiokafka.errors import KafkaError
from pydantic import ValidationError

from agents.alert_topics import alert_topics, read_alerts
from agents.errors import UnavailableError
from agents.kafka import Message
from agents.match_history import is_ahead, rebuilt_windows
from agents.metrics import Tally
from agents.outcomes import Done, Outcome, Output, Refused
from agents.records import explain
from agents.rules import reach_of_rules
from agents.settings import Settings
from agents.spec import AgentSpec, Running
from agents.topics import ensure_topics
from pipeline.alerting import AlertState, Recollection, Watch
from pipeline.alerting.group import reach_of
from schemas.alert import Alert, Match
from schemas.topics import BACKFILL_CHANNEL, MATCHES, alerts_topic

log = structlog.get_logger(__name__)


def alert_topic(alert: Alert, prefix: str) -> str:
    """Alerts of a backfill are kept apart: nobody is notified of them."""
    return alerts_topic(BACKFILL_CHANNEL if alert.mode == "backfill" else alert.channel).prefixed(prefix)


def alert_key(alert: Alert) -> bytes:
    """As its match: alerts of one rule and group stay in one order."""
    return f"{alert.rule_id}\x1f{alert.group}".encode()


Decoded = Match | Refused


def decode(message: Message, now: datetime) -> Decoded:
    """The match; of one whose event time lies ahead, it is *now*."""
    try:
        match = Match.model_validate_json(message.value)
    except ValidationError as error:
        return explain(error)
    return match.model_copy(update={"event_time": now}) if is_ahead(match, now) else match


def decide_all(
    watch: Watch, messages: Sequence[Message], decoded: Sequence[Decoded], prefix: str, now: datetime
) -> tuple[Watch, list[Outcome]]:
    """Decide one match after another; the state after the last and one outcome for each message."""
    arrivals = [
        (message.partition, match) for message, match in zip(messages, decoded, strict=True) if isinstance(match, Match)
    ]
    watch, raised = watch.take(arrivals, lambda _: now)
    following = iter(raised)
    return watch, [one if isinstance(one, Refused) else _done(next(following), prefix) for one in decoded]


def _done(alerts: Sequence[Alert], prefix: str) -> Done:
    return Done(tuple(Output(alert_topic(alert, prefix), alert_key(alert), _json(alert)) for alert in alerts))


def _json(alert: Alert) -> bytes:
    return alert.model_dump_json().encode()


def _now() -> datetime:
    return datetime.now(UTC)


class AlertStep:
    """Keeps the state; reads it anew after every change of partitions."""

    def __init__(self, settings: Settings, tally: Tally, reach_of_rules: Callable[[], int] = lambda: 0) -> None:
        """
        Args:
            reach_of_rules: how far back, in seconds, the rules look that are in use. A window may be open in a
                partition whose next matches have none: they move the time in which it closes.
        """
        self._settings = settings
        self._tally = tally
        self._reach_of_rules = reach_of_rules
        self._channels: set[str] = set()
        self._watch: Watch | None = None
        self._reach_s: dict[int, int] = {}
        """How far back, in seconds, the windows of each partition were rebuilt."""
        self._assignment = 0

    def forget(self) -> None:
        """Another worker may have raised alerts for partitions that are now ours."""
        self._watch = None
        self._reach_s = {}
        self._assignment += 1

    async def __call__(self, messages: Sequence[Message]) -> list[Outcome]:
        assignment, now = self._assignment, _now()
        watch = self._watch if self._watch is not None else Watch(await self._read_state())
        decoded = await asyncio.to_thread(lambda: [decode(message, now) for message in messages])
        reach_s = await self._needed(messages, decoded)
        before = await self._with_windows(watch, messages, reach_s)
        prefix = self._settings.topic_prefix
        after, outcomes = await asyncio.to_thread(decide_all, before, messages, decoded, prefix, now)
        await self._make_topics(outcomes)
        # Delivery comes next and is tried for ever, so that nothing can be known here that is never sent.
        if assignment == self._assignment:
            self._watch, self._reach_s = after, reach_s
            self._count(before, after)
        return outcomes

    async def _read_state(self) -> AlertState:
        try:
            topics = await alert_topics(self._settings)
            read = Recollection()
            async for alert in read_alerts(self._settings, topics):
                read.add(alert)
        except KafkaError as error:
            raise UnavailableError(f"the alert topics cannot be read: {error}") from error
        state = await asyncio.to_thread(read.state)
        log.info("alert state rebuilt", alerts=state.size, topics=len(topics))
        return state

    async def _needed(self, messages: Sequence[Message], decoded: Sequence[Decoded]) -> dict[int, int]:
        """How far back the windows of each partition have to reach, in seconds."""
        known = dict(self._reach_s)
        if new := {message.partition for message in messages} - known.keys():
            known |= dict.fromkeys(new, await asyncio.to_thread(self._reach_of_rules))
        return known | _longer(known, messages, decoded)

    async def _with_windows(self, watch: Watch, messages: Sequence[Message], reach_s: Mapping[int, int]) -> Watch:
        """*watch*, with the windows of those partitions rebuilt whose matches now look back further than before."""
        windows = dict(watch.windows)
        for partition, reach in reach_s.items():
            if reach > self._reach_s.get(partition, 0):
                first = next(message for message in messages if message.partition == partition)
                try:
                    found = await rebuilt_windows(self._settings, first, reach)
                except KafkaError as error:
                    raise UnavailableError(f"the matches before {first.offset} cannot be read: {error}") from error
                windows = {line: open_ for line, open_ in windows.items() if line[0] != partition} | found
                points = sum(one.size for one in found.values())
                log.info("windows rebuilt", partition=partition, reach_s=reach, points=points)
        return replace(watch, windows=windows)

    def _count(self, before: Watch, after: Watch) -> None:
        self._tally.late_matches += after.late - before.late
        self._tally.points_cut += after.cut - before.cut
        self._tally.window_points = after.size

    async def _make_topics(self, outcomes: Sequence[Outcome]) -> None:
        """A rule may have come after the start, with a channel of its own."""
        named = {output.topic for one in outcomes if isinstance(one, Done) for output in one.outputs}
        prefix = alerts_topic("").prefixed(self._settings.topic_prefix)
        new = {topic.removeprefix(prefix) for topic in named} - self._channels - {BACKFILL_CHANNEL}
        if new:
            await ensure_topics(self._settings, new)
            self._channels |= new


def _longer(known: Mapping[int, int], messages: Sequence[Message], decoded: Sequence[Decoded]) -> dict[int, int]:
    """The partitions with matches that look back further than *known*, and how far, in seconds."""
    longer: dict[int, int] = {}
    for message, match in zip(messages, decoded, strict=True):
        if isinstance(match, Match):
            reach = reach_of(match.condition, match.lateness_seconds)
            if reach > max(known.get(message.partition, 0), longer.get(message.partition, 0)):
                longer[message.partition] = reach
    return longer


@asynccontextmanager
async def open_alerter(settings: Settings, tally: Tally) -> AsyncIterator[Running]:
    step = AlertStep(settings, tally, partial(reach_of_rules, settings))
    yield Running(step, reassigned=step.forget)


ALERTER: Final = AgentSpec(
    name="alerter",
    reads=(MATCHES,),
    portion=200,
    within_s=0.02,
    open=open_alerter,
)
