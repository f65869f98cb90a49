"""Where a benchmark runs: on the embedded engines, on local servers of its own, or on those that the settings name."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, Literal

from agents.errors import UsageError
from agents.index import remove_index
from agents.kafka import open_admin
from agents.services.maven import Tell
from agents.services.temporary import temporary_services
from agents.settings import EMBEDDED, Settings
from schemas.collections import COLLECTIONS

Engine = Literal["embedded", "local", "configured"]

_ELSEWHERE: Final = frozenset({"data_dir", "rules_dir", "broker_port", "log_level", "topic_prefix", "index_alias"})
"""What a benchmark sets itself."""


@contextmanager
def bench_engines(engine: Engine, settings: Settings, tell: Tell) -> Iterator[Mapping[str, Any]]:
    """Settings that lead to a broker and an index which hold nothing else; what was made there is removed afterwards.

    Raises:
        UsageError: `configured`, and the settings name no broker or no index.
        ServiceError: `local`, and a server cannot be had or does not start.
    """
    match engine:
        case "embedded":
            yield {}
        case "local":
            with temporary_services(tell=tell) as local:
                yield {"kafka_url": local.kafka_url, "index_url": local.index_url, "index_replicas": 0}
        case "configured":
            own = _beside(settings)
            try:
                yield {name: value for name, value in own if name not in _ELSEWHERE} | {
                    "topic_prefix": own.topic_prefix,
                    "index_alias": own.index_alias,
                }
            finally:
                asyncio.run(_remove(own))


def _beside(settings: Settings) -> Settings:
    if EMBEDDED in (settings.kafka_url, settings.index_url):
        raise UsageError("set TOCSIN_KAFKA_URL and TOCSIN_INDEX_URL, or choose --engine local or embedded")
    name = f"bench-{secrets.token_hex(4)}"
    return settings.model_copy(update={"topic_prefix": name, "index_alias": name})


async def _remove(settings: Settings) -> None:
    async with open_admin(settings) as admin:
        await admin.delete_topics(
            [name for name in await admin.list_topics() if name.startswith(settings.topic_prefix)]
        )
    for collection in COLLECTIONS:
        await remove_index(settings, collection)
