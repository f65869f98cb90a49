"""One Kafka and one Elasticsearch for all fault tests; each module has topics, an index and workers of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
import pytest_asyncio

from agents.enricher import FUNCTION_VARIABLE
from agents.settings import Settings
from tests.e2e.deployment import Deployment, make_settings
from tests.real.faults.proxy import Proxy, proxy_to
from tests.real.faults.servers import Server, elasticsearch_with, kafka_server, server_folder, started

NARROW = {"node.processors": 1, "thread_pool.write.queue_size": 8}
"""One bulk request is worked on and eight wait; Elasticsearch answers each further item with 429. The agents of two
workers never have so many under way, so nobody waits for the index where a test does not mean it."""


@dataclass(frozen=True)
class Servers:
    kafka: Server
    elasticsearch: Server

    def settings(self, folder: Path, **changes: object) -> Settings:
        """Settings of topics and an index that nobody else uses."""
        name = f"t{uuid4().hex[:8]}"
        values: dict[str, object] = {
            "kafka_url": self.kafka.url,
            "index_url": self.elasticsearch.url,
            "topic_prefix": name,
            "index_alias": name,
            "index_replicas": 0,
            "index_timeout_s": 8.0,  # frozen servers are waited for so long; a busy one answers within
            "partitions": 2,
            "enrich_processes": 1,
            "stop_timeout_s": 90.0,  # a busy machine is slow, not wrong
        }
        return make_settings(folder, **values | changes)


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    with server_folder() as folder:
        found = Servers(kafka_server(folder), Server(elasticsearch_with(NARROW), folder))
        with started(found.kafka, found.elasticsearch):
            yield found


@pytest.fixture(scope="module")
def misbehaving() -> Iterator[None]:
    """Let the workers' enrichment processes run `tests.agents.misbehave`, which starts at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FUNCTION_VARIABLE, "tests.agents.misbehave:enrich")
        patch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))
        yield


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def proxy(servers: Servers) -> AsyncIterator[Proxy]:
    """Between the workers of one module and Elasticsearch."""
    async with proxy_to(servers.elasticsearch.port) as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def deployment(
    servers: Servers, proxy: Proxy, misbehaving: None, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Deployment]:
    """A worker with all agents, which the faults of one module strike one after the other."""
    settings = servers.settings(tmp_path_factory.mktemp("deployment"), index_url=proxy.url)
    async with Deployment(settings) as running:
        await running.until_alive(joined=1)
        yield running
