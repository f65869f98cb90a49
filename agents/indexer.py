"""enriched -> index: every article as a document, whole, under its id and version."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Final

import structlog
from pydantic import ValidationError

from agents.errors import TocsinError, UnavailableError
from agents.index import Index, IndexAccessError, IndexDocument, open_index
from agents.index import Outcome as Written
from agents.kafka import Message
from agents.metrics import Tally
from agents.outcomes import Done, Outcome, Refused
from agents.records import explain
from agents.settings import Settings
from agents.spec import AgentSpec, Running, generation_of
from pipeline.document import document_version, to_document
from schemas.collections import ARTICLES, Collection
from schemas.enrichment import EnrichedArticle
from schemas.topics import ENRICHED

log = structlog.get_logger(__name__)

ToDocument = Callable[[Message], IndexDocument | Refused]


def document_of(message: Message) -> IndexDocument | Refused:
    """Pure: the document of one enriched article."""
    try:
        enriched = EnrichedArticle.model_validate_json(message.value)
        if enriched.id is None or enriched.observed_at is None:
            return Refused("invalid_record", "an enriched article has an id and observed_at")
        body = to_document(enriched)
    except ValidationError as error:
        return explain(error)
    return IndexDocument(id=enriched.id, version=document_version(enriched), body=body)


def outcome_of(written: Written) -> Outcome:
    """Unchanged is as good as written: a replay finds its documents there."""
    if written.status == "rejected":
        return Refused("index_rejected", written.reason or "the index gave no reason")
    return Done()


class IndexStep:
    """Messages into the index of one collection. Opens the index when it first needs it, so that an index that is down
    delays nobody else's start."""

    def __init__(
        self, settings: Settings, collection: Collection = ARTICLES, to_document: ToDocument = document_of
    ) -> None:
        self._settings = settings
        self._collection = collection
        self._to_document = to_document
        self._index: Index | None = None
        self._is_refused = False

    async def open(self) -> Index:
        """
        Raises:
            UnavailableError: the index cannot be used now.
            TocsinError: it cannot be used before somebody mends it.
        """
        if self._index is None:
            self._index = await open_index(self._settings, self._collection)
        return self._index

    async def close(self) -> None:
        if self._index is not None:
            await self._index.close()

    async def __call__(self, messages: Sequence[Message]) -> list[Outcome]:
        found = await asyncio.to_thread(self._documents, messages)
        results = iter(await self.write([one for one in found if isinstance(one, IndexDocument)]))
        return [one if isinstance(one, Refused) else outcome_of(next(results)) for one in found]

    def _documents(self, messages: Sequence[Message]) -> list[IndexDocument | Refused]:
        return [self._to_document(message) for message in messages]

    async def write(self, documents: Sequence[IndexDocument]) -> list[Written]:
        """One outcome for each document, in order.

        Raises:
            UnavailableError: the index cannot be used now, or not before somebody mends it.
        """
        if not documents:
            return []
        try:
            written = await (await self.open_or_wait()).write(documents)
        except UnavailableError as error:
            self._note(error)
            raise
        except TocsinError as error:
            raise UnavailableError(str(error)) from error
        self._is_refused = False
        return written

    async def open_or_wait(self) -> Index:
        """
        Raises:
            UnavailableError: the index cannot be used now, or not before somebody mends it: not the documents' fault,
                so they wait as well.
        """
        try:
            return await self.open()
        except UnavailableError:
            raise
        except TocsinError as error:
            raise UnavailableError(str(error)) from error

    def _note(self, error: UnavailableError) -> None:
        """What waiting does not mend is said once where it is noticed; each attempt is only a warning."""
        if isinstance(error, IndexAccessError) and not self._is_refused:
            log.error(
                f"the index refuses us; {self._collection.name} wait until its key or our rights are mended",
                error=str(error),
            )
        self._is_refused = isinstance(error, IndexAccessError)


async def open_quietly(step: IndexStep) -> None:
    """Open the step's index if it can be: a broken index must stop neither enrichment nor alerts."""
    try:
        await step.open()
    except TocsinError as error:
        log.error("index not ready; what belongs there waits for it", error=str(error))


@asynccontextmanager
async def open_indexer(settings: Settings, tally: Tally) -> AsyncIterator[Running]:
    step = IndexStep(settings)
    await open_quietly(step)
    try:
        yield Running(step)
    finally:
        await step.close()


INDEXER: Final = AgentSpec(
    name="indexer",
    reads=(ENRICHED,),
    # A new version of the index is filled from the start of the topic, while workers of the old one go on with theirs.
    generation=generation_of(ARTICLES),
    # A write makes its batch durable at a fixed price (a commit, a bulk request), so portions are large; a lone article
    # waits a quarter of a second at most, well inside the 1.5 s until it must be found.
    portion=500,
    within_s=0.25,
    open=open_indexer,
)
