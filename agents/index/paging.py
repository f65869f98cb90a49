"""Every hit of a query, however many there are, page by page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Final

from agents.index.protocol import Hit, Index, SearchRequest
from pipeline.query.tree import Node
from schemas.collections import ARTICLES, Collection

PAGE: Final = 500
"""Articles with their texts are 2 to 30 KB each: a page is a few megabytes."""


async def pages(
    index: Index, query: Node, *, collection: Collection = ARTICLES, size: int = PAGE
) -> AsyncIterator[tuple[Hit, ...]]:
    """The hits of *query*, latest first, so that no more of them than a page are held. No page is empty.

    Each page is a search of its own: what is written meanwhile may or may not be found, but nothing comes twice unless
    its `@timestamp` is moved back meanwhile. `now` in the query is the moment of the first page for all of them.

    Raises:
        IndexUnavailableError: the index cannot be reached; the pages before were whole.
    """
    after, now = None, datetime.now(UTC)
    while True:
        request = SearchRequest(query=query, now=now, collection=collection, size=size, after=after)
        hits = (await index.search(request)).hits
        if hits:
            yield hits
        if len(hits) < size:
            return
        after = hits[-1].cursor
