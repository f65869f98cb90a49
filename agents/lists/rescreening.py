"""A list has changed: its new names are looked for in the articles that are indexed already.

    versions kept -> changes -> queries -> pages of the index -> screened before and after -> matches -> alerter

Nothing is remembered but the alerts themselves, which the alerter raises once each. So it may be stopped and repeated
at any time; and it looks at all changes between the versions that are kept, so that what one import could not finish,
or what was on its way to the index meanwhile, the next one finds.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from aiokafka.errors import KafkaError

from agents.errors import UnavailableError, UsageError
from agents.index import Hit, Index, IndexMissingError, SearchRefusedError, open_index
from agents.index.paging import pages
from agents.kafka import open_producer
from agents.lists.folder import allowed_by_entry
from agents.lists.store import ListStore, load_lists
from agents.matcher import match_key
from agents.settings import Settings
from agents.topics import ensure_topics
from pipeline.lists.changes import Change, find_changes, named_version
from pipeline.lists.compiling import VersionedList, compile_lists
from pipeline.lists.index import ListIndex
from pipeline.lists.model import ListError
from pipeline.lists.screening import Screener
from pipeline.lists.search import article_queries
from pipeline.lists.versions import unpack
from pipeline.query.canon import to_ms
from pipeline.query.tree import And, Range
from pipeline.rescreening import History, Mention, Rescreener, gather
from pipeline.source_article import article_of_document
from schemas.alert import Match
from schemas.lists import ListEntry, ListVersion
from schemas.topics import MATCHES

Tell = Callable[[int], None]
_PAGE: Final = 100
"""Articles at a time: with their texts one to three megabytes, and what one answer can hold when all are long."""
_PATIENCE_S: Final = 120.0
"""Longest wait for one answer. Patterns take an index of millions of articles long, and nobody's article waits here."""


@dataclass(frozen=True)
class Rescreened:
    """What came of it."""

    changes: tuple[Change, ...]
    """Between the versions that are kept."""
    articles: int
    """Articles that were screened again, out of all that are indexed."""
    matches: tuple[Match, ...]
    """One for each entry that was named; what is new of them alerts."""


async def rescreen(
    settings: Settings, list_id: str, since: datetime, tell: Tell = lambda _articles: None
) -> Rescreened:
    """Screen the indexed articles since *since* against what changed in a list, and tell the alerter.

    Args:
        tell: called with the number of articles screened so far.

    Raises:
        UsageError: there is no such list.
        UnavailableError: broker or index cannot be reached, or a list is damaged; nothing was told, do it again.
    """
    store = await load_lists(settings)
    if list_id not in store.current:
        raise UsageError(f"no list {list_id!r}; `tocsin lists show` shows those there are")
    versions = _kept(store, list_id)
    try:
        changes = await asyncio.to_thread(_changes, store, versions)
        if not changes:
            return Rescreened((), 0, ())
        entries = await asyncio.to_thread(_entries, store, versions, changes)
        screen = await asyncio.to_thread(_rescreener, settings, store, versions[0], changes)
    except ListError as error:
        raise UnavailableError(f"the list {list_id} is damaged: {error}") from error
    articles, histories = await _search(settings, entries.values(), screen, since, tell)
    matches = tuple(one.match(entries[key].listed_on) for key, one in sorted(histories.items()))
    await _send(settings, matches)
    return Rescreened(tuple(changes), articles, matches)


def _kept(store: ListStore, list_id: str) -> list[ListVersion]:
    """Oldest first; the last is the one in use."""
    current = store.current[list_id]
    older = [one for one in store.of_list(list_id) if one.id != current.id and one.imported_at <= current.imported_at]
    return [*reversed(older), current]


def _changes(store: ListStore, versions: Sequence[ListVersion]) -> list[Change]:
    return find_changes([named_version(version, unpack(store.parts_of(version))) for version in versions])


def _entries(store: ListStore, versions: Sequence[ListVersion], changes: Iterable[Change]) -> dict[str, ListEntry]:
    """The entries that changed, as in the newest version that has them."""
    wanted = {change.entry_id: change.key for change in changes}
    found: dict[str, ListEntry] = {}
    for version in versions:
        found |= {wanted[one.id]: one for one in unpack(store.parts_of(version)) if one.id in wanted}
    return found


def _rescreener(settings: Settings, store: ListStore, oldest: ListVersion, changes: Iterable[Change]) -> Rescreener:
    """With all lists, as the enrichers have them: the same words then tell the same."""
    allowed = allowed_by_entry(store.decisions.values())

    def screener(versions: Iterable[ListVersion]) -> Screener:
        lists = [VersionedList(version, unpack(store.parts_of(version))) for version in versions]
        return Screener(ListIndex(compile_lists(lists)), settings.lists_threshold, allowed)

    now = list(store.current.values())
    then = [oldest if version.list == oldest.list else version for version in now]
    return Rescreener(screener(then), screener(now), {change.key: change for change in changes})


async def _search(
    settings: Settings, entries: Iterable[ListEntry], screen: Rescreener, since: datetime, tell: Tell
) -> tuple[int, Mapping[str, History]]:
    try:
        index = await open_index(_patient(settings), read_only=True)
    except IndexMissingError:
        return 0, {}  # nothing was ever indexed
    try:
        return await _screen_all(index, entries, screen, since, tell)
    except SearchRefusedError as error:
        raise UnavailableError(f"{error}; the search for names needs patterns such as k*l*d*r*") from error
    finally:
        await index.close()


def _patient(settings: Settings) -> Settings:
    """A third of the watchdog's time bounds each answer, and no watchdog looks at this."""
    patience = max(_PATIENCE_S, settings.index_timeout_s)
    watchdog = max(3 * patience, settings.wedge_timeout_s)
    return settings.model_copy(update={"index_timeout_s": patience, "wedge_timeout_s": watchdog})


async def _screen_all(
    index: Index, entries: Iterable[ListEntry], screen: Rescreener, since: datetime, tell: Tell
) -> tuple[int, Mapping[str, History]]:
    within = Range("@timestamp", to_ms(since), None)
    seen: set[str] = set()
    histories: Mapping[str, History] = {}
    for query in article_queries(entries):
        async for hits in pages(index, And((within, query)), size=_PAGE):
            new = [hit for hit in hits if hit.id not in seen]
            seen.update(hit.id for hit in new)
            histories = gather(histories, await asyncio.to_thread(_screen, screen, new))
            tell(len(seen))
    return len(seen), histories


def _screen(screen: Rescreener, hits: Iterable[Hit]) -> list[Mention]:
    return [mention for hit in hits for mention in screen(article_of_document(hit.source), _known(hit))]


def _known(hit: Hit) -> frozenset[str]:
    """Entries that were alerted when the article came in. Alerts of a backfill reach nobody."""
    return frozenset(hit.source.get("lists.matches.entry", ()) if hit.source.get("mode") == "live" else ())


async def _send(settings: Settings, matches: Sequence[Match]) -> None:
    await ensure_topics(settings)
    topic = MATCHES.prefixed(settings.topic_prefix)
    try:
        async with open_producer(settings) as producer:
            for match in matches:
                await producer.send_and_wait(topic, match.model_dump_json().encode(), key=match_key(match))
    except KafkaError as error:
        raise UnavailableError(f"the broker does not take matches: {type(error).__name__}: {error}") from error
