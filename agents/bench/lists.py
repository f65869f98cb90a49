"""What screening against sanctions lists costs: making the index, its size, and the time per article."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any, Final

from agents.bench.corpus import articles
from agents.bench.machine import memory_of
from pipeline.enrich import extract, read
from pipeline.lists import Screener
from pipeline.lists.compiling import VersionedList, compile_lists
from pipeline.lists.index import ListIndex
from schemas.lists import ListedName, ListEntry, ListVersion

SIZES: Final = (15_000, 150_000)
"""Entries: OFAC, EU and UN together, and ten times as many."""
_ALIASES: Final = 1.5
"""Aliases per entry on those lists."""
_SYLLABLES: Final = (
    "ka lo mir ban shev al rah zem tor vik dov nar el qas ud hin bek sal or yev gul fat im ros tan".split()
)


def _word(chosen: random.Random) -> str:
    return "".join(chosen.choice(_SYLLABLES) for _ in range(chosen.randint(2, 4))).capitalize()


def _entries(count: int, seed: int = 1) -> Iterator[ListEntry]:
    """Invented people: few given names that many share, many surnames that few share, as on real lists."""
    chosen = random.Random(seed)  # noqa: S311 - repeatable on purpose
    given = [_word(chosen) for _ in range(400)]
    for number in range(count):
        surname = _word(chosen)
        aliases = int(_ALIASES + chosen.random())
        names = [
            " ".join((chosen.choice(given), *chosen.sample(given, chosen.randint(0, 2)), surname))
            for _ in range(1 + aliases)
        ]
        listed = [ListedName(name=name, kind="alias" if i else "primary") for i, name in enumerate(names)]
        yield ListEntry(list="bench", id=str(number), type="person", names=tuple(listed))


def _version(entries: int) -> ListVersion:
    return ListVersion(
        list="bench",
        id="bench",
        snapshot=date(2026, 1, 1),
        sha256="0" * 64,
        format="bench",
        entries=entries,
        parts=0,
        imported_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def measure_lists(count: int = 200) -> dict[str, Any]:
    """Compile lists of `SIZES` invented entries and screen *count* articles of 600 words against each.

    Returns:
        for each size: seconds to compile, bytes of the index (shared by all processes), milliseconds per article, and
        what screening added to this process's private memory, bytes.
    """
    read_articles = [(document, extract(document)[0]) for document in map(read, articles(count))]
    return {f"entries {size}": _measure(size, read_articles) for size in SIZES}


def _measure(size: int, read_articles: list[Any]) -> dict[str, float | int]:
    entries = list(_entries(size))
    start = time.process_time()
    data = compile_lists([VersionedList(_version(size), entries)])
    compiled = time.process_time() - start
    del entries
    before = memory_of()["private"]
    screener = Screener(ListIndex(data))
    for document, found in read_articles[:20]:  # caches fill
        screener(document, found)
    start = time.process_time()
    for document, found in read_articles:
        screener(document, found)
    spent = time.process_time() - start
    return {
        "compile_s": round(compiled, 2),
        "index_bytes": len(data),
        "ms_per_article": round(1000 * spent / len(read_articles), 3),
        "private_bytes": max(0, memory_of()["private"] - before),
    }
