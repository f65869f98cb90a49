"""Where the documents of each collection come from: topics, the step that writes them, the agent that usually does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

from agents.indexer import INDEXER, IndexStep
from agents.outcomes import Step
from agents.recorder import RECORDER, AlertRecordStep, DeadLetterStep
from agents.settings import Settings
from agents.spec import AgentSpec
from schemas.collections import ALERTS, ARTICLES, DEAD_LETTERS, Collection, CollectionName
from schemas.topics import DEAD_LETTERS as DEAD_LETTERS_TOPIC


@dataclass(frozen=True)
class Opened:
    """The step that writes messages, the one that holds the index, and what closes both."""

    step: Step
    index: IndexStep
    close: Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Source:
    """What fills the index of one collection."""

    collection: Collection
    agent: AgentSpec
    """Whose consumer group tells how far the workers have filled it."""
    open: Callable[[Settings], Opened]
    fills_all: bool = False
    """Whether it is all that the agent fills."""
    only: str | None = None
    """Name (without prefix) of the one topic among the agent's; None means all but the dead letters' topic."""

    def topics(self, settings: Settings, existing: Sequence[str]) -> list[str]:
        """Full names of the topics."""
        letters = DEAD_LETTERS_TOPIC.prefixed(settings.topic_prefix)
        of_agent = self.agent.topics(settings, existing)
        if self.only is not None:
            return [name for name in of_agent if name == f"{settings.topic_prefix}.{self.only}"]
        return [name for name in of_agent if name != letters]


def _articles(settings: Settings) -> Opened:
    step = IndexStep(settings, ARTICLES)
    return Opened(step, step, step.close)


def _alerts(settings: Settings) -> Opened:
    step = AlertRecordStep(settings)
    return Opened(step, step.index, step.close)


def _dead_letters(settings: Settings) -> Opened:
    step = DeadLetterStep(settings)
    return Opened(step, step.index, step.index.close)


SOURCES: Final[dict[CollectionName, Source]] = {
    "articles": Source(ARTICLES, INDEXER, _articles, fills_all=True),
    "alerts": Source(ALERTS, RECORDER, _alerts),
    "dead-letters": Source(DEAD_LETTERS, RECORDER, _dead_letters, only=DEAD_LETTERS_TOPIC.name),
}
