"""The soak: real Kafka, real Elasticsearch, two workers, random faults all the while, then the checker.

feed (never far ahead) | strike (a seeded fault every few seconds) | keep (restart what died) | measure (memory)
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from elasticsearch import AsyncElasticsearch

from agents.bench.machine import machine
from agents.services.elasticsearch import ELASTICSEARCH
from tests.e2e.checker import find_problems
from tests.e2e.deployment import Deployment, make_settings
from tests.e2e.workload import short_articles
from tests.real.faults.drill import Feed, Log, beside, feed, keep, kill_kafka
from tests.real.faults.proxy import Proxy, proxy_to
from tests.real.faults.servers import Server, kafka_server, running, server_folder

WORKERS = ("a", "b")
PARTITIONS = 4
_AHEAD = 25
"""At most this part of all articles waits for the enricher, so that every fault meets work."""
_SUMMARY = (
    ("lost", ("message acknowledged and lost", "document missing", "dead letter missing", "enriched article missing")),
    ("duplicated", ("documents for article", "document not expected", "the index has")),
    ("wrong", ("document differs", "dead letter differs", "dead letter not", "enriched article not", "in two ways")),
    ("alerts missing", ("alert missing", "match missing")),
    ("alerts doubled", ("alert raised", "alert not expected", "match not expected", "alert differs")),
)


@dataclass
class System:
    """What can be struck."""

    deployment: Deployment
    kafka: Server
    elasticsearch: Server
    proxy: Proxy
    chance: random.Random


async def freeze_kafka(system: System) -> None:
    system.kafka.freeze()
    await asyncio.sleep(system.chance.uniform(1, 12))
    system.kafka.thaw()


async def kill_elasticsearch(system: System) -> None:
    await asyncio.to_thread(system.elasticsearch.kill)
    await asyncio.to_thread(system.elasticsearch.start)


async def freeze_elasticsearch(system: System) -> None:
    system.elasticsearch.freeze()
    await asyncio.sleep(system.chance.uniform(1, 20))
    system.elasticsearch.thaw()


async def lose_answers(system: System) -> None:
    system.proxy.to_lose += 10


async def refuse_connections(system: System) -> None:
    await system.proxy.close()
    await asyncio.sleep(system.chance.uniform(1, 15))
    await system.proxy.open()


async def fill_disk(system: System) -> None:
    block, alias = "index.blocks.read_only_allow_delete", system.deployment.settings.index_alias
    async with AsyncElasticsearch(system.elasticsearch.url, request_timeout=60) as client:
        await client.indices.put_settings(index=alias, settings={block: True})
        await asyncio.sleep(system.chance.uniform(1, 10))
        await client.indices.put_settings(index=alias, settings={block: None})


async def kill_worker(system: System) -> None:
    await system.deployment.kill_worker(system.chance.choice(WORKERS))


async def stop_worker(system: System) -> None:
    await system.deployment.stop_worker(system.chance.choice(WORKERS))


async def join_and_leave(system: System) -> None:
    name = "guest"
    await system.deployment.start_worker(name)
    await asyncio.sleep(system.chance.uniform(5, 15))
    await (system.deployment.kill_worker(name) if system.chance.random() < 0.5 else system.deployment.stop_worker(name))


FAULTS: tuple[Callable[[System], Awaitable[None]], ...] = (
    kill_kafka,
    freeze_kafka,
    kill_elasticsearch,
    freeze_elasticsearch,
    lose_answers,
    refuse_connections,
    fill_disk,
    kill_worker,
    kill_worker,
    stop_worker,
    join_and_leave,
)


async def _strike(system: System, log: Log, every_s: float, enough: asyncio.Event) -> None:
    """Each kind once in every round, in an order of its own. Each fault heals what it broke."""
    while True:
        for fault in system.chance.sample(FAULTS, len(FAULTS)):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(system.chance.uniform(0.5, 1.5) * every_s):
                    await enough.wait()
                    return
            log.faults[fault.__name__] += 1
            await fault(system)


async def _measure(system: System, log: Log) -> None:
    while True:
        for role, process in _processes(system):
            with contextlib.suppress(psutil.Error):
                log.memory[role] = max(log.memory.get(role, 0), process.memory_info().rss)
        await asyncio.sleep(2)


def _processes(system: System) -> Iterator[tuple[str, psutil.Process]]:
    servers = (("Kafka", system.kafka), ("Elasticsearch", system.elasticsearch))
    for name, server in servers:
        for process in server.processes()[-1:]:  # the last is the server, those before it only launch it
            yield name, process
    for name in WORKERS:
        for process in system.deployment.family(name):
            with contextlib.suppress(psutil.Error):
                words = " ".join(process.cmdline())
                role = "enrichment" if "pool_worker" in words else "worker" if "agents.worker" in words else "watchdog"
                yield f"{role} of {name}", process


@asynccontextmanager
async def _system(folder: Path, seed: int) -> AsyncIterator[System]:
    with server_folder() as servers:
        kafka, elasticsearch = kafka_server(servers), Server(ELASTICSEARCH, servers)
        async with running(kafka, elasticsearch), proxy_to(elasticsearch.port) as proxy:
            settings = make_settings(
                folder,
                kafka_url=kafka.url,
                index_url=proxy.url,
                index_replicas=0,
                partitions=PARTITIONS,
                enrich_processes=1,
                enrich_timeout_s=20.0,
                index_timeout_s=5.0,
                log_level="error",
            )
            async with Deployment(settings, enrich=None, workers=WORKERS) as deployment:
                yield System(deployment, kafka, elasticsearch, proxy, random.Random(seed))


async def soak(folder: Path, *, seed: int, count: int, every_s: float) -> list[str]:
    """Feed *count* short articles under faults, about one in *every_s* seconds; what is wrong when all is at rest."""
    log = Log()
    print(f"SOAK_SEED={seed} articles={count} workers={len(WORKERS)} partitions={PARTITIONS}", flush=True)
    async with _system(folder, seed) as system:
        began = time.monotonic()
        async with beside(keep(system.deployment, WORKERS, log), _measure(system, log)) as watching:
            enough = asyncio.Event()
            striking = asyncio.create_task(_strike(system, log, every_s, enough))
            how = Feed(ahead=count // _AHEAD)
            feeding = asyncio.create_task(feed(system.deployment, short_articles(seed, count), how))
            await asyncio.wait({striking, feeding, *watching}, return_when=asyncio.FIRST_COMPLETED)
            for task in (feeding, striking, *watching):
                if task.done():
                    await task  # raises what broke the soak
            enough.set()
            await striking
            await system.deployment.until_settled(timeout_s=900)
        seconds = time.monotonic() - began
        problems = await find_problems(system.deployment)
    _print(log, count, seconds, problems)
    return problems


def _print(log: Log, count: int, seconds: float, problems: Sequence[str]) -> None:
    print(f"machine {machine()}")
    print(f"{count} articles in {seconds:.0f} s, {count / seconds:.0f} a second, faults and restarts included")
    print(f"faults {log.faults.total()}: {', '.join(f'{name} {n}' for name, n in sorted(log.faults.items()))}")
    print(f"workers restarted {log.restarts.total()}, by exit code: {dict(log.restarts)}")
    for name, signs in _SUMMARY:
        print(f"{name}: {sum(any(sign in problem for sign in signs) for problem in problems)}")
    for role, size in sorted(log.memory.items()):
        print(f"peak memory of {role}: {size / 2**20:.0f} MiB")
    for problem in problems[:20]:
        print(problem[:300])
