"""The whole pipeline in a folder of its own: throughput end to end, how soon an article is found and alerts."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from agents.alert_topics import tail_alerts
from agents.bench.corpus import articles
from agents.bench.machine import cpu_seconds_of, memory_of
from agents.demo import running_system, until_idle
from agents.importer import Payload, send_all
from agents.index import Index, IndexUnavailableError, SearchRequest, open_index
from agents.kafka import open_producer
from agents.settings import Settings
from pipeline.query import parse
from schemas.article import Article
from schemas.topics import ARTICLES

CHANNEL: Final = "bench"
_RULE: Final = f"""
id = "bench"
version = 1
title = "Every article of the benchmark"
query = "source.id:bench"
severity = "info"
channel = "{CHANNEL}"
message = "{{title}}"
owner = "benchmark"
"""
ONE_RULE: Final[Mapping[str, str]] = {"bench.toml": _RULE}
_PATIENCE_S: Final = 30.0
_LOOK_S: Final = 0.02
_SEARCH_FOR: Final = 100
"""Articles that one search asks for."""


@asynccontextmanager
async def bench_system(engines: Mapping[str, Any], rule_files: Mapping[str, str] = ONE_RULE) -> AsyncIterator[Settings]:
    """A running system in a temporary folder.

    Args:
        engines: settings of the broker and the index; none means the embedded ones.
        rule_files: by name; if none are given, one rule that every benchmark article meets.
    """
    with tempfile.TemporaryDirectory(prefix="tocsin-bench-") as folder:
        rules = Path(folder) / "rules"
        rules.mkdir()
        for name, text in rule_files.items():
            (rules / name).write_text(text, "utf-8")
        fixed = {"data_dir": Path(folder), "rules_dir": rules, "broker_port": 0, "log_level": "warning"}
        settings = Settings.model_validate({**engines, **fixed})
        async with running_system(settings):
            yield settings


def bench_articles(count: int, seed: int = 2) -> list[bytes]:
    """The articles of the throughput benchmark as messages; others for another *seed*."""
    return [_raw(article) for article in articles(count, seed=seed)]


def _raw(article: Article) -> bytes:
    return article.model_dump_json(exclude_defaults=True).encode()


async def measure_throughput(settings: Settings, messages: Sequence[bytes]) -> dict[str, Any]:
    """Feed *messages* as fast as they are taken; articles per second until every agent is done, and the CPU time of all
    processes per article."""
    count = len(messages)
    payloads = [Payload(message, "bench") for message in messages]
    started, used = time.monotonic(), _cpu_seconds(settings)
    await send_all(settings, ARTICLES.prefixed(settings.topic_prefix), payloads)
    await until_idle(settings, timeout_s=1_800)
    seconds = time.monotonic() - started
    return {
        "articles": count,
        "articles_per_second": round(count / seconds, 1),
        "cpu_ms_per_article": round(1000 * (_cpu_seconds(settings) - used) / count, 2),
        "memory": {name: memory_of(pid) for name, pid in _processes(settings).items()},
    }


def _cpu_seconds(settings: Settings) -> float:
    return sum(map(cpu_seconds_of, _processes(settings).values()))


def _processes(settings: Settings) -> dict[str, str]:
    """Ids of the processes below the supervisor, by what they run."""
    found: dict[str, str] = {}
    for process in Path("/proc").iterdir():
        if not process.name.isdigit():
            continue
        try:
            command = (process / "cmdline").read_bytes().decode().split("\0")
            environment = (process / "environ").read_bytes()
        except (OSError, UnicodeDecodeError):
            continue
        modules = [word for word in command if word.startswith("agents.") and word != "agents.supervision.tether"]
        if modules and str(settings.data_dir).encode() in environment + b" ".join(word.encode() for word in command):
            found[f"{modules[0]} {process.name}"] = process.name
    return found


async def measure_latency(settings: Settings, *, rate: float = 50.0, seconds: float = 10.0) -> dict[str, Any]:
    """Feed *rate* articles a second; milliseconds from the write to the alert read and to the article found."""
    sample = list(articles(round(rate * seconds), seed=3))
    sent: dict[str, float] = {}
    alerted: dict[str, float] = {}
    found: dict[str, float] = {}
    listening = asyncio.create_task(_listen(settings, alerted, len(sample)))
    await asyncio.sleep(1)  # the listener has its position
    looking = asyncio.create_task(_look(settings, sent, found, len(sample)))
    await _send_evenly(settings, sample, rate, sent)
    done, late = await asyncio.wait({listening, looking}, timeout=_PATIENCE_S)
    for task in late:
        task.cancel()
    for task in done:
        task.result()
    return {
        "articles": len(sample),
        "per_second": rate,
        "write_to_alert_ms": _summary(sent, alerted),
        "write_to_searchable_ms": _summary(sent, found),
    }


async def _send_evenly(settings: Settings, sample: Iterable[Article], rate: float, sent: dict[str, float]) -> None:
    topic = ARTICLES.prefixed(settings.topic_prefix)
    async with open_producer(settings, linger_ms=0) as producer:
        begin = time.monotonic()
        waiting = []
        for number, article in enumerate(sample):
            await asyncio.sleep(max(0.0, begin + number / rate - time.monotonic()))
            sent[article.id or ""] = time.monotonic()
            waiting.append(await producer.send(topic, _raw(article)))
        await asyncio.gather(*waiting)


async def _listen(settings: Settings, alerted: dict[str, float], count: int) -> None:
    async for alert in tail_alerts(settings, [CHANNEL]):
        for article_id in alert.article_ids:
            alerted.setdefault(article_id, time.monotonic())
        if len(alerted) >= count:
            return


async def _look(settings: Settings, sent: dict[str, float], found: dict[str, float], count: int) -> None:
    """Search for those that were sent and not found yet, over and over: a document that is written may not be found."""
    index = await _opened(settings)
    try:
        while len(found) < count:
            waiting = [one for one in list(sent) if one not in found][:_SEARCH_FOR]
            if waiting:
                hits = (await index.search(SearchRequest(query=parse(_any_of(waiting)), size=len(waiting)))).hits
                found |= dict.fromkeys((hit.id for hit in hits), time.monotonic())
            await asyncio.sleep(_LOOK_S)
    finally:
        await index.close()


def _any_of(ids: Sequence[str]) -> str:
    return "id:(" + " OR ".join(f'"{one}"' for one in ids) + ")"


async def _opened(settings: Settings) -> Index:
    """The index, as soon as the indexer has made it."""
    while True:
        try:
            return await open_index(settings, read_only=True)
        except IndexUnavailableError:
            await asyncio.sleep(_LOOK_S)


def _summary(sent: dict[str, float], seen: dict[str, float]) -> dict[str, Any]:
    delays = sorted(1000 * (seen[one] - sent[one]) for one in sent if one in seen)
    if len(delays) < 2:
        return {"seen": len(delays), "missing": len(sent) - len(delays)}
    cuts = statistics.quantiles(delays, n=100)
    return {
        "p50": round(cuts[49], 1),
        "p99": round(cuts[98], 1),
        "max": round(delays[-1], 1),
        "missing": len(sent) - len(delays),
    }
