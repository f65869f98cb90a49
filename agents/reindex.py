"""Building the index anew from `tocsin.enriched`.

remove the index -> read every enriched article that the topic still holds -> write
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from agents.index import remove_index
from agents.indexer import IndexStep
from agents.kafka import Message, read_to_end
from agents.outcomes import Refused
from agents.settings import Settings
from schemas.topics import ENRICHED

_PORTION: Final = 500


@dataclass(frozen=True)
class Reindexed:
    """What became of the messages."""

    read: int
    refused: Counter[str]
    """By reason; they are in the dead letters since they first came by."""


async def reindex(settings: Settings, tell: Callable[[int], None] = lambda _count: None) -> Reindexed:
    """Rebuild the index; nothing else may write it meanwhile. What is older than the topic's retention is gone then.

    Raises:
        IndexUnavailableError: the indexer still runs, or the engine cannot be reached; nothing was removed.
        UnavailableError: no broker answers.
    """
    topic = ENRICHED.prefixed(settings.topic_prefix)
    await _check_broker(settings, topic)
    await remove_index(settings)
    step = IndexStep(settings)
    read, refused = 0, Counter[str]()
    portion: list[Message] = []

    async def write() -> None:
        outcomes = await step(portion)
        refused.update(outcome.reason for outcome in outcomes if isinstance(outcome, Refused))

    try:
        await step.open()
        async for message in read_to_end(settings, [topic]):
            portion.append(message)
            read += 1
            if len(portion) >= _PORTION:
                await write()
                portion.clear()
                tell(read)
        if portion:
            await write()
    finally:
        await step.close()
    return Reindexed(read, refused)


async def _check_broker(settings: Settings, topic: str) -> None:
    """An index must not be removed before it is sure that it can be filled again."""
    async for _ in read_to_end(settings, [topic]):
        return
