"""enriched -> matches: every enriched article against every rule."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from agents.kafka import Message
from agents.live_rules import LiveRules
from agents.metrics import Tally
from agents.outcomes import Done, Outcome, Output
from agents.records import explain
from agents.settings import Settings
from agents.spec import AgentSpec, Running
from pipeline.alerting import RuleSet
from pipeline.alerting.ruleset import Found, matches
from pipeline.outline import read_whole
from schemas.alert import Match
from schemas.topics import ENRICHED, MATCHES


def match_key(match: Match) -> bytes:
    """Matches of one rule and group stay in one order."""
    return f"{match.rule_id}\x1f{match.group}".encode()


def matches_of(message: Message, rules: RuleSet, topic: str) -> Outcome:
    """Pure: one message, its matches."""
    try:
        return written(rules.find(rules.reader.read(message.value)), message, topic)
    except ValidationError as error:
        return explain(error)


def written(found: Found, message: Message, topic: str) -> Done:
    """What is sent of the rules that were *found* for the message's article.

    Raises:
        pydantic.ValidationError: something in the article is missing or wrong.
    """
    # What no rule matches is not read to the end: the indexer does, and finds what is wrong there.
    some = matches(found, read_whole(message.value)) if found.rules else ()
    stamp = message.timestamp_ms if message.timestamp_ms >= 0 else None
    return Done(tuple(Output(topic, match_key(one), one.model_dump_json().encode(), stamp) for one in some))


@dataclass(frozen=True)
class MatchStep:
    rules: LiveRules
    topic: str

    async def __call__(self, messages: Sequence[Message]) -> list[Outcome]:
        return await asyncio.to_thread(self._match, messages)

    def _match(self, messages: Sequence[Message]) -> list[Outcome]:
        rules = self.rules.current()
        return [matches_of(message, rules, self.topic) for message in messages]


@asynccontextmanager
async def open_matcher(settings: Settings, tally: Tally) -> AsyncIterator[Running]:
    yield Running(MatchStep(LiveRules(settings, tally), MATCHES.prefixed(settings.topic_prefix)))


MATCHER: Final = AgentSpec(
    name="matcher",
    reads=(ENRICHED,),
    portion=200,
    within_s=0.02,  # as the enricher: on the way to an alert
    open=open_matcher,
)
