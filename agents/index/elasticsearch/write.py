"""One write: a batch in portions, a few at a time, until each document has its outcome or the server cannot go on.

Nothing is tried again here. There is one loop that waits and tries again, the stage's: it counts as a sign of life and
ends when the worker is told to stop. A loop of our own inside it would be taken for a worker that stands still. So a
write stops at the first sign of trouble or when its time is up, and says what it has settled; called again with the
same batch, the engine sends only what is left.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from elasticsearch import ApiError, AsyncElasticsearch

from agents.index.elasticsearch.bulk import Entry, Verdict, error_type, index_lines, judge, portions
from agents.index.elasticsearch.client import answered, is_refusal, translated
from agents.index.elasticsearch.document import to_source
from agents.index.elasticsearch.target import Target
from agents.index.errors import IndexAccessError, IndexMissingError, IndexUnavailableError
from agents.index.protocol import UNCHANGED, WRITTEN, IndexDocument, Outcome
from pipeline.query.canon import DocumentError

IN_FLIGHT: Final = 2
"""Requests at a time. More brought nothing in measurements, and this bounds the memory: two portions."""

_BLAMES_CONTENT: Final = frozenset(
    {
        "action_request_validation_exception",
        "illegal_argument_exception",
        "json_parse_exception",
        "parse_exception",
        "x_content_parse_exception",
    }
)
"""Errors of a whole request that one bad document can cause. Any other is the server's or a proxy's, and held against
no document: else a misconfigured proxy would turn every article into a dead letter."""

_ROOM_EVERYWHERE: Final = 64 * 1024
"""No server is meant to refuse so little for its size, bytes; where one does, documents wait until it is mended."""


class BulkWrite:
    """A write under way. `outcomes` has a place for each document, None until it is settled."""

    def __init__(
        self,
        client: AsyncElasticsearch,
        target: Target,
        where: str,
        documents: Sequence[IndexDocument],
        outcomes: Sequence[Outcome | None],
    ) -> None:
        self.outcomes = list(outcomes)
        self.failure: IndexUnavailableError | None = None
        self._client, self._target, self._where = client, target, where
        self._documents = documents
        self._portions = portions(self._entries())
        self._next = asyncio.Lock()

    async def run(self, timeout_s: float) -> None:
        """Settle what can be settled in about *timeout_s*; `failure` says why when something is left."""
        ends = asyncio.get_running_loop().time() + timeout_s
        await asyncio.gather(*(self._sender(ends) for _ in range(IN_FLIGHT)))
        if self.failure is None and None in self.outcomes:
            self.failure = IndexUnavailableError(f"{self._where} is slow: {self._left()} documents are left to write")

    def _left(self) -> int:
        return sum(outcome is None for outcome in self.outcomes)

    async def _sender(self, ends: float) -> None:
        while self.failure is None and asyncio.get_running_loop().time() < ends:
            async with self._next:
                portion = await asyncio.to_thread(next, self._portions, None)
            if portion is None:
                return
            try:
                await self._send(portion)
            except IndexUnavailableError as error:
                self.failure = error

    def _entries(self) -> Iterator[Entry]:
        for position, document in enumerate(self._documents):
            if self.outcomes[position] is not None:
                continue
            try:
                source = to_source(document, self._target.collection)
            except DocumentError as error:
                self.outcomes[position] = Outcome("rejected", str(error))
                continue
            yield Entry(position, index_lines(document.id, document.version, source))

    async def _send(self, portion: Sequence[Entry]) -> None:
        """Send a portion; one that is refused whole for its content is halved until the culprit stands alone."""
        try:
            lines = [entry.lines for entry in portion]
            verdicts = await send_bulk(self._client, self._target.written, self._where, lines)
        except RefusedContentError as error:
            await self._narrow(portion, error)
            return
        for entry, verdict in zip(portion, verdicts, strict=True):
            self._settle(entry, verdict)

    async def _narrow(self, portion: Sequence[Entry], error: RefusedContentError) -> None:
        if len(portion) > 1:
            half = len(portion) // 2
            await self._send(portion[:half])
            await self._send(portion[half:])
        elif error.blames(portion[0]):
            self.outcomes[portion[0].position] = Outcome("rejected", str(error))
        else:
            raise error.cause

    def _settle(self, entry: Entry, verdict: Verdict) -> None:
        match verdict.kind:
            case "written":
                self.outcomes[entry.position] = WRITTEN
            case "unchanged":
                self.outcomes[entry.position] = UNCHANGED
            case "rejected":
                self.outcomes[entry.position] = Outcome("rejected", verdict.reason)
            case "again":
                self.failure = self.failure or item_failure(verdict, self._where)


class RefusedContentError(Exception):
    """The whole request was refused for what is in it, or for its size. `cause` is the error if it was for neither."""

    def __init__(self, cause: IndexUnavailableError, *, is_size: bool) -> None:
        super().__init__(str(cause))
        self.cause = cause
        self.is_size = is_size

    def blames(self, entry: Entry) -> bool:
        """Whether a document that was sent alone is at fault."""
        return not self.is_size or len(entry.lines) > _ROOM_EVERYWHERE


async def send_bulk(client: AsyncElasticsearch, alias: str, where: str, lines: Sequence[bytes]) -> list[Verdict]:
    """One request; one verdict for each item.

    Raises:
        RefusedContentError: the request as a whole was refused for its content or size.
        IndexUnavailableError: it was not answered, or the answer is of no use; it may have been applied.
    """
    operations: Any = lines  # the client passes on bytes as they are, which its types do not tell
    with translated(where):
        try:
            # An index that was deleted must not come back by itself with a guessed mapping.
            answer: Any = await client.bulk(
                index=alias, operations=operations, require_alias=True, filter_path="items.*.status,items.*.error"
            )
        except ApiError as error:
            if _blames_content(error):
                raise RefusedContentError(answered(error, where), is_size=error.status_code == 413) from error
            raise
    items = answer.body.get("items") if isinstance(answer.body, Mapping) else None
    if not isinstance(items, list) or len(items) != len(lines):
        raise IndexUnavailableError(f"{where} answered a bulk request with something else; is a proxy in between?")
    return [judge(item) for item in items]


def _blames_content(error: ApiError) -> bool:
    cause = error.body.get("error") if isinstance(error.body, dict) else None
    return error.status_code == 413 or (error.status_code == 400 and error_type(cause) in _BLAMES_CONTENT)


def item_failure(verdict: Verdict, where: str) -> IndexUnavailableError:
    """The error for an item that was not written by no fault of its own."""
    said = f"{where} did not write: {verdict.reason}"
    status = (verdict.reason or "").split(" ", 1)[0]
    if status.isdigit() and is_refusal(int(status), verdict.error):
        return IndexAccessError(f"{said}; mend the API key or its rights, nothing is lost meanwhile")
    if verdict.error in ("index_not_found_exception", "strict_dynamic_mapping_exception"):
        return IndexMissingError(said)
    return IndexUnavailableError(said)
