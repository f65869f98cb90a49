"""articles, articles.backfill -> enriched. The articles are decoded and enriched in other processes."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from agents.enrichment.frames import Enriched, Job
from agents.enrichment.pool import ENRICH, Answer, Pool, PoolConfig
from agents.kafka import Message
from agents.lists.watch import followed_lists
from agents.metrics import Tally
from agents.outcomes import Done, Outcome, Output
from agents.settings import Settings
from agents.spec import AgentSpec, Running
from schemas.topics import ARTICLES, BACKFILL, ENRICHED

FUNCTION_VARIABLE: Final = "_TOCSIN_ENRICH_FUNCTION"
"""Names another enrichment function, as `module:function`; fault tests do."""


@dataclass(frozen=True)
class EnrichStep:
    """One article in, one enriched article out, in the order and with the time of the articles."""

    pool: Pool
    output_topic: str
    backfill_topic: str

    async def __call__(self, messages: Sequence[Message]) -> list[Outcome]:
        answers = await self.pool.run([self._job(message) for message in messages])
        return [self._outcome(message, answer) for message, answer in zip(messages, answers, strict=True)]

    def _job(self, message: Message) -> Job:
        stamp = message.timestamp_ms if message.timestamp_ms >= 0 else None
        return Job(message.value, stamp, "backfill" if message.topic == self.backfill_topic else "live")

    def _outcome(self, message: Message, answer: Answer) -> Outcome:
        if not isinstance(answer, Enriched):
            return answer
        stamp = message.timestamp_ms if message.timestamp_ms >= 0 else None
        return Done((Output(self.output_topic, answer.key, answer.value, stamp),))


def pool_config(settings: Settings, lists: Path | None = None) -> PoolConfig:
    """The pool of the settings; with *lists*, its processes screen against what this pointer names."""
    return PoolConfig(
        processes=settings.enrich_processes or os.cpu_count() or 1,
        timeout_s=settings.enrich_timeout_s,
        memory_bytes=settings.enrich_memory_bytes,
        max_article_bytes=settings.max_article_bytes,
        max_attempts=settings.max_attempts,
        lists=lists,
        tagger=settings.names_backend,
        function=os.environ.get(FUNCTION_VARIABLE, ENRICH),
    )


@asynccontextmanager
async def open_enricher(settings: Settings, tally: Tally) -> AsyncIterator[Running]:
    async with followed_lists(settings) as lists, Pool(pool_config(settings, lists), tally) as pool:
        prefix = settings.topic_prefix
        yield Running(EnrichStep(pool, ENRICHED.prefixed(prefix), BACKFILL.prefixed(prefix)))


ENRICHER: Final = AgentSpec(
    name="enricher",
    reads=(ARTICLES, BACKFILL),
    # 64 articles take two processes about 0.1 s: the end of one batch, when processes run dry, is rare enough, and a
    # crash repeats little.
    portion=64,
    # A lone article waits this long; four such waits stay far below the 250 ms that an alert may take.
    within_s=0.02,
    open=open_enricher,
)
