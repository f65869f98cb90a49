"""A new version of an index, filled beside the old one and then searched instead of it.

Each release writes its own version of an index, whatever searches look at, and reads the topics in a consumer group of
its own for each version. So an upgrade to a new mapping loses nothing, in whatever order its steps are taken:

1. `tocsin setup` of the new release makes the new index. Searches go on to find the old one.
2. Workers of the new release start, before or after those of the old one stop. Old workers write the old index; new
   ones fill the new index from the start of the topic, or from where step 3 says that it is filled to.
3. `tocsin reindex` of the new release fills the new index too, from everything that the topics hold, and with
   `--from-index` from what only the old index still holds. When it has caught up, searches find the new index, in one
   step; what arrived meanwhile is filled in after it. A document that two write is written once: versions say so.
4. Old workers stop. The old index stays, as the way back (`tocsin reindex` of the old release swaps again, and its
   workers go on where they were), until `tocsin reindex --remove-old NAME`.

Between the stop of the old workers and step 3 searches find an index that nobody writes: it is readable, and ages. So
start new workers first, reindex, then stop the old ones.

The embedded index has one writer: where a worker of the new release runs, `tocsin reindex` leaves the filling to it,
waits until it has caught up, and swaps.
"""

from __future__ import annotations

from agents.reindex.run import Reindexed, reindex

__all__ = ["Reindexed", "reindex"]
