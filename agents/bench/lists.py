"""What screening against sanctions lists costs: making the index, its size, and the time per article."""

from __future__ import annotations

import mmap
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

import orjson

from agents.bench.corpus import articles
from agents.bench.machine import memory_of
from pipeline.enrich import extract, read
from pipeline.lists import Screener
from pipeline.lists.index import ListIndex
from pipeline.lists.versions import Packed, pack, version_of
from schemas.article import Article
from schemas.lists import ListedName, ListEntry, ListVersion

SIZES: Final = (15_000, 150_000)
"""Entries: OFAC, EU and UN together, and ten times as many."""
_ALIASES: Final = 1.5
"""Aliases per entry on those lists."""
_ROUNDS: Final = 3
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


def _version(packed: Packed) -> ListVersion:
    return version_of("bench", packed, date(2026, 1, 1), "bench", datetime(2026, 1, 1, tzinfo=UTC))


def _naming(article: Article, entries: Sequence[ListEntry], chosen: random.Random) -> Article:
    """The article with what screening has work with: two listed people, and two who share a name with others."""
    names = [chosen.choice(entries).names[0].name for _ in range(4)]
    strangers = [f"Alva {name.split()[-1]}" for name in names[2:]]
    said = " ".join(f"Later {name} spoke to reporters in the capital." for name in (*names[:2], *strangers))
    return article.model_copy(update={"body": f"{article.body}\n\n{said}"})


def measure_lists(count: int = 200) -> dict[str, Any]:
    """Load lists of `SIZES` invented entries and screen *count* articles of 600 words against each. All times are of
    the processor, so that other work on the machine disturbs less.

    Returns:
        for each size: seconds to load (start, read, check and compile, in a process of its own) and what that takes at
        most beyond a process that loads nothing, bytes; bytes of the index, which all processes share; milliseconds
        per article, of those that name nobody and of those that name two listed people and two with the surname of
        one; and what screening adds to a process, with the pages of the index that it touched, bytes.
    """
    return {f"entries {size}": _measure(size, count) for size in SIZES}


def _measure(size: int, count: int) -> dict[str, float | int]:
    chosen = random.Random(size)  # noqa: S311 - repeatable on purpose
    entries = list(_entries(size))
    plain = list(articles(count))
    naming = [_naming(article, entries, chosen) for article in plain]
    with tempfile.TemporaryDirectory(prefix="tocsin-bench-") as folder:
        empty, loaded = _load(Path(folder), []), _load(Path(folder), entries)
        del entries
        with (Path(folder) / "index").open("rb") as file:
            index = ListIndex(memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)))
    before = memory_of()["private"]
    screener = Screener(index)
    return {
        "load_s": round(loaded.seconds, 2),
        "load_bytes": max(0, loaded.peak_bytes - empty.peak_bytes),
        "index_bytes": loaded.index_bytes,
        "ms_per_article": _ms(screener, plain),
        "ms_per_article_with_listed_names": _ms(screener, naming),
        "screening_bytes": max(0, memory_of()["private"] - before),
    }


class _Loaded(NamedTuple):
    seconds: float
    peak_bytes: int
    index_bytes: int


_LOADING: Final = """
import sys, time
from pathlib import Path
from agents.lists.build import build
build(Path(sys.argv[1]), Path(sys.argv[2]))
print(time.process_time())
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
"""The process itself tells its peak: what its parent is told counts the memory that it was forked with."""


def _load(folder: Path, entries: Sequence[ListEntry]) -> _Loaded:
    """As the enricher does it: `agents.lists.build` in a process of its own."""
    packed = pack(entries)
    (folder / "entries").write_bytes(b"".join(packed.parts))
    version = _version(packed).model_dump(mode="json")
    (folder / "plan").write_bytes(orjson.dumps([version, str(folder / "entries")]))
    command = [sys.executable, "-c", _LOADING, str(folder / "plan"), str(folder / "index")]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return _Loaded(float(said[0]), int(said[1]) * 1024, (folder / "index").stat().st_size)


def _ms(screener: Screener, chosen: Sequence[Article]) -> float:
    """Of each article the least disturbed of some rounds; the first fills the caches."""
    rounds = [[_seconds(screener, article) for article in chosen] for _ in range(_ROUNDS)]
    best: list[float] = [min(times) for times in zip(*rounds, strict=True)]
    return round(1000 * sum(best) / len(best), 3)


def _seconds(screener: Screener, article: Article) -> float:
    """Straight after the other extractors, as in an enricher: the article is still in the processor's cache."""
    document = read(article)
    found, _ = extract(document)
    start = time.process_time()
    screener(document, found)
    return time.process_time() - start
